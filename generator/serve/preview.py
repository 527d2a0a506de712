"""The state of the preview (预览) and its answers: pure functions from a site and an address to what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import unquote

from generator import address, report
from generator.build import SiteError, examine, fails
from generator.finding import Finding, Language, Severity, Text
from generator.model import Page

PANEL = "/__gongkai__/"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Preview:
    """What the browser is shown.

    `pages`, by address, are those of the newest state without errors, or of the newest state where
    there was none without yet (`was_good`). `findings` and `sentences` (why there is no site at all)
    are those of the newest state, and `report` says the same for a terminal. `prefix` is the path of
    `base_url`, unquoted.
    """

    pages: Mapping[str, Page]
    prefix: str
    language: Language
    was_good: bool = False
    findings: tuple[Finding, ...] = ()
    sentences: tuple[Text, ...] = ()
    report: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the newest state from being published."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def is_good(self) -> bool:
        """Whether the newest state could be published."""
        return not self.errors and not self.sentences


def renewed(
    before: Preview, folder: Path, today: date, jobs: int, language: Language | None
) -> Preview:
    """The preview of the site as it is now; whatever is wrong with it, there is one."""
    try:
        outcome = examine(folder, today, drafts=True, jobs=jobs)
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
    said = report.text(outcome.findings, report.totals(outcome.site), spoken)
    failed = fails(outcome.findings, Severity.ERROR)
    if failed and before.was_good:
        return replace(
            before, language=spoken, findings=outcome.findings, sentences=(), report=said
        )
    return Preview(
        pages={page.url: page for page in outcome.pages},
        prefix=unquote(config.prefix),
        language=spoken,
        was_good=not failed,
        findings=outcome.findings,
        report=said,
    )


def _without_site(before: Preview, sentences: tuple[Text, ...]) -> Preview:
    said = "\n".join(sentence.say(before.language) for sentence in sentences)
    return replace(before, findings=(), sentences=sentences, report=said)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for an address; `page` None is the panel, `location` where a redirection leads."""

    status: int
    page: Page | None = None
    media_type: str = HTML
    location: str = ""


def answer(preview: Preview, path: str) -> Answer:
    """What the web host would answer at `path` (unquoted, from the root), and the panel at its own."""
    if path == PANEL:
        return Answer(200)
    if not preview.pages:
        return Answer(503)
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


def _moved(path: str) -> Answer:
    return Answer(302, Page("", b""), location=address.escape(path))


def _missing(preview: Preview) -> Answer:
    return Answer(404, preview.pages.get(address.NOT_FOUND, Page("", b"404 Not Found")))


# The tables of the machine are left out: every machine says the same.
_TYPES = MimeTypes(())
for _suffix, _type in {
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".ofd": "application/ofd",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".rar": "application/vnd.rar",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wps": "application/vnd.ms-works",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}.items():
    _TYPES.add_type(_type, _suffix)
_WRITTEN = frozenset(
    {"application/json", "application/xml", "application/atom+xml", "image/svg+xml"}
)


def media_type(url: str) -> str:
    """The content type of a file by its suffix, with the encoding where it is text."""
    found, packing = _TYPES.guess_type(url.rpartition("/")[2])
    if not found or packing:
        return "application/octet-stream"
    is_text = found.startswith("text/") or found in _WRITTEN
    return f"{found}; charset=utf-8" if is_text else found
