"""Sentences (报错的话): what pydantic complains of, in both languages, with what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import process

from generator.domain.kinds import Disclosure, Status
from generator.finding import Text
from generator.model import KeyPath
from generator.schema import known_keys


def did_you_mean(word: str, words: Iterable[str]) -> Text:
    """The question whether one of `words` was meant; empty where none is like `word`."""
    found = process.extractOne(word, sorted(words), score_cutoff=60)
    if not found:
        return Text("", "")
    return Text(f"是不是“{found[0]}”？", f"did you mean “{found[0]}”?")


def name_of(path: KeyPath) -> str:
    """The Chinese name of the innermost key of `path`; the key itself where it has none."""
    keys = [place for place, step in enumerate(path) if isinstance(step, str)]
    if not keys:
        return ""
    name = str(path[keys[-1]])
    known = known_keys(path[: keys[-1]])
    half = len(known) // 2
    return dict(zip(known[:half], known[half:], strict=True)).get(name, name)


def sentence(error: Mapping[str, Any], path: KeyPath, keys: tuple[str, ...]) -> tuple[Text, Text]:
    """The problem and the next step for one error of pydantic, in both languages."""
    code = str(error["type"])
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if code == "extra_forbidden":
        near = did_you_mean(name, keys) if keys else Text("", "")
        return (
            Text(f"未知的键“{name}”", f"unknown key “{name}”"),
            near if near.zh else Text("删去它，或改为已有的键", "remove it or use a known key"),
        )
    label = f"“{name_of(path)}”" if name else "这里"
    context = dict(error.get("ctx") or {})
    given = shown(error.get("input"))
    if code == "value_error" and name in SENTENCES:
        code = name
    if code in SENTENCES:
        problem, hint = SENTENCES[code]
        values = {"label": label, "name": name, "given": given, **context}
        return problem.fill(**values), hint.fill(**values)
    if code in ("enum", "literal_error"):
        allowed = _allowed(name, str(context.get("expected", "")))
        return (
            Text(f"{label}不能是“{given}”", f"“{name}” cannot be “{given}”"),
            Text(f"写下列之一：{allowed}", f"write one of: {allowed}"),
        )
    return (
        Text(f"{label}的类型不对：{given}", f"“{name}” has the wrong type: {given}"),
        Text("照 README 的字段表改正", "see the table of fields in the README"),
    )


def _allowed(name: str, expected: str) -> str:
    closed: dict[str, tuple[str, ...]] = {
        "disclosure": tuple(Disclosure),
        "status": tuple(Status),
    }
    if name in closed:
        return "、".join(closed[name])
    return expected.replace("'", "").replace(" or ", "、").replace(", ", "、")


def shown(value: object) -> str:
    """A value in a sentence, on one line and at most 40 characters of it."""
    text = (
        value
        if isinstance(value, str)
        else "、".join(map(str, value))
        if isinstance(value, list | tuple)
        else "…"
        if isinstance(value, dict)
        else str(value)
    )
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


_TEXT = Text("{label}应当是文字", "“{name}” must be text")
_LIST = Text("{label}应当是列表", "“{name}” must be a list")
_MAP = Text("{label}应当是一组“键: 值”", "“{name}” must be a map of keys and values")
SENTENCES: dict[str, tuple[Text, Text]] = {
    "date": (
        Text("{label}不是日期：{given}", "“{name}” is not a date: {given}"),
        Text(
            "写成 2024-05-16 这样的日期（发布日期可加时刻：2024-05-16 10:30）",
            "write a date as 2024-05-16 (publication may add a time: 2024-05-16 10:30)",
        ),
    ),
    "impossible_date": (
        Text("{label}不是真实的日期：{given}", "“{name}” is no real date: {given}"),
        Text("核对年月日", "check year, month and day"),
    ),
    "flag": (
        Text("{label}只能是“是”或“否”：{given}", "“{name}” must be true or false: {given}"),
        Text("写“是”或“否”", "write true or false"),
    ),
    "seconds": (
        Text("{label}应当是秒数：{given}", "“{name}” must be a number of seconds: {given}"),
        Text("写 1、0.5 这样的数", "write a number such as 1 or 0.5"),
    ),
    "whole_number": (
        Text("{label}应当是整数：{given}", "“{name}” must be a whole number: {given}"),
        Text("只写阿拉伯数字", "write digits only"),
    ),
    "year": (
        Text("{label}不是年份：{given}", "“{name}” is not a year: {given}"),
        Text("写成四位数字，例如 2024", "write four digits, such as 2024"),
    ),
    "statutory_item": (
        Text("{label}应当是 1 到 15：{given}", "“{name}” must be 1 to 15: {given}"),
        Text(
            "写《政府信息公开条例》第二十条的项次",
            "write the item of article 20 of the regulation (国务院令第711号)",
        ),
    ),
    "subject": (
        Text("没有“{given}”这个主题分类", "“{given}” is not a subject"),
        Text(
            "写成“大类\\小类”，例如 综合政务\\政务公开 {near}",
            "write “class\\sub-class”, such as 综合政务\\政务公开 {near}",
        ),
    ),
    "text": (_TEXT, Text("把它写成一行文字", "write it as one line of text")),
    "string_type": (_TEXT, Text("把它写成一行文字", "write it as one line of text")),
    "tuple_type": (
        _LIST,
        Text("每项一行，以“- ”开头", "one item a line, each beginning with “- ”"),
    ),
    "list_type": (_LIST, Text("每项一行，以“- ”开头", "one item a line, each beginning with “- ”")),
    "dict_type": (_MAP, Text("缩进后每行写一项", "indent, one entry a line")),
    "model_type": (_MAP, Text("缩进后每行写一项", "indent, one entry a line")),
    "model_attributes_type": (_MAP, Text("缩进后每行写一项", "indent, one entry a line")),
    "rows": (_MAP, Text("每行写“行名: [数, …]”", "write “row: [number, …]” on each line")),
    "cells": (
        Text(
            "{label}里每一行应当是方括号里的数", "each row of “{name}” must be numbers in brackets"
        ),
        Text("写成 [30, 5, 0, 0, 1, 0, 36]", "write [30, 5, 0, 0, 1, 0, 36]"),
    ),
    "missing": (
        Text("缺少“{name}”", "“{name}” is missing"),
        Text("补上“{name}: …”", "add “{name}: …”"),
    ),
    "too_short": (
        Text("{label}的项数不够", "“{name}” has too few items"),
        Text("补齐各项", "add the missing ones"),
    ),
    "too_long": (
        Text("{label}的项数太多", "“{name}” has too many items"),
        Text("删去多余的项", "remove the extra ones"),
    ),
    "greater_than_equal": (
        Text("{label}太小：{given}", "“{name}” is too small: {given}"),
        Text("写不小于 {ge} 的数", "write a number of {ge} or more"),
    ),
    "less_than_equal": (
        Text("{label}太大：{given}", "“{name}” is too large: {given}"),
        Text("写不大于 {le} 的数", "write a number of {le} or less"),
    ),
    "kind": (
        Text("没有“{word}”这个文种", "“{word}” is not a kind"),
        Text("写文种的代号，例如 policy", "write the id of a kind, such as policy"),
    ),
    "base_url": (
        Text("base_url 不是完整的网址：{given}", "base_url is not a complete address: {given}"),
        Text(
            "写成 https://www.example.gov.cn/zwgk/ 的样子", "write https://www.example.gov.cn/zwgk/"
        ),
    ),
    "web_address": (
        Text("{label}不是完整的网址：{given}", "“{name}” is not a complete address: {given}"),
        Text("写以 https:// 开头的网址", "write an address that begins with https://"),
    ),
    "first_level_column": (
        Text("“{name}”不是四个子栏目之一", "“{name}” is not one of the four sub-columns"),
        Text(
            "第一级只能是 guide、institution、statutory、annual-report；其他栏目写在它们的 children 下",
            "the first level is guide, institution, statutory, annual-report; put others below them",
        ),
    ),
    "id": (
        Text("代号“{name}”不能用", "the id “{name}” cannot be used"),
        Text("代号只用小写字母、数字和减号", "use lower-case letters, digits and hyphens only"),
    ),
}
