"""Forty violations to plant in a copy of the demonstration site (埋设的问题): forty rules, forty places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_STATUTORY = "content/statutory"
_PUBLIC = "disclosure: 主动公开"


@dataclass(frozen=True)
class Planted:
    """A violation: the rule it breaks, the file, what is done to it, and the words on the reported line."""

    rule: str
    path: str
    edit: Callable[[str], str]
    mark: str

    def line(self, site: Path) -> int:
        """The line of the finding: the last on which the words of `mark` stand."""
        lines = (site / self.path).read_text(encoding="utf-8").split("\n")
        return max(number for number, line in enumerate(lines, 1) if self.mark in line)


def said(rule: str, path: str, text: str, mark: str = "") -> Planted:
    """A violation in a paragraph at the end of a document."""

    def edit(before: str) -> str:
        return f"{before.rstrip()}\n\n{text}\n"

    return Planted(rule, f"{_STATUTORY}/{path}", edit, mark or text)


def changed(rule: str, path: str, old: str, new: str, mark: str = "") -> Planted:
    """A violation by other words in a place of a document that holds `old` once."""

    def edit(before: str) -> str:
        assert before.count(old) == 1, f"{path} holds {old!r} {before.count(old)} times"
        return before.replace(old, new)

    whole = path if path.startswith("content/") else f"{_STATUTORY}/{path}"
    return Planted(rule, whole, edit, mark or new.strip("\n"))


def field(rule: str, path: str, line: str, mark: str = "") -> Planted:
    """A violation by one more line of front matter."""
    return changed(rule, path, f"{_PUBLIC}\n", f"{_PUBLIC}\n{line}\n", mark or line)


PLANTED: tuple[Planted, ...] = (
    # Broken links 断链
    said("broken-page", "event/2021/open-day.md", "详见[活动总结](open-day-summary.md)。"),
    said("broken-anchor", "event/2022/open-day.md", "详见[活动安排](#活动安排表)。"),
    said("broken-file", "event/2023/open-day.md", "![群众在现场填写意见卡](open-day-2023.jpg)"),
    said("broken-reference", "event/2024/open-day.md", "依据[[海数政规〔2030〕9号]]办理。"),
    said("empty-link", "event/2025/open-month.md", "[报名入口](#)"),
    said(
        "malformed-url",
        "notice/2026/website-check-q2.md",
        "见[市政府网站](htps://www.haichuan.example.gov.cn/)。",
    ),
    said(
        "wrong-case",
        "notice/2025/reading-points.md",
        "见[政府信息公开指南](../../../Guide/index.md)。",
    ),
    # Wrong links 错链
    said(
        "wrong-year",
        "planning/2021-digital-government.md",
        "见[2023年政府信息公开工作年度报告](../../annual-report/2022.md)。",
    ),
    said(
        "wrong-number",
        "notice/2026/fees.md",
        "依据[海数政规〔2023〕7号](../../policy/2023/data-open.md)办理。",
    ),
    said(
        "wrong-kind",
        "notice/2026/livelihood.md",
        "见[政策解读](../../policy/2026/credit-repair.md)。",
    ),
    said(
        "wrong-title",
        "notice/2026/procurement.md",
        "见[政府信息公开审查制度](../../policy/2023/data-open.md)。",
    ),
    said(
        "wrong-level",
        "notice/2026/recruitment.md",
        "见[2025年政府信息公开工作年度报告](../../../annual-report/)。",
    ),
    said(
        "internal-host", "notice/2026/statistics.md", "数据见[统计系统](http://192.168.3.12/tj/)。"
    ),
    said(
        "bare-ip", "notice/2026/major-projects.md", "项目进展见[项目平台](http://203.0.113.9/xm/)。"
    ),
    said(
        "legacy-host",
        "notice/2026/catalog-note.md",
        "旧目录见[旧网站](https://old-szj.example.gov.cn/ml/)。",
    ),
    said(
        "repealed-target",
        "notice/2026/inspection.md",
        "解读按照[海数政规〔2022〕1号](../../policy/2022/policy-interpretation.md)办理。",
    ),
    # Mixed-up content 内容混杂
    field("misfiled-normative", "work-points/2021.md", "normative: 是"),
    changed("metadata-mismatch", "work-points/2022.md", "\nyear: 2022\n", "\nyear: 2020\n"),
    # Documents 文件
    field(
        "document-number-format", "notice/2025/proposals.md", "document_number: 海数政函[2025]3号"
    ),
    changed(
        "index-number-format",
        "notice/2025/website-report-2024.md",
        "index_number: MB0X00012/",
        "index_number: 海数政/",
    ),
    changed(
        "date-order",
        "consultation/2024/data-operation.md",
        "closes: 2025-01-08",
        "closes: 2024-11-08",
    ),
    said("scrape-residue", "permit/licensing-list.md", "【打印本页】 【关闭窗口】"),
    said("markup-trap", "permit/penalty.md", "**没有行政处罚事项。"),
    said("wording", "permit/data-open-service.md", "截止目前，没有收到异议。"),
    changed(
        "undeclared-repeal",
        "policy/2024/application-handling-amend.md",
        "amends: 海数政发〔2021〕6号\n",
        "",
        "决定对",
    ),
    changed(
        "wrong-term",
        "policy/2024/data-catalog.md",
        "有效期至2029年4月30日",
        "有效期至2029年6月30日",
    ),
    # Policy and interpretation 政策解读
    changed(
        "late-interpretation",
        "interpretation/2025/open-day.md",
        "发布日期: 2025-06-23",
        "发布日期: 2025-07-23",
    ),
    # Annual reports 年度报告
    changed(
        "report-group-sum",
        "content/annual-report/2023.md",
        "direct_suit:  [1, 0, 0, 0, 1]",
        "direct_suit:  [1, 0, 0, 0, 2]",
    ),
    # Work points 工作要点
    changed(
        "task-overdue",
        "work-points/2026.md",
        "due: 2026-12-10",
        "due: 2026-10-10",
        "task: 评估解读传播效果",
    ),
    # Consultations and questions 互动回应
    changed(
        "short-consultation",
        "consultation/2025/policy-interpretation.md",
        "closes: 2025-12-24",
        "closes: 2025-12-12",
    ),
    changed(
        "missing-feedback",
        "consultation/2023/data-open.md",
        "      理由: 影像数据属于敏感个人信息，现有处理技术尚不能排除重新识别的风险，依法不能开放\n",
        "",
        "某医学研究人员",
    ),
    changed(
        "late-answer",
        "faq/2026/credit-repair.md",
        "asked: 2026-10-12",
        "asked: 2026-09-12",
        "修复以后，处罚记录",
    ),
    # Disclosure gate 公开审查
    changed("unreviewed", "finance/budget/2022.md", "reviewer: 周望舒", "reviewer: 程映雪"),
    said("secrecy-mark", "finance/budget/2023.md", "内部资料　注意保存"),
    said("personal-id", "finance/budget/2024.md", "经办人证件号码110101199003077715。"),
    said("bank-card", "finance/budget/2025.md", "退款存入6222021234567890128。"),
    said("personal-phone", "finance/accounts/2021.md", "联系人：张某，13812345678。"),
    said("home-address", "finance/accounts/2022.md", "张某，家住海川市望潮区滨江路12号。"),
    # Accessibility 无障碍
    said("missing-alt", "event/2026/open-month.md", "![](attendance.svg)"),
    said("vague-link-text", "organization/leaders.md", "机构职能请[点击这里](functions.md)。"),
)
