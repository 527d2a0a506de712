"""What a web page leaves around a text that was copied from it (网页残留): 当前位置, 字号, 分享, 相关稿件.

`generator.domain.residue` knows the lines that no document has, wherever they stand. Here is what
counts only at one end of a text: navigation above it, lists of other articles and footers below it.
The patterns match whole lines only, after NFKC and with single spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from generator.domain import residue
from generator.domain.numbering import mark
from generator.importer.labels import pairs
from generator.importer.lines import Line, one_space, visible
from generator.importer.names import is_prose

LONGEST_RESIDUE = 160
LONGEST_TAIL = 40

_SIGNS = r"[ |/·•\[\]【】()<>»›→-]*"


def _words(*words: str) -> str:
    """A line that holds nothing but these words, one or several, with signs between them."""
    either = "|".join(words)
    return rf"{_SIGNS}(?:(?:{either}){_SIGNS})+"


# Buttons that pages put above and below their text; alone on a line elsewhere they are words.
_BUTTONS = (
    "字号",
    "字体(?:大小)?",
    "文字大小",
    "分享",
    "打印",
    "我要分享",
    "下载本页",
    "朗读",
    "语音播报",
)

# Lines above the text: navigation, banners, bread crumbs.
HEAD: tuple[str, ...] = (
    _words(*_BUTTONS),
    _words(
        "网站首页",
        "首页",
        "政务公开",
        "政府信息公开(?:专栏|平台)?",
        "信息公开(?:专栏)?",
        "政务服务",
        "办事服务",
        "在线办事",
        "互动交流",
        "政民互动",
        "政务动态",
        "新闻中心",
        "走进[一-龥]{2}",
        "要闻动态",
        "通知公告",
        "栏目导航",
        "网站导航",
        "网站地图",
        "站内搜索",
        "搜索",
        "检索",
        "登录",
        "注册",
        "个人中心",
        "无障碍(?:浏览|阅读|版)?",
        "长者(?:版|模式)",
        "关怀版",
        "适老化",
        "手机版",
        "移动版",
        "微信",
        "微博",
        "简体(?:中文|版)?",
        "繁体(?:中文|版)?",
        "繁體(?:中文|版)?",
        "English",
        "EN",
        "正文",
    ),
    r"(?:网站)?首页 ?[>»›→/|-].*",
    r"(?:GOVERNMENT )?(?:INFORMATION|AFFAIRS) (?:DISCLOSURE|PUBLICITY|OPEN(?:NESS)?)",
    r"(?:本)?网站?已?(?:全面)?支持 ?IPV6(?:访问)?",
    r"今天是.{0,40}",
)

# Names of columns: one alone may be the title, two or more are a menu.
MENU: tuple[str, ...] = (
    _words(
        "政府信息公开指南",
        "政府信息公开制度",
        "(?:政府信息)?(?:主动)?公开目录",
        "法定主动公开内容",
        "政府信息公开(?:工作)?(?:年度报告|年报)",
        "依申请公开",
        "政策文件",
        "政策解读",
        "政策问答",
        "意见征集",
        "机构职能",
        "财政信息",
    ),
)

# Lines below the text.
TAIL: tuple[str, ...] = (
    _words(*_BUTTONS),
    r".{0,40}(?:网站标识码|ICP备|公网安备).*",
    _words(
        "网站地图",
        "联系我们",
        "关于我们",
        "使用帮助",
        "隐私声明",
        "法律声明",
        "站点地图",
        "网站声明",
    ),
    r"(?:已|暂)?(?:无|没有)(?:相关)?(?:内容|稿件|信息|文章)",
)

# Lines behind which, to the end, stand only titles of other articles.
OPENERS: tuple[str, ...] = (
    r"(?:相关|更多)(?:稿件|文章|链接|新闻|阅读|报道|推荐|内容|资讯)(?: ?:.*)?",
    r"(?:延伸阅读|推荐阅读|热点推荐|为您推荐|猜你喜欢|热门文章|最新文章)(?: ?:.*)?",
)


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_HEAD, _MENU = _compiled(HEAD), _compiled(MENU)
_TAIL, _OPENERS = _compiled(TAIL), _compiled(OPENERS)


def sift(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the text itself, blank ones among them, and the residue in its order."""
    gone = _above(lines) | _below(lines)
    gone |= {index for index, line in enumerate(lines) if _is_anywhere(line.text)}
    kept = [line for index, line in enumerate(lines) if index not in gone]
    return kept, [lines[index] for index in sorted(gone)]


def _is_anywhere(text: str) -> bool:
    """Whether no document has such a line; one that names its source is read before it goes."""
    return residue.is_residue(text) and not pairs(text)


def _is(pattern: re.Pattern[str], text: str) -> bool:
    if len(text) > LONGEST_RESIDUE:
        return False
    return pattern.fullmatch(one_space(unicodedata.normalize("NFKC", text))) is not None


def _above(lines: Sequence[Line]) -> set[int]:
    gone: set[int] = set()
    menu: set[int] = set()
    for index, line in enumerate(lines):
        if line.is_blank:
            continue
        if _is(_HEAD, line.text) or _is_anywhere(line.text):
            gone.add(index)
        elif _is(_MENU, line.text):
            menu.add(index)
        elif is_prose(line.text):
            break
    if len(menu) > 1:
        gone |= menu
    # A page whose only words are those of its navigation has one of them for a title.
    return gone if len(gone) < len(visible(lines)) else set()


def _below(lines: Sequence[Line]) -> set[int]:
    filled = [index for index, line in enumerate(lines) if not line.is_blank]
    gone: set[int] = set()
    last = filled[-LONGEST_TAIL:]
    for place, index in enumerate(last):
        behind = last[place + 1 :]
        if _is(_OPENERS, lines[index].text) and all(
            _is_title(lines[other].text) for other in behind
        ):
            gone.update(last[place:])
            break
    for index in reversed(filled):
        if index not in gone and not (
            _is(_TAIL, lines[index].text) or _is_anywhere(lines[index].text)
        ):
            break
        gone.add(index)
    return gone if len(gone) < len(filled) else set()


def _is_title(text: str) -> bool:
    return len(text) <= 80 and "。" not in text and mark(text) is None
