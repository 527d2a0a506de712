"""What rules look at: the documents of a site's focus, and no rule of which nothing would be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.build import examine
from generator.check import READ_TOGETHER
from generator.finding import Finding
from generator.model import Site
from generator.rules import BY_NAME, judged, markup_trap, personal_phone
from tests.command import on
from tests.sites import GOOD_SITE, SETTINGS, TODAY, write_site

_NOTICE = "content/statutory/notice/{}.md"
_TEXT = """\
---
title: 关于{}的公告
published: 2026-11-10
disclosure: 主动公开
review: {{drafter: 甲, reviewer: 乙, publisher: 丙, secrecy: 丁, on: 2026-11-10}}
{}---

有关事项请拨打13812345678。

＃ 办理地点
"""


def _site(folder: Path) -> Site:
    notices = {
        _NOTICE.format(name): _TEXT.format(title, "")
        for name, title in (("water", "停水"), ("road", "修路"))
    }
    return examine(write_site(folder, {**GOOD_SITE, **notices}), TODAY).site


def _order(one: Finding) -> tuple[str, int, int, str, str, str]:
    return one.order


def _places(found: list[Finding]) -> list[tuple[str, str]]:
    return sorted((one.rule, one.place.path) for one in found)


def test_rules_look_at_the_documents_in_focus_alone(tmp_path: Path) -> None:
    site = _site(tmp_path)
    water, road = _NOTICE.format("water"), _NOTICE.format("road")
    near = replace(site, focus=frozenset({water, "content/no/such.md"}))
    assert [entry.path for entry in judged.documents(near)] == [water]
    assert _places([*personal_phone.find(near), *markup_trap.find(near)]) == [
        ("markup-trap", water),
        ("personal-phone", water),
    ]
    assert _places([*personal_phone.find(site), *markup_trap.find(site)]) == [
        ("markup-trap", road),
        ("markup-trap", water),
        ("personal-phone", road),
        ("personal-phone", water),
    ]


def test_what_rules_share_is_reckoned_once_for_each_site(tmp_path: Path) -> None:
    asked: list[frozenset[str] | None] = []

    def reckon(site: Site) -> int:
        asked.append(site.focus)
        return len(site.in_focus)

    site = _site(tmp_path)
    near = replace(site, focus=frozenset({_NOTICE.format("water")}))
    found = [site.once(reckon), site.once(reckon), near.once(reckon), near.once(reckon)]
    assert found == [len(site.entries), len(site.entries), 1, 1]
    assert asked == [None, near.focus]


def test_a_rule_that_is_off_still_tells_whether_its_waiver_is_used(tmp_path: Path) -> None:
    waive = 'waive: [{rule: markup-trap, reason: 照原件, by: 甲, until: "2027-01-01"}]\n'
    used = _TEXT.format("停水", waive)
    files = {
        "site.yaml": SETTINGS + "rules: {markup-trap: off, personal-phone: off}\n",
        _NOTICE.format("water"): used,
        _NOTICE.format("road"): used.replace("＃ 办理", "# 办理").replace("停水", "修路"),
        _NOTICE.format("fire"): _TEXT.format("防火", ""),
    }
    site = write_site(tmp_path, {**GOOD_SITE, **files})
    assert on(site, "check", "--format", "json").places == [
        "content/statutory/notice/road.md:6:9 unused-waiver"
    ]


_MISTAKES = """
一、网页

[办法](no-such.md)、[清单](list.xlsx)、[进度](#)、[平台](http：//www.example.gov.cn/)、[目录](water.md#没有)。

三、主机

[系统](http://10.0.0.8/sys)、[数据](https://203.0.113.9/data)、[本公告](fire.md)、[[没有这份文件]]。

![](http://cdn.example.com/a.png)

#### 附件

请作好帐户管理，详见[点击这里](water.md)，见附件1。

上一篇：关于停电的公告

经办人家住江边路12号院3单元201室，身份证号110101199003071233，见[《海川市公共数据开放管理办法》](a.md)、[《海川市公共数据开放管理办法》](b.md)。

秘密★三年
"""
_LETTER = "\n".join(
    f"经办人{name}，电话1381234{number:04}。" for number, name in enumerate("甲乙丙丁戊" * 6)
)


def test_what_is_read_together_finds_the_same_in_each_document_alone(tmp_path: Path) -> None:
    notices = {
        _NOTICE.format(name): _TEXT.format(title, "") + _MISTAKES
        for name, title in (("water", "停水"), ("fire", "防火"))
    }
    unreviewed = _TEXT.format("修路", "summary: 请拨打13812345678\n").replace("reviewer: 乙, ", "")
    files = {
        _NOTICE.format("road"): unreviewed,
        "content/statutory/notice/a.txt": _LETTER,
        "content/statutory/notice/b.txt": _LETTER,
    }
    site = examine(write_site(tmp_path, {**GOOD_SITE, **notices, **files}), TODAY).site
    apart = [site.near([path]) for path in site.entries] + [site.near(())]
    guilty = set()
    for name in READ_TOGETHER:
        find = BY_NAME[name].find
        assert find is not None
        found = sorted(find(site), key=_order)
        assert found == sorted((one for near in apart for one in find(near)), key=_order), name
        guilty |= {one.rule for one in found}
    assert " ".join(sorted(guilty)) == (
        "bare-ip broken-anchor broken-file broken-page broken-reference empty-link heading-order home-address "
        "internal-host malformed-url markup-trap missing-alt mixed-content numbering-gap personal-id personal-phone "
        "scrape-residue secrecy-mark self-link third-party-asset unreviewed vague-link-text wording"
    )
