"""Plain trees (素净的树) read as they are give the same body as written out, sanitised and read again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from generator.convert import _markdown, _tables, clean, convert, plain, positions
from generator.convert.positions import Positions
from generator.model import Body
from tests.markup import documents, phrases
from tests.test_properties import texts

_CONTENT = Path(__file__).parents[1] / "content"


def _tree(text: str) -> Element:
    return _markdown(False).reset().tree(positions.mark(positions.clean(text)))


def _plainly(text: str) -> Body | None:
    text = positions.clean(text)
    tree = _tree(text)
    aside = _markdown(False).htmlStash.rawHtmlBlocks
    return plain.read(tree, Positions(text, 1), _tables(text), aside)


def _the_long_way(text: str) -> Body:
    text = positions.clean(text)
    markdown = _markdown(False)
    html = markdown.reset().convert(positions.mark(text))
    return clean.read(clean.sanitise(html), Positions(text, 1), _tables(text))


@settings(deadline=None, max_examples=500)
@given(texts)
def test_any_text_gives_one_body_both_ways(text: str) -> None:
    assert _plainly(text) in (None, _the_long_way(text))


@settings(deadline=None, max_examples=500)
@given(documents)
def test_any_document_gives_one_body_both_ways(text: str) -> None:
    assert _plainly(text) in (None, _the_long_way(text))


@settings(deadline=None, max_examples=1000)
@given(phrases)
def test_any_mark_up_within_lines_gives_one_body_both_ways(text: str) -> None:
    assert _plainly(text) in (None, _the_long_way(text))


@pytest.mark.parametrize("folder", sorted(path.name for path in _CONTENT.iterdir()))
def test_the_documents_of_a_site_are_plain_but_for_a_few(folder: str) -> None:
    read = [path.read_text("utf-8") for path in sorted((_CONTENT / folder).rglob("*.md"))]
    bodies = [text.split("\n---\n", 1)[-1] for text in read]
    plainly = [_plainly(body) for body in bodies]
    long = [_the_long_way(body) for body in bodies]
    assert [
        both for both in zip(plainly, long, strict=True) if both[0] not in (None, both[1])
    ] == []
    assert plainly.count(None) <= len(bodies) // 20 + 1


@pytest.mark.parametrize(
    "text",
    [
        "甲\n\n一、乙\n\n（一）丙。丁",
        "第一条 甲\n\n海州市示例局\n\n2024年3月1日",
        "| 甲 | 乙 |\n| --- | :-: |\n| 1 | [丙](a.md) |",
        "- 甲\n- 乙\n\n    丙\n\n3. 丁",
        "> 甲\n>\n> - 乙",
        "**甲**[*乙*](b.md '题')![丙](c.png)  \n`丁`",
        "[[甲〔2024〕1号]]、甲〔2024〕1号、[[a.md]]",
        "甲\n\n---\n\n乙 {: .x }",
        "a < b，a > b，a & b，a\u00a0b",
        "&lt;script&gt;&nbsp;&ensp;甲",
        "`<b>&amp;`",
        "<b>甲[乙](c.md)</b><br>H<sub>2</sub>O<!-- 丙 -->",
        "| <b>甲</b> |\n| --- |\n| 乙<br/>丙 |",
        "甲[^1]，甲[^1]\n\n[^1]: 乙\n\n    - 丙",
        "    甲 < 乙",
        "<div class=x>\n<p>甲\n</div>\n\n乙",
        "甲\n\n<table><tr><td>乙</td></tr></table>\n\n丙",
        "```\n甲 < 乙\n```",
        "见<http://a.example.gov.cn>。",
        "甲\n: 乙",
        "[甲](b 'c\"d')",
        "[甲](?a=1&b=2)",
        "",
    ],
)
def test_what_the_converter_makes_of_plain_text_is_plain(text: str) -> None:
    assert _plainly(text) == _the_long_way(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>甲",
        "甲</b>乙",
        "<b>甲<i>乙</b>丙</i>",
        "<b onclick=a>甲</b>",
        "<a href=a.md>甲</a>",
        "&unknown;&#0;",
        "<!--> 甲 -->",
        "<script>alert(1)</script>",
        "<div>\n<p>甲\n",
        "<div>甲</div></div>",
        "<p><b>甲</p>",
        "<div><form>甲</div>",
        "<a@a.example.gov.cn>",
        "## 甲 {: onclick=alert(1) }",
        "## 甲 {: hidden }",
        "| 甲 |\n| --- |\n| 乙 {: style=position:fixed } |",
        "[甲](b){: ping=c }",
    ],
)
def test_what_the_sanitiser_may_change_goes_the_long_way(text: str) -> None:
    assert _plainly(text) is None
    assert convert(text) == _the_long_way(text)


_ODD_TAGS = ("pre", "dl", "dt", "sup", "h1", "details", "form", "b", "title", "p", "td", "a", "li")
_WORDS = (None, None, "甲", "乙。", "\n", "甲\n乙", "\u3000", " ", "", "\ufdd00\ufdd1甲", "\ufdd5")
_ODD_WORDS = (
    "<",
    "a>b",
    "&amp;",
    "&lt;b",
    "a & b",
    "&a;",
    "&#38;",
    "&#38",
    "\xa0",
    "\x02",
    "\x02wzxhzdk:0\x03",
)
_ATTRIBUTES = {
    "id": ("甲", "a-b", "\ufdd03\ufdd1甲", "a'b", 'a"b', ""),
    "class": ("number", "a b", " a "),
    "title": ("甲", "a\nb", "a&b"),
    "style": ("text-align: center;", "text-align: left;", "color: red;"),
    "href": ("\ufdd03\ufdd1a.md", "\ufdd03\ufdd1\ufdd3甲", "javascript:alert(1)"),
    "src": ("\ufdd03\ufdd1a.png", "http://a.example.gov.cn/a.png"),
    "alt": ("甲", ""),
    "start": ("3",),
    "onclick": ("a()",),
    "ID": ("甲",),
}


def _random_tree(luck: random.Random, tag: str, depth: int, oddness: float) -> Element:
    """An element mostly of what the converter makes, and at times of what it never would."""

    def one(usual: Sequence[str | None], odd: Sequence[str]) -> str | None:
        return luck.choice(odd) if luck.random() < oddness else luck.choice(usual)

    element = Element(tag)
    spaced = ("\n", None) if tag in plain._WITHOUT_TEXT or tag == "div" else _WORDS
    element.text = None if tag in plain._VOID else one(spaced, _ODD_WORDS)
    for name in luck.sample(sorted(_ATTRIBUTES), luck.choice((0, 0, 1, 2))):
        element.set(name, luck.choice(_ATTRIBUTES[name]))
    if tag == "a" and luck.random() < 0.9:
        element.set("href", "\ufdd03\ufdd1a.md")
    usual = sorted(plain._CONTENT.get(tag, ()))
    for _ in range(luck.randint(0, 3) if depth and usual else 0):
        inner = one(usual, _ODD_TAGS) or ""
        child = _random_tree(luck, inner, depth - 1, oddness)
        child.tail = one(spaced, _ODD_WORDS)
        element.append(child)
    return element


@pytest.mark.parametrize("oddness", [0, 0.03, 0.2])
def test_any_tree_at_all_gives_one_body_both_ways(oddness: float) -> None:
    luck = random.Random(f"trees {oddness}")
    where, tables = Positions("甲乙丙丁", 1), [3, 1]
    markdown = _markdown(False).reset()
    different, plainly = [], 0
    for _ in range(1500):
        tree = _random_tree(luck, "div", 5, oddness)
        tree.attrib.clear()
        markup = markdown.html(tree)
        body = plain.read(tree, where, tables)
        plainly += body is not None
        if body not in (None, clean.read(clean.sanitise(markup), where, tables)):
            different.append(markup)
    assert different == []
    assert plainly > 100


def test_a_tree_that_no_parser_would_leave_so_goes_the_long_way() -> None:
    trees = []
    for outer, inner in (("p", "p"), ("a", "a"), ("h2", "h3"), ("p", "table"), ("ul", "p")):
        root = Element("div")
        block = Element(outer)
        block.append(Element(inner))
        root.append(block)
        trees.append(root)
    for address in ("javascript:alert(1)", "a.md"):
        root = Element("div")
        block = Element("p")
        block.append(Element("a", href=address))
        root.append(block)
        trees.append(root)
    for words in ("甲", "\u3000"):
        root = Element("div")
        table = Element("table")
        table.text = words
        root.append(table)
        trees.append(root)
    assert [plain.read(tree, Positions("", 1), []) for tree in trees] == [None] * len(trees)


@settings(deadline=None, max_examples=500)
@given(documents | texts | phrases)
def test_positions_are_looked_for_where_they_are(text: str) -> None:
    """The signs lead to the same spots as looking everywhere."""
    text = positions.clean(text)
    found = [(spot.span(), spot.lastgroup) for spot in positions._spots(text)]
    everywhere = [(spot.span(), spot.lastgroup) for spot in positions._SPOTS.finditer(text)]
    assert found == everywhere
