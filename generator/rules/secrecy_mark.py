"""A document bears a mark of secrecy or of internal use (涉密标志; 保守国家秘密法第二十二条、第三十五条)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.secrecy import marks, may_hold_mark
from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site
from generator.rules.readable import marked

RULE = Rule(
    "secrecy-mark",
    Severity.ERROR,
    Text(
        "带有涉密、内部或者不公开的标志“{text}”{remark}",
        "the document bears a mark of secrecy or internal use: “{text}”{remark_en}",
    ),
    Text(
        "停止发布，报保密审查人：确属涉密、内部文件的，立即撤下；不属于的，先办理解密或者更正标志",
        "stop, ask the secrecy reviewer: take it down if the mark is right; "
        "otherwise have it declassified or corrected first",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Marks in bodies, front matter and attachments; what a text says about secrecy is none."""
    return marked(RULE, site, may_hold_mark, marks)
