"""Where a title breaks (回行): GB/T 9704-2012 7.3.1 wants no word torn at the end of a line."""

from __future__ import annotations

from collections.abc import Sequence

_SHORTEST = 4
_BETWEEN = " 、　"


def title_parts(title: str, organs: Sequence[str]) -> tuple[str, ...]:
    """The organs that a title begins with, one by one, and the rest; joined they are the title."""
    parts: list[str] = []
    rest = title
    while organ := next((name for name in organs if name and rest.startswith(name)), ""):
        after = rest.removeprefix(organ).lstrip(_BETWEEN)
        if len(after) < _SHORTEST:
            break
        parts.append(rest[: len(rest) - len(after)])
        rest = after
    return (*parts, rest)
