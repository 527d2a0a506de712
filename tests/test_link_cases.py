"""Every row of shared/cases/links.md has a test: those of one page by number in `test_html_links`, the rest here."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from generator.build import examine
from tests import test_html_links as html
from tests.edits import Edit, all_of, append, put, replace
from tests.mutations import MUTATIONS
from tests.network.cases_content import CONTENT
from tests.network.cases_redirects import REDIRECTS, SECURE
from tests.network.cases_transport import TRANSPORT
from tests.sites import GOOD_SITE, TODAY, write_site

ROWS = Path(__file__).resolve().parents[2] / "shared" / "cases" / "links.md"
NOTICE = "content/statutory/notice/2026/fees.md"
INTERPRETATION = "content/statutory/interpretation/2026/data-sharing.md"
OLD_POLICY = "content/statutory/policy/2023/data-sharing.md"

# Rows about folders of HTML that need more than one page of their own, or none.
IN_HTML: list[html.Case] = [
    html.bad("E18", "<link rel=icon href='/favicon.ico'>", "broken-file E"),
    html.ok("E18", "<p>没有写图标</p>"),
    html.bad("D17", html.a("/gknb/#parts"), "broken-anchor E"),
    html.ok("D18", html.a("/zc/2024/2.html#part")),
    html.ok("F25", html.a("/gkmlpt/index"), base_url=f"{html.HOST}zwgk/"),
    html.bad(
        "G05",
        html.a("/r/notice.html", "上一年度：2023年政府信息公开工作年度报告"),
        "wrong-title W",
        files={"r/notice.html": html.page("<h1>关于开展政策解读工作的通知</h1>")},
    ),
    html.bad(
        "G07",
        html.a("/n/1.html", "关于印发《数据共享办法》的通知")
        + html.a("/n/2.html", "关于印发《数据共享办法》的通知"),
        "conflicting-links W",
        "wrong-title W",
        files={
            "n/1.html": html.page("<h1>关于印发《数据共享办法》的通知</h1>"),
            "n/2.html": html.page("<h1>海川市节日放假安排</h1>"),
        },
    ),
]


@pytest.mark.parametrize("case", IN_HTML, ids=lambda case: case.row)
def test_row_of_html(case: html.Case, tmp_path: Path) -> None:
    files = {**html.WORLD, **case.files, html.PAGE: html.page(case.body)}
    assert html.said(html.checked(tmp_path, files, case.base_url).findings) == list(case.expected)


# Rows about sources: an edit of the good site, and the rules that it breaks.
IN_SOURCES: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "A19": (
        all_of(
            replace(NOTICE, "公开属性", "草稿: 是\n公开属性"),
            append(INTERPRETATION, "见[收费说明](../../notice/2026/fees.md)。"),
        ),
        ("unpublished-target",),
    ),
    "F10": (
        all_of(
            replace(
                "site.yaml",
                "topics:",
                "legacy_hosts: {cms.example.gov.cn: www.example.gov.cn}\ntopics:",
            ),
            append(NOTICE, "见[后台](https://cms.example.gov.cn/a.html)。"),
        ),
        ("legacy-host",),
    ),
    "G03": (
        append(
            NOTICE,
            "见[《海川市公共数据共享管理办法》政策解读](../../policy/2026/data-sharing.md)。",
        ),
        ("wrong-kind",),
    ),
    "G09": (append(NOTICE, "收费项目见[这里](departments.md)。"), ("vague-link-text",)),
    "G12": (MUTATIONS["repealed-target"][0], ("repealed-target",)),
    "I05": (
        all_of(
            append(NOTICE, "见[内设机构](department.md)。"),
            replace(
                NOTICE,
                "公开属性",
                "豁免:\n"
                "  - {规则: broken-page, 理由: 存档, 批准人: 周望舒, 期限: 2027-01-01}\n"
                "  - {规则: broken-file, 理由: 存档, 批准人: 周望舒, 期限: 2027-01-01}\n公开属性",
            ),
        ),
        ("unused-waiver",),
    ),
}


@pytest.mark.parametrize("row", IN_SOURCES)
def test_row_of_sources(row: str, tmp_path: Path) -> None:
    edit, rules = IN_SOURCES[row]
    found = examine(write_site(tmp_path, edit(GOOD_SITE)), TODAY).findings
    assert tuple(one.rule for one in found) == rules


def test_g04_the_way_back_is_made_by_itself(tmp_path: Path) -> None:
    outcome = examine(write_site(tmp_path, GOOD_SITE), TODAY)
    policy = outcome.site.entries["content/statutory/policy/2026/data-sharing.md"]
    assert policy.interpreted_by == (INTERPRETATION,)
    page = next(page for page in outcome.pages if page.url == policy.url)
    assert b'href="../../interpretation/2026/data-sharing.html"' in page.content


def test_a32_link_of_the_navigation_on_five_hundred_pages(tmp_path: Path) -> None:
    body = "<nav>\n" + html.a("/none.html", "旧站") + "</nav>"
    files = {f"d/{number:03}.html": html.page(body) for number in range(500)}
    (one,) = html.checked(tmp_path, files).findings
    assert (one.place.path, one.place.line, one.rule) == ("d/000.html", 2, "broken-page")
    assert one.message.zh.endswith("（共 500 个网页，另见 d/001.html、d/002.html、d/003.html 等）")


def test_i06_same_findings_in_the_same_order(tmp_path: Path) -> None:
    edit = append(NOTICE, "见[一](b.md)、[二](a.md)、[三](c.pdf)。")
    site = write_site(tmp_path, all_of(edit, put("content/x.html", b"<a href=1>"))(GOOD_SITE))
    first, again = examine(site, TODAY).findings, examine(site, TODAY, jobs=2).findings
    assert first == again == tuple(sorted(first, key=lambda one: one.order))
    assert len(first) == 4


# Rows tested elsewhere: a test, or a case of the network by its name.
NETWORK: dict[str, str] = {
    "H01": "head-and-get-200",
    "H02": "head-403-get-200 head-404-get-200 head-405-get-200 head-501-get-200 head-never-answered",
    "H03": "301-same-site 308-same-site",
    "H04": "302-same-site 303-same-site 307-same-site",
    "H05": "circle-of-one circle-of-two too-many-hops",
    "H06": "cookie-needed",
    "H07": "location-in-raw-utf-8",
    "H08": "home redirected-to-an-error-page",
    "H09": "other-domain",
    "H10": "https-to-http",
    "H11": "404 410",
    "H12": "401 403 405 406 412 418 451 521 999",
    "H13": "429-retry-after-seconds 429-retry-after-date 429",
    "H14": "500-once-then-200 502-twice-then-200 503",
    "H15": "refused no-such-host",
    "H16": "never-answers dripping-body dripping-headers",
    "H17": "one-gigabyte-page one-gigabyte-file",
    "H18": "truncated reset",
    "H19": "invalid-status-line http-0.9",
    "H20": "certificate-self certificate-expired certificate-wrong certificate-stranger-issued",
    "H21": "title-says-so text-says-so",
    "H22": "parked gambling-title",
    "H23": "login-after-redirect",
    "H24": "pdf-that-is-a-page",
    "H25": "anchor-on-gbk anchor-missing-on-gbk",
    "H26": "403-for-programs-200-for-browsers",
    "G10": "other-domain",
    "G11": "gambling-after-redirect domain-lapsed",
}
ELSEWHERE: dict[str, str] = {
    "A33": "tests.test_html_links:test_encoding_of_pages",
    "H27": "tests.network.test_schedule:test_forty_links_to_one_host_are_a_second_apart",
    "H28": "tests.network.test_schedule:test_one_address_on_three_hundred_pages_is_asked_once",
    "H29": "tests.network.test_cache:test_success_holds_for_seven_days",
    "H30": "tests.network.test_command:test_offline_no_socket_is_opened",
    "I01": "tests.test_html_links:test_finding_says_everything",
    "I02": "tests.test_finished:test_mistake_of_a_template_is_one_finding",
    "I03": "tests.test_html_links:test_command_reports_and_fails",
    "I04": "tests.test_baseline:test_the_command_accepts_shrinks_and_reports_what_is_new",
    "I07": "tests.test_report_forms:test_sarif_is_valid",
    "I08": "tests.test_html_links:test_command_says_what_is_wrong_with_it",
}
HERE = frozenset({"A32", "G04", "I06"})


def test_every_row_has_a_test() -> None:
    # Those of wrong-links.yaml, WL01 and so on, have a test of their own.
    tested = {case.row for case in (*html.CASES, *IN_HTML) if len(case.row) == 3}
    tested |= IN_SOURCES.keys() | NETWORK.keys() | ELSEWHERE.keys() | HERE
    assert len(tested) == 168
    if ROWS.is_file():
        rows = re.findall(r"^\| ([A-I]\d\d) \|", ROWS.read_text(encoding="utf-8"), re.MULTILINE)
        assert sorted(tested) == sorted(rows)


def test_what_is_named_is_there() -> None:
    cases = {case.name for case in (*TRANSPORT, *REDIRECTS, *SECURE, *CONTENT)}
    assert {name for names in NETWORK.values() for name in names.split()} <= cases
    for named in ELSEWHERE.values():
        module, _, function = named.partition(":")
        assert callable(getattr(import_module(module), function, None)), named
