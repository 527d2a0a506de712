"""Bodies in the memo (备忘里的正文): as JSON, and within one process as they are."""

from __future__ import annotations

import json
from contextlib import suppress

from generator.edition import edition
from generator.memo import Memo
from generator.memo import key as memo_key
from generator.model import Body, Flaw, Heading, LinkSyntax, Source, WrittenLink

KIND = "bodies"


def key_of(source: Source) -> str:
    """The key of what Markdown makes of a body, and of where in the file it stands."""
    return memo_key(f"{edition()} {source.body_line}", source.body)


def remember(memo: Memo, key: str, body: Body) -> None:
    """Keep `body` under `key`."""
    memo.keep(KIND, key, body)
    if memo.has_file:
        memo.put(KIND, key, to_json(body))


def recalled(memo: Memo, key: str) -> Body | None:
    """The body kept under `key`; None where there is none."""
    held = memo.held(KIND, key)
    if isinstance(held, Body):
        return held
    raw = memo.get(KIND, key)
    if raw is None:
        return None
    with suppress(ValueError, TypeError):
        body = from_json(raw)
        memo.keep(KIND, key, body)
        return body
    return None


def to_json(body: Body) -> bytes:
    """All of `body` as JSON."""
    flaws = [(one.rule, one.line, one.column, one.words) for one in body.flaws]
    anchors = sorted(body.anchors)
    parts = (body.pieces, body.slots, body.links, body.outline, anchors, body.text, flaws)
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def from_json(raw: bytes) -> Body:
    """The body that `to_json` wrote; ValueError or TypeError for anything else."""
    pieces, slots, links, outline, anchors, text, flaws = json.loads(
        raw.decode("utf-8", "surrogatepass")
    )
    return Body(
        tuple(pieces),
        tuple((number, is_text) for number, is_text in slots),
        tuple(WrittenLink(LinkSyntax(syntax), *more) for syntax, *more in links),
        tuple(Heading(*one) for one in outline),
        frozenset(anchors),
        text,
        tuple(Flaw(rule, line, column, tuple(words)) for rule, line, column, words in flaws),
    )
