"""OFD files (版式文件, GB/T 33190): the text of each page and who made the file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.attachments.package import Package, local
from generator.contents import Passage, Script, Sort, Trace
from generator.finding import Text


def read(package: Package) -> Iterator[Passage | Trace]:
    """Pages, annotations and the information in the file's root."""
    script = Script()
    for name in package.matching(r"Doc_\d+/(?:Pages|Annots?|Tpls?)/.+\.xml"):
        root = package.tree(name)
        if root is None:
            continue
        number = "".join(sign for sign in name.split("/")[2] if sign.isdigit())
        page = f"{int(number) + 1}" if number.isascii() and 0 < len(number) < 9 else ""
        place = Text(f"第{page}页", f"page {page}") if page else Text("版面", "page")
        for element in root.iter():
            if local(element) == "TextCode" and element.text:
                script.line(element.text, place)
    yield from script.passage()
    yield from _information(package)


def _information(package: Package) -> Iterator[Passage | Trace]:
    root = package.tree("OFD.xml")
    for element in root.iter() if root is not None else ():
        words = (element.text or "").strip()
        if local(element) == "Author" and words:
            yield Trace(Sort.AUTHOR, words, Text("属性“作者”", "property “author”"))
        elif local(element) == "CustomData" and words:
            called = element.get("Name", "")
            where = Text(f"属性“{called}”", f"property “{called}”")
            yield Passage(words, ((0, where.zh, where.en),))
            yield Trace(Sort.PROPERTY, f"{called}：{words}", where)
