"""Making previews (做预览): of everything in the site as it is now, or of the one before and what was edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from generator import report
from generator.build import Known, SiteError, known
from generator.finding import Language, Severity, Text
from generator.memo import FILE, Memo
from generator.model import Entry, Outcome, Page, Site
from generator.rebuild import amended, rebuilt
from generator.rules.broken_template import RULE as BROKEN_TEMPLATE
from generator.serve.preview import Changed, Preview, Shown, Unseen, source_lines_of
from generator.serve.stand import standing
from generator.validate import draft_paths


def renewed(
    before: Preview,
    folder: Path,
    today: date,
    jobs: int,
    language: Language | None,
    memo: Memo | None = None,
    changed: Changed | None = None,
) -> Preview:
    """The preview of the site as it is now; whatever is wrong with it, there is one.

    `changed` are the files that were touched, where that is known.
    """
    try:
        again = _amended(before, today, changed) if changed else None
        stood = None if again else standing(folder, today)
        made = again or _made(before, folder, today, jobs, memo or Memo(), changed)
        outcome = made.outcome
    except SiteError as error:
        return _without_site(before, error.sentences)
    # A fault of the program must not end the preview in the middle of somebody's work.
    except Exception as error:
        return _without_site(
            before,
            (
                Text(
                    f"程序自身出错：{type(error).__name__}：{error}",
                    f"an error of the program itself: {type(error).__name__}: {error}",
                ),
            ),
        )
    config = outcome.site.config
    spoken = language or config.language
    told = replace(
        before,
        language=spoken,
        folder=folder,
        findings=outcome.findings,
        lines=source_lines_of(folder, outcome.findings),
        sentences=(),
        stand=None,
        report=report.text(outcome.findings, report.totals(outcome.site), spoken),
    )
    if before.pages and any(one.rule == BROKEN_TEMPLATE.name for one in outcome.findings):
        # Half of the pages would be missing: those of before are of more use.
        return replace(told, is_old=True)
    kept = _kept(before, outcome)
    pages = {page.url: page for page in outcome.pages}
    return replace(
        told,
        pages={**kept, **pages},
        prefix=unquote(config.prefix),
        documents=_documents(outcome.site)
        | {path: shown for path, shown in before.documents.items() if shown.url in kept},
        is_old=False,
        kept=frozenset(kept),
        known=made,
        is_amended=again is not None,
        # Of a site that was changed meanwhile nobody knows what it was made of.
        stand=stood if stood and not kept and stood == standing(folder, today) else None,
    )


def _amended(before: Preview, today: date, changed: Changed) -> Known | None:
    start = _start(before, today)
    if start is None or changed.desk is None:
        return None
    return amended(start, changed.desk, sorted(changed.paths))


def _made(
    before: Preview, folder: Path, today: date, jobs: int, memo: Memo, changed: Changed | None
) -> Known:
    """What follows from what was touched, or all of it; what other runs worked out is not worked out again."""
    with memo.over(folder / FILE):
        rebuilt = _rebuilt(before, today, changed, jobs, memo) if changed else None
        return rebuilt or known(folder, today, drafts=True, jobs=jobs, memo=memo)


def _rebuilt(before: Preview, today: date, changed: Changed, jobs: int, memo: Memo) -> Known | None:
    start = _start(before, today)
    try:
        return rebuilt(start, sorted(changed.paths), memo, jobs) if start is not None else None
    # Whatever it is, everything is built.
    except Exception:
        return None


def _start(before: Preview, today: date) -> Known | None:
    """What is known of the site as it was, where what has changed since is all that changed."""
    if before.known is None or before.is_old or before.known.site.today != today:
        return None
    return before.known


def _without_site(before: Preview, sentences: tuple[Text, ...]) -> Preview:
    said = "\n".join(sentence.say(before.language) for sentence in sentences)
    return replace(
        before,
        is_old=bool(before.pages),
        findings=(),
        lines={},
        sentences=sentences,
        report=said,
        known=None,
        stand=None,
    )


def _kept(before: Preview, outcome: Outcome) -> dict[str, Page]:
    """The pages of documents that cannot be read at the moment, as they were.

    Somebody is in the middle of writing: without its front matter nobody knows that a document is for
    disclosure, and its page would be missing. One that says that it is not for disclosure goes at once.
    """
    pages = {page.url for page in outcome.pages}
    wrong = {one.place.path for one in outcome.findings if one.severity is Severity.ERROR}
    return {
        shown.url: page
        for path, shown in before.documents.items()
        if path in wrong
        and shown.url not in pages
        and (page := before.pages.get(shown.url)) is not None
        and (entry := outcome.site.entries.get(path)) is not None
        and entry.document.meta.disclosure is None
    }


def _documents(site: Site) -> dict[str, Shown]:
    drafts = draft_paths(entry.document.source for entry in site.entries.values())
    return {
        entry.path: Shown(entry.url, entry.document.title, _unseen(entry, site.today, drafts))
        for entry in site.built
    }


def _unseen(entry: Entry, today: date, drafts: frozenset[str]) -> Unseen | None:
    if entry.path in drafts:
        return Unseen(
            Text("草稿", "draft"),
            Text("只在预览里看得到，不会发布。", "Seen in the preview alone; it is not published."),
        )
    published = entry.document.meta.published
    if published is None or published.day <= today:
        return None
    day = published.day.isoformat()
    return Unseen(
        Text(f"{day} 发布", f"published {day}"),
        Text(
            "到那一天才公开，现在只在预览里看得到。",
            "Until that day it is seen in the preview alone.",
        ),
    )
