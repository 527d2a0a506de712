"""A picture without a text that stands for it (图片缺少替代文字; 无障碍环境建设法第三十二条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.judged import flaws

RULE = Rule(
    "missing-alt",
    Severity.ERROR,
    Text("图片没有替代文字：{target}", "the picture has no alternative text: {target}"),
    Text(
        "在方括号里用一句话写出图片的内容：![……]({target})",
        "say in the brackets what the picture shows: ![…]({target})",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Pictures of bodies whose alternative text is absent or empty."""
    for place, words in flaws(site, RULE.name):
        yield RULE.at(place, target=words[0] if words else "")
