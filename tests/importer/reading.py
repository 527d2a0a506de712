"""An imported file as its readers see it: the front matter as YAML, the body as the words of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import frontmatter
import markdown
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.importer import Imported, Removed, decode, import_text

SOURCES = Path(__file__).parents[2] / ".." / "shared" / "sources"
# Every extension that could take a sign for markup, so that escaping is put to the test.
_EXTENSIONS = ["tables", "footnotes", "attr_list", "def_list", "toc", "fenced_code", "abbr"]


def source(name: str) -> str:
    """The text of one of the five real documents."""
    return decode((SOURCES / name).read_bytes())


def imported(name: str) -> Imported:
    """One of the five real documents, imported."""
    return import_text(source(name), name)


def fields(found: Imported) -> dict[str, object]:
    """The front matter with every scalar as the text that it is."""
    front = re.match(r"---\n(.*?)\n---\n", found.markdown, re.DOTALL)
    assert front is not None
    values = yaml.load(front[1], Loader=yaml.BaseLoader)  # noqa: S506 - reads text only
    assert isinstance(values, dict)
    return values


def body(found: Imported) -> str:
    """The Markdown below the front matter."""
    return str(frontmatter.loads(found.markdown).content)


def page(text: str) -> str:
    """The words that a page shows for Markdown, in their order and without spaces."""
    html = markdown.markdown(text, extensions=_EXTENSIONS)
    tree = LexborHTMLParser(f"<body>{html}</body>")
    return signs(tree.body.text() if tree.body else "")


def signs(text: str) -> str:
    """`text` without spaces."""
    return re.sub(r"\s", "", text)


def without(text: str, gone: Iterable[Removed]) -> str:
    """The signs of `text` in their order, without those of the lines `gone`.

    A title that was broken over several lines is one of `gone`; residue may stand between them.
    """
    waiting = [(line.line, signs(line.text)) for line in gone]
    kept: list[str] = []
    for number, written in enumerate(text.split("\n"), start=1):
        for part in map(signs, written.splitlines()):
            begun = [
                entry for entry in waiting if entry[0] in (number, 0) and entry[1].startswith(part)
            ]
            if part and begun:
                taken = min(begun, key=lambda entry: (entry[1] != part, entry[0]))
                waiting.remove(taken)
                rest = taken[1].removeprefix(part)
                # Line 0: begun, to be continued below.
                waiting.extend([(0, rest)] if rest else [])
            else:
                kept.append(part)
    assert not waiting, f"not in the text: {waiting}"
    return "".join(kept)
