"""What a web page leaves in a text that was copied from it (网页残留): lines that no document has.

The patterns match whole lines only, after NFKC, with single spaces and without mark-up, so that prose
about sharing or about font sizes stays. Lines that a document may have as well, such as 相关链接 or a
bare 来源：…, are not among them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from generator.regex import regex

LONGEST_LINE = 160
_SIGNS = r"[ |/·•\[\]【】()<>»›→-]*"
_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?"
_SIZES = r"(?:[\[\](【)】 |/]*(?:特大|较大|大|中|小|默认|正常|标准|A|[-+]))+[\])】 |/]*"
_SHARED_ON = (
    r"(?:微信好友|微信|朋友圈|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|人人网|豆瓣|更多|二维码)"
)


# What a bar above or below a text holds, one of them or several on a line. None ends with an optional
# space: the signs between them hold it already, and two ways to read a space multiply.
_TOKENS: tuple[str, ...] = (
    rf"(?:选择)?(?:字号|字体(?:大小)?|文字大小)(?: ?:)?{_SIZES}",
    r"(?:选择)?(?:字号|字体) ?:",
    rf"分享(?:到|至|本文|此页)?(?: ?:)?(?:[ |/、,]*{_SHARED_ON})+",
    r"分享(?:到|至)(?: ?:)?|分享 ?:",
    rf"(?:发布|发稿)(?:时间|日期) ?: ?{_DAY}",
    r"(?:浏览|阅读|点击|访问)(?:次数|量|数)(?: ?:)?(?: ?\d+(?: ?次)?)?",
    r"打印(?:本页|此页|文章|页面|本稿)?",
    r"关闭(?:本页|窗口|页面)?",
    r"收藏(?:本页|本站)",
    r"返回(?:顶部|首页|列表|上一页|上级)",
    *"加入收藏 设为首页 复制链接 我要纠错 栏目导航 网站导航 站内搜索".split(),
    r"无障碍(?:浏览|阅读)|长者(?:版|模式)|关怀版",
)
_PATTERNS: tuple[str, ...] = (
    rf"{_SIGNS}(?:(?:{'|'.join(_TOKENS)}){_SIGNS})+",
    r"[\[【(]?大 中 小[\]】)]?",
    r"(?:当前|(?:您|你)(?:当前|现在|目前)?(?:所在|所处)?的?)位置 ?:[^。;]*",
    r"(?:网站)?首页 ?(?:[>»›→]|&gt;)[^。;]*",
    # Glued as pages leave it, with or without the date that follows.
    r"(?:信息|稿件|文章)?来源 ?:.{0,60}(?:发布|发稿|更新)(?:时间|日期) ?:.{0,60}",
    r"(?:发布|发稿|更新)(?:时间|日期) ?:.{0,40}(?:信息|稿件|文章)?来源 ?:.{0,60}",
    r"(?:微信|手机)?扫一扫(?: ?(?:在?手机|分享|关注|用手机|打开|访问)[^。;]{0,30})?",
    r"(?:扫描二维码|扫码)(?:分享|在?手机)[^。;]{0,30}",
    r"[上下]一(?:篇|条|则|页) ?:.*",
    r"(?:[上下]一(?:篇|条|则|页)[ |/]*)+",
    r"[(\[【]?(?:责任编辑|责编|网站编辑|本文编辑|编辑) ?: ?.{0,20}",
    # Where case is ignored, every sign of so wide a range is asked for its other case: 4 ms once.
    r"责任编辑 (?-i:[一-龥]{2,4})",
    r"(?:相关稿件|相关新闻|相关报道|推荐阅读|热点推荐|为您推荐|猜你喜欢|热门文章) ?:?",
    r"(?:政务公开|政府信息公开)? ?(?:OPEN )?GOVERNMENT(?: (?:INFORMATION|AFFAIRS|SERVICES?|DISCLOSURE))*",
    r"(?:版权所有|copyright|©).{0,80}",
    r"欢迎(?:您)?(?:访问|光临|来到).{0,20}(?:网站|门户)[!。]?",
)
_RESIDUE = regex("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
# The beginnings of the patterns: what holds none of these words cannot match. Each begins with a sign of
# its own, whatever its case, so that the search looks at the words' first signs only.
_HINT = regex(
    "位置|首页|大\\s+中|字号|字体|文字大小|分享|来源|发布[时日⽇]|发稿[时日⽇]|打印|关闭|收藏|返回|复制链接|纠错|导航|搜索|无障碍|长者|关怀"
    "|扫一扫|扫描二维码|扫码|浏览|阅读|点击|访问|一篇|一条|一则|一页|编辑|责编|相关|推荐|猜你|热门|版权所有|©|欢迎"
    "|G(?i:overnment)|g(?i:overnment)|C(?i:opyright)|c(?i:opyright)"
)


def may_hold_residue(lines: Iterable[str]) -> bool:
    """Whether one of `lines` has a word that every residue has; most texts have none among their short lines."""
    short = [line for line in lines if 0 < len(line) <= LONGEST_LINE]
    return _HINT.search("\n".join(short)) is not None


def is_residue(line: str) -> bool:
    """Whether the whole of `line` is what only a web page has around a text."""
    if len(line) > LONGEST_LINE or not _HINT.search(line):
        return False
    folded = unicodedata.normalize("NFKC", line)
    bare = re.sub(r"\s+", " ", folded).strip(" #*>_")
    return _RESIDUE.fullmatch(bare) is not None
