"""Seeded mistakes in documents (文件改动): for each rule, edits that must raise this rule and no other."""

from __future__ import annotations

from tests.edits import Edit, all_of, append, put, replace

_POLICY = "content/statutory/policy/2026/data-sharing.md"
_NOTICE = "content/statutory/notice/2026/fees.md"
_DEPARTMENTS = "content/statutory/notice/2026/departments.md"
_NEW = "content/statutory/notice/2026/note.md"
_INSTITUTION = "content/institution/release-review.md"
_FAQ = "content/statutory/faq/2026/data-sharing.md"
_CONSULTATION = "content/statutory/consultation/2026/data-sharing.md"
_WORK_POINTS = "content/statutory/work-points/2026.md"
_REPORT = "content/annual-report/2025.md"
_FEES_NUMBER = "000014349/2026-00010"


def _field(path: str, line: str) -> Edit:
    """The document with one more line of front matter."""
    return replace(path, "公开属性: 主动公开\n", f"公开属性: 主动公开\n{line}\n")


def _numbers(first: str, second: str) -> Edit:
    """Two documents of one kind with these document numbers."""
    return all_of(
        _field(_NOTICE, f"发文字号: {first}"), _field(_DEPARTMENTS, f"发文字号: {second}")
    )


def _register(*lines: str) -> Edit:
    return put("register.tsv", "".join(f"{line}\n" for line in lines))


_NUMBERS: dict[str, tuple[Edit, ...]] = {
    "document-number-format": (
        _field(_NOTICE, "发文字号: 海数政发[2026]5号"),
        _field(_NOTICE, "发文字号: 海数政发（2026）5号"),
        _field(_NOTICE, "发文字号: 海数政发〔2026〕05号"),
        _field(_NOTICE, "发文字号: 海数政发〔2026〕第5号"),
        _field(_NOTICE, "发文字号: 海数政发〔26〕5号"),
        _field(_NOTICE, "发文字号: 海数政发〔2026〕5"),
        replace(_NOTICE, "情况说明", "情况说明（海数政函[2026]5号）"),
    ),
    "duplicate-document-number": (_numbers("海数政函〔2026〕5号", "海数政函〔2026〕5号"),),
    "index-number-format": (
        replace(_NOTICE, _FEES_NUMBER, "000014349-2026-00010"),
        replace(_NOTICE, _FEES_NUMBER, "000014349/2026-10"),
        replace(_NOTICE, _FEES_NUMBER, "海数政/2026-00010"),
        replace(_NOTICE, _FEES_NUMBER, "MB0X0001I/2026-00010"),
    ),
    "duplicate-index-number": (
        replace(_NOTICE, _FEES_NUMBER, "000014349/2026-00009"),
        replace(_POLICY, "000014349/2026-00003", "000014349/2023-00003"),
    ),
    "index-number-changed": (
        _register("statutory/notice/2026/fees.html\t000014349/2026-00055"),
        all_of(
            replace(_NOTICE, _FEES_NUMBER, "000014349/2026-00055"),
            _register(f"statutory/notice/2026/fees.html\t{_FEES_NUMBER}"),
        ),
        all_of(
            replace(_NOTICE, f"索引号: {_FEES_NUMBER}\n", ""),
            _register("# 登记簿", f"statutory/notice/2026/fees.html\t{_FEES_NUMBER}"),
        ),
    ),
    "address-gone": (
        _register("statutory/notice/2026/parking.html\t000014349/2026-00055"),
        _register("guide/index.html\t000014349/2026-00001", "old/fees.html"),
    ),
}

_DATES: dict[str, tuple[Edit, ...]] = {
    "date-order": (
        replace(_POLICY, "成文日期: 2026-09-23", "成文日期: 2026-09-25"),
        replace(_POLICY, "施行日期: 2026-11-01", "施行日期: 2026-09-01"),
        _field(_NOTICE, "失效日期: 2026-03-31"),
        replace(_CONSULTATION, "截止日期: 2026-08-05", "截止日期: 2026-06-05"),
        replace(_FAQ, "答复日期: 2026-09-25", "答复日期: 2026-09-21"),
        replace(_REPORT, "[2025-01-01, 2025-12-31]", "[2025-12-31, 2025-01-01]"),
    ),
    "late-publication": (
        replace(_INSTITUTION, "成文日期: 2025-04-08", "成文日期: 2025-02-08"),
        replace(_POLICY, "成文日期: 2026-09-23", "成文日期: 2026-08-03"),
    ),
    "expired-status": (
        all_of(_field(_NOTICE, "失效日期: 2026-10-31"), _field(_NOTICE, "有效性: 有效")),
        all_of(_field(_NOTICE, "施行日期: 2026-05-01"), _field(_NOTICE, "有效性: 尚未施行")),
        _field("content/statutory/policy/2023/data-sharing.md", "有效性: 有效"),
    ),
}

