"""What asking other hosts needs of the command line (外部链接): the cache, progress, the extra."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from generator import external, html_links
from generator.cli.words import Trouble
from generator.external.findings import find as find_external
from generator.external.findings import known
from generator.finding import Finding, Language, Text
from generator.model import Site


def asking(
    config: external.External,
    known_hosts: external.Known,
    cache_file: Path | None,
    today: date | None,
    progress: external.Progress,
) -> Callable[[Sequence[external.Address]], Sequence[external.Checked]]:
    """What asks other hosts, with the ages of answers counted from `today` at this time of day."""
    now = datetime.now()
    moment = datetime.combine(today, now.time()) if today else now

    def check(addresses: Sequence[external.Address]) -> Sequence[external.Checked]:
        try:
            return external.check_addresses(
                addresses,
                config,
                now=moment.timestamp(),
                known=known_hosts,
                cache_file=cache_file,
                progress=progress,
            )
        except external.CacheError as error:
            raise Trouble(error.sentence) from None

    return check


def progress_line(form: str, language: Language) -> external.Progress:
    """One line that renews itself on a terminal, a line now and then elsewhere; none beside JSON."""
    if form != "text":
        return external.silent
    is_terminal = sys.stderr.isatty()

    def said(done: int, total: int, host: str) -> None:
        sentence = Text(
            f"外部链接 {done}/{total} {host}", f"external links {done}/{total} {host}"
        ).say(language)
        if is_terminal:
            end = "\n" if done == total else ""
            click.echo(f"\r\033[K{sentence}{end}", err=True, nl=False)
        elif done == total or done % max(10, total // 10) == 0:
            click.echo(sentence, err=True)

    return said


def answered(
    links: Sequence[html_links.External],
    ask: Callable[[Sequence[external.Address]], Sequence[external.Checked]],
) -> Iterator[Finding]:
    """What is wrong with the addresses outside a folder, each once, where it stands first."""
    answers = ask([external.Address(one.url, one.text) for one in links])
    for one, answer in zip(links, answers, strict=True):
        finding = answer.finding(one.place)
        if finding is not None:
            yield replace(finding, message=html_links.counted(finding.message, one.paths))


def require_extra() -> None:
    """A missing extra is `Trouble`."""
    try:
        external.require_extra()
    except external.ExtraError as error:
        raise Trouble(error.sentence) from None


def network(
    cache_file: Path,
    today: date | None,
    form: str,
    lang: Language | None,
    only: frozenset[str] | None,
) -> Callable[[Site], Sequence[Finding]]:
    """What `examine` needs to ask other hosts; a missing extra is said before anything is read."""
    require_extra()

    def find(site: Site) -> Sequence[Finding]:
        config = site.config
        progress = progress_line(form, lang or config.language)
        ask = asking(config.external, known(config), cache_file, today, progress)
        return tuple(find_external(site, ask, only))

    return find
