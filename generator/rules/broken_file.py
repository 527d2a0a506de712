"""An attachment, a picture or another file that a document uses is not there (附件、图片断链)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.finding import Finding, Rule, Severity, Text
from generator.model import Site, Verdict
from generator.rules.judged import broken, links

RULE = Rule(
    "broken-file",
    Severity.ERROR,
    Text("附件或图片不存在：{target}{why}", "the attachment or picture is not there: {target}"),
    Text(
        "把文件放到本文件旁边，文件名写得一字不差，包括后缀",
        "put the file beside this document and name it exactly, suffix included",
    ),
)


def find(site: Site) -> Iterator[Finding]:
    """Links and pictures in bodies, and attachments in front matter, without their file."""
    for one in links(site, Verdict.NO_FILE):
        yield broken(RULE, one)
