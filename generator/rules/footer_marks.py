"""A mark that the foot of a page must carry is missing or wrong (页脚标识; 国办发〔2017〕47号)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.finding import Finding, Place, Rule, Severity, Text
from generator.model import Site
from generator.regex import regex

RULE = Rule(
    "footer-marks",
    Severity.ERROR,
    Text("缺少{name}（{target}）", "the {name_en} ({target}) is missing"),
    Text("在 site.yaml 里补上，例如 {example}", "add it to site.yaml, for example {example}"),
)
_MALFORMED = Text(
    "{name}（{target}）的写法不对：{given}", "the {name_en} ({target}) is malformed: {given}"
)
_CORRECT = Text("照证书改正，形式如 {example}", "correct it, in the form {example}")


class _Mark(NamedTuple):
    key: str
    name: str
    name_en: str
    pattern: re.Pattern[str]
    example: str


_MARKS = (
    _Mark(
        "site_id",
        "网站标识码",
        "site identification code",
        regex(r"bm[0-9]{8}|[0-9]{10}"),
        'site_id: "1100000001"',
    ),
    _Mark(
        "icp",
        "ICP备案编号",
        "ICP record number",
        # Records since 2021 carry the year before a serial of six digits.
        regex(r"[一-龥]ICP备(?:[0-9]{8}|[0-9]{10})号(?:-[0-9]+)?"),
        "icp: 京ICP备12345678号",
    ),
    _Mark(
        "police",
        "公安机关备案号",
        "police record number",
        regex(r"[一-龥]公网安备\s*[0-9]{14}号"),
        "police: 京公网安备 11000000000001号",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """The marks that `site.yaml` leaves out or writes in a form that no certificate has."""
    for mark in _MARKS:
        given: str | None = getattr(site.config.marks, mark.key)
        if given and mark.pattern.fullmatch(given):
            continue
        plain = unicodedata.normalize("NFKC", given or "").replace(" ", "")
        found = RULE.at(
            Place("site.yaml", 1, 1),
            message=_MALFORMED if given else None,
            hint=_CORRECT if given else None,
            target=f"marks.{mark.key}",
            text=given,
            suggestion=plain if mark.pattern.fullmatch(plain) else None,
            given=given,
            name=mark.name,
            name_en=mark.name_en,
            example=mark.example,
        )
        # A site that has not begun to name its marks can be built; one that forgot some cannot.
        has_begun = bool(site.config.marks.model_fields_set)
        yield found if has_begun else replace(found, severity=Severity.WARNING)
