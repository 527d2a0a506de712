"""Regular expressions (正则表达式) that are compiled when something is first asked of them.

The program has five hundred; most commands need few, and a build of a whole site a third.
"""

from __future__ import annotations

import re
import sys
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_MARKS = ("pattern", "flags", "groups", "groupindex")


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, for those who call its methods; functions of `re` do not take it for a pattern."""
    names = sys._getframe(1).f_globals  # noqa: SLF001
    return cast("re.Pattern[AnyStr]", Uncompiled(source, flags, names))


class _Compiled:
    """The methods of a pattern, each at hand: without `__getattr__` they are found sooner."""


class Uncompiled(_Compiled):
    """A regular expression as it was written.

    Once compiled, its name in the module that wrote it stands for the pattern itself, so that loops pay nothing;
    where it is held otherwise, it has the pattern's methods.
    """

    def __init__(self, source: str | bytes, flags: int, names: dict[str, Any]) -> None:
        self._source, self._flags, self._names = source, flags, names

    def __getattr__(self, name: str) -> object:
        self.compile()
        return getattr(self, name)

    def compile(self) -> None:
        """Have all methods at hand from now on."""
        compiled = re.compile(self._source, self._flags)
        for name, value in list(self._names.items()):
            if value is self:
                self._names[name] = compiled
        self.__dict__.update((one, getattr(compiled, one)) for one in (*_METHODS, *_MARKS))
        self.__class__ = _Compiled  # type: ignore[assignment]
