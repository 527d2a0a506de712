"""Certain suggestions written into the Markdown: every other byte stays, and the doubtful ones too."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build import examine
from generator.fix import FixError, diff, fixes, write
from tests.command import Said, gongkai
from tests.edits import Edit, all_of, append, put, replace
from tests.sites import GOOD_SITE, TODAY, write_site

NOTICE = "content/statutory/notice/2026/fees.md"
POLICY = "content/statutory/policy/2026/data-sharing.md"
EVENT = "content/statutory/event/2026/open-day.md"
LEGACY = replace(
    "site.yaml",
    "topics:",
    "legacy_hosts: {old.example.gov.cn: www.haichuan.example.gov.cn}\ntopics:",
)


def _site(folder: Path, *edits: Edit) -> Path:
    return write_site(folder / "site", all_of(*edits)(GOOD_SITE))


def _check(site: Path, *words: str) -> Said:
    return gongkai("check", "--site", site, "--today", TODAY.isoformat(), *words)


def _bytes(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


# What an editor wrote, and what stands there afterwards.
MENDED: tuple[tuple[str, str], ...] = (
    ("见[国务院](https：//www.gov.cn/)。", "见[国务院](https://www.gov.cn/)。"),
    ("见[国务院](https://www.gov.cn。)。", "见[国务院](https://www.gov.cn)。"),
    ("见[国务院](www.gov.cn)。", "见[国务院](https://www.gov.cn)。"),
    ("见[国务院](htps://www.gov.cn/)。", "见[国务院](https://www.gov.cn/)。"),
    # The text of a link is the author's.
    (
        "见[https：//www.gov.cn/](https：//www.gov.cn/)。",
        "见[https：//www.gov.cn/](https://www.gov.cn/)。",
    ),
    ("见[内设机构](departments.md。)。", "见[内设机构](departments.md)。"),
    ("见[内设机构](Departments.md)。", "见[内设机构](departments.md)。"),
    ("见[内设机构](<Departments.md>)。", "见[内设机构](<departments.md>)。"),
    ("见[机构](Departments.md 'Departments.md')。", "见[机构](departments.md 'Departments.md')。"),
    ("见[内设机构][d]。\n\n[d]: Departments.md", "见[内设机构][d]。\n\n[d]: departments.md"),
    (
        "见[办法](..\\..\\policy\\2026\\data-sharing.md)。",
        "见[办法](../../policy/2026/data-sharing.md)。",
    ),
    ('见<a href="Departments.md">机构</a>。', '见<a href="departments.md">机构</a>。'),
    (
        "见[国务院](https://link.zhihu.com/?target=https%3A%2F%2Fwww.gov.cn%2Fa.htm)。",
        "见[国务院](https://www.gov.cn/a.htm)。",
    ),
    (
        "见[规章](https://old.example.gov.cn/gz?a=1&b=2)。",
        "见[规章](https://www.haichuan.example.gov.cn/gz?a=1&b=2)。",
    ),
    (
        '见<a href="https://old.example.gov.cn/gz?a=1&amp;b=2">规章</a>。',
        '见<a href="https://www.haichuan.example.gov.cn/gz?a=1&amp;b=2">规章</a>。',
    ),
    ("见<https://old.example.gov.cn/gz>。", "见<https://www.haichuan.example.gov.cn/gz>。"),
    ("见[[０００014349/2026-00009]]。", "见[[000014349/2026-00009]]。"),
    ("见[[000014349—2026—00009|机构]]。", "见[[000014349/2026-00009|机构]]。"),
    ("见[[《海川市公共数据共享“管理办法”》]]。", "见[[《海川市公共数据共享管理办法》]]。"),
    (
        "见[[statutory-notice/2026/departments.md]]。",
        "见[[statutory/notice/2026/departments.md]]。",
    ),
    # Several on one line, and the same string where it is code.
    (
        "`Departments.md`：[一](Departments.md)、[二](Departments.md)、[三](departments.md)。",
        "`Departments.md`：[一](departments.md)、[二](departments.md)、[三](departments.md)。",
    ),
)


@pytest.mark.parametrize(("written", "mended"), MENDED)
def test_certain_suggestion_is_written(tmp_path: Path, written: str, mended: str) -> None:
    site = _site(tmp_path, LEGACY, append(NOTICE, written))
    before = _bytes(site)
    said = _check(site, "--fix")
    expected = before[NOTICE].replace(written.encode(), mended.encode())
    assert _bytes(site) == {**before, NOTICE: expected}
    assert said.code == 0, said.out
    assert said.err == f"改正了 {2 if '[二]' in written else 1} 处，1 个文件\n"


DOUBTFUL = (
    "见[2024年政府信息公开工作年度报告](../../../annual-report/2025.md)。",
    "见[内设机构](department.md)。",
    "见[国务院](https://www.baidu.com/link?url=abcd)。",
    "按照[[海数政规〔2026〕12号]]执行。",
    "按照[[《海川市公共数据共享管理方法》]]执行。",
    "见[收费项目表]()。",
    "见[收费系统](http://192.168.10.23/)。",
    "见[办法第九条](../../policy/2026/data-sharing.md#第九条)。",
)


@pytest.mark.parametrize("written", DOUBTFUL)
def test_doubtful_suggestion_is_left_to_the_editor(tmp_path: Path, written: str) -> None:
    site = _site(tmp_path, append(NOTICE, written))
    before = _bytes(site)
    said = _check(site, "--fix")
    assert _bytes(site) == before
    assert (said.code, said.err) == (1, "改正了 0 处，0 个文件\n")


def test_front_matter_is_mended_in_its_place(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        replace(POLICY, "发文字号: 海数政规〔2026〕2号", "发文字号: '海数政规[2026]2号' # 文号"),
        replace(POLICY, "文件: data-sharing", "文件: Data-Sharing"),
        replace("content/statutory/policy/2023/data-sharing.md", "〔2023〕1号", "（2023）第1号"),
        replace(EVENT, "open-day.png", "open-day.PNG"),
    )
    said = _check(site, "--fix")
    texts = {
        path: content.decode() for path, content in _bytes(site).items() if path.endswith(".md")
    }
    assert "发文字号: '海数政规〔2026〕2号' # 文号\n" in texts[POLICY]
    assert "{文件: data-sharing-catalog.csv, 名称: 公共数据共享目录}" in texts[POLICY]
    assert said.err == "改正了 4 处，3 个文件\n"
    expected = {path: text for path, text in GOOD_SITE.items() if path.endswith(".md")}
    expected[POLICY] = str(expected[POLICY]).replace(
        "发文字号: 海数政规〔2026〕2号", "发文字号: '海数政规〔2026〕2号' # 文号"
    )
    assert texts == expected


def test_every_other_byte_stays(tmp_path: Path) -> None:
    """A byte order mark, lines that end as on Windows and as on old machines, spaces, no last line end."""
    text = str(GOOD_SITE[NOTICE]).replace("\n", "\r\n")
    body = "\r\n\u3000见[内设机构](Departments.md)。  \r\n\t\r\n末行\u00a0 \r见[内设机构](Departments.md)"
    raw = f"\ufeff\r\n{text}{body}".encode()
    site = _site(tmp_path, put(NOTICE, raw))
    (site / NOTICE).chmod(0o640)
    _check(site, "--fix")
    assert (site / NOTICE).read_bytes() == raw.replace(b"(Departments", b"(departments")
    assert (site / NOTICE).stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (site / NOTICE).parent.iterdir() if "fees" in path.name] == [
        "fees.md"
    ]


def test_dry_run_shows_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    site = _site(tmp_path, append(NOTICE, "见[内设机构](Departments.md)。"))
    before = _bytes(site)
    said = _check(site, "--fix", "--dry-run")
    assert _bytes(site) == before
    assert said == Said(
        1,
        f"--- a/{NOTICE}\n"
        f"+++ b/{NOTICE}\n"
        "@@ -9,4 +9,4 @@\n"
        " \n"
        " 本局没有行政事业性收费项目。\n"
        " \n"
        "-见[内设机构](Departments.md)。\n"
        "+见[内设机构](departments.md)。\n",
        "可以改正 1 处，1 个文件；没有改动文件\n",
    )


def test_what_is_left_is_reported_after_mending(tmp_path: Path) -> None:
    mistakes = append(NOTICE, "见[内设机构](Departments.md)和[收费系统](http://192.168.10.23/)。")
    site = _site(tmp_path, mistakes)
    said = _check(site, "--fix", "--format", "json")
    assert said.places == [f"{NOTICE}:12:25 internal-host"]
    again = _check(site, "--fix")
    assert (again.code, again.err) == (1, "改正了 0 处，0 个文件\n")
    # A dry run lists no findings: it says that there are some.
    assert _check(site, "--fix", "--dry-run") == Said(
        1,
        "",
        "可以改正 0 处，0 个文件；没有改动文件；另有 1 个问题要由人改正，用 gongkai check 查看\n",
    )


def test_only_selected_and_unwaived_findings_are_mended(tmp_path: Path) -> None:
    waiver = "豁免: [{规则: wrong-case, 理由: 存档, 批准人: 周望舒, 期限: 2027-01-01}]\n"
    site = _site(
        tmp_path,
        LEGACY,
        replace(NOTICE, "公开属性", f"{waiver}公开属性"),
        append(NOTICE, "见[内设机构](Departments.md)、[规章](https://old.example.gov.cn/)。"),
    )
    before = _bytes(site)
    _check(site, "--fix", "--select", "malformed-url")
    assert _bytes(site) == before
    _check(site, "--fix")
    expected = before[NOTICE].replace(b"old.example", b"www.haichuan.example")
    assert _bytes(site) == {**before, NOTICE: expected}


def test_file_that_is_not_utf8_is_left_alone(tmp_path: Path) -> None:
    text = str(GOOD_SITE[NOTICE]) + "\n见[内设机构](Departments.md)。\n"
    site = _site(tmp_path, put(NOTICE, text.encode("gbk")))
    before = _bytes(site)
    assert _check(site, "--fix").code == 1
    assert _bytes(site) == before


def test_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    site = _site(tmp_path, append(NOTICE, "见[内设机构](Departments.md)。"))
    outcome = examine(site, TODAY)
    (site / NOTICE).write_text("另一篇。\n", encoding="utf-8")
    assert fixes(site, outcome.site, outcome.findings) == ()
    assert diff(()) == ""


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    site = _site(tmp_path, append(NOTICE, "见[内设机构](Departments.md)。"))
    outcome = examine(site, TODAY)
    fixed = fixes(site, outcome.site, outcome.findings)
    moved = site / NOTICE
    moved.parent.rename(moved.parent.with_name("moved"))
    with pytest.raises(FixError) as caught:
        write(site, fixed)
    assert caught.value.sentence.zh == f"无法写入 {moved}：No such file or directory"


def test_dry_run_goes_with_fix(tmp_path: Path) -> None:
    said = _check(_site(tmp_path), "--dry-run")
    assert said.code == 2
    assert "--dry-run 要与 --fix 同用" in said.err
