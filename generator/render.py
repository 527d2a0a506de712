"""Render (生成页面): the pages of a site from its documents and templates, in memory.

The only module that knows Jinja2. What a page says comes from `pages`, how it looks from `templates`;
the same site gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from types import TracebackType

from jinja2 import Template, TemplateError
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from generator.finding import Finding, Place
from generator.model import Entry, Page, Site, Templates
from generator.pages import columns, document, fixed, hot_questions, ledger, machine, topics, twins
from generator.pages.frame import Frame, View
from generator.rules.broken_template import RULE as BROKEN_TEMPLATE
from generator.templating import FOLDER, environment


def render(
    site: Site,
    templates: Templates,
    made: Callable[[Page], Page] = lambda page: page,
    wanted: Collection[str] | None = None,
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Every file of the output but its manifest, by address, and a finding for each broken template.

    A page whose template is broken is missing; all others are there. Each passes through `made` when it is.
    With `wanted`, of the pages and twins of single documents only those are made whose paths it has.
    """
    frame, press = Frame(site), _Press(templates)
    pages: dict[str, Page] = {}
    for page in chain(
        press.pages(columns.views(frame)),
        press.pages(topics.views(frame)),
        press.pages(fixed.views(frame)),
        _documents(frame, press, wanted),
        press.pages(ledger.views(frame)),
        press.pages(hot_questions.views(frame)),
        machine.pages(frame),
        (Page(url, content) for url, content in templates.static.items()),
        (Page(asset.url, b"", copy_of=asset.path) for asset in site.assets),
        (Page(download.url, download.content) for download in site.downloads),
        press.pages(document.alias_views(frame)),
    ):
        # Two files at one address are a finding elsewhere (`path-collision`); an alias gives way.
        if page.url not in pages:
            pages[page.url] = made(page)
    ordered = tuple(pages[url] for url in sorted(pages))
    return ordered, tuple(sorted(press.findings.values(), key=lambda finding: finding.order))


def one(
    frame: Frame, templates: Templates, entry: Entry, newer: Entry | None, older: Entry | None
) -> Page | None:
    """The page of one document as `render` makes it; None where its template fails."""
    views = (document.view(frame, entry, newer, older),)
    return next(_Press(templates).pages(views), None)


def _documents(frame: Frame, press: _Press, wanted: Collection[str] | None) -> Iterator[Page]:
    """The page of each document, then its twins: its text is read once for all three."""
    for entry, view in document.views(frame, wanted):
        yield from press.pages(view)
        yield from twins.of(frame.site, entry)


class _Press:
    """The templates, and a finding for each place in one of the site's own that fails."""

    def __init__(self, templates: Templates) -> None:
        self.findings: dict[Place, Finding] = {}
        self._environment = environment(templates)
        self._known: dict[str, Template | None] = {}
        for name in sorted(templates.own):
            try:
                self._environment.get_template(name)
            except TemplateSyntaxError as error:
                self._note(name, error.lineno, error.message or "")

    def pages(self, views: Iterable[View]) -> Iterator[Page]:
        """The page of each view; a view whose template fails is noted and left out."""
        for view in views:
            try:
                template = self._template(view.template)
                if template is not None:
                    yield Page(view.url, template.render(view.values).encode("utf-8", "replace"))
            except TemplateSyntaxError as error:
                name = (error.name or view.template).removeprefix(FOLDER)
                self._note(name, error.lineno, error.message or "")
            # A template of the site's own may fail in any way; whichever, it is the editor's to mend.
            except Exception as error:
                name, line = _place(error.__traceback__, view.template)
                self._note(name, line, _reason(error))

    def _template(self, name: str) -> Template | None:
        if name not in self._known:
            # One that cannot be read fails once.
            self._known[name] = None
            self._known[name] = self._environment.get_template(name)
        return self._known[name]

    def _note(self, name: str, line: int, reason: str) -> None:
        place = Place(FOLDER + name, line)
        self.findings.setdefault(place, BROKEN_TEMPLATE.at(place, reason=reason))


def _place(traceback: TracebackType | None, template: str) -> tuple[str, int]:
    """The template and line in which an error arose; Jinja2 rewrites its tracebacks to these."""
    found = (template, 1)
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if file.startswith(FOLDER):
            found = (file.removeprefix(FOLDER), traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"没有模板 {error.name}"
    if isinstance(error, TemplateError):
        return error.message or type(error).__name__
    return f"{type(error).__name__}: {error}"
