"""What an interpretation must tell (解读要素), and how much of it only repeats its policy (照抄).

The elements are those that local rules ask for (背景依据、目标任务、主要内容、适用范围、执行标准、
注意事项、关键词诠释、咨询方式); they are recognised at the beginning of headings and lines, where an
author names what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.domain.folding import folded, nfkc, visible
from generator.regex import regex

BACKGROUND, CONTENT = "背景依据", "主要内容"
# Both of these, and one of the others.
ELEMENTS: dict[str, re.Pattern[str]] = {
    BACKGROUND: regex(
        r"背景|依据|缘由|由来|必要性|起草过程|起草情况|制定过程"
        r"|(?:为什么|为何|为啥|怎么会).{0,16}(?:要|出台|制定|印发|修[订改]|发布|建|推)"
        r"|^(?:为了?|根据|依据|按照|近年来|近几年|随着|当前|长期以来|过去)",
        re.MULTILINE,
    ),
    CONTENT: regex(
        r"(?:主要|重点|核心|具体|基本|重要|政策|条款|文件)(?:的?)(?:内容|措施|举措|条款|变化|规定|制度|做法|要点|亮点|精神)"
        r"|内容(?:解读|概述|说明|解析|是)|(?:有|包括|包含|提出|明确|规定|采取)了?(?:哪些|什么|几)"
        r"|亮点|逐条|要点解读|[共分][\d一二三四五六七八九十百]+个?(?:章|条|部分|方面)"
        r"|^《?[一-龥]{0,20}》?(?:主要)?(?:明确|规定|提出)了?",
        re.MULTILINE,
    ),
    "目标任务": regex("目标|目的|任务|总体要求|总体考虑|意义|解决.{0,6}问题"),
    "适用范围": regex("适用|范围|对象|哪些人|哪些单位|谁可以|谁能"),
    "执行标准": regex("标准|条件|期限|时限|流程|程序|步骤|怎[么样]|如何"),
    "注意事项": regex("注意|特别说明|提示|施行|实施时间|何时|什么时候|有效期|衔接|过渡"),
    "关键词解释": regex("关键词|名词|术语|概念|定义|什么是|何为|是指"),
    "咨询方式": regex("咨询|联系|电话"),
}
OTHERS = tuple(name for name in ELEMENTS if name not in (BACKGROUND, CONTENT))
# Forms that tell by pictures or speech, and those that stand beside a full interpretation.
_MEDIA = regex("一图|图解|图说|图读|图片|长图|漫画|动漫|动画|视频|音频|短片|直播|H5", re.IGNORECASE)
_BESIDE = regex(
    "专家|媒体|记者|访谈|专访|问答|发布会|负责人|系列|之[一二三四五六七八九十]|图|案例|热点"
)
_MARKS = regex(r"^[\s#>*\-+|_`~\d.、()（）一二三四五六七八九十第条章问答QA:：【】]+", re.IGNORECASE)
_FIRST_WORDS = 40
_STOPS = regex(r"[。！？；!?;\n]")
# Eight signs in a row are never shared by chance.
_WINDOW = 8
# Where fewer of the windows, laid end to end, are known, nobody asks for the exact share.
_FEW = 0.15


def elements(lines: Iterable[str]) -> frozenset[str]:
    """The elements that the beginnings of `lines` (of a body, as written) name."""
    # Folded and searched all at once, the beginnings cost a fifth of what they do one by one.
    firsts = (_MARKS.sub("", line)[: 2 * _FIRST_WORDS] for line in lines if line)
    beginnings = "\n".join(first.replace("\n", " ") for first in firsts)
    plain = visible(nfkc(beginnings)).split("\n")
    text = "\n".join("".join(line.split())[:_FIRST_WORDS] for line in plain)
    return frozenset(name for name, words in ELEMENTS.items() if words.search(text))


def missing(found: frozenset[str]) -> tuple[str, ...]:
    """The elements that an interpretation with those `found` still lacks: of the others one is enough."""
    lacking = tuple(name for name in (BACKGROUND, CONTENT) if name not in found)
    return lacking if lacking or found & set(OTHERS) else OTHERS


def is_media(title: str) -> bool:
    """Whether the title says that a picture, film or recording does the telling (一图读懂、视频解读)."""
    return _MEDIA.search(title) is not None


def is_beside(title: str) -> bool:
    """Whether the title says that it stands beside a full interpretation (专家解读、发布会实录)."""
    return _BESIDE.search(title) is not None or is_media(title)


def copied_share(text: str, original: str, shortest: int = 0) -> float:
    """How much of `text` stands word for word in `original`, by signs, 0 to 1.

    0 where it is little, and of a text of fewer than `shortest` signs, of which no share can be told.
    """
    sample = folded(text)
    if len(sample) < shortest:
        return 0.0
    source = folded(original)
    windows = range(0, len(sample) - _WINDOW + 1, _WINDOW)
    if _hits(sample, source, windows) < _FEW * len(windows):
        return 0.0
    known = {source[i : i + _WINDOW] for i in range(len(source) - _WINDOW + 1)}
    total = copied = 0
    for sentence in _STOPS.split(text):
        plain = folded(sentence)
        total += len(plain)
        copied += _covered(plain, known)
    return copied / total if total else 0.0


def _hits(sample: str, source: str, windows: range) -> int:
    """How many of the `windows` of `sample` stand in `source`."""
    # Whatever window stands there holds a piece of it cut at every third sign: most are done with by this.
    length = _WINDOW - 2
    pieces = {source[start : start + length] for start in range(0, len(source) - length + 1, 3)}
    return sum(
        (
            sample[start : start + length] in pieces
            or sample[start + 1 : start + 1 + length] in pieces
            or sample[start + 2 : start + 2 + length] in pieces
        )
        and sample[start : start + _WINDOW] in source
        for start in windows
    )


def _covered(plain: str, known: set[str]) -> int:
    """How many signs of `plain` lie in a window that is known."""
    covered = end = 0
    for start in range(len(plain) - _WINDOW + 1):
        if plain[start : start + _WINDOW] in known:
            covered += start + _WINDOW - max(end, start)
            end = start + _WINDOW
    return covered
