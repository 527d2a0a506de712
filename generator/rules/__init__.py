"""The table of rules (规则表): every rule there is, in the order of the contract.

A rule is one module with `RULE` and, beside it, one page in Chinese that documents it and is run as its
test. `find` yields what breaks the rule in a linked site; rules of the loader, the validator and
the renderer have none, since those stages report them on the spot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from generator.finding import Finding, Rule

if TYPE_CHECKING:
    from generator.model import Site

    Find = Callable[[Site], Iterable[Finding]]


class Row(NamedTuple):
    """A rule by its name, and its group in the contract.

    Its module is loaded when `rule` or `find` is asked for: all of them take a third of a second, and many a
    command needs no more than the names. `is_online` marks what only asking other hosts can tell
    (`--external`), `is_html` what only HTML can show, finished or copied: its page's examples are folders
    of HTML, published at `HTML_HOST`.
    """

    name: str
    group: str
    is_online: bool = False
    is_html: bool = False

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        rule: Rule = self._module.RULE
        return rule

    @property
    def find(self) -> Find | None:
        """The function that finds in a site what breaks the rule, if one does."""
        find: Find | None = getattr(self._module, "find", None)
        return find

    @property
    def _module(self) -> ModuleType:
        return import_module(f"{__name__}.{_stem(self.name)}")


def _stem(name: str) -> str:
    return name.replace("-", "_")


HTML_HOST = "https://www.example.gov.cn/"
TABLE: tuple[Row, ...] = (
    # Broken links 断链
    Row("broken-page", "断链"),
    Row("broken-anchor", "断链"),
    Row("broken-file", "断链"),
    Row("broken-reference", "断链"),
    Row("empty-link", "断链"),
    Row("malformed-url", "断链"),
    Row("wrong-case", "断链"),
    Row("duplicate-id", "断链"),
    Row("lost-link", "断链"),
    Row("broken-external", "断链", is_online=True),
    Row("unverified-external", "断链", is_online=True),
    # Wrong links 错链
    Row("wrong-year", "错链"),
    Row("wrong-period", "错链"),
    Row("wrong-number", "错链"),
    Row("wrong-issuer", "错链"),
    Row("wrong-kind", "错链"),
    Row("wrong-title", "错链"),
    Row("wrong-level", "错链"),
    Row("wrong-attachment", "错链"),
    Row("bad-attachment", "错链"),
    Row("internal-host", "错链"),
    Row("bare-ip", "错链"),
    Row("repealed-target", "错链"),
    Row("unpublished-target", "错链"),
    Row("legacy-host", "错链"),
    Row("temporary-url", "错链"),
    Row("redirector-url", "错链"),
    Row("self-link", "错链"),
    Row("conflicting-links", "错链"),
    Row("hidden-link", "错链"),
    Row("mixed-content", "错链"),
    Row("third-party-asset", "错链"),
    Row("foreign-canonical", "错链", is_html=True),
    Row("redirected-home", "错链", is_online=True),
    Row("redirected-domain", "错链", is_online=True),
    Row("soft-404", "错链", is_online=True),
    Row("hijacked-site", "错链", is_online=True),
    # Mixed-up content 内容混杂
    Row("misfiled-kind", "内容混杂"),
    Row("misfiled-normative", "内容混杂"),
    Row("duplicate-document", "内容混杂"),
    Row("metadata-mismatch", "内容混杂"),
    # Columns 栏目
    Row("missing-subcolumn", "栏目"),
    Row("empty-column", "栏目"),
    Row("stale-column", "栏目"),
    Row("guide-fields", "栏目"),
    Row("guide-stale", "栏目"),
    Row("footer-marks", "栏目"),
    Row("uncovered-item", "栏目"),
    # Documents 文件
    Row("front-matter", "文件"),
    Row("missing-field", "文件"),
    Row("document-number-format", "文件"),
    Row("duplicate-document-number", "文件"),
    Row("index-number-format", "文件"),
    Row("duplicate-index-number", "文件"),
    Row("index-number-changed", "文件"),
    Row("date-order", "文件"),
    Row("late-publication", "文件"),
    Row("expired-status", "文件"),
    Row("wrong-term", "文件"),
    Row("undeclared-repeal", "文件"),
    Row("undeclared-attachment", "文件"),
    Row("scrape-residue", "文件"),
    Row("numbering-gap", "文件"),
    Row("markup-trap", "文件"),
    Row("wording", "文件"),
    Row("bad-wordlist", "文件"),
    Row("path-collision", "文件"),
    Row("address-gone", "文件"),
    Row("unsafe-file", "文件"),
    Row("broken-template", "文件"),
    Row("missing-glyph", "文件"),
    Row("wrong-encoding", "文件", is_html=True),
    # Policy and interpretation 政策解读
    Row("missing-interpretation", "政策解读"),
    Row("late-interpretation", "政策解读"),
    Row("wrong-interpretation", "政策解读"),
    Row("thin-interpretation", "政策解读"),
    Row("copied-interpretation", "政策解读"),
    # Annual reports 年度报告
    Row("report-sections", "年度报告"),
    Row("report-cells", "年度报告"),
    Row("report-balance", "年度报告"),
    Row("report-result-sum", "年度报告"),
    Row("report-row-sum", "年度报告"),
    Row("report-group-sum", "年度报告"),
    Row("report-carry-over", "年度报告"),
    Row("report-stock", "年度报告"),
    Row("report-text", "年度报告"),
    Row("report-period", "年度报告"),
    Row("report-old-form", "年度报告"),
    Row("report-overdue", "年度报告"),
    Row("report-gap", "年度报告"),
    Row("report-copied", "年度报告"),
    # Work points 工作要点
    Row("task-incomplete", "工作要点"),
    Row("task-overdue", "工作要点"),
    Row("late-work-points", "工作要点"),
    Row("unreported-work-points", "工作要点"),
    # Consultations and questions 互动回应
    Row("short-consultation", "互动回应"),
    Row("missing-feedback", "互动回应"),
    Row("late-answer", "互动回应"),
    # Disclosure gate 公开审查
    Row("not-for-disclosure", "公开审查"),
    Row("unreviewed", "公开审查"),
    Row("secrecy-mark", "公开审查"),
    Row("personal-id", "公开审查"),
    Row("bank-card", "公开审查"),
    Row("personal-phone", "公开审查"),
    Row("home-address", "公开审查"),
    Row("embedded-metadata", "公开审查"),
    # Accessibility 无障碍
    Row("missing-alt", "无障碍"),
    Row("heading-order", "无障碍"),
    Row("table-header", "无障碍"),
    Row("vague-link-text", "无障碍"),
    # Waivers 豁免: judged by the check itself
    Row("expired-waiver", "豁免"),
    Row("unused-waiver", "豁免"),
)
BY_NAME: dict[str, Row] = {row.name: row for row in TABLE}
NAMES: frozenset[str] = frozenset(BY_NAME)
ONLINE: frozenset[str] = frozenset(row.name for row in TABLE if row.is_online)
# Rules that look into the files to publish; a run without them need not open any.
LOOKING_INSIDE: frozenset[str] = frozenset(
    {
        "bad-attachment",
        "secrecy-mark",
        "personal-id",
        "bank-card",
        "personal-phone",
        "home-address",
        "embedded-metadata",
    }
)


def page(name: str) -> str:
    """The page that explains the rule `name`, in Markdown; KeyError for an unknown name."""
    path = Path(__file__).with_name(f"{_stem(BY_NAME[name].name)}.md")
    return path.read_text(encoding="utf-8")


def title(name: str) -> str:
    """The title of the page of the rule `name`, without the name: 空链接."""
    return page(name).split("\n", 1)[0].partition("：")[2]
