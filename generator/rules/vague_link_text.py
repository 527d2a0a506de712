"""A link whose words do not say where it leads (链接文字含糊)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import LinkSyntax, Site
from generator.rules.judged import documents

RULE = Rule(
    "vague-link-text",
    Severity.WARNING,
    Text("链接文字“{text}”没有说明通向哪里", "the link text “{text}” does not say where it leads"),
    Text(
        "用目标文件的名称作链接文字，例如 [《……办法》](…)",
        "use the name of the target as the text of the link",
    ),
)
VAGUE = frozenset(
    """
    这里 此处 这儿 点击 点击这里 点击此处 点击查看 点击下载 点击打开 点击进入 点击阅读 点击浏览
    点击链接 点击详情 点击查看详情 点击了解 点击了解更多 点击查看更多 点此 点此查看 点此下载
    点此进入 点这里 点我 点我查看 戳这里 请点击 请点击这里 请点击此处 请点这里 请点此 更多
    更多内容 更多信息 更多详情 查看更多 了解更多 详情 详细 详细内容 详细信息 查看 查看详情
    查看详细 查看全文 查看原文 了解详情 阅读全文 阅读更多 链接 链接地址 链接在此 本链接 此链接
    该链接 here clickhere click more readmore learnmore seemore details link thislink this
    viewdetails view
    """.split()
)


def find(site: Site) -> Iterator[Finding]:
    """Links whose whole text is a word such as 点击这里 or 更多, which means nothing by itself."""
    for entry in documents(site):
        if entry.document.is_withdrawn:
            continue
        for link in entry.links:
            written = link.written
            is_link = written.element == "a" and written.syntax is not LinkSyntax.NUMBER
            words = _folded(written.text) if is_link else ""
            is_sign = not words and bool(written.text.strip())
            if is_link and (words in VAGUE or is_sign):
                yield RULE.at(
                    Place(entry.path, written.line, written.column),
                    target=written.href,
                    text=written.text,
                )


def _folded(text: str) -> str:
    """The words alone: no brackets, arrows, stops or spaces, in lower case."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()
