"""What the network answered, as rule pages and case files write it (所得): a few fields by address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import yaml

from generator.external import NOBODY, Address, Checked, Known
from generator.external.findings import find, known
from generator.external.judge import judge
from generator.external.observation import Certificate, Failure, Hop, Observation, Page
from generator.finding import Finding
from generator.model import Site

_GOOD: Mapping[str, Any] = {
    "title": "通知",
    "text": "各单位：现将有关事项通知如下。",
    "length": 900,
}


def observation(url: str, fields: Mapping[str, Any]) -> Observation:
    """The answer that `fields` describe: status, final, title, text, length, ids, failure, certificate."""
    final = fields.get("final", url)
    failure = fields.get("failure")
    status = None if failure else fields.get("status", 200)
    text = str(fields.get("text", ""))
    page = Page(
        title=str(fields.get("title", "")),
        heading=str(fields.get("heading", "")),
        text=text,
        length=int(fields.get("length", len(text))),
        hidden=str(fields.get("hidden", "")),
        ids=tuple(fields["ids"]) if "ids" in fields else None,
        asks_password=bool(fields.get("asks_password")),
    )
    kind = str(fields.get("content_type", "text/html"))
    certificate = fields.get("certificate")
    return Observation(
        final,
        status,
        (Hop(url, 302),) if final != url else (),
        kind,
        page=page if status is not None and kind == "text/html" else None,
        failure=Failure(failure) if failure else None,
        certificate=Certificate(certificate) if certificate else None,
        likeness=float(fields.get("likeness", 0)),
    )


def checked(address: Address, fields: Mapping[str, Any], known_hosts: Known = NOBODY) -> Checked:
    """`address` judged by what `fields` say was answered; `failed_before` confirms a failure."""
    seen = observation(address.url, fields)
    confirmed = bool(fields.get("failed_before"))
    return Checked(address, judge(seen, address, known_hosts, confirmed=confirmed), seen)


def network(text: str) -> Callable[[Site], Iterable[Finding]]:
    """A network in which each address answers as the YAML `text` says, and all others are well."""
    answers: dict[str, Mapping[str, Any]] = yaml.safe_load(text) or {}

    def ask(site: Site) -> Iterable[Finding]:
        def check(addresses: Sequence[Address]) -> list[Checked]:
            hosts = known(site.config)
            return [checked(one, answers.get(one.url, _GOOD), hosts) for one in addresses]

        return find(site, check)

    return ask
