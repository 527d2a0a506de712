"""An item of article 20 has neither content nor link nor reason (法定主动公开事项; 国务院令第711号第二十条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator import coverage
from generator.domain.numerals import to_chinese
from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site

RULE = Rule(
    "uncovered-item",
    Severity.WARNING,
    Text(
        "条例第二十条第（{zh}）项“{title}”没有内容，也没有写明在哪里公开或者为什么没有",
        "item {target} of article 20 has neither content, nor a link to it, nor a reason",
    ),
    Text(
        "在有关文件里写“法定事项: {target}”，或者在 site.yaml 的 statutory_items 里写 "
        "{target}: {{at: 栏目、文件或网址}}，没有这项职责的写 {target}: {{reason: …}}",
        "write “statutory_item: {target}” in a document, or under statutory_items in site.yaml "
        "{target}: {{at: column, document or address}} or {target}: {{reason: …}}",
    ),
)
_LOST = Text(
    "条例第二十条第（{zh}）项写明在“{text}”公开，那里没有本站的栏目、文件，或者栏目是空的",
    "item {target} of article 20 is said to be at “{text}”: there is no such column or document, "
    "or the column is empty",
)
_CORRECT = Text(
    "改成栏目的代号、content/ 下文件的路径或者完整的网址",
    "write the id of a column, the path of a document below content/, or a whole web address",
)


def find(site: Site) -> Iterator[Finding]:
    """The items without anything, and the places that lead nowhere.

    An organ that has said nothing yet under `statutory_items` is not asked; its audit lists the items.
    """
    if not coverage.is_declared(site):
        return
    settings = Place("site.yaml", 1, 1)
    for item in coverage.items(site):
        number, zh = str(item.number), to_chinese(item.number)
        for place in item.lost:
            yield RULE.at(settings, message=_LOST, hint=_CORRECT, target=number, text=place, zh=zh)
        if not item.lost and not item.is_covered:
            yield RULE.at(settings, target=number, zh=zh, title=item.name)
