"""Document properties (文件属性) of office files: who made the file, where, and what programs left in it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from generator.attachments import picture
from generator.attachments.package import LARGEST_PART, Package, local
from generator.contents import Passage, Script, Sort, Trace
from generator.finding import Text
from generator.regex import regex

# Every property that holds words: how an editor calls it, and what it tells if it tells of a person.
_NAMES: dict[str, tuple[Text, Sort | None]] = {
    "creator": (Text("作者", "author"), Sort.AUTHOR),
    "lastModifiedBy": (Text("上次修改者", "last modified by"), Sort.EDITOR),
    "Manager": (Text("管理者", "manager"), Sort.MANAGER),
    "Company": (Text("单位", "company"), Sort.COMPANY),
    "title": (Text("标题", "title"), None),
    "subject": (Text("主题", "subject"), None),
    "description": (Text("备注", "comments"), None),
    "keywords": (Text("关键词", "keywords"), None),
    "category": (Text("类别", "category"), None),
    "contentStatus": (Text("状态", "status"), None),
    "Template": (Text("模板", "template"), Sort.FOLDER),
    "HyperlinkBase": (Text("超链接基础", "hyperlink base"), Sort.FOLDER),
}
_FOLDER = regex(r"[\\/]")
ON_A_COMPUTER = regex(r"(?:file:|[A-Za-z]:[\\/]|\\\\|/(?:home|Users)/)")
"""How an address of a file begins that is none of the web."""
_PICTURES = r"(?:word|xl|ppt|Doc_\d+)/(?:.*/)?media/[^/]+\.(?:jpe?g|png|tiff?)|Doc_\d+/Res/[^/]+"
_MOST_PICTURES = 500


def read(package: Package) -> Iterator[Passage | Trace]:
    """The properties as text, and those of them that are traces."""
    script = Script()
    traces: list[Trace] = []
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = package.tree(name)
        for element in root if root is not None else ():
            known, words = _NAMES.get(local(element)), (element.text or "").strip()
            if known and words:
                called, sort = known
                where = _place(called)
                script.line(words, where)
                if sort and (sort is not Sort.FOLDER or _FOLDER.search(words)):
                    traces.append(Trace(sort, words, where))
    for key, words in _custom(package.tree("docProps/custom.xml")):
        where = _place(Text(key, key))
        script.line(f"{key}：{words}", where)
        traces.append(Trace(Sort.PROPERTY, f"{key}：{words}", where))
    yield from script.passage()
    yield from traces
    yield from _pictures(package)
    yield from _beside(package)
    yield from _folders(package)


def _place(called: Text) -> Text:
    return Text(f"属性“{called.zh}”", f"property “{called.en}”")


def _custom(root: Element | None) -> Iterator[tuple[str, str]]:
    for element in root if root is not None else ():
        words = " ".join("".join(element.itertext()).split())
        if words:
            yield element.get("name", ""), words


def _pictures(package: Package) -> Iterator[Trace]:
    """What the pictures inside tell of where and by whom they were taken."""
    for number, name in enumerate(package.matching(_PICTURES), 1):
        if number > _MOST_PICTURES:
            return
        for trace in picture.traces(package.head(name, picture.ENOUGH)):
            zh, en = f"第{number}张图片的{trace.where.zh}", f"picture {number}: {trace.where.en}"
            yield Trace(trace.sort, trace.words, Text(zh, en))


def _beside(package: Package) -> Iterator[Passage]:
    """What forms and document systems keep in XML of their own."""
    for name in package.matching(r"customXml/item\d+\.xml"):
        root = package.tree(name)
        script = Script()
        for words in root.itertext() if root is not None else ():
            if words.strip():
                script.line(" ".join(words.split()), Text("自定义 XML", "custom XML"))
        yield from script.passage()


def _folders(package: Package) -> Iterator[Trace]:
    """Files on someone's computer that the document refers to: its template, linked workbooks and pictures."""
    for name in package.matching(r".+/_rels/[^/]+\.rels"):
        if b'"External"' in package.head(name, LARGEST_PART):
            folder, _, base = name.rpartition("/_rels/")
            part = f"{folder}/{base.removesuffix('.rels')}"
            for _, target, is_outside in package.relations(part).values():
                if is_outside and ON_A_COMPUTER.match(target):
                    yield Trace(Sort.FOLDER, target, Text("外部链接", "external link"))
