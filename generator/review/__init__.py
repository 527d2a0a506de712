"""Review (审阅): what changed in a site since a git revision, for whoever answers for it.

The old state is taken out of git into a folder of its own and examined like the new one, on the same
day; what is told is the difference of the two.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from generator import revision
from generator.build import SiteError, examine
from generator.finding import Finding, Text
from generator.load import LARGEST_SETTINGS, REGISTER, builtin_templates, yaml_text
from generator.load.words import named_files
from generator.memo import Memo
from generator.model import Entry, Outcome, Tree, Withheld
from generator.review.documents import Side, document_change
from generator.review.fields import setting_changes
from generator.review.nouns import (
    FileChange,
    Mark,
    Review,
    StatusChange,
    Vanished,
)
from generator.review.pairing import pairs
from generator.revision import Base

_CONTENT, _TEMPLATES = "content/", "templates/"
# site.yaml, the register, and word lists wherever they lie.
_SETTINGS = (".yaml", ".yml", ".tsv")
_LINK_RULES = frozenset(
    {"broken-page", "broken-anchor", "broken-file", "broken-reference", "unpublished-target"}
)


def review(folder: Path, since: str, today: date, jobs: int = 1) -> Review:
    """What changed in the site in `folder` since `since`; raises `SiteError` and `RevisionError`."""
    base = revision.base(folder, since)
    changed = revision.changes(folder, base)
    # What did not change is converted once for both states.
    memo = Memo()
    new = _examined(folder, today, jobs, memo)
    with TemporaryDirectory(prefix="gongkai-review-") as place:
        old_folder = Path(place)
        notes = _take_out(folder, base, old_folder)
        settings = setting_changes(_settings(old_folder).fields, _settings(folder).fields)
        old, about = _old(folder, old_folder, today, jobs, memo)
    told = _told(_State(old, new), base)
    files = tuple(_files(changed, _lists(folder)))
    return replace(told, files=files, settings=settings, notes=(*notes, *about))


@dataclass(frozen=True)
class _Examined:
    """A state of the site as readers have it, with what is wrong in documents they do not see yet too."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every document by its path."""
        return self.outcome.site.entries


@dataclass(frozen=True)
class _State:
    old: _Examined | None
    new: _Examined


def _examined(folder: Path, today: date, jobs: int, memo: Memo) -> _Examined:
    outcome = examine(folder, today, jobs=jobs, memo=memo)
    coming = {
        path
        for path, entry in outcome.site.entries.items()
        if entry.document.withheld in (Withheld.DRAFT, Withheld.FUTURE)
    }
    if not coming:
        return _Examined(outcome, outcome.findings)
    # Whoever lets a document go out on a later day wants to know today what is wrong with it.
    later = examine(folder, today, drafts=True, jobs=jobs, memo=memo)
    theirs = [finding for finding in later.findings if finding.place.path in coming]
    every = {*outcome.findings, *theirs}
    return _Examined(outcome, tuple(sorted(every, key=lambda finding: finding.order)))


def _take_out(folder: Path, base: Base, into: Path) -> tuple[Text, ...]:
    """Write the old state into a folder; what a reader of the review must know of it."""
    own = folder / _TEMPLATES
    # In the repository of the generator the built-in look is that of both.
    has_own = not own.is_dir() or own.resolve() != builtin_templates()
    folders = (_CONTENT, _TEMPLATES) if has_own else (_CONTENT,)

    def wanted(path: str) -> bool:
        return path.startswith(folders) or path.endswith(_SETTINGS)

    submodules = revision.extract(folder, base, wanted, into)
    notes = [
        Text(
            f"子模块 {path} 的旧内容没有比较",
            f"the old content of submodule {path} is not compared",
        )
        for path in submodules
    ]
    if not base.is_exact:
        notes.append(
            Text(
                f"这是浅克隆，看不出从“{base.name}”的哪一处分出来：直接与“{base.name}”比较，"
                "别人在那里的改动也会列出来。取完整的历史可以避免：git fetch --unshallow",
                f"this shallow clone does not tell where the work left “{base.name}”: it is compared "
                f"with “{base.name}” itself, so that what others changed there is listed too; "
                "git fetch --unshallow avoids this",
            )
        )
    return tuple(notes)


def _old(
    folder: Path, old_folder: Path, today: date, jobs: int, memo: Memo
) -> tuple[_Examined | None, tuple[Text, ...]]:
    """The old state examined; None where there was no site yet."""
    if not (old_folder / "site.yaml").is_file():
        return None, (_NO_SITE_YET,)
    try:
        return _examined(old_folder, today, jobs, memo), ()
    except SiteError:
        (old_folder / "site.yaml").unlink()
        copyfile(folder / "site.yaml", old_folder / "site.yaml")
    return _examined(old_folder, today, jobs, memo), (_OLD_SETTINGS_BROKEN,)


