"""What is taken away around a text, and what only looks like it."""

from __future__ import annotations

import pytest

from generator.importer.lines import split
from generator.importer.residue import sift


def kept(text: str) -> list[str]:
    lines, _ = sift(split(text)[0])
    return [line.text for line in lines if line.text]


PROSE = "2024年，全市政务公开工作要坚持以人民为中心。"


@pytest.mark.parametrize(
    "line",
    [
        "当前位置:",
        "当前位置：首页 > 政务公开 > 工作要点",
        "您所在的位置: 首页>>政务公开",
        "字号:",
        "字号：大 中 小",
        "【字体：大 中 小】",
        "分享:",
        "分享到：微信 微博 QQ空间",
        "打印 关闭",
        "【打印本页】【关闭窗口】",
        "返回顶部",
        "扫一扫在手机打开当前页",
        "浏览次数：1024次",
        "上一篇：关于某事的通知",
        "下一条：没有了",
        "GOVERNMENT INFORMATION",
        "栏目导航",
        "首页 > 法定主动公开内容 > 工作要点",
        "责任编辑：张三",
        "版权所有：海川市人民政府",
    ],
)
def test_lines_that_no_document_has_go_wherever_they_stand(line: str) -> None:
    assert kept(f"{line}\n标题一二三四\n{PROSE}\n{line}\n{PROSE}\n{line}") == [
        "标题一二三四",
        PROSE,
        PROSE,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "政务公开",
        "首页 政务公开 互动交流",
        "首页 / 政务公开",
        "本网站支持IPv6",
        "登录 注册 无障碍",
        "字号",
        "我要分享",
    ],
)
def test_navigation_goes_above_the_text_only(line: str) -> None:
    assert kept(f"{line}\n标题一二三四\n{PROSE}\n{line}\n{PROSE}") == [
        "标题一二三四",
        PROSE,
        line,
        PROSE,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "分享",
        "网站标识码：0000000012 海ICP备00000012号",
        "网站地图 联系我们",
    ],
)
def test_footers_go_below_the_text_only(line: str) -> None:
    assert kept(f"{PROSE}\n{line}\n{PROSE}\n{line}") == [PROSE, line, PROSE]


def test_titles_of_other_articles_go_with_the_line_that_opens_them() -> None:
    assert kept(f"{PROSE}\n相关稿件：\n2023年政务公开工作要点\n2022年政务公开工作要点") == [PROSE]


def test_an_opener_with_sentences_behind_it_is_part_of_the_text() -> None:
    text = f"{PROSE}\n相关链接\n{PROSE}"
    assert kept(text) == [PROSE, "相关链接", PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "当前位置服务应用要统一规划。",
        "分享经验做法，推动工作开展。",
        "五、分享:经验",
        "字号、行距按照国家标准执行。",
        "上一年度工作要点落实情况",
        "上篇",
        "下一步：继续推进",
        "打印费用由申请人承担。",
        "相关稿件由办公室审核。",
        "政务公开工作要加强。",
    ],
)
def test_prose_that_speaks_of_such_things_stays(line: str) -> None:
    assert kept(f"{line}\n{PROSE}\n{line}") == [line, PROSE, line]


def test_one_name_of_a_column_may_be_the_title_several_are_a_menu() -> None:
    assert kept(f"政府信息公开指南\n{PROSE}") == ["政府信息公开指南", PROSE]
    assert kept(f"政府信息公开指南\n依申请公开\n政府信息公开制度\n标题\n{PROSE}") == ["标题", PROSE]


def test_a_page_of_nothing_but_navigation_keeps_its_words() -> None:
    assert kept("政务公开\n首页") == ["政务公开", "首页"]


def test_what_was_removed_is_told_with_its_line() -> None:
    _, removed = sift(split(f"\n字号:\n{PROSE}\n分享:")[0])
    assert [(line.number, line.text) for line in removed] == [(2, "字号:"), (4, "分享:")]
