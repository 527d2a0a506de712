"""Surroundings (上下文): what its row, the words before it and its document add to the text of a link."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from generator.domain.assertions import Assertions, Organs, is_generic
from generator.domain.folding import folded
from generator.domain.kinds import Kind
from generator.domain.neighbours import is_name
from generator.link.texts import organ_of_row, period_of_row, year_of_row
from generator.model import Document, WrittenLink
from generator.regex import regex

_BEAR_AN_ORGAN = (Kind.POLICY, Kind.ANNUAL_REPORT, Kind.WORK_POINTS)
_YEAR_ALONE = regex(r"(?:19|20)\d\d")
_SERIES_ALONE = regex(
    r"(?:点击)?(?:查看|阅读|下载|浏览|打开)?(?:报告|要点)(?:全文|原文|正文|文本|内容)?"
)
_MARKED = regex(r"\[([^\[\]]*)\]\([^()\s]*\)")
_SHORT_NAME = regex(
    r"《((?:[^《》]|《[^《》]*》)+)》[^《》]{0,60}?(?:以下|下)(?:统一?)?简?称(?:为)?[:：]?[“\"']?《?([^《》”\"'，。）)]{2,30})"
)


def with_row(
    text: str,
    asserted: Callable[[str], Assertions],
    written: WrittenLink,
    target: Document,
    source: Document,
) -> str:
    """`text` with the year, the organ or the batch of its table row, where it says none itself.

    In a row of 2021、2022、2023 the figure itself is the year.
    """
    is_yearly = target.kind in (Kind.ANNUAL_REPORT, Kind.WORK_POINTS)
    if is_yearly and _YEAR_ALONE.fullmatch(folded(written.text)):
        return f"{folded(written.text)}年"
    fills_cell = not (written.before.strip() or written.after.strip())
    if not fills_cell or "|" not in source.source.body:
        return text
    said = asserted(text)
    if said.numbers:
        return text
    is_named = bool(said.kinds) or _SERIES_ALONE.fullmatch(folded(text)) is not None
    is_of_series = is_yearly and (is_generic(text) or is_named)
    if not said.years and (is_of_series or said.periods):
        text = year_of_row(written, source) + text
    if not said.organs and is_of_series and target.kind is Kind.ANNUAL_REPORT:
        text = organ_of_row(written, source) + text
    return text if said.periods else period_of_row(written, source) + text


def with_lead(
    text: str,
    asserted: Callable[[str], Assertions],
    written: WrittenLink,
    target: Document,
    organs: Organs,
) -> str:
    """`text` with the organ whose text the words before it say that it is: 市财政局印发的[…]."""
    if target.kind not in _BEAR_AN_ORGAN or not is_name(text) or asserted(text).organs:
        return text
    # Of a document without its own issuer the site's is only the default.
    is_known = bool(target.meta.issuer) or organs.mentioned(folded(target.title))
    return organs.before(folded(written.before)) + text if is_known else text


@lru_cache(64)
def short_names(body: str) -> tuple[tuple[str, str], ...]:
    """The titles that a body shortens, each with its short name: 《…》（以下简称《…》）."""
    if not ("简称" in body or "下称" in body or "下统" in body):
        return ()
    plain = _MARKED.sub(r"\1", body)
    return tuple((full, folded(short).strip("《》")) for full, short in _SHORT_NAME.findall(plain))
