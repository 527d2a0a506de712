"""One page of deliberate mistakes: every rule of 断链 and 错链 that needs no network, each once, on its line."""

from __future__ import annotations

from pathlib import Path

from generator.build import examine
from generator.rules import TABLE
from tests.edits import all_of, put, replace
from tests.sites import FEES, GOOD_SITE, TODAY, write_site

FOLDER = "content/statutory/notice/2026"
PAGE = f"{FOLDER}/mistakes.md"
ARTICLE = "templates/_article.html"
LAW = "../../policy/2026/data-sharing.md"
OLD_LAW = "../../policy/2023/data-sharing.md"
REPORT = "../../../annual-report"
FRONT_MATTER = """\
---
标题: 海川市数据与政务公开局链接检查情况说明
索引号: 000014349/2026-00090
发布日期: 2026-11-09
公开属性: 主动公开
附件: [{文件: table.csv, 名称: 检查表}]
审核: {拟稿人: 林知秋, 审稿人: 周望舒, 发布人: 何清越, 保密审查人: 沈怀安, 审核日期: 2026-11-06}
---
"""
# Paragraphs of the page, and the rule that each breaks.
MISTAKES: tuple[tuple[str, str], ...] = (
    ("broken-page", "见[机构](department.md)。"),
    ("broken-anchor", "见[第九条](departments.md#第九条)。"),
    ("broken-file", "见[收费项目表](fees.xlsx)。"),
    ("broken-reference", "按照[[海数政规〔2026〕12号]]执行。"),
    ("empty-link", "见[查阅点]()。"),
    ("malformed-url", "见[国务院](htps://www.gov.cn/)。"),
    ("wrong-case", "见[收费说明](Fees.md)。"),
    ("duplicate-id", '<span id="twice">甲</span><span id="twice">乙</span>'),
    ("wrong-year", f"见[2023年政府信息公开工作年度报告]({REPORT}/2024.md)。"),
    ("wrong-period", "见[2026年第2季度收费情况](quarter.md)。"),
    ("wrong-number", f"依据是[海数政发〔2026〕2号]({LAW})。"),
    ("wrong-issuer", "见[市财政局收费标准](standards.md)。"),
    ("wrong-kind", "见[政策解读](../../work-points/2026.md)。"),
    ("wrong-title", "见[《海川市政府信息依申请公开规程》](../../faq/2026/data-sharing.md)。"),
    ("wrong-level", f"见[2025年政府信息公开工作年度报告]({REPORT}/)。"),
    ("wrong-attachment", "见[附件2](附件1.csv)。"),
    ("bad-attachment", "见[空表](empty.csv)。"),
    ("internal-host", "见[收费系统](http://192.168.10.23/)。"),
    ("bare-ip", "见[查询系统](http://203.0.113.7/)。"),
    ("repealed-target", f"见[《海川市公共数据共享办法（试行）》]({OLD_LAW})。"),
    ("unpublished-target", "见[检查计划](draft.md)。"),
    ("legacy-host", "见[规章](https://old.example.gov.cn/gz)。"),
    ("temporary-url", "见[资料](https://pan.baidu.com/s/1abcdefg)。"),
    ("redirector-url", "见[百科](https://www.baidu.com/link?url=abcd)。"),
    ("self-link", "见[本说明](mistakes.md)。"),
    (
        "conflicting-links",
        "[2024年办件数据](https://a.example.gov.cn/1)、[2025年办件数据](https://a.example.gov.cn/1)",
    ),
    ("hidden-link", '收费<a href="https://bet.example.com/" style="font-size:0">开户</a>公示。'),
    ("mixed-content", "![外景](http://www.example.gov.cn/map.png)"),
    ("third-party-asset", "![标志](https://cdn.example.com/logo.png)"),
)
# Of this page it leaves out the attachments, and names an address of another host as its own.
TEMPLATE = """\
<h1>{{ article.title }}</h1>
{% if article.title.endswith("检查情况说明") %}
<link rel="canonical" href="https://old.example.gov.cn/a.html">
{% else %}
{% for file in files %}<a href="{{ file.href }}">{{ file.title }}</a>{% endfor %}
{% endif %}
{% for part in body %}{{ part if part is string }}{% endfor %}
"""


def _fees(title: str, number: int, more: str = "") -> str:
    text = FEES.replace("收费情况说明", title).replace("2026-00010", f"2026-000{number}")
    return text.replace("公开属性", f"{more}公开属性")


SITE = all_of(
    replace(
        "site.yaml",
        "organs:\n",
        "legacy_hosts: {old.example.gov.cn: www.haichuan.example.gov.cn}\n"
        "organs:\n  - {name: 海川市财政局, short_names: [市财政局], hosts: [czj.example.gov.cn]}\n",
    ),
    put(PAGE, "\n\n".join((FRONT_MATTER.rstrip(), *(text for _, text in MISTAKES))) + "\n"),
    put(ARTICLE, TEMPLATE),
    put(f"{FOLDER}/quarter.md", _fees("2026年第1季度收费情况", 91)),
    put(f"{FOLDER}/standards.md", _fees("收费标准", 92)),
    put(f"{FOLDER}/draft.md", _fees("检查计划", 93, "草稿: 是\n")),
    put(f"{FOLDER}/table.csv", "项目,结果\n"),
    put(f"{FOLDER}/附件1.csv", "项目\n"),
    put(f"{FOLDER}/empty.csv", ""),
)


def test_each_offline_rule_of_links_is_shown_once(tmp_path: Path) -> None:
    found = examine(write_site(tmp_path, SITE(GOOD_SITE)), TODAY).findings
    first = FRONT_MATTER.count("\n") + 2
    expected = {
        "lost-link": (PAGE, FRONT_MATTER[: FRONT_MATTER.index("附件")].count("\n") + 1),
        "foreign-canonical": (ARTICLE, 3),
        **{rule: (PAGE, first + 2 * number) for number, (rule, _) in enumerate(MISTAKES)},
    }
    assert {one.rule: (one.place.path, one.place.line) for one in found} == expected
    assert len(found) == len(expected)


def test_no_offline_rule_of_links_is_left_out() -> None:
    rules = {row.rule.name for row in TABLE if row.group in ("断链", "错链") and not row.is_online}
    assert {"lost-link", "foreign-canonical", *(rule for rule, _ in MISTAKES)} == rules
    assert len(MISTAKES) + 2 == len(rules)
