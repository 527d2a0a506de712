"""Templates as Python (模板编译): Jinja2 as it is used here, in a sandbox where a site has templates of its own.

The built-in look needs no sandbox and is filled for every page, so the Python made of it is straighter. Both give
the same bytes.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache, lru_cache
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import Any, cast

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FunctionLoader,
    StrictUndefined,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as _escaped
except ImportError:  # another version, or one without its part in C

    def _escaped(s: str, /) -> str:
        return str(escape(s))


from generator.edition import edition
from generator.model import Templates

FOLDER = "templates/"
_SMALL = 500  # characters of a template
_LOOK = Path(__file__).parent / "__pycache__" / "look.bin"


def environment(templates: Templates) -> Environment:
    """All templates, each read when it is first asked for: a third of them is not, on most sites.

    The sandbox keeps a template of the site's own from reaching Python behind the values it is given, and all
    others with it; the built-in look needs none.
    """
    kind = _Sandbox if templates.own else _Builtin

    def source(name: str) -> tuple[str, str, None] | None:
        text = templates.texts.get(name)
        return None if text is None else (text, FOLDER + name, None)

    return kind(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
        bytecode_cache=_compiled(kind, frozenset(templates.texts.items())),
        extensions=(_Kept,),
    )


class _Compiled(BytecodeCache):
    """Templates compiled in this process, by name: previews and checks fill them many times."""

    def __init__(self) -> None:
        self._known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give `bucket` its code if it is known."""
        bucket.code = self._known.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of `bucket`."""
        if bucket.code is not None:
            self._known[bucket.key] = bucket.code


class Installed(_Compiled):
    """The built-in look, compiled once for this installation: beside the program's own compiled modules.

    As with these, whoever can write there can change the program itself; nothing of a site is ever looked for
    or put there.
    """

    def __init__(self, texts: Collection[tuple[str, str]], file: Path = _LOOK) -> None:
        super().__init__()
        look = hashlib.blake2b(repr(sorted(texts)).encode("utf-8", "surrogatepass")).digest()
        made_by = f"{sys.implementation.cache_tag} {edition()}".encode()
        self._mark = b"%b %b %b\n" % (made_by, MAGIC_NUMBER.hex().encode(), look.hex().encode())
        self._file = file
        with suppress(OSError, ValueError, EOFError, TypeError):
            mark, _, codes = self._file.read_bytes().partition(b"\n")
            if mark + b"\n" == self._mark:
                # As Python does with its own compiled modules in this very folder.
                self._known.update(marshal.loads(codes))  # noqa: S302

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of `bucket`, in this process and beside the program."""
        super().dump_bytecode(bucket)
        if sys.dont_write_bytecode:
            return
        mine = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            mine.write_bytes(self._mark + marshal.dumps(self._known))
            mine.replace(self._file)


@lru_cache(maxsize=4)
def _compiled(kind: type[Environment], texts: frozenset[tuple[str, str]]) -> _Compiled:
    """What is compiled of one look: in the code of a template may be that of another, which it includes."""
    return Installed(texts) if kind is _Builtin else _Compiled()


def shown(value: Any) -> str:
    """A value as it stands in HTML; Markup is only made of what needs it, which takes most of the time."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    return value if kind is Markup else escape(value)


class _Generator(CodeGenerator):
    """Templates as Python, in which `shown` stands for `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        context = frame.eval_ctx
        if context.autoescape and not context.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Straight(_Generator):
    """Templates that are known to be ours: attributes and calls are Python's own.

    What a template says is gathered in a list and given at once, not passed on piece by piece.
    """

    def enter_frame(self, frame: Frame) -> None:
        """The beginning of a scope; the outermost one of a function has the list."""
        super().enter_frame(frame)
        if frame.parent is None:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """The end of a scope."""
        super().leave_frame(frame, with_python_scope)
        if frame.parent is None:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`a.b`."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """`a(b)`."""
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        """What stands between the tags (only `kept` has any) as a plain function."""
        self.macro_body(node, frame)
        self.writeline("caller = macro")
        self.start_write(frame, node)
        self.visit_Call(node.call, frame, forward_caller=True)
        self.end_write(frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """A small template is put in its place; others would be compiled wherever they are included."""
        name = node.template.as_const()
        loader = cast("BaseLoader", self.environment.loader)
        text, file, _ = loader.get_source(self.environment, name)
        if len(text) > _SMALL:
            super().visit_Include(node, frame)
            return
        body = self.environment.parse(text, name, file).body
        self.pull_dependencies(body)
        self.visit_Scope(nodes.Scope(body), frame)


class _Builtin(Environment):
    """The built-in look, which needs no sandbox."""

    code_generator_class = _Straight
    shown = staticmethod(shown)


# What a template may be given without a second look: none of these reaches Python behind the values.
_PLAIN = frozenset({str, Markup, bool, int, tuple, type(None)})
_DICT_OWN = frozenset(dir(dict))


class _Sandbox(SandboxedEnvironment):
    """The sandbox, which passes plain values of our own types at once; all else it judges as ever."""

    code_generator_class = _Generator
    shown = staticmethod(shown)

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


@cache
def _is_ours(kind: Any) -> bool:
    return str(kind.__module__).startswith("generator.")


class _Kept(Extension):
    """`{% kept nav %}…{% endkept %}`: filled once for each value named, and kept for all other pages that have it.

    The navigation is one value on all pages of a folder and column, and half of what a page is filled with.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self.tags = {"kept"}
        # By the place in the template and the identity of the value, which is held so that it stays its own.
        self._known: dict[tuple[str | None, int, int], tuple[object, Markup]] = {}

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        """The tag as a call with its content."""
        line = next(parser.stream).lineno
        place = nodes.Const(parser.name), nodes.Const(line), parser.parse_expression()
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        if self.environment.sandboxed:
            # A template of the site's own that is included may name what is not the same.
            return body
        call = self.call_method("_filled", list(place))
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _filled(self, name: str | None, line: int, value: object, caller: Callable[[], str]) -> str:
        key = name, line, id(value)
        known = self._known.get(key)
        if known is None:
            # What a template made is escaped.
            known = self._known[key] = value, Markup(caller())  # noqa: S704
        return known[1]
