"""The bare loop (空转): what PyYAML, Python-Markdown and Jinja2 alone take for the documents of a site, one file each.

Nothing is numbered, linked, listed or checked: no generator that is made of these libraries can take less.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import frontmatter
from jinja2 import Environment
from markdown import Markdown

PAGE = (
    "<!doctype html><html lang=zh-CN><title>{{ title|e }}</title><main>{{ body }}</main></html>\n"
)


def run(site: Path) -> None:
    """Print the CPU seconds that each library takes for all documents of `site`, and that writing takes."""
    spent: dict[str, float] = {}
    template = Environment(autoescape=False).from_string(PAGE)  # noqa: S701 - the title is escaped
    markdown = Markdown(extensions=["tables", "footnotes", "attr_list"])
    files = sorted((site / "content").rglob("*.md"))
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(files):
            clock = [time.process_time()]
            document = frontmatter.loads(path.read_text(encoding="utf-8"))
            clock.append(time.process_time())
            body = markdown.reset().convert(document.content)
            clock.append(time.process_time())
            page = template.render(title=document.metadata["title"], body=body)
            clock.append(time.process_time())
            Path(folder, f"{number}.html").write_text(page, encoding="utf-8")
            clock.append(time.process_time())
            parts = ("PyYAML, python-frontmatter", "Python-Markdown", "Jinja2", "written")
            for part, (start, end) in zip(parts, pairwise(clock), strict=True):
                spent[part] = spent.get(part, 0) + end - start
    print(f"{len(files)} documents, CPU seconds")
    for part, seconds in (*spent.items(), ("in all", sum(spent.values()))):
        print(f"{seconds:8.3f}  {part}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    run(parser.parse_args().site)
