"""Skimming (略读): a page of plain tags that shows no address but good ones need not be taken apart.

Nearly every page is made by templates of the built-in look around a body that was sanitised. Where its tags are
all of a plain form, so that no parser could read them in another way, what they hold can be read off the text;
and where each of their addresses is known to be good, there is nothing to be found. Any doubt is an answer too:
then the page is read as a tree (`extract`), and judged as ever.

Three tags of five are those of the frame, which the page before had too: they are looked at once a folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator import address
from generator.finished.output import Output
from generator.finished.recorded import Record
from generator.html_links.addresses.folder import PAGE_SUFFIXES
from generator.html_links.addresses.resolve import Outcome, Resolver, Scope
from generator.html_links.collect import Link
from generator.html_links.judging.verdicts import verdict
from generator.html_links.reading.elements import ADDRESS_KEYS, CARDS
from generator.html_links.reading.encoding import decoded
from generator.html_links.reading.pages import Extract
from generator.regex import regex

# Every tag but closing ones, those with text in which there are no tags up to their end; comments and the like
# begin so too, and are none of the plain ones below.
_OPENING = regex(rb"<(?!/)(?:(?:title|script)(?=[ >])[^>]*+>[^<]*+</(?:title|script)>|[^>]*+>)")
_VALUE = '="[^"<>]*+"'
_EVERYWHERE = "class|title|lang|role|tabindex|aria-[a-z]++|data-[a-z-]++"
_WITHOUT_VALUE = "data-[a-z-]++|open|defer|required|download"


def _tag(names: str, attributes: str) -> str:
    """A pattern of tags of these names whose attributes are these, or such as any element may have."""
    return f"(?:{names})(?: (?:(?:{_EVERYWHERE}|{attributes}){_VALUE}|{_WITHOUT_VALUE}))*+"


# No attribute with an address that is not looked at below, none that hides or draws; no element that a parser
# leaves out, moves into another or doubles with its id.
_PLAIN = regex(
    "(?:<(?:"
    + "|".join(
        (
            _tag("a", "href|rel|type"),
            rf'meta (?:charset|(?:name="[\w-]++"|property="[a-z:_]++") content){_VALUE}',
            _tag(
                "div|li|span|time|button|ul|nav|p|h[1-6]|header|section|label|details|ol|main|footer|summary|dl|dt|dd"
                "|article|figure|figcaption|blockquote|hr|br|output|table|input|pre|sup|sub",
                "id|datetime|type|value|for|name|placeholder|autocomplete|start",
            ),
            _tag(
                "b|strong|em|i|code|small|s|u|tbody|thead|tr|td|th|caption|html|head|body",
                "scope|colspan|rowspan",
            ),
            _tag("link", "href|rel|type"),
            f"script src{_VALUE}(?: defer)?></script",
            r'script type="application/ld\+json">[^<\\]*+</script',
            'title>[^<"]*+</title',
            _tag("form", "action|method|id"),
            _tag("img(?=[^>]* src=)(?![^>]* data-)", "src|alt|width|height"),
            "!doctype html",
        )
    )
    + ")>)*+"
)
_ID = regex(' id="([^"]*)"')
_WITH_ID = b' id="'
_WITH_ADDRESS = (b"<a ", b"<link ", b"<script", b"<form ", b"<img ", b"<meta ")
_LED_TO = regex('<a [^>]*?(?<= )href="([^"]*)"')
_LOADED = regex('<(?:link|script|form|img) [^>]*?(?<= )(?:href|src|action)="([^"]*)"')
_CARD = regex(f'<meta property="(?:{"|".join(sorted(CARDS))})" content="([^"]+)"')
_ODD_SIGN = regex('(?:href|src|action|id)="[^"]*&(?!amp;)')
_DATA = regex('json">([^<]*+)</script>')
_IN_DATA = regex(f'"(?:{"|".join(sorted(ADDRESS_KEYS))})":(?:"([^"]*)")?')
_FEED = address.feed_url("")
_AWAY = ""
_ELSEWHERE = {Outcome.EXTERNAL: _AWAY, Outcome.APPLICATION: _AWAY}


class _Held(NamedTuple):
    """What the tags of a plain page hold: ids, addresses that a reader may follow, and all others."""

    ids: list[str]
    led_to: set[str]
    loaded: set[str]


class Skimmer:
    """Skims the pages of one output; those of one folder should come one after the other."""

    def __init__(self, output: Output, resolver: Resolver) -> None:
        self._output = output
        self._resolver = resolver
        self._folder = ""
        # Addresses that are good on every page of the folder, and tags with no others.
        self._led_to: set[str] = set()
        self._loaded: set[str] = set()
        self._sound: set[bytes] = set()
        # The other tags of the page before.
        self._before: frozenset[bytes] = frozenset()

    def page(self, url: str, content: bytes, recorded: Record) -> Extract | None:
        """What a page at `url` holds that nothing is wrong with: places, and no links beside those `recorded`.

        None where it has to be read as a tree: it is not plain, or not surely good.
        """
        if decoded(content)[1]:
            return None
        self._enter(Scope.at(url).folder)
        # Most tags stand on a page many times.
        tags = dict.fromkeys(_OPENING.findall(content))
        held = _held(self._unusual(tags), content.count(_WITH_ID))
        if held is not None and not recorded.hrefs <= held.led_to | held.loaded:
            # What a document wrote may stand in the frame too.
            held = _held(tags, content.count(_WITH_ID))
        if held is None or not recorded.hrefs <= held.led_to | held.loaded:
            return None
        led_to = held.led_to - recorded.hrefs - self._led_to
        loaded = held.loaded - recorded.hrefs - self._loaded
        led_to.difference_update([f"#{one}" for one in held.ids])
        if not all(map(self._leads_well, led_to)) or not all(map(self._loads_well, loaded)):
            return None
        return Extract([], None, tuple(held.ids), (), (), "", (), {}, (), "")

    def _enter(self, folder: str) -> None:
        if folder != self._folder:
            self._folder, self._led_to, self._loaded = folder, set(), set()
            self._sound = {tag for tag in self._sound if not tag.startswith(_WITH_ADDRESS)}
            self._before = frozenset()

    def _unusual(self, tags: Iterable[bytes]) -> list[bytes]:
        """The tags of a page without the sound ones; those that were on the page before too are looked at first."""
        unusual = [tag for tag in tags if tag not in self._sound]
        # An id, or an address on the same page, has to do with all that is on it.
        shared = [
            tag
            for tag in self._before.intersection(unusual)
            if _WITH_ID not in tag and b"#" not in tag
        ]
        self._before = frozenset(unusual)
        held = _held(shared, 0) if shared else None
        if held is None or not (held.led_to <= self._led_to and held.loaded <= self._loaded):
            return unusual
        self._sound.update(shared)
        return [tag for tag in unusual if tag not in self._sound]

    def _leads_well(self, href: str) -> bool:
        """Whether `href` leads to a page or a feed that is there, or away from the site."""
        path = self._led("a", href)
        if path is None or not (path == _AWAY or _is_page(path) or self._is_feed(path)):
            return False
        self._led_to.add(href)
        return True

    def _loads_well(self, href: str) -> bool:
        """Whether `href` names a file that is there."""
        if not self._led("link", href):
            return False
        self._loaded.add(href)
        return True

    def _led(self, element: str, href: str) -> str | None:
        """The file that an address leads to, whatever its words; None where anything may be said of it."""
        path = self._resolver.plain_file(href, self._folder)
        if path:
            return path
        if "#" in href or href.lstrip()[:1] in ("", "?"):
            return None
        resolved = self._resolver.resolve(href, Scope("", self._folder))
        if verdict(Link(element, "href", href), resolved) is not None:
            return None
        return (
            resolved.path if resolved.outcome is Outcome.FILE else _ELSEWHERE.get(resolved.outcome)
        )

    def _is_feed(self, path: str) -> bool:
        """Whether a file is a feed of ours: neither what is in it nor what it is called can be wrong."""
        return path.rpartition("/")[2] == _FEED and not self._output.source_of(path)


def _is_page(path: str) -> bool:
    return path.lower().endswith(PAGE_SUFFIXES)


def _held(found: Iterable[bytes], id_count: int) -> _Held | None:
    """What plain tags hold, where so many ids are on their page; None where one is not plain."""
    tags = b"".join(found).decode()
    if _PLAIN.fullmatch(tags) is None:
        return None
    data = "".join(_DATA.findall(tags))
    in_data = _IN_DATA.findall(data)
    if ' id="' in data or "" in in_data:
        return None
    if "&" in tags:
        if _ODD_SIGN.search(tags):
            return None
        tags = tags.replace("&amp;", "&")
    ids = _ID.findall(tags)
    if not len(set(ids)) == len(ids) == id_count:
        return None
    loaded = {*_LOADED.findall(tags), *_CARD.findall(tags), *in_data}
    return _Held(ids, set(_LED_TO.findall(tags)), loaded)
