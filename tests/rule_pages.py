"""Pages of rules (规则页) taken apart: each section 错误 or 正确 is a site and its report.

A fence whose info string is `<language> <path>` is a file; one that is `text` alone is the report.
A fence of four backticks may hold a file that has fences of its own. A file called `fetched` is none of
the site: it says, by address, what the network answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"(`{3,})(.*)")
_HEADING = re.compile(r"## +(.+)")


@dataclass(frozen=True)
class Example:
    """A section of a page: its heading, the files laid over the good site, and their report.

    `fetched` is what the network answered, as YAML; None where nobody was asked.
    """

    heading: str
    files: dict[str, str]
    report: str
    fetched: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether the section shows how it should be (正确)."""
        return self.heading.startswith("正确")


def title(page: str) -> str:
    """The first line of a page without its `# `."""
    return page.split("\n", 1)[0].removeprefix("# ")


def examples(page: str) -> Iterator[Example]:
    """The sections of `page` that begin with 错误 or 正确, in their order."""
    for heading, fences in _sections(page):
        if heading.startswith(("错误", "正确")):
            files = {info.split(" ", 1)[1]: text for info, text in fences if " " in info}
            reports = [text for info, text in fences if info == "text"]
            fetched = files.pop("fetched", None)
            yield Example(heading, files, "".join(reports).rstrip("\n"), fetched)


def _sections(page: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    heading, fences = "", list[tuple[str, str]]()
    lines = iter(page.split("\n"))
    for line in lines:
        found = _HEADING.fullmatch(line)
        fence = _FENCE.fullmatch(line)
        if found:
            yield heading, fences
            heading, fences = found[1], []
        elif fence:
            fences.append((fence[2].strip(), _until(fence[1], lines)))
    yield heading, fences


def _until(closing: str, lines: Iterator[str]) -> str:
    held: list[str] = []
    for line in lines:
        if line == closing:
            return "".join(f"{one}\n" for one in held)
        held.append(line)
    raise AssertionError(f"a fence is never closed: {held[:1]}")
