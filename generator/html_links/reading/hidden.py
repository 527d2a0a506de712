"""Links that no reader sees (暗链): judged by the inline styles around a link to another site."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from generator.regex import regex

_HOST = regex(r"(?:https?:)?//(?:[^/@?#]*@)?([^/?#:]+)", re.IGNORECASE)
# Hosts of the state, and those that counters and share buttons hide in every other page.
_TRUSTED = regex(
    r"(?:\.gov\.cn|\.gov|\.edu\.cn|\.mil\.cn|\.政务|\.公益|(?:^|\.)(?:cnzz|umeng|51|baidu|qq|weibo|sina|w3"
    r"|people|xinhuanet|news|cctv|google-analytics|googletagmanager|conac|12377|12321|miit|beian)"
    r"\.(?:com|net|org|la|cn|com\.cn|org\.cn))$"
)
_SPAM = regex(
    r"赌场|赌博|博彩|彩票|百家乐|娱乐城|真人娱乐|真钱|老虎机|时时彩|六合彩|足彩|投注|盘口|葡京|威尼斯人|金沙|棋牌|外围"
    r"|私服|外挂|代孕|代开|发票|办证|成人|色情|裸聊|约炮|一夜情|情趣|伟哥|春药|无码|三级片|av(?:片|在线)|casino|viagra|porn|poker"
    r"|bet365|baccarat",
    re.IGNORECASE,
)
_STYLE = regex(r"\s*([\w-]+)\s*:\s*([^;]*)")
_FAR_AWAY = regex(r"-\d*999\d*|-\d{5,}")
_NOTHING = regex(r"0*(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:!important)?|[01]px")
_HIGHEST = 40  # ancestors looked at


def is_foreign(href: str, own_hosts: frozenset[str]) -> bool:
    """Whether `href` leads to a host that is neither one's own nor beyond suspicion."""
    match = _HOST.match(href)
    host = match[1].lower() if match else ""
    return bool(host) and host not in own_hosts and not _is_trusted(host)


@lru_cache(4096)
def _is_trusted(host: str) -> bool:
    return _TRUSTED.search(host) is not None


def hiding(link: LexborNode, text: str) -> str:
    """How `link` is hidden: `surely`, `perhaps` (a script may show it), or not at all (empty)."""
    node: LexborNode | None = link
    has_size = False
    found = ""
    for _ in range(_HIGHEST):
        if node is None or node.tag in ("body", "html", "-undef"):
            break
        attributes = node.attributes
        if "style" in attributes or "hidden" in attributes or node.tag == "marquee":
            how, sized = _of(node.tag or "", attributes, has_size)
            has_size = has_size or sized
            if how == "surely":
                return how
            found = found or how
        node = node.parent
    return "surely" if found and _SPAM.search(text) else found


def _of(tag: str, attributes: dict[str, str | None], has_size: bool) -> tuple[str, bool]:
    """How an element hides what is in it, and whether it sets the size of the text."""
    styles = {
        name.lower(): value.strip().lower()
        for name, value in _STYLE.findall(attributes.get("style") or "")
    }
    sized = "font-size" in styles
    if _is_out_of_sight(tag, attributes, styles, has_size):
        return "surely", sized
    if not _is_folded(attributes, styles):
        return "", sized
    # What a script can find by a name it can also show.
    can_be_shown = any(
        name in ("id", "class", "role") or name.startswith(("on", "data-", "aria-"))
        for name in attributes
    )
    return ("perhaps" if can_be_shown else "surely"), sized


def _is_out_of_sight(
    tag: str, attributes: dict[str, str | None], styles: dict[str, str], has_size: bool
) -> bool:
    if tag == "marquee":
        sizes = (attributes.get("width") or "", attributes.get("height") or "")
        if any(size.isdecimal() and int(size) <= 5 for size in sizes if len(size) < 5):
            return True
    if not has_size and _NOTHING.fullmatch(styles.get("font-size", "x")):
        return True
    for name in ("left", "right", "top", "text-indent", "margin-left", "margin-top", "margin"):
        if _FAR_AWAY.search(styles.get(name, "")):
            return True
    is_cut = "hidden" in styles.get("overflow", "")
    if is_cut and all(_NOTHING.fullmatch(styles.get(side, "x")) for side in ("width", "height")):
        return True
    colour = styles.get("color", "")
    return bool(colour) and colour == styles.get("background-color", styles.get("background", ""))


def _is_folded(attributes: dict[str, str | None], styles: dict[str, str]) -> bool:
    return (
        "hidden" in attributes
        or styles.get("display", "").startswith("none")
        or styles.get("visibility", "").startswith(("hidden", "collapse"))
        or re.fullmatch(r"0+(?:\.0*)?", styles.get("opacity", "")) is not None
        or re.fullmatch(r"[01](?:px)?", styles.get("height", "")) is not None
    )
