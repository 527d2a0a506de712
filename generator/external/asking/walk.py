"""The way from an address to where it ends (逐跳): redirects, cookies, bad certificates, and circles."""

from __future__ import annotations

import re

import aiohttp
from aiohttp.http import HttpProcessingError
from yarl import URL

from generator.domain.hosts import inner_reason
from generator.external.addresses import host_of, location, target
from generator.external.asking.failures import certificate_of, failure_of
from generator.external.asking.network import Purse
from generator.external.asking.request import REDIRECTS, Answer, Client, Method
from generator.external.observation import Certificate, Failure, Hop, Observation
from generator.external.page import Read, read

MOST_HOPS = 10


class Walk:
    """One way from an address to where it ends (逐跳), by one method."""

    def __init__(
        self,
        client: Client,
        session: aiohttp.ClientSession,
        purse: Purse,
        method: Method,
        keep: float = 0.0,
    ) -> None:
        self._client = client
        self._session = session
        self._purse = purse
        self._method: Method = method
        self._keep = keep
        self._hops: list[Hop] = []
        self._met: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        self._certificate: Certificate | None = None

    async def go(self, start: str, before: Observation | None = None) -> Observation:
        """Follow the way from `start`, which `before` led to, to its end."""
        self._hops = list(before.hops) if before else []
        self._certificate = before.certificate if before else None
        here = start
        while True:
            asked = target(here)
            if asked is None:
                return self._end(here, failure=_no_target(here))
            # As it is asked for, without the password that some addresses carry.
            here = f"{asked.url}#{asked.fragment}" if asked.fragment else asked.url
            if self._is_met(asked.url):
                return self._end(here, failure=Failure.LOOP)
            if len(self._hops) > MOST_HOPS:
                return self._end(here, failure=Failure.TOO_MANY_HOPS)
            if self._leads_inside(here):
                return self._end(here, failure=Failure.INNER)
            try:
                answer = await self._ask(asked.url)
            except (
                TimeoutError,
                aiohttp.ClientError,
                HttpProcessingError,
                OSError,
                ValueError,
            ) as error:
                return self._end(here, failure=failure_of(error))
            shown = _read(answer)
            onward = _onward(asked.url, answer, shown)
            if not onward:
                return self._arrived(here, answer, shown)
            self._hops.append(Hop(here, answer.status))
            here = onward

    async def _ask(self, url: str) -> Answer:
        try:
            return await self._once(url)
        except aiohttp.ClientConnectorCertificateError as error:
            if self._certificate is not None:
                raise
            self._certificate = certificate_of(error)
        # Once more, with eyes closed, only to see what stands there.
        return await self._once(url)

    async def _once(self, url: str) -> Answer:
        return await self._client.ask(
            self._session,
            self._method,
            url,
            self._purse,
            self._keep,
            verified=self._certificate is None,
        )

    def _is_met(self, url: str) -> bool:
        """Whether we were here before, with these very cookies: some sites set one and send us back."""
        cookies = self._session.cookie_jar.filter_cookies(URL(url, encoded=True))
        key = (url, tuple(sorted((name, morsel.value) for name, morsel in cookies.items())))
        is_met = key in self._met
        self._met.add(key)
        return is_met

    def _leads_inside(self, here: str) -> bool:
        """Whether a public address sent us to one that only works inside a network."""
        return bool(self._hops) and _is_inner(here) and not _is_inner(self._hops[0].address)

    def _end(self, here: str, *, failure: Failure) -> Observation:
        return Observation(
            here, hops=tuple(self._hops), failure=failure, certificate=self._certificate
        )

    def _arrived(self, here: str, answer: Answer, shown: Read | None) -> Observation:
        is_lost = answer.status in REDIRECTS
        return Observation(
            here,
            answer.status,
            tuple(self._hops),
            answer.kind,
            shown.charset if shown else answer.charset,
            shown.page if shown else None,
            Failure.PROTOCOL if is_lost else answer.failure,
            self._certificate,
            answer.retry_after,
        )


def _read(answer: Answer) -> Read | None:
    is_page = answer.kind or b"<" in answer.body[:1024]
    if not (answer.may_be_page and is_page and answer.body):
        return None
    return read(answer.body, answer.charset, whole=answer.is_whole)


def _onward(url: str, answer: Answer, shown: Read | None) -> str:
    """Where an answer sends us on, by its status or by the page itself; empty where it ends here."""
    if answer.status in REDIRECTS:
        raw = answer.headers.get("Location", "")
        return location(url, raw) if raw.strip() else ""
    if shown is None or not shown.refresh or answer.status >= 400:
        return ""
    onward = location(url, shown.refresh)
    asked = target(onward)
    # A page that only renews itself stays where it is.
    return onward if asked is None or asked.url != url else ""


def _is_inner(url: str) -> bool:
    return bool(inner_reason(url)) and not host_of(url).startswith("oa.")


def _no_target(url: str) -> Failure:
    return Failure.PROTOCOL if re.match(r"https?:", url, re.IGNORECASE) else Failure.NOT_WEB
