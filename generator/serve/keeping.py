"""Keeping a preview (留存预览) that was made of everything, for the next one to begin with; while nobody waits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b

from generator import remembered, report, revise
from generator.build import Known
from generator.memo import FILE, Memo
from generator.serve.kept import BASE, INDEX, KIND, PAGES, SITE, SKETCHES, Made
from generator.serve.preview import Shown
from generator.unchanged import as_json


def keep(made: Made, is_wanted: Callable[[], bool], learnt: Memo) -> bool:
    """Write a preview down while `is_wanted`; whether it is complete. What was written is not written again.

    `learnt` is what was worked out while it was made: files for download are, that take longest.
    """
    known = made.preview.known
    if known is None:
        return True
    memo = Memo(made.preview.folder / FILE)
    try:
        memo.take(learnt)
        digests = _keep_pages(memo, made, is_wanted)
        if digests is None:
            memo.spare()
            return False
        key = made.stand.key
        memo.put_parts(KIND, SITE, key, remembered.packed(known.site))
        memo.put_parts(KIND, SKETCHES, key, remembered.packed_sketches(known.site))
        for name, row in _rows(made, known, digests):
            memo.put(KIND, name, key.encode() + b"\n" + row)
        return True
    finally:
        memo.save()


def _keep_pages(memo: Memo, made: Made, is_wanted: Callable[[], bool]) -> Mapping[str, str] | None:
    """Write the pages down; their digests by address, or None where there was no time for all."""
    digests: dict[str, str] = {}
    for url, page in made.preview.pages.items():
        if not is_wanted():
            return None
        if page.copy_of:
            continue
        digests[url] = digest = blake2b(page.content, digest_size=16).hexdigest()
        if digest not in made.written:
            memo.put(PAGES, digest, page.content)
            made.written.add(digest)
    memo.want(PAGES, digests.values())
    return digests


def _rows(made: Made, known: Known, digests: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """What is told of the site beside; then the index, which says that all else is there."""
    stand, preview, site = made.stand, made.preview, known.site
    totals = list(report.totals(site))
    is_simple = not known.strange and not known.online and revise.is_simple(known)
    yield BASE, _json(stand.around, stand.documents, as_json(known.found), totals, is_simple)
    yield (
        INDEX,
        _json(
            preview.prefix,
            site.config.language,
            digests,
            {url: page.copy_of for url, page in preview.pages.items() if page.copy_of},
            [_told(path, shown) for path, shown in preview.documents.items()],
            as_json(preview.findings),
            totals,
        ),
    )


def _json(*parts: object) -> bytes:
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def _told(path: str, shown: Shown) -> list[object]:
    said = shown.unseen
    texts = (said.word, said.sentence) if said else ()
    return [path, shown.url, shown.title, *([one.zh, one.en] for one in texts)]
