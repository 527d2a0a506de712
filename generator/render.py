"""Render (生成页面): the pages of a site from its documents and templates, in memory.

The only module that knows Jinja2. What a page says comes from `pages`, how it looks from `templates`;
the same site gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from types import CodeType, TracebackType
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator
from jinja2.compiler import Frame as Scope
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from generator.finding import Finding, Place
from generator.model import Entry, Page, Site, Templates
from generator.pages import columns, document, fixed, hot_questions, ledger, machine, topics
from generator.pages.frame import Frame, View
from generator.rules.broken_template import RULE as BROKEN_TEMPLATE

FOLDER = "templates/"


def render(
    site: Site, templates: Templates, made: Callable[[Page], Page] = lambda page: page
) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """Every file of the output but its manifest, by address, and a finding for each broken template.

    A page whose template is broken is missing; all others are there. Each passes through `made` when it is.
    """
    frame = Frame(site)
    environment, findings = _environment(templates)
    pages: dict[str, Page] = {}
    for page in chain(
        _filled(_views(frame), environment, findings),
        machine.pages(frame),
        (Page(url, content) for url, content in templates.static.items()),
        (Page(asset.url, b"", copy_of=asset.path) for asset in site.assets),
        (Page(download.url, download.content) for download in site.downloads),
        _filled(document.alias_views(frame), environment, findings),
    ):
        # Two files at one address are a finding elsewhere (`path-collision`); an alias gives way.
        if page.url not in pages:
            pages[page.url] = made(page)
    ordered = tuple(page for _, page in sorted(pages.items()))
    return ordered, tuple(sorted(findings.values(), key=lambda finding: finding.order))


def one(
    frame: Frame, templates: Templates, entry: Entry, newer: Entry | None, older: Entry | None
) -> Page | None:
    """The page of one document as `render` makes it; None where its template fails."""
    environment, findings = _environment(templates)
    views = iter((document.view(frame, entry, newer, older),))
    return next(_filled(views, environment, findings), None)


def _views(frame: Frame) -> Iterator[View]:
    yield from columns.views(frame)
    yield from topics.views(frame)
    yield from fixed.views(frame)
    yield from document.views(frame)
    yield from ledger.views(frame)
    yield from hot_questions.views(frame)


Findings = dict[Place, Finding]


class _Compiled(BytecodeCache):
    """Templates compiled in this process, by name and text: previews and checks fill them many times."""

    def __init__(self) -> None:
        self._known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` its code if it is known; its key and checksum cover name and text."""
        bucket.code = self._known.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of `bucket`."""
        if bucket.code is not None:
            self._known[bucket.key + bucket.checksum] = bucket.code


_MARKS = re.compile("[&<>'\"]")


def _shown(value: Any) -> str:
    kind = type(value)
    plain: bool = kind is Markup or (kind is str and not _MARKS.search(value))
    return value if plain else escape(value)


class _Generator(CodeGenerator):
    """Templates as Python, in which `_shown` stands for `escape`.

    Most values need no escape, and to see that takes a fifth of the time of making Markup of them.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Scope, finalize: Any) -> None:
        context = frame.eval_ctx
        if context.autoescape and not context.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Builtin(Environment):
    """The built-in look, which needs no sandbox."""

    code_generator_class = _Generator
    shown = staticmethod(_shown)


# What a template may be given without a second look: none of these reaches Python behind the values.
_PLAIN = frozenset({str, Markup, bool, int, tuple, type(None)})
_DICT_OWN = frozenset(dir(dict))


class _Sandbox(SandboxedEnvironment):
    """The sandbox, which passes plain values of our own types at once; all else it judges as ever."""

    code_generator_class = _Generator
    shown = staticmethod(_shown)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute of a value, or an undefined one where it is unsafe or absent."""
        kind: Any = type(obj)
        if attribute[:1] != "_":
            if kind is dict:
                if attribute not in _DICT_OWN and type(value := obj.get(attribute)) is str:
                    return value
            elif _is_ours(kind) and type(value := getattr(obj, attribute, obj)) in _PLAIN:
                return value
        return super().getattr(obj, attribute)


class _Kept(Extension):
    """`{% kept nav %}…{% endkept %}`: filled once for each value named, and kept for all other pages that have it.

    The navigation is one value on all pages of a folder and column, and half of what a page is filled with.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.tags = {"kept"}
        # By the place in the template and the identity of the value, which is held so that it stays its own.
        self._known: dict[tuple[str | None, int, int], tuple[object, Markup]] = {}

    def parse(self, parser: Parser) -> nodes.Node:
        """The tag as a call with its content."""
        line = next(parser.stream).lineno
        place = nodes.Const(parser.name), nodes.Const(line), parser.parse_expression()
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        call = self.call_method("_filled", list(place))
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _filled(
        self, name: str | None, line: int, value: object, caller: Callable[[], Markup]
    ) -> Markup:
        if self.environment.sandboxed:
            # A template of the site's own that is included may name what is not the same.
            return caller()
        key = name, line, id(value)
        if key not in self._known:
            self._known[key] = value, caller()
        return self._known[key][1]


@cache
def _is_ours(kind: Any) -> bool:
    return str(kind.__module__).startswith("generator.")


# Compiled code differs where it is to run in the sandbox.
_COMPILED = {kind: _Compiled() for kind in (_Builtin, _Sandbox)}


def _environment(templates: Templates) -> tuple[Environment, Findings]:
    """The templates, and a finding for each of the site's own that cannot be read.

    Those of the built-in look are read when they are used: a third of them is not, on most sites.
    The sandbox keeps a template of the site's own from reaching Python behind the values it is given, and all
    others with it; the built-in look needs none.
    """
    kind = _Sandbox if templates.own else _Builtin

    def source(name: str) -> tuple[str, str, None] | None:
        text = templates.texts.get(name)
        return None if text is None else (text, FOLDER + name, None)

    environment = kind(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        bytecode_cache=_COMPILED[kind],
        extensions=(_Kept,),
    )
    findings: Findings = {}
    for name in sorted(templates.own):
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            _note(findings, name, error.lineno, error.message or "")
    return environment, findings


def _filled(views: Iterator[View], environment: Environment, findings: Findings) -> Iterator[Page]:
    """The page of each view; a view whose template fails is noted and left out."""
    known: dict[str, Template | None] = {}
    for view in views:
        try:
            if view.template not in known:
                known[view.template] = None
                known[view.template] = environment.get_template(view.template)
            template = known[view.template]
            if template is not None:
                yield Page(view.url, template.render(view.values).encode("utf-8", "replace"))
        except TemplateSyntaxError as error:
            name = (error.name or view.template).removeprefix(FOLDER)
            _note(findings, name, error.lineno, error.message or "")
        # A template of the site's own may fail in any way; whichever, it is the editor's to mend.
        except Exception as error:
            name, line = _place(error.__traceback__, view.template)
            _note(findings, name, line, _reason(error))


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


def _note(findings: Findings, name: str, line: int, reason: str) -> None:
    place = Place(FOLDER + name, line)
    findings.setdefault(place, BROKEN_TEMPLATE.at(place, reason=reason))