_NO_SITE_YET = Text(
    "那个版本里还没有这个站点，全部按新增列出",
    "there was no site yet in that revision; all is listed as added",
)
_OLD_SETTINGS_BROKEN = Text(
    "那个版本的 site.yaml 有错，旧内容按现在的设置比较",
    "site.yaml of that revision is wrong; the old content is read with the settings of today",
)


def _settings(folder: Path) -> Tree:
    """What `site.yaml` says, as far as it can be read; nothing where it is not there."""
    try:
        with (folder / "site.yaml").open("rb") as file:
            raw = file.read(LARGEST_SETTINGS)
    except FileNotFoundError:
        return Tree()
    return yaml_text.read(raw.decode("utf-8-sig", "replace"))


def _lists(folder: Path) -> frozenset[str]:
    """The paths of the register and of the word lists of the site."""
    named = named_files(folder, _settings(folder))
    inside = (file.relative_to(folder) for file in named if file.is_relative_to(folder))
    return frozenset({REGISTER, *(file.as_posix() for file in inside)})


def _told(state: _State, base: Base) -> Review:
    old = state.old.entries if state.old else {}
    paired = pairs(old, state.new.entries)
    moves = {one.path: other.path for one, other in paired if one and other}
    touched = {entry.path for pair in paired for entry in pair if entry}
    new, mended = _compared(state, moves)
    config = state.new.outcome.site.config
    return Review(
        organ=config.organ.name,
        language=config.language,
        since=base.name,
        commit=base.commit,
        documents=tuple(
            document_change(
                Side(state.old.outcome.site, one) if one and state.old else None,
                Side(state.new.outcome.site, other) if other else None,
                tuple(f for f in new if other and f.place.path == other.path),
            )
            for one, other in paired
        ),
        settings=(),
        files=(),
        statuses=tuple(_statuses(old, state.new.entries, touched)),
        new=new,
        mended=mended,
        broken_elsewhere=tuple(
            f for f in new if f.rule in _LINK_RULES and f.place.path not in touched
        ),
        vanished=tuple(_vanished(state, moves)),
        notes=(),
    )


def _compared(
    state: _State, moves: Mapping[str, str]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings of the new state alone, and those of the old state alone."""
    before = state.old.findings if state.old else ()
    known = Counter(_identity(f, moves.get(f.place.path, f.place.path)) for f in before)
    now = Counter(_identity(f, f.place.path) for f in state.new.findings)
    return (
        _left(state.new.findings, now - known, {}),
        _left(before, known - now, moves),
    )


Identity = tuple[str, str, str, str]


def _identity(finding: Finding, path: str) -> Identity:
    """What a finding is known by: not its line, which every edit above it moves."""
    message = "" if finding.target or finding.text else finding.message.zh
    return finding.rule, path, finding.target or "", finding.text or message


def _left(
    findings: Iterable[Finding], left: Counter[Identity], moves: Mapping[str, str]
) -> tuple[Finding, ...]:
    found = []
    for finding in findings:
        known = _identity(finding, moves.get(finding.place.path, finding.place.path))
        if left[known] > 0:
            left[known] -= 1
            found.append(finding)
    return tuple(found)


def _files(
    changed: Mapping[str, revision.FileChange], lists: frozenset[str]
) -> Iterator[FileChange]:
    """The attachments, templates and `lists` among what changed."""
    for path, change in sorted(changed.items()):
        is_attachment = path.startswith(_CONTENT) and not path.endswith(".md")
        if is_attachment or path in lists or path.startswith(_TEMPLATES):
            yield FileChange(path.encode("utf-8", "replace").decode(), Mark(change.value))


def _statuses(
    old: Mapping[str, Entry], new: Mapping[str, Entry], touched: set[str]
) -> Iterator[StatusChange]:
    for path, entry in sorted(new.items()):
        before = old.get(path)
        if (
            before is not None
            and path not in touched
            and entry.document.withheld is None
            and before.status is not entry.status
        ):
            yield StatusChange(path, entry.document.title, before.status.value, entry.status.value)


def _vanished(state: _State, moves: Mapping[str, str]) -> Iterator[Vanished]:
    """Every address of the old output that the new one does not have.

    What is made from a document in other forms (Markdown, PDF) goes with its page and is not told apart.
    """
    if state.old is None:
        return
    now = {page.url for page in state.new.outcome.pages}
    before = {page.url for page in state.old.outcome.pages}
    gone_to = {
        entry.url: state.new.entries[moves[path]].url
        for path, entry in state.old.entries.items()
        if path in moves and state.new.entries[moves[path]].document.withheld is None
    }
    for page in state.old.outcome.pages:
        stem, suffix = posixpath.splitext(page.url)
        is_other_form = suffix != ".html" and not page.copy_of and f"{stem}.html" in before
        if page.url not in now and not is_other_form:
            yield Vanished(page.url, gone_to.get(page.url, ""))
