"""A review as one page (审阅页): nothing is loaded from anywhere, nothing runs, it prints well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from generator.finding import Finding, Language, Severity, Text
from generator.review import labels
from generator.review.nouns import (
    DocumentChange,
    FieldChange,
    Gap,
    LinkChange,
    Mark,
    Passage,
    Placement,
    Review,
    Row,
    Run,
    Sort,
    Standing,
)

Say = Callable[[Text], str]

_ELEMENTS = {"heading": "h5", "item": "p", "code": "pre", "quotation": "blockquote"}


def html(review: Review, language: Language) -> str:
    """The whole page."""

    def say(text: Text) -> str:
        return escape(text.say(language))

    title = f"{say(labels.TITLE)} {escape(review.since)}"
    return (
        f'<!doctype html>\n<html lang="{"en" if language == "en" else "zh-CN"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{title} - {escape(review.organ)}</title>\n<style>\n{_style()}</style>\n</head>\n"
        f"<body>\n{''.join(_parts(review, say))}</body>\n</html>\n"
    )


def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _parts(review: Review, say: Say) -> Iterator[str]:
    yield (
        f'<header>\n<p class="organ">{escape(review.organ)}</p>\n<h1>{say(labels.TITLE)}</h1>\n'
        f'<p class="since">{say(labels.since(review))}</p>\n</header>\n<main>\n'
    )
    yield from _summary(review, say)
    if review.documents:
        yield f"<section>\n<h2>{say(labels.COLUMNS)}</h2>\n{_columns(review, say)}</section>\n"
        yield f"<section>\n<h2>{say(labels.DOCUMENTS)}</h2>\n"
        for number, change in enumerate(review.documents, 1):
            yield from _document(number, change, say)
        yield "</section>\n"
    yield from _list(labels.ELSEWHERE, _findings(review.broken_elsewhere, say), say)
    vanished = [_vanished(one.url, one.now, say) for one in review.vanished]
    yield from _list(labels.VANISHED, vanished, say, labels.VANISHED_HINT)
    statuses = [
        f"{escape(one.title)}{say(labels.COLON)}{escape(one.before)} → {escape(one.after)}"
        for one in review.statuses
    ]
    yield from _list(labels.STATUSES, statuses, say)
    if review.settings:
        yield f"<section>\n<h2>{say(labels.SETTINGS)}</h2>\n"
        yield f"{_fields(review.settings, Sort.CHANGED)}</section>\n"
    files = [
        f"{say(labels.MARKS[one.mark])} <code>{escape(one.path)}</code>" for one in review.files
    ]
    yield from _list(labels.FILES, files, say)
    yield from _list(labels.NEW, _findings(review.new, say), say)
    yield from _list(labels.MENDED, _findings(review.mended, say), say)
    yield "</main>\n"


def _summary(review: Review, say: Say) -> Iterator[str]:
    is_bad = any(finding.severity is Severity.ERROR for finding in review.new)
    yield (
        f'<section class="verdict {"bad" if is_bad else "good"}">\n'
        f"<p><strong>{say(labels.verdict(review))}</strong></p>\n<p>{say(labels.counts(review))}</p>\n"
    )
    if labels.unreviewed(review):
        yield f"<p>{say(labels.unreviewed_words(review))}</p>\n"
    if review.broken_elsewhere:
        yield f"<p>{say(labels.ELSEWHERE)}{say(labels.COLON)}{len(review.broken_elsewhere)}</p>\n"
    if review.vanished:
        yield f"<p>{say(labels.VANISHED)}{say(labels.COLON)}{len(review.vanished)}</p>\n"
    for note in review.notes:
        yield f'<p class="note">{say(note)}</p>\n'
    yield "</section>\n"


def _columns(review: Review, say: Say) -> str:
    """The table that whoever confirms the columns looks at first."""
    heads = (labels.CHANGE, labels.DOCUMENT, labels.COLUMN, labels.STANDING)
    head = "".join(f'<th scope="col">{say(one)}</th>' for one in heads)
    rows = "".join(
        f'<tr><td data-label="{say(labels.CHANGE)}">{_badge(change, say)}</td>'
        f'<th scope="row" data-label="{say(labels.DOCUMENT)}">'
        f'<a href="#d{number}">{escape(labels.title(change))}</a></th>'
        f'<td data-label="{say(labels.COLUMN)}">{_column_cell(change, say)}</td>'
        f'<td data-label="{say(labels.STANDING)}">{_standing_cell(change, say)}</td></tr>\n'
        for number, change in enumerate(review.documents, 1)
    )
    return f'<table class="columns">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n'


def _badge(change: DocumentChange, say: Say) -> str:
    return f'<span class="badge {change.sort.value}">{say(labels.SORTS[change.sort])}</span>'


def _column_cell(change: DocumentChange, say: Say) -> str:
    cell = _became(change, say, labels.placed)
    place = change.after
    if place and (place.also_in or place.topics):
        more = [
            f"{say(label)}{say(labels.COLON)}{escape(_in_line(names, say))}"
            for label, names in ((labels.ALSO_IN, place.also_in), (labels.TOPICS, place.topics))
            if names
        ]
        cell += "".join(f"<br><small>{one}</small>" for one in more)
    return cell


def _in_line(names: Sequence[str], say: Say) -> str:
    return say(labels.SEPARATOR).join(names)


def _standing_cell(change: DocumentChange, say: Say) -> str:
    return _became(change, say, labels.standing)


def _became(change: DocumentChange, say: Say, of: Callable[[Placement], Text]) -> str:
    """A property of the place before and after, once where it stayed."""
    before = say(of(change.before)) if change.before else ""
    after = say(of(change.after)) if change.after else ""
    if before == after or not before:
        return after
    return f"<del>{before}</del>" + (f" <ins>{after}</ins>" if after else "")


def _document(number: int, change: DocumentChange, say: Say) -> Iterator[str]:
    yield (
        f'<article id="d{number}">\n<h3>{_badge(change, say)} {escape(labels.title(change))}</h3>\n'
        f"<dl>\n{''.join(_facts(change, say))}</dl>\n"
    )
    if change.is_secret:
        yield f'<p class="note">{say(labels.SECRET)}</p>\n'
    if change.missing_review:
        names = escape(_in_line(change.missing_review, say))
        yield f'<p class="warn">{say(labels.MISSING_REVIEW)}{say(labels.COLON)}{names}</p>\n'
    if change.review_is_old:
        yield f'<p class="warn">{say(labels.OLD_REVIEW)}</p>\n'
    if change.findings:
        rows = "".join(f"<li>{row}</li>\n" for row in _findings(change.findings, say))
        yield f'<h4>{say(labels.NEW)}</h4>\n<ul class="findings">\n{rows}</ul>\n'
    if change.fields:
        yield f"<h4>{say(labels.FIELDS)}</h4>\n{_fields(change.fields, change.sort)}"
    if change.text:
        is_whole = all(isinstance(one, Passage) and one.mark is Mark.ADDED for one in change.text)
        label = labels.WHOLE if is_whole and _is_seen(change.after) else labels.WORDS
        passages = "".join(
            _gap(one, say) if isinstance(one, Gap) else _passage(one, say) for one in change.text
        )
        style = "text whole" if is_whole else "text"
        yield f'<h4>{say(label)}</h4>\n<div class="{style}">\n{passages}</div>\n'
    if change.links:
        rows = "".join(f"<li>{_link(one, say)}</li>\n" for one in change.links)
        yield f"<h4>{say(labels.LINKS)}</h4>\n<ul>\n{rows}</ul>\n"
    yield "</article>\n"


def _is_seen(place: Placement | None) -> bool:
    return place is not None and place.standing is Standing.PUBLIC


def _facts(change: DocumentChange, say: Say) -> Iterator[str]:
    if change.before is None or change.after is None or change.before.column != change.after.column:
        yield _fact(labels.COLUMN, _became(change, say, labels.placed), say)
    elif change.after.column:
        yield _fact(labels.COLUMN, say(labels.placed(change.after)), say)
    place = change.after or change.before
    if place is not None:
        for label, names in (
            (labels.ALSO_IN, place.also_in),
            (labels.TOPICS, place.topics),
            (labels.FEEDS, place.feeds if change.after else ()),
        ):
            if names:
                yield _fact(label, escape(_in_line(names, say)), say)
    yield _fact(labels.STANDING, _standing_cell(change, say), say)
    if not change.is_secret:
        yield _fact(
            labels.ADDRESS, _became(change, say, lambda place: Text(place.url, place.url)), say
        )
    was = (
        f"<del>{escape(change.old_path)}</del> " if change.old_path not in ("", change.path) else ""
    )
    yield _fact(labels.PATH, f"<code>{was}{escape(change.path)}</code>", say)


def _fact(label: Text, value: str, say: Say) -> str:
    return f"<div><dt>{say(label)}</dt><dd>{value}</dd></div>\n"


def _fields(changes: Sequence[FieldChange], sort: Sort) -> str:
    """Fields with what was struck out and put in; those of a new document are simply there."""
    rows = "".join(
        f"<div><dt>{escape(one.name)}</dt>"
        f"<dd>{escape(one.after) if sort is Sort.ADDED else _runs(one.runs)}</dd></div>\n"
        for one in changes
    )
    return f'<dl class="fields">\n{rows}</dl>\n'


def _gap(one: Gap, say: Say) -> str:
    return f'<p class="gap">{say(labels.gap(one.passages))}</p>\n'


def _passage(passage: Passage, say: Say) -> str:
    if passage.rows:
        return _table(passage, say)
    element = _ELEMENTS.get(passage.sort, "p")
    bullet = "・" if passage.sort == "item" else ""
    return (
        f'<{element} class="{passage.mark.value} {passage.sort}">{bullet}'
        f"{_runs(passage.runs)}</{element}>\n"
    )


def _table(passage: Passage, say: Say) -> str:
    head, *rows = passage.rows
    body = "".join(_row(row, "td") for row in rows)
    left = (
        f'<p class="gap">{say(labels.rows_left_out(passage.left_out))}</p>\n'
        if passage.left_out
        else ""
    )
    return (
        f'<div class="scroll {passage.mark.value}" tabindex="0" role="region" '
        f'aria-label="{say(labels.WORDS)}">\n<table>\n<thead>{_row(head, "th")}</thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>\n</div>\n{left}"
    )


def _row(row: Row, element: str) -> str:
    cells = "".join(
        f'<{element} class="{cell.mark.value}">{_runs(cell.runs)}</{element}>' for cell in row.cells
    )
    return f'<tr class="{row.mark.value}">{cells}</tr>\n'


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_ENCLOSED[run.mark].format(escape(run.text)) for run in runs)


_ENCLOSED = {Mark.SAME: "{}", Mark.REMOVED: "<del>{}</del>", Mark.ADDED: "<ins>{}</ins>"}


def _link(link: LinkChange, say: Say) -> str:
    text = f"“{escape(link.text)}”"
    before = f"<del>{escape(link.before)}</del>" if link.before else ""
    after = escape(link.after) if not link.before else f"<ins>{escape(link.after)}</ins>"
    return f"{text} → {before} {after if link.after else ''}".rstrip()


def _findings(findings: Iterable[Finding], say: Say) -> list[str]:
    return [_finding(finding, say) for finding in findings]


def _finding(finding: Finding, say: Say) -> str:
    hint = say(finding.hint)
    return (
        f'<strong class="{finding.severity.value}">{say(labels.severity(finding))}</strong> '
        f"{say(finding.message)}<br><code>{escape(labels.where(finding))} {finding.rule}</code>"
        + (f"<br><small>{hint}</small>" if hint else "")
    )


def _vanished(url: str, now: str, say: Say) -> str:
    moved = f" → {say(labels.NOW_AT)} <code>{escape(now)}</code>" if now else ""
    return f"<code>{escape(url)}</code>{moved}"


def _list(title: Text, rows: Sequence[str], say: Say, hint: Text | None = None) -> Iterator[str]:
    if not rows:
        return
    yield f"<section>\n<h2>{say(title)} <small>{len(rows)}</small></h2>\n"
    if hint:
        yield f"<p>{say(hint)}</p>\n"
    yield '<ul class="findings">\n'
    yield from (f"<li>{row}</li>\n" for row in rows)
    yield "</ul>\n</section>\n"
