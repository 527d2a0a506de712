"""What is known already (已知): a run on a site that has not changed gives its answer from the memo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.cli.sites import known_site
from generator.cli.words import Trouble
from generator.digests import Digests
from generator.finding import Finding, Selection, Text
from generator.memo import FILE, Memo
from generator.report import Totals, totals
from generator.stages import Stages
from generator.unchanged import Answer, State
from generator.written import Ledger, Written, alone, is_whole, learn_whole, seal_of, sweep

if TYPE_CHECKING:
    from generator.build import Known
    from generator.config import Config
    from generator.model import Outcome
    from generator.revise import Revised


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
    return _said(outcome.site.config, outcome.findings, totals(outcome.site), site)


def _said(config: Config, findings: tuple[Finding, ...], looked_at: Totals, site: Path) -> Answer:
    if config.downloads is None:
        return Answer(findings, looked_at, config.language, ())
    # Only a site that has downloads has to load what makes them.
    from generator import downloads  # noqa: PLC0415

    return Answer(findings, looked_at, config.language, downloads.notes(config, site))


@contextmanager
def run(wishes: Wishes, stages: Stages, *, cache: bool, writes: bool = True) -> Iterator[Run]:
    """A run with the memo of the site, or with none that lasts; what it learnt is kept however it ends.

    With `writes` False the memo is read, but nothing is kept.
    """
    memo = Memo(wishes.site / FILE if cache else None, writes=writes)
    with ExitStack() as ended:
        ended.callback(memo.save)
        this = Run(wishes, memo, stages)
        ended.callback(this.keep)
        yield this


class Run:
    """One run of `build` or `check`: its answer and its output, made only where they are not known."""

    def __init__(self, wishes: Wishes, memo: Memo, stages: Stages) -> None:
        self._wishes = wishes
        self._memo = memo
        self._stages = stages
        self._state = self._look() if memo.has_file else None
        self._examined_site: Known | None = None
        self._revised: Revised | None = None
        self._known: Answer | None = None
        self._is_written = False
        self._learnt: list[Callable[[State], None]] = []

    def answer(self) -> Answer:
        """The findings of the site and what is said with them."""
        known = self._state.findings() if self._state else None
        if known is not None:
            self._known = known
            return known
        revised = self._revise()
        if revised is not None:
            config = revised.site.config
            answer = _said(config, revised.findings, revised.totals, self._wishes.site)
            self._known = answer
        else:
            answer = answer_of(self._examined().outcome, self._wishes.site)
        self._learnt.append(lambda state: state.keep_findings(answer))
        return answer

    def write(self, out: Path) -> None:
        """Put the output at `out`, unless it is there already."""
        site = self._wishes.site
        output = Digests(out, self._memo, f"output {relpath(out, site)}", moves=True)
        known = self._state.output() if self._state else None
        if known is not None and is_whole(out, known, output):
            with alone(out.parent):
                sweep(out)
            return
        if self._known is not None and self._revised is None:
            # What is found is known of an earlier state, or of a check: the output may be of another.
            self._revise()
        if self._updated(out, output):
            return
        ledger = Ledger(self._state.digests, output) if self._state else None
        written = self._saved(out, ledger)
        if ledger is not None:
            seal = seal_of(written)
            learn_whole(out, written, seal, output)
            self._learnt.append(lambda state: state.keep_output(seal))

    def keep(self) -> None:
        """Remember what was learnt of this state of the site, unless the site was changed meanwhile."""
        if self._state is not None and self._memo.writes and self._learnt:
            with self._stages.stage(Text("比对", "compare")):
                is_still = self._state.is_still(self._read)
            again = self._state if is_still else self._look()
            if again.key == self._state.key:
                for keep in self._learnt:
                    keep(again)

    @property
    def _findings(self) -> tuple[Finding, ...] | None:
        """What was said of the site, if it was known or revised."""
        return self._known.findings if self._known else None

    @property
    def _read(self) -> Collection[str] | None:
        """What was read of the content; None where that may be all of it."""
        if self._revised is None or self._examined_site is not None:
            return None
        return self._revised.read

    def _keep_site(self, state: State) -> None:
        from generator.revise import keep  # noqa: PLC0415

        if self._examined_site is not None:
            keep(self._memo, state, self._examined_site)

    def _revise(self) -> Revised | None:
        """What follows from a few bodies that were written again, where that is all that has changed."""
        if self._state is None:
            return None
        from generator.build import SiteError  # noqa: PLC0415
        from generator.revise import keep_again, revise  # noqa: PLC0415

        wishes = self._wishes
        selection = Selection(wishes.select, wishes.ignore)
        try:
            with self._stages.stage(Text("修订", "revise")):
                made = revise(
                    wishes.site, wishes.today, self._memo, self._state, selection, wishes.base_url
                )
        except SiteError as error:
            raise Trouble(*error.sentences) from None
        if made is not None:
            self._revised = made
            # The next build may ask for all bodies; this one has asked for a few.
            self._memo.spare()
            self._learnt.append(
                lambda state: keep_again(self._memo, state, made, is_written=self._is_written)
            )
        return made

    def _updated(self, out: Path, output: Digests) -> bool:
        """Whether the output was there but for the pages that were revised, and is there now."""
        revised, state = self._revised, self._state
        if revised is None or state is None:
            return False
        from generator.full_text import is_made  # noqa: PLC0415
        from generator.write import OutputError, update  # noqa: PLC0415

        seal = state.output_of(revised.before)
        if seal is None or is_made(revised.site) or revised.findings != self._findings:
            return False
        with self._stages.stage(Text("写出", "write")):
            try:
                renewed = update(revised.pages, out, seal, output)
            except OutputError as error:
                raise Trouble(error.sentence) from None
        if renewed is None:
            return False
        self._is_written = True
        self._learnt.append(lambda state: state.keep_output(renewed))
        return True

    def _saved(self, out: Path, ledger: Ledger | None) -> Written:
        from generator.build import SiteError, save, searchable  # noqa: PLC0415

        outcome = self._examined().outcome
        if self._findings not in (None, outcome.findings):
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

    def _examined(self) -> Known:
        if self._examined_site is None:
            if self._state is not None:
                self._state.rest()
            wishes = self._wishes
            more: dict[str, Any] = {"drafts": wishes.drafts, "base_url": wishes.base_url}
            self._examined_site = known_site(
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
            self._learnt.append(self._keep_site)
        return self._examined_site
