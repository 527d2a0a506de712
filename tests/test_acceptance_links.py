"""Links as the columns of other organs write them (验收：链接): right ones are left alone, wrong ones are found.

The world is that of an invented water bureau with a bureau of the same name in one of its districts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command import gongkai
from tests.sites import write_site

TODAY = "2025-08-15"
SETTINGS = """\
organ: {name: 云溪市水务局, short_name: 市水务局, superior: 云溪市人民政府}
base_url: https://sw.yunxi.example.gov.cn/xxgk/
organs:
  - {name: 云溪市临江区水务局, short_names: [临江区水务局]}
  - {name: 云溪市自然资源和规划局, short_names: [市自规局]}
"""
RULES = "wrong-year,wrong-period,wrong-number,wrong-issuer,wrong-kind,wrong-title,conflicting-links"
TABLE = "\n| {head} | 报告 |\n| --- | --- |\n| {cell} | {link} |\n"


def _document(title: str, *fields: str) -> str:
    more = "".join(f"{field}\n" for field in fields)
    return (
        f"---\ntitle: {title}\npublished: 2025-03-03\ndisclosure: 主动公开\n{more}---\n\n正文。\n"
    )


WORLD = {
    "annual-report/2023.md": _document("云溪市水务局2023年政府信息公开工作年度报告", "year: 2023"),
    "annual-report/2024.md": _document("云溪市水务局2024年政府信息公开工作年度报告", "year: 2024"),
    "annual-report/linjiang.md": _document(
        "云溪市临江区水务局2024年政府信息公开工作年度报告",
        "year: 2024",
        "issuer: 云溪市临江区水务局",
    ),
    "statutory/work-points/2024.md": _document("2024年政务公开工作要点", "year: 2024"),
    "statutory/policy/water.md": _document(
        "云溪市水务局关于印发《云溪市城镇节约用水管理办法》的通知",
        "document_number: 云水规〔2025〕2号",
    ),
    "statutory/policy/trial.md": _document(
        "云溪市水务局关于印发《云溪市城镇节约用水管理办法（试行）》的通知",
        "document_number: 云水规〔2021〕4号",
        "signed: 2021-06-02",
    ),
    "statutory/policy/pipes.md": _document("云溪市水务局关于加强供水管网巡查的通知"),
    "statutory/consultation/water.md": _document(
        "关于公开征求《云溪市城镇节约用水管理办法（征求意见稿）》意见的公告"
    ),
    "statutory/notice/offices.md": _document("云溪市水务局机构职能"),
    "statutory/notice/letter.md": _document("河湖长制工作简报（2025年第8期）"),
    "statutory/notice/quarter.md": _document("云溪市2024年第二季度饮用水水源水质状况"),
    "statutory/notice/stop.md": _document("关于长堤路等路段临时停水的通告"),
}


def _findings(folder: Path, body: str) -> list[dict[str, Any]]:
    files = {f"content/{path}": text for path, text in WORLD.items()}
    source = _document("云溪市水务局供水服务公告").replace("正文。", body)
    files |= {"site.yaml": SETTINGS, "content/statutory/notice/source.md": source}
    site = write_site(folder, files)
    words = ("--today", TODAY, "--format", "json", "--select", RULES)
    found: list[dict[str, Any]] = gongkai("check", "--site", site, *words).json["findings"]
    return found


def _link(text: str, target: str) -> str:
    return f"[{text}](../../{target})"


RIGHT = [
    "我局2022年、2023年" + _link("年报", "annual-report/2023.md"),
    "2025年1月，我局公布了" + _link("年报", "annual-report/2024.md"),
    "2025年公布的" + _link("年度报告", "annual-report/2024.md"),
    TABLE.format(head="年度", cell="2024", link=_link("下载", "annual-report/2024.md")),
    TABLE.format(head="年份", cell="2025年", link=_link("年度报告", "annual-report/2024.md")),
    TABLE.format(head="年度", cell="2025年", link=_link("2024年年报", "annual-report/2024.md")),
    TABLE.format(head="年度", cell="2024", link=_link("节水办法", "statutory/policy/water.md")),
    TABLE.format(head="年度", cell="2024年", link=_link("二季度", "statutory/notice/quarter.md")),
    "历年年报：" + _link("2023", "annual-report/2023.md") + _link("2024", "annual-report/2024.md"),
    TABLE.format(head="年度", cell="2024年", link=_link("查看报告", "annual-report/2024.md")),
    _link("2021", "statutory/policy/water.md"),
    _link("临江区水务局2024年年报", "annual-report/linjiang.md"),
    _link("市水务局2024年年报", "annual-report/2024.md"),
    _link("2025年第八期简报", "statutory/notice/letter.md"),
    "原" + _link("2021年的试行办法", "statutory/policy/trial.md"),
    _link("6月1日停水通告", "statutory/notice/stop.md"),
    _link(
        "关于公开征求《云溪市城镇节约用水管理办法（征求意见稿）》意见的公告",
        "statutory/consultation/water.md",
    ),
    _link("实施细则", "statutory/policy/water.md") + _link("实施细则", "statutory/policy/pipes.md"),
]


@pytest.mark.parametrize("body", RIGHT)
def test_a_right_link_is_left_alone(body: str, tmp_path: Path) -> None:
    assert _findings(tmp_path, body) == []


WRONG = [
    (
        "历年年报：" + _link("2023", "annual-report/2024.md"),
        "wrong-year",
        "../../annual-report/2023.md",
    ),
    (
        TABLE.format(head="年度", cell="2023年", link=_link("查看报告", "annual-report/2024.md")),
        "wrong-year",
        "../../annual-report/2023.md",
    ),
    ("2022年" + _link("年报", "annual-report/2024.md"), "wrong-year", None),
    (
        "我局2023年的" + _link("政府信息公开工作年度报告", "annual-report/2024.md"),
        "wrong-year",
        "../../annual-report/2023.md",
    ),
    (
        TABLE.format(head="年度", cell="2023", link=_link("下载", "annual-report/2024.md")),
        "wrong-year",
        "../../annual-report/2023.md",
    ),
    (
        TABLE.format(
            head="年度", cell="2025年", link=_link("二季度", "statutory/notice/quarter.md")
        ),
        "wrong-year",
        None,
    ),
    (
        _link("市水务局2024年年报", "annual-report/linjiang.md"),
        "wrong-issuer",
        "../../annual-report/2024.md",
    ),
    (
        _link("云溪市临江区水务局2024年政府信息公开工作年度报告", "annual-report/2024.md"),
        "wrong-issuer",
        "../../annual-report/linjiang.md",
    ),
    (
        _link("2024年政府信息公开年报", "statutory/notice/offices.md"),
        "wrong-kind",
        "../../annual-report/2024.md",
    ),
    (
        _link(
            "关于公开征求《云溪市城镇节约用水管理办法（征求意见稿）》意见的公告",
            "statutory/policy/water.md",
        ),
        "wrong-kind",
        "../consultation/water.md",
    ),
    (
        _link("城镇节约用水管理办法", "statutory/policy/water.md")
        + "，以及[城镇节约用水管理办法](https://www.example.gov.cn/1.html)",
        "conflicting-links",
        None,
    ),
]


@pytest.mark.parametrize(("body", "rule", "suggestion"), WRONG)
def test_a_wrong_link_is_found(
    body: str, rule: str, suggestion: str | None, tmp_path: Path
) -> None:
    found = _findings(tmp_path, body)
    assert [(one["rule"], one["suggestion"]) for one in found] == [(rule, suggestion)]