_TEXTS: dict[str, tuple[Edit, ...]] = {
    "undeclared-attachment": (
        append(_NOTICE, "附件：收费项目目录"),
        append(_NOTICE, "附件1.收费项目目录\n\n附件2.收费标准"),
        append(_NOTICE, "收费项目见清单（见附件）。"),
        append(_NOTICE, "收费标准详见附件2。"),
        append(_POLICY, "申请的格式详见附件3。"),
        replace(_POLICY, "附件：[公共数据共享目录]", "附件：1.申请表\n\n附件2：[公共数据共享目录]"),
    ),
    "scrape-residue": (
        append(_NOTICE, "当前位置：首页 > 政务公开 > 收费"),
        append(_NOTICE, "首页>政务公开>收费"),
        append(_NOTICE, "字号：大 中 小"),
        append(_NOTICE, "分享到："),
        append(_NOTICE, "相关稿件"),
        append(_NOTICE, "栏目导航"),
        append(_NOTICE, "来源：市数政局　发布时间：2026-04-02"),
        append(_NOTICE, "【打印本页】 【关闭窗口】"),
        append(_NOTICE, "浏览次数：1024"),
        append(_NOTICE, "上一篇：关于节假日安排的通知"),
        append(_NOTICE, "扫一扫在手机打开当前页"),
        append(_NOTICE, "责任编辑：许晴川"),
        append(_NOTICE, "没有收费&nbsp;&nbsp;项目。"),
    ),
    "numbering-gap": (
        replace(_CONSULTATION, "二、提出意见", "三、提出意见"),
        replace(_CONSULTATION, "二、提出意见", "一、提出意见"),
        replace(_INSTITUTION, "第三条 本制度", "第四条 本制度"),
        append(_NOTICE, "有关要求如下：\n\n（一）公示项目。\n\n（三）公示标准。"),
        append(_NOTICE, "有关要求如下：\n\n1.公示项目\n\n2.公示标准\n\n4.公示依据"),
        append(_NOTICE, "第一章 项目\n\n第三章 标准"),
    ),
    "markup-trap": (
        append(_NOTICE, "依据如下：\n- 国家规定\n- 省的规定"),
        append(_NOTICE, "依据如下：\n1. 国家规定\n2. 省的规定"),
        append(_DEPARTMENTS, "| 时间 | 地点 |\n| --- | --- |\n| 每日 | 大厅 |\n节假日除外。"),
        append(_DEPARTMENTS, "时间如下：\n| 时间 | 地点 |\n| --- | --- |\n| 每日 | 大厅 |"),
        append(_DEPARTMENTS, "| 时间 | 地点 |\n| --- |\n| 每日 | 大厅 |"),
        append(_DEPARTMENTS, "| 时间 | 地点 |\n| --- | --- |\n| 每日 | 大厅 | 一楼 |"),
        append(_NOTICE, "1、国家规定\n2、省的规定"),
        append(_NOTICE, "    没有收费项目。"),
        append(_NOTICE, "\t没有收费项目。"),
        append(_NOTICE, "　　没有收费项目。"),
        append(_NOTICE, "##收费依据"),
        append(_NOTICE, "详见［内设机构］（departments.md）。"),
        append(_NOTICE, "**没有收费项目。"),
        append(_NOTICE, "没有收费项目。<script>alert(1)</script>"),
        append(_NOTICE, '<iframe src="https://www.example.gov.cn/a.html"></iframe>'),
        append(_NOTICE, "<style>p {color: red}</style>"),
        append(_NOTICE, '<p onclick="show()">没有收费项目。</p>'),
    ),
    "wording": (
        append(_NOTICE, "收费一律存入财政帐户。"),
        append(_NOTICE, "截止目前，没有收费项目。"),
        replace(_NOTICE, "情况说明", "情况布署说明"),
        replace(_WORK_POINTS, "明确目录和期限", "明确目录、部份期限"),
    ),
}

DOCUMENTS: dict[str, tuple[Edit, ...]] = _NUMBERS | _DATES | _TEXTS
