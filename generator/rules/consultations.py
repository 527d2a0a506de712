"""Consultations (意见征集): which documents hold one, and where they tell what became of the opinions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.domain.kinds import Kind
from generator.model import Entry, Site
from generator.regex import regex
from generator.rules import judged
from generator.schema import Consultation

_FEEDBACK = regex(r"采纳|反馈(?:情况|结果|表|公告|说明)|征集结果|意见汇总|(?:结果|意见)(?:的)?反馈")


def all_of(site: Site) -> Iterator[tuple[Entry, Consultation]]:
    """The consultations that the public sees, or would see but for a missing field."""
    for entry in judged.documents(site):
        document = entry.document
        if document.kind is Kind.CONSULTATION and not document.is_withdrawn:
            yield entry, document.meta.consultation or Consultation()


def tells_elsewhere(entry: Entry, site: Site) -> bool:
    """Whether a heading, an attachment, a link or a document that refers to it tells what became of the opinions."""
    words = [
        *(heading.text for heading in entry.body.outline),
        *(file.title for file in entry.attachments),
        *(link.written.text for link in entry.links),
        *(site.entries[path].document.title for path in (*entry.related, *entry.basis_of)),
    ]
    return any(_FEEDBACK.search(text) for text in words)
