"""One request (一次请求): in turn, within its time, and read no further than it has to be."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Literal, NamedTuple
from urllib.request import proxy_bypass

import aiohttp
from aiohttp.http import HttpProcessingError
from yarl import URL

from generator import __version__
from generator.external.addresses import host_of
from generator.external.asking.failures import blind, trusting
from generator.external.asking.network import Network, Purse, Turns
from generator.external.observation import Failure

USER_AGENT = f"Mozilla/5.0 (compatible; gongkai/{__version__}; link checker of a government site)"
LARGEST = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HTML = ("text/html", "application/xhtml+xml")
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
# A government site may set a hundred cookies at once; older versions of aiohttp count no headers.
_LIMITS = {"max_line_size": 256 * 1024, "max_field_size": 256 * 1024, "max_headers": 1000}
_KNOWN_LIMITS = _LIMITS.keys() & inspect.signature(aiohttp.ClientSession.__init__).parameters.keys()
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
Method = Literal["HEAD", "GET"]


class Answer(NamedTuple):
    """One answer: its status and headers, and of its body what was read and what went wrong."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    is_whole: bool = False
    failure: Failure | None = None

    @property
    def kind(self) -> str:
        """The content type without its parameters, in lower case."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The character set that the headers name, in lower case; empty where they name none."""
        written = self.headers.get("Content-Type", "")
        found = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", written, re.IGNORECASE)
        return found[1].lower() if found else ""

    @property
    def may_be_page(self) -> bool:
        """Whether this is an HTML page, or may be one for all that the headers say."""
        return self.kind in ("", *HTML)

    @property
    def retry_after(self) -> float | None:
        """The seconds that Retry-After asks for, as a number or as a date; None without one."""
        written = self.headers.get("Retry-After", "").strip()
        if re.fullmatch(r"\d{1,12}", written):
            return float(written)
        try:
            # Their clock may be wrong, but it is the one they count by.
            here = parsedate_to_datetime(self.headers.get("Date", ""))
            return max(0.0, (parsedate_to_datetime(written) - here).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None


class Client:
    """Makes requests, each when its host's turn has come."""

    def __init__(self, turns: Turns, network: Network, connector: aiohttp.TCPConnector) -> None:
        self._turns = turns
        self._connector = connector
        self._trusting = network.trust() if network.trust else trusting()
        self._blind = blind()
        self._proxies = network.proxies()

    def session(self) -> aiohttp.ClientSession:
        """A session with a cookie jar of its own, on the common connections."""
        limits = {name: _LIMITS[name] for name in _KNOWN_LIMITS}
        return aiohttp.ClientSession(
            connector=self._connector,
            connector_owner=False,
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            headers=_HEADERS,
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None),
            **limits,  # type: ignore[arg-type]
        )

    async def ask(
        self,
        session: aiohttp.ClientSession,
        method: Method,
        url: str,
        purse: Purse,
        keep: float,
        *,
        verified: bool,
    ) -> Answer:
        """One request, when its host's turn has come; errors of the network pass through."""
        host = host_of(url)
        async with self._turns.at(host):
            async with purse.spend(keep):
                response = await session.request(
                    method,
                    URL(url, encoded=True),
                    allow_redirects=False,
                    ssl=self._trusting if verified else self._blind,
                    proxy=self._proxy(url, host),
                )
            try:
                return await _answer(response, method, purse)
            finally:
                # Closed, not drained: the rest of a large body must not be read.
                response.close()

    def _proxy(self, url: str, host: str) -> str | None:
        found = self._proxies.get(url.partition(":")[0], "")
        if not found.startswith("http") or host in _THIS_MACHINE or proxy_bypass(host):
            return None
        return found


async def _answer(response: aiohttp.ClientResponse, method: Method, purse: Purse) -> Answer:
    bare = Answer(response.status, response.headers)
    if method == "HEAD" or bare.status in REDIRECTS or not bare.may_be_page:
        return bare
    parts: list[bytes] = []
    size = 0
    failure, is_whole = None, False
    try:
        async with purse.spend():
            while size < LARGEST and not is_whole:
                part = await response.content.read(LARGEST - size)
                parts.append(part)
                size += len(part)
                is_whole = not part
    except TimeoutError:
        failure = Failure.TIMEOUT
    except (aiohttp.ClientError, HttpProcessingError, OSError):
        failure = Failure.TRUNCATED
    return bare._replace(body=b"".join(parts), is_whole=is_whole, failure=failure)
