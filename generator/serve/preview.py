"""The state of the preview (预览) and its answers: pure functions from a site and an address to what is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from generator import address, report
from generator.build import SiteError, examine
from generator.finding import Finding, Language, Severity, Text
from generator.load.lines import source_lines
from generator.memo import Memo
from generator.model import Entry, Outcome, Page, Site
from generator.rules.broken_template import RULE as BROKEN_TEMPLATE
from generator.serve.media import HTML, media_type
from generator.validate import draft_paths

OWN = "/__gongkai/"
"""Below this stand the preview's own pages; nothing of it is ever in a build."""
MOST_SHOWN = 500


class Board(Enum):
    """The preview's own pages and files, by what follows `OWN`."""

    FINDINGS = "findings"
    CHANGES = "changes"
    MARKS = "marks.css"
    STYLE = "panel.css"
    SCRIPT = "panel.js"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Why readers do not see a document yet: a word for lists, a sentence for its page."""

    word: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of the preview: its address, its title, and why readers do not see it, if so."""

    url: str
    title: str
    unseen: Unseen | None = None


@dataclass(frozen=True)
class Preview:
    """What the browser is shown.

    `pages`, by address, are those of the newest state, or of the one before where that could not be
    built (`is_old`); `kept` are single addresses whose document cannot be read now and is shown as it
    was. `findings` and `sentences` (why there is no site at all) are those of the newest state, with
    the `lines` they speak of; `report` says the same for a terminal. `documents` are by path. `prefix`
    is the path of `base_url`, unquoted.
    """

    pages: Mapping[str, Page]
    prefix: str
    language: Language
    folder: Path = Path()
    documents: Mapping[str, Shown] = field(default_factory=dict)
    is_old: bool = False
    kept: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
    lines: Mapping[tuple[str, int], str] = field(default_factory=dict)
    sentences: tuple[Text, ...] = ()
    report: str = ""
    site: Site | None = None

    @property
    def is_good(self) -> bool:
        """Whether the newest state could be published."""
        return not self.sentences and not any(f.severity is Severity.ERROR for f in self.findings)

    @cached_property
    def path_at(self) -> Mapping[str, str]:
        """The path of the document at each address."""
        return {shown.url: path for path, shown in self.documents.items()}

    @cached_property
    def unseen(self) -> Mapping[str, Unseen]:
        """The addresses that readers do not see yet."""
        return {shown.url: shown.unseen for shown in self.documents.values() if shown.unseen}

    @cached_property
    def by_severity(self) -> tuple[Finding, ...]:
        """The findings, the gravest first."""
        return gravest_first(self.findings)

    def findings_of(self, url: str) -> tuple[Finding, ...]:
        """The findings in the document at `url`, the gravest first."""
        path = self.path_at.get(url)
        return tuple(one for one in self.by_severity if one.place.path == path) if path else ()


def gravest_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings by severity, then by place."""
    return tuple(sorted(findings, key=lambda one: (-one.severity.weight, one.order)))


def renewed(
    before: Preview,
    folder: Path,
    today: date,
    jobs: int,
    language: Language | None,
    memo: Memo | None = None,
) -> Preview:
    """The preview of the site as it is now; whatever is wrong with it, there is one."""
    try:
        outcome = examine(folder, today, drafts=True, jobs=jobs, memo=memo)
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
        lines=_lines(folder, outcome.findings),
        sentences=(),
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
        site=outcome.site,
    )


def _without_site(before: Preview, sentences: tuple[Text, ...]) -> Preview:
    said = "\n".join(sentence.say(before.language) for sentence in sentences)
    return replace(
        before, is_old=bool(before.pages), findings=(), lines={}, sentences=sentences, report=said
    )


def _kept(before: Preview, outcome: Outcome) -> dict[str, Page]:
    """The pages of documents that cannot be read at the moment, as they were.

    Somebody is in the middle of writing: without its front matter nobody knows that a document is for
    disclosure, and its page would be missing. One that says that it is not for disclosure goes at once.
    """
    pages = {page.url for page in outcome.pages}
    wrong = {one.place.path for one in outcome.findings if one.severity is Severity.ERROR}
    return {
        shown.url: before.pages[shown.url]
        for path, shown in before.documents.items()
        if path in wrong
        and shown.url in before.pages
        and shown.url not in pages
        and (entry := outcome.site.entries.get(path)) is not None
        and entry.document.meta.disclosure is None
    }


def _lines(folder: Path, findings: Sequence[Finding]) -> dict[tuple[str, int], str]:
    read = source_lines(folder)
    return {
        (one.place.path, one.place.line): read(one.place.path, one.place.line).strip()[:200]
        for one in gravest_first(findings)[:MOST_SHOWN]
        if one.place.line
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for an address: a page, one of the preview's own boards, or a redirection.

    With neither page nor board it is the board of findings that is sent, since there is no site.
    """

    status: int
    page: Page | None = None
    media_type: str = HTML
    location: str = ""
    board: Board | None = None


def answer(preview: Preview, path: str) -> Answer:
    """What the web host would answer at `path` (unquoted, from the root), or a board of the preview."""
    if path.startswith(OWN):
        return _own(preview, path.removeprefix(OWN))
    if not preview.pages:
        return Answer(503, board=Board.FINDINGS)
    if path == "/" != preview.prefix or path + "/" == preview.prefix:
        return _moved(preview.prefix)
    if not path.startswith(preview.prefix):
        return _missing(preview)
    url = path.removeprefix(preview.prefix)
    if url == "" or url.endswith("/"):
        url += address.HOME
    page = preview.pages.get(url)
    if page:
        return Answer(200, page, media_type(url))
    if f"{url}/{address.HOME}" in preview.pages:
        return _moved(path + "/")
    return _missing(preview)


def _own(preview: Preview, name: str) -> Answer:
    if name == "":
        return _moved(OWN + Board.FINDINGS.value)
    try:
        board = Board(name)
    except ValueError:
        return _missing(preview)
    return Answer(200, media_type=media_type(name) if "." in name else HTML, board=board)


def _moved(path: str) -> Answer:
    return Answer(302, Page("", b""), location=address.escape(path))


def _missing(preview: Preview) -> Answer:
    return Answer(404, preview.pages.get(address.NOT_FOUND, Page("", b"404 Not Found")))
