"""Single lines of a site's files (原文行), for whoever shows a finding beside what was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from stat import S_ISREG
from unicodedata import east_asian_width

LARGEST = 5 * 1024 * 1024


def cells(text: str) -> int:
    """How many columns of a terminal `text` takes, where a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def source_lines(folder: Path) -> Callable[[str, int], str]:
    """A reader of lines by path and number (from 1); a line that cannot be read is empty."""

    @cache
    def lines(path: str) -> list[str]:
        file = folder / path
        try:
            # A pipe would wait for ever, and a link may lead out of the site.
            if not S_ISREG(file.lstat().st_mode) or file.stat().st_size > LARGEST:
                return []
            return re.split("\r\n|\r|\n", file.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return []

    def line(path: str, number: int) -> str:
        found = lines(path)
        return found[number - 1] if 0 < number <= len(found) else ""

    return line
