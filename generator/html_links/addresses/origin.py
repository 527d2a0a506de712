"""Where the folder is published (发布地址): which absolute addresses are its own, and the paths they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from generator.domain.hosts import host_of

_PORTS = {"http": 80, "https": 443}


class OriginError(ValueError):
    """The address given as that of the folder is no address of the web."""


class Own(NamedTuple):
    """An address on one's own host: path, query and fragment as written, and whether the origin is exact.

    `origin` is how the address should begin.
    """

    rest: str
    is_exact: bool
    origin: str


@dataclass(frozen=True)
class Origin:
    """The address under which the folder is published; `host` is empty when it is not known.

    `prefix` is the path of the folder on the host, with slashes at both ends.
    """

    scheme: str = ""
    host: str = ""
    port: int | None = None
    prefix: str = "/"

    @property
    def hosts(self) -> frozenset[str]:
        """The names of the host, with and without `www.`."""
        return frozenset({self.host, "www." + self.host}) if self.host else frozenset()

    @property
    def start(self) -> str:
        """How the addresses of the folder's own files should begin; empty without a host."""
        return f"{self._whole}{self.prefix}" if self.host else ""

    @property
    def _whole(self) -> str:
        port = "" if self.port == _PORTS.get(self.scheme) else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    def own(self, address: str) -> Own | None:
        """The part behind the host of `address` (absolute or `//host/…`), if the host is one's own."""
        if not self.host:
            return None
        try:
            parts = urlsplit(address)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return None
        if _bare(host) != _bare(self.host):
            return None
        scheme = parts.scheme.lower() or self.scheme
        if (port or _PORTS.get(scheme)) not in (80, 443, self.port):
            return None
        rest = parts._replace(scheme="", netloc="").geturl() or "/"
        if rest.startswith("//"):
            # urlsplit keeps the empty host apart; the path itself has two slashes.
            rest = "/" + rest.lstrip("/")
        origin = self._whole
        written = re.match(r"(?i)(?:https?:)?//[^/?#]*", address)
        exact = written is not None and written[0] in (origin, origin.partition(":")[2])
        return Own(rest, exact, origin)


def origin_of(base_url: str) -> Origin:
    """The origin that `base_url` names; raises OriginError for what is no address of the web."""
    try:
        parts: SplitResult = urlsplit(base_url.strip())
        port = parts.port
    except ValueError:
        raise OriginError(base_url) from None
    scheme = parts.scheme.lower()
    host = host_of(base_url.strip())
    if scheme not in _PORTS or not host:
        raise OriginError(base_url)
    folder = parts.path.rpartition("/")[0] if "." in parts.path.rpartition("/")[2] else parts.path
    return Origin(
        scheme,
        host,
        port or _PORTS[scheme],
        "/" + folder.strip("/") + "/" * bool(folder.strip("/")),
    )


def _bare(host: str) -> str:
    return host.removeprefix("www.")
