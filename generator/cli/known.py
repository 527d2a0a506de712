"""What is known already (已知): a run on a site that has not changed gives its answer from the memo."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.sites import examined
from generator.cli.words import Trouble
from generator.digests import Digests
from generator.finding import Text
from generator.memo import FILE, Memo
from generator.report import totals
from generator.stages import Stages
from generator.unchanged import Answer, State
from generator.written import Ledger, alone, is_whole, sweep

if TYPE_CHECKING:
    from generator.model import Outcome


_CHANGED = Text(
    "生成期间站点有改动，什么也没有写。请重新运行",
    "the site was changed during the build; nothing was written. Run again",
)


@dataclass(frozen=True)
class Wishes:
    """What a command asks of a site, as `build.examine` takes it."""

    site: Path
    today: date
    jobs: int
    select: frozenset[str]
    ignore: frozenset[str]
    drafts: bool = False
    base_url: str | None = None


def answer_of(outcome: Outcome, site: Path) -> Answer:
    """What is said of `outcome`."""
    # Where nothing has changed, nothing of this has to be loaded.
    from generator import downloads  # noqa: PLC0415

    config = outcome.site.config
    notes = downloads.notes(config, site)
    return Answer(outcome.findings, totals(outcome.site), config.language, notes)


@contextmanager
def run(wishes: Wishes, stages: Stages, *, cache: bool, writes: bool = True) -> Iterator[Run]:
    """A run with the memo of the site, or with none that lasts; what it learnt is kept however it ends.

    With `writes` False the memo is read, but nothing is kept.
    """
    memo = Memo(wishes.site / FILE if cache else None, writes=writes)
    try:
        yield Run(wishes, memo, stages)
    finally:
        memo.save()


class Run:
    """One run of `build` or `check`: its answer and its output, made only where they are not known."""

    def __init__(self, wishes: Wishes, memo: Memo, stages: Stages) -> None:
        self._wishes = wishes
        self._memo = memo
        self._stages = stages
        self._state = self._look() if memo.has_file else None
        self._outcome: Outcome | None = None
        self._known: Answer | None = None

    def answer(self) -> Answer:
        """The findings of the site and what is said with them."""
        known = self._state.findings() if self._state else None
        if known is not None:
            self._known = known
            return known
        answer = answer_of(self._examined(), self._wishes.site)
        self._keep(lambda state: state.keep_findings(answer))
        return answer

    def write(self, out: Path) -> None:
        """Put the output at `out`, unless it is there already."""
        site = self._wishes.site
        output = Digests(out, self._memo, f"output {relpath(out, site)}", moves=True)
        known = self._state.output() if self._state else None
        if known is not None and is_whole(out, known, output):
            output.save()
            with alone(out.parent):
                sweep(out)
            return
        ledger = Ledger(self._state.digests, output) if self._state else None
        manifest = self._saved(out, ledger)
        output.save()
        self._keep(lambda state: state.keep_output(manifest))

    def _saved(self, out: Path, ledger: Ledger | None) -> Mapping[str, str]:
        from generator.build import SiteError, save, searchable  # noqa: PLC0415

        outcome = self._examined()
        if self._known is not None and self._known.findings != outcome.findings:
            # What was reported is no longer so, and may be what forbids to write.
            raise Trouble(_CHANGED)
        try:
            with self._stages.stage(Text("全文检索", "full-text index")):
                outcome = searchable(outcome, self._memo)
            with self._stages.stage(Text("写出", "write"), len(outcome.pages)):
                return save(outcome.pages, self._wishes.site, out, ledger)
        except SiteError as error:
            raise Trouble(*error.sentences) from None

    def _look(self) -> State:
        with self._stages.stage(Text("比对", "compare")):
            wishes = self._wishes
            return State(
                wishes.site,
                wishes.today,
                self._memo,
                select=wishes.select,
                ignore=wishes.ignore,
                drafts=wishes.drafts,
                base_url=wishes.base_url,
            )

    def _keep(self, keep: Callable[[State], None]) -> None:
        """Remember something of this state of the site, unless the site was changed meanwhile."""
        if self._state is not None and self._memo.writes:
            again = self._look()
            if again.key == self._state.key:
                again.digests.save()
                keep(again)

    def _examined(self) -> Outcome:
        if self._outcome is None:
            wishes = self._wishes
            more: dict[str, Any] = {"drafts": wishes.drafts, "base_url": wishes.base_url}
            self._outcome = examined(
                wishes.site,
                wishes.today,
                wishes.jobs,
                wishes.select,
                wishes.ignore,
                memo=self._memo,
                stages=self._stages,
                light=True,
                **more,
            )
        return self._outcome
