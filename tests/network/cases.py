"""Cases of the network (网络用例): what hosts answer, a link to one of them, and what has to be said of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.config import External
from generator.external import NOBODY, Known
from tests.network.answers import status
from tests.network.bed import Behaviour, Request

HOST = "www.example.gov.cn"
URL = f"http://{HOST}/zwgk/2024/t1.html"
BROKEN = "broken-external error"
PERHAPS = "broken-external warning"
UNVERIFIED = "unverified-external info"
HOME = "redirected-home warning"
DOMAIN = "redirected-domain warning"
SOFT = "soft-404 warning"
HIJACKED = "hijacked-site error"


@dataclass(frozen=True)
class Case:
    """One link: `hosts` answer it, `said` is the rule and severity, empty for nothing.

    `because` must stand in the Chinese reason. Hosts are honest about random addresses unless
    `answers_random`.
    """

    name: str
    hosts: Behaviour | Mapping[str, Behaviour]
    said: str = ""
    because: str = ""
    url: str = URL
    text: str = "公共数据共享的通知"
    settings: External = field(default_factory=External)
    known: Known = NOBODY
    answers_random: bool = False

    @property
    def all_hosts(self) -> dict[str, Behaviour]:
        """Every host and what it answers."""
        hosts = {HOST: self.hosts} if callable(self.hosts) else dict(self.hosts)
        if self.answers_random:
            return hosts
        return {host: _honest(behaviour) for host, behaviour in hosts.items()}


def _honest(behaviour: Behaviour) -> Behaviour:
    not_found = status("404 Not Found")

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        is_random = "/gongkai-" in request.path
        await (not_found if is_random else behaviour)(request, writer)

    return behave
