"""A review as Markdown (合并请求评论): short enough for a comment, and safe to paste into one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from generator.finding import Finding, Language, Text
from generator.regex import regex
from generator.review import labels
from generator.review.nouns import (
    DocumentChange,
    FieldChange,
    Gap,
    Mark,
    Passage,
    Review,
    Run,
    Sort,
)

# GitHub takes 65,536 characters for a comment, most others more.
LONGEST = 60_000
_SPECIAL = regex(r"([\\`*_{}\[\]()#+!|~>-])")
_CUT = Text(
    "（太长，后面省略。完整的审阅用 gongkai review --format html 生成。）",
    "(Too long, the rest is left out. gongkai review --format html gives all of it.)",
)
_MOST_ROWS = 50
_AND_MORE = Text("还有 {number} 项", "{number} more")


def markdown(review: Review, language: Language) -> str:
    """The comment, cut where a forge would refuse it."""
    parts: list[str] = []
    room = LONGEST
    for part in _parts(review, language):
        room -= len(part) + 2
        if room < 0:
            parts.append(_CUT.say(language))
            break
        parts.append(part)
    return "\n\n".join(parts)


def _parts(review: Review, language: Language) -> Iterator[str]:
    yield f"## {labels.TITLE.say(language)} · {_plain(review.organ)}"
    lines = [
        f"**{labels.verdict(review).say(language)}**",
        _plain(labels.counts(review).say(language)),
        _plain(labels.since(review).say(language)),
    ]
    if labels.unreviewed(review):
        lines.append(labels.unreviewed_words(review).say(language))
    lines += [_plain(note.say(language)) for note in review.notes]
    yield "  \n".join(lines)
    if review.documents:
        yield _columns(review, language)
    yield from _list(labels.NEW, [_finding(one, language) for one in review.new], language)
    elsewhere = [_finding(one, language) for one in review.broken_elsewhere]
    yield from _list(labels.ELSEWHERE, elsewhere, language)
    yield from _list(
        labels.VANISHED, [_vanished(one.url, one.now) for one in review.vanished], language
    )
    statuses = [f"{_plain(one.title)}：{one.before} → {one.after}" for one in review.statuses]
    yield from _list(labels.STATUSES, statuses, language)
    files = [f"{labels.MARKS[one.mark].say(language)} {_code(one.path)}" for one in review.files]
    yield from _list(labels.FILES, files, language)
    yield from _list(
        labels.SETTINGS, [_field(one, Sort.CHANGED) for one in review.settings], language
    )
    for change in review.documents:
        yield from _document(change, language)
    yield from _list(labels.MENDED, [_finding(one, language) for one in review.mended], language)


def _columns(review: Review, language: Language) -> str:
    heads = (labels.CHANGE, labels.DOCUMENT, labels.COLUMN, labels.STANDING)
    rows = [
        (
            labels.SORTS[change.sort].say(language),
            _plain(labels.title(change)),
            _plain(_column(change, language)),
            _plain(labels.standing(change.after).say(language)) if change.after else "",
        )
        for change in review.documents[:_MOST_ROWS]
    ]
    lines = [
        f"### {labels.COLUMNS.say(language)}",
        "",
        _row(head.say(language) for head in heads),
        _row("---" for _ in heads),
        *(_row(row) for row in rows),
    ]
    more = len(review.documents) - len(rows)
    return "\n".join([*lines, *(["", _AND_MORE.fill(number=more).say(language)] if more else [])])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _column(change: DocumentChange, language: Language) -> str:
    before = labels.placed(change.before).say(language) if change.before else ""
    if change.after is None:
        return before
    after = labels.placed(change.after).say(language)
    names = (
        *change.after.also_in,
        *(f"{labels.TOPICS.say(language)} {t}" for t in change.after.topics),
    )
    said = labels.SEPARATOR.say(language).join((after, *names))
    return said if before in ("", after) else f"{before} → {said}"


def _document(change: DocumentChange, language: Language) -> Iterator[str]:
    head = f"### {labels.SORTS[change.sort].say(language)} · {_plain(labels.title(change))}"
    lines = [_code(change.path)]
    if change.old_path not in ("", change.path):
        lines.append(f"{labels.FORMERLY.say(language)} {_code(change.old_path)}")
    if change.is_secret:
        lines.append(labels.SECRET.say(language))
    if change.missing_review:
        names = labels.SEPARATOR.say(language).join(change.missing_review)
        lines.append(
            f"**{labels.MISSING_REVIEW.say(language)}{labels.COLON.say(language)}{names}**"
        )
    if change.review_is_old:
        lines.append(labels.OLD_REVIEW.say(language))
    yield f"{head}\n\n" + "  \n".join(lines)
    # A new document is read on its page; here stand its place and its fields.
    if change.sort is Sort.ADDED:
        yield from _items([_field(one, change.sort) for one in change.fields])
        return
    yield from _items([_field(one, change.sort) for one in change.fields])
    told = [_passage(one, language) for one in change.text if isinstance(one, Passage | Gap)]
    if told:
        yield "\n\n".join(told)
    yield from _items(
        [
            f"“{_plain(one.text)}” → {_struck(one.before)} {_put_in(one.after)}"
            for one in change.links
        ]
    )


def _items(rows: list[str]) -> Iterator[str]:
    if rows:
        yield "\n".join(f"- {row}" for row in rows)


def _list(title: Text, rows: list[str], language: Language) -> Iterator[str]:
    if not rows:
        return
    more = len(rows) - _MOST_ROWS
    shown = rows[:_MOST_ROWS]
    if more > 0:
        shown.append(_AND_MORE.fill(number=more).say(language))
    yield f"### {title.say(language)}（{len(rows)}）\n\n" + "\n".join(f"- {row}" for row in shown)


def _finding(finding: Finding, language: Language) -> str:
    severity = labels.severity(finding).say(language)
    return (
        f"**{severity}** {_plain(finding.message.say(language))} "
        f"{_code(f'{labels.where(finding)} {finding.rule}')}"
    )


def _vanished(url: str, now: str) -> str:
    return _code(url) + (f" → {_code(now)}" if now else "")


def _field(change: FieldChange, sort: Sort) -> str:
    value = _plain(change.after) if sort is Sort.ADDED else _runs(change.runs)
    return f"{_plain(change.name)}：{value}"


def _passage(passage: Passage | Gap, language: Language) -> str:
    if isinstance(passage, Gap):
        return f"*{labels.gap(passage.passages).say(language)}*"
    if passage.rows:
        head, *rows = passage.rows
        lines = [[_runs(cell.runs) for cell in row.cells] for row in (head, *rows)]
        left = (
            [f"\n*{labels.rows_left_out(passage.left_out).say(language)}*"]
            if passage.left_out
            else []
        )
        return "\n".join(
            [_row(lines[0]), _row("---" for _ in lines[0]), *map(_row, lines[1:]), *left]
        )
    return f"> {_runs(passage.runs)}"


def _runs(runs: Iterable[Run]) -> str:
    return "".join(
        {Mark.REMOVED: _struck, Mark.ADDED: _put_in}.get(run.mark, _plain)(run.text) for run in runs
    )


def _struck(text: str) -> str:
    return f"<del>{_plain(text)}</del>" if text else ""


def _put_in(text: str) -> str:
    return f"<ins>{_plain(text)}</ins>" if text else ""


def _plain(text: str) -> str:
    """Words that are nothing but words: no mark-up, no mention of a user, no reference to an issue."""
    line = escape(" ".join(text.split()), quote=False)
    return _SPECIAL.sub(r"\\\1", line).replace("@", "&#64;").replace("://", "&#58;//")


def _code(text: str) -> str:
    return f"`{' '.join(text.split()).replace('`', chr(39))}`"
