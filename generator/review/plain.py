"""A review for a terminal (终端): what was struck out in [-…-], what was put in in {+…+}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.finding import Language, Text
from generator.regex import regex
from generator.report import text_lines
from generator.review import labels
from generator.review.nouns import DocumentChange, Gap, Mark, Passage, Review, Run, Sort

_CONTROL = regex(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ENCLOSED = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}


def plain(review: Review, language: Language) -> str:
    """The whole review."""
    # A title must not be able to steer the terminal.
    return _CONTROL.sub("?", "\n".join(_lines(review, language)))


def _lines(review: Review, language: Language) -> Iterator[str]:
    def head(text: Text) -> str:
        return f"\n{text.say(language)}"

    yield f"{labels.TITLE.say(language)} {review.organ}"
    yield labels.since(review).say(language)
    yield from (note.say(language) for note in review.notes)
    for change in review.documents:
        yield ""
        yield from _document(change, language)
    for title, findings in (
        (labels.NEW, review.new),
        (labels.MENDED, review.mended),
        (labels.ELSEWHERE, review.broken_elsewhere),
    ):
        if findings:
            yield head(title)
            yield from (text_lines(finding, language) for finding in findings)
    if review.vanished:
        yield head(labels.VANISHED)
        yield from (one.url + (f" → {one.now}" if one.now else "") for one in review.vanished)
        yield f"    {labels.VANISHED_HINT.say(language)}"
    if review.statuses:
        yield head(labels.STATUSES)
        yield from (f"{one.path}: {one.before} → {one.after}" for one in review.statuses)
    if review.settings:
        yield head(labels.SETTINGS)
        yield from (f"{one.name}: {_runs(one.runs)}" for one in review.settings)
    if review.files:
        yield head(labels.FILES)
        yield from (f"{labels.MARKS[one.mark].say(language)} {one.path}" for one in review.files)
    yield ""
    if labels.unreviewed(review):
        yield labels.unreviewed_words(review).say(language)
    yield labels.counts(review).say(language)
    yield labels.verdict(review).say(language)


def _document(change: DocumentChange, language: Language) -> Iterator[str]:
    moved = f"{change.old_path} → " if change.old_path not in ("", change.path) else ""
    yield f"{labels.SORTS[change.sort].say(language)} {moved}{change.path}"
    if change.title:
        yield f"    {change.title}"
    yield f"    {_place(change, language)}"
    if change.is_secret:
        yield f"    {labels.SECRET.say(language)}"
    if change.missing_review:
        names = labels.SEPARATOR.say(language).join(change.missing_review)
        yield f"    {labels.MISSING_REVIEW.say(language)}{labels.COLON.say(language)}{names}"
    if change.review_is_old:
        yield f"    {labels.OLD_REVIEW.say(language)}"
    colon = labels.COLON.say(language)
    for field in change.fields:
        value = field.after if change.sort is Sort.ADDED else _runs(field.runs)
        yield f"    {field.name}{colon}{value}"
    # A new document is read as it is; its words are no difference.
    if change.sort is not Sort.ADDED:
        for passage in change.text:
            yield from (f"    {line}" for line in _passage(passage, language))
        for link in change.links:
            yield f"    “{link.text}” {link.before or '—'} → {link.after or '—'}"


def _place(change: DocumentChange, language: Language) -> str:
    place = change.after or change.before
    if place is None:
        raise ValueError("a change of nothing")
    names = [labels.placed(place).say(language), *place.also_in, *place.topics]
    was = change.before
    if was is not None and change.after is not None and was.column != change.after.column:
        names[0] = f"[-{labels.placed(was).say(language)}-] {{+{names[0]}+}}"
    said = labels.SEPARATOR.say(language).join(names)
    stands = labels.standing(place).say(language) if change.after else ""
    return f"{labels.COLUMN.say(language)}{labels.COLON.say(language)}{said}" + (
        f"  ({stands})" if stands and language == "en" else f"（{stands}）" if stands else ""
    )


def _passage(passage: Passage | Gap, language: Language) -> Iterator[str]:
    if isinstance(passage, Gap):
        yield labels.gap(passage.passages).say(language)
    elif passage.rows:
        for row in passage.rows:
            yield " | ".join(_runs(cell.runs) for cell in row.cells)
        if passage.left_out:
            yield labels.rows_left_out(passage.left_out).say(language)
    else:
        yield _runs(passage.runs)


def _runs(runs: Iterable[Run]) -> str:
    return "".join(_ENCLOSED[run.mark].format(run.text) for run in runs)
