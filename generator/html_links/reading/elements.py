"""Elements other than `a` (其他元素): the addresses in their attributes, and what meta tags say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from generator.html_links.reading.srcset import candidates
from generator.regex import regex

# A link: element, attribute, address, words, hook (`Extract.links`).
Raw = tuple[str, str, str, str, str]
# element → attributes that hold one address, `*` after those that hold candidates.
ADDRESSES: dict[str, tuple[str, ...]] = {
    "area": ("href",),
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href", "src"),
    "img": ("src", "srcset*", "data-src", "data-original", "usemap"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset*"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
# What a `link` loads or leads to, by a word of its `rel`; other words promise nothing.
_RELS = frozenset(
    """
    stylesheet icon apple-touch-icon apple-touch-icon-precomposed mask-icon manifest preload modulepreload
    prefetch alternate prev next canonical search author license help amphtml first last start up contents
    """.split()
)
_FACTS = frozenset(
    """
    articletitle pubdate columnname columntype contentsource sitename sitedomain siteidcode author keywords
    source publisher
    """.split()
)
# Meta tags that hold an address.
CARDS = frozenset({"og:image", "og:url", "og:image:url", "twitter:image", "og:video", "og:audio"})
_REFRESH = regex(
    r"\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(?:\"([^\"]*)\"?|'([^']*)'?|(.*))",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TEXT = 400


def clean(text: str) -> str:
    """`text` on one line, and no longer than is of use."""
    return " ".join(text[:_LONGEST_TEXT].split())


def of_element(element: str, names: tuple[str, ...], node: LexborNode) -> Iterator[Raw]:
    """The addresses in the attributes of one element."""
    attributes = node.attributes
    text = attributes.get("alt") or "" if element in ("area", "img") else ""
    hook = ""
    if element == "img":
        hook = _picture_hook(attributes)
        if not attributes.get("src") and not attributes.get("srcset") and "src" not in attributes:
            yield element, "src", "", text, hook or "missing"
    kind = (attributes.get("type") or "").lower()
    if element == "input" and kind != "image":
        return
    if element == "script" and kind == "application/ld+json":
        yield from ((element, "json", href, "", "") for href in _linked_data(node.text()))
    for name in names:
        attribute = name.removesuffix("*")
        if attribute not in attributes:
            continue
        value = attributes[attribute] or ""
        if name != attribute:
            for candidate in candidates(value):
                yield element, attribute, candidate, text, ""
        elif attribute in ("action", "usemap", "data-src", "data-original") and not value:
            # A form without a target is sent to its own page.
            continue
        else:
            yield element, attribute, value, text, hook


def _picture_hook(attributes: Mapping[str, str | None]) -> str:
    """Whether a script fills in the address of a picture later."""
    if any(name.startswith(("data-", "on", "lazy", ":", "v-", "ng-")) for name in attributes):
        return "strong"
    return "weak" if "id" in attributes else ""


def read_link(attributes: Mapping[str, str | None], links: list[Raw]) -> None:
    """Append the addresses of a `link` whose `rel` promises something."""
    rels = (attributes.get("rel") or "").lower().split()
    found = next((rel for rel in rels if rel in _RELS), "")
    if not found:
        return
    # The kind of link decides whether it is a page or a file; it rides along as its text.
    if "href" in attributes:
        links.append(("link", "href", attributes["href"] or "", found, ""))
    if attributes.get("imagesrcset"):
        pictures = candidates(attributes["imagesrcset"] or "")
        links.extend(("link", "imagesrcset", candidate, "", "") for candidate in pictures)


def read_meta(
    attributes: Mapping[str, str | None],
    meta: dict[str, str],
    links: list[Raw],
    *,
    with_facts: bool,
) -> None:
    """Note a tag of the web guideline in `meta` if wanted, and the address in one that has one in `links`."""
    content = attributes.get("content") or ""
    name = (attributes.get("name") or attributes.get("property") or "").lower()
    if name in _FACTS:
        if with_facts:
            meta.setdefault(name, clean(content))
    elif name in CARDS and content:
        links.append(("meta", "content", content, name, ""))
    elif (attributes.get("http-equiv") or "").lower() == "refresh":
        found = _REFRESH.fullmatch(content)
        href = next((part for part in found.groups() if part), "") if found else content
        if found is None and not re.fullmatch(r"\s*[\d.]+\s*", content):
            links.append(("meta", "refresh", href, "invalid", ""))
        elif found and href.strip():
            links.append(("meta", "refresh", href.strip(), "", ""))


# Keys of JSON-LD that hold one.
ADDRESS_KEYS = frozenset({"url", "image", "logo", "contentUrl", "thumbnailUrl", "mainEntityOfPage"})


def _linked_data(text: str) -> Iterator[str]:
    """The addresses in JSON-LD; none where it is no JSON."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, str):
                    # Nearly all values are words, on every page.
                    if inner and key in ADDRESS_KEYS:
                        yield inner
                    continue
                words = inner if isinstance(inner, list) else [inner]
                if key in ADDRESS_KEYS:
                    yield from (word for word in words if isinstance(word, str) and word)
                waiting.extend(word for word in words if isinstance(word, dict | list))
