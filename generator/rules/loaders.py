"""What the HTML of a text would load from other hosts (外来文件), though the page leaves it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.hosts import host_of
from generator.model import Site
from generator.regex import regex

_LOADER = regex(
    r"<(?P<element>script|iframe|frame|embed|object|link)\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE,
)
_ADDRESS = regex(r"(?<![\w-])(?:src|data|href)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_LOADING_LINK = regex(
    r"(?<![\w-])rel\s*=\s*[\"']?[^\"'>]*\b(?:stylesheet|icon|preload|modulepreload)\b",
    re.IGNORECASE,
)


class Loader(NamedTuple):
    """A tag that loads from another host: where it stands in the body, its name, the address and its host."""

    offset: int
    element: str
    address: str
    host: str


def from_elsewhere(site: Site, text: str) -> Iterator[Loader]:
    """The tags of `text` that would load a script, a style sheet or a frame from a host that is not the site's."""
    if "<" not in text:
        return
    for tag in _LOADER.finditer(text):
        element, attributes = tag["element"].lower(), tag["attributes"]
        written = _ADDRESS.search(attributes)
        if written and (element != "link" or _LOADING_LINK.search(attributes)):
            address = written[1].strip("\"'").strip()
            host = _host(address)
            if host not in ("", site.config.host):
                yield Loader(tag.start(), element, address, host)


def _host(address: str) -> str:
    absolute = f"https:{address}" if address.startswith("//") else address
    return host_of(absolute) if absolute.lower().startswith(("http://", "https://")) else ""
