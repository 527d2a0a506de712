"""What a preview is made of (现状), as keys: the same key means the same preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.memo import FILE, Memo
from generator.unchanged import State


@dataclass(frozen=True)
class Stand:
    """All of a site on one day as one key, all but its documents as another, and the documents by path."""

    key: str
    around: str
    documents: Mapping[str, str]


def standing(folder: Path, today: date) -> Stand | None:
    """How the site stands now; None where that cannot be told, and then nothing of it is kept."""
    memo = Memo(folder / FILE)
    memo.spare()
    try:
        return stand_of(State(folder, today, memo, drafts=True))
    # What is wrong with the site is for the build to say.
    except Exception:
        return None
    finally:
        memo.save()


def stand_of(state: State) -> Stand:
    """All of `state` that outlives its memo."""
    return Stand(state.key, state.around, state.documents)
