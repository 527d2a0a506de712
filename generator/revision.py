"""What changed since a git revision (版本), and the files as they were then; the only module that runs git.

Git is asked, never trusted: nothing it could be told to run is run, paths that lead out of the folder,
links and submodules are left alone, and sizes are bounded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from generator.finding import Text

MOST_FILES = 500_000
MOST_BYTES = 8 * 1024**3
_SECONDS = 120
_MAIN_BRANCHES = ("main", "master", "origin/main", "origin/master")
_LINK, _SUBMODULE = "120000", "160000"
# Hooks set these for the repository they run in; the folder asked about says itself where it belongs.
_NOT_INHERITED = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
)
_SETTINGS = (
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.quotePath=no",
)


class RevisionError(Exception):
    """Git cannot tell; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


class FileChange(StrEnum):
    """What happened to a file since a revision."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Base:
    """The commit that a working tree is compared with: where its branch left `name`.

    `is_exact` is False where a shallow clone does not hold that point; then it is `name` itself.
    """

    name: str
    commit: str
    is_exact: bool = True


def base(folder: Path, revision: str) -> Base:
    """Where the work in `folder` left `revision`; raises `RevisionError`.

    What others have put on a branch since then is none of the changes made here.
    """
    if revision.startswith("-"):
        raise RevisionError(_unknown(revision, is_shallow=False))
    _repository(folder)
    is_shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
    commit = _asked(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        raise RevisionError(_unknown(revision, is_shallow=is_shallow))
    common = _asked(folder, "merge-base", commit, "HEAD")
    return Base(revision, common or commit, is_exact=bool(common) or not is_shallow)


def changes_since(folder: Path, revision: str) -> Mapping[str, FileChange]:
    """What happened to each file below `folder` since `revision`, committed or not, by its path."""
    return changes(folder, base(folder, revision))


def changes(folder: Path, since: Base) -> Mapping[str, FileChange]:
    """What happened to each file below `folder` since that commit, committed or not, by its path."""
    words = _git(
        folder,
        *("diff", "--name-status", "--no-renames", "--no-ext-diff", "--ignore-submodules"),
        *("--relative", "-z", since.commit, "--", "."),
    ).split("\0")
    found = {
        path: _CHANGES.get(letter, FileChange.CHANGED)
        for letter, path in zip(words[::2], words[1::2], strict=False)
    }
    new = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return {**found, **dict.fromkeys(filter(None, new.split("\0")), FileChange.ADDED)}


_CHANGES = {"A": FileChange.ADDED, "D": FileChange.REMOVED}


def changed_since(folder: Path, revision: str) -> frozenset[str]:
    """Paths below `folder` that were added, changed or removed since `revision`, committed or not."""
    return frozenset(changes_since(folder, revision))


def main_branch(folder: Path) -> str | None:
    """The name of the branch that work in `folder` goes to, where there is one; raises `RevisionError`."""
    _repository(folder)
    for name in _MAIN_BRANCHES:
        if _asked(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"):
            return name
    return None


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file as a commit holds it."""

    mode: str
    id: str
    size: int
    path: str


def extract(
    folder: Path, since: Base, wanted: Callable[[str], bool], into: Path
) -> tuple[str, ...]:
    """Write the files of `folder` whose paths are `wanted` as they were; raises `RevisionError`.

    Links are made only in folders, never in the place of the site's own files. Gives the submodules,
    which are left out.
    """
    stored = [one for one in _stored(folder, since) if wanted(one.path)]
    files = [one for one in stored if one.mode not in (_LINK, _SUBMODULE)]
    if len(stored) > MOST_FILES or sum(one.size for one in files) > MOST_BYTES:
        raise RevisionError(
            Text(
                f"“{since.name}”里的站点太大，不能比较", f"the site in “{since.name}” is too large"
            )
        )
    try:
        with _reader(folder) as read:
            for one in files:
                _write(into / one.path, one, read)
            # Links come last, so that no file is ever written through one; whether one may be
            # followed is the loader's to judge, as in the working tree.
            for one in stored:
                if one.mode == _LINK and "/" in one.path:
                    _link(into / one.path, one, read)
    except OSError as error:
        raise RevisionError(
            Text(
                f"无法写出“{since.name}”的文件：{error.strerror}",
                f"cannot write the files of “{since.name}”: {error.strerror}",
            )
        ) from None
    return tuple(one.path for one in stored if one.mode == _SUBMODULE)


def _stored(folder: Path, since: Base) -> Iterator[_Stored]:
    listed = _git(folder, "ls-tree", "-r", "-z", "-l", since.commit)
    for row in filter(None, listed.split("\0")):
        facts, _, path = row.partition("\t")
        mode, _, identity, size = facts.split()
        if _is_inside(path):
            yield _Stored(mode, identity, int(size) if size.isdigit() else 0, path)


def _is_inside(path: str) -> bool:
    """Whether `path` stays below its folder; git itself refuses others, a hostile repository may not."""
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in path.split("/"))


def _write(path: Path, one: _Stored, read: _Reader) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Where the file system knows no case, the first of two names wins.
    with suppress(FileExistsError), path.open("xb") as file:
        read.into(one, file)


def _link(path: Path, one: _Stored, read: _Reader) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError, ValueError):
        path.symlink_to(os.fsdecode(read.short(one)))


@dataclass(frozen=True, slots=True)
class _Reader:
    """A running `git cat-file --batch`."""

    ask: IO[bytes]
    answer: IO[bytes]

    def into(self, one: _Stored, file: IO[bytes]) -> None:
        """Copy what is stored into `file`."""
        left = self._size(one)
        while left:
            block = self.answer.read(min(left, 1 << 20))
            if not block:
                raise _no_objects()
            file.write(block)
            left -= len(block)
        self.answer.read(1)

    def short(self, one: _Stored) -> bytes:
        """What is stored, where it is known to be short."""
        words = self.answer.read(self._size(one))
        self.answer.read(1)
        return words[:4096]

    def _size(self, one: _Stored) -> int:
        try:
            self.ask.write(one.id.encode() + b"\n")
            self.ask.flush()
        except BrokenPipeError:
            raise _no_objects() from None
        words = self.answer.readline().split()
        if len(words) != 3 or words[1] != b"blob":
            raise _no_objects()
        return int(words[2])


def _no_objects() -> RevisionError:
    return RevisionError(
        Text(
            "版本库里缺少旧文件的内容（部分克隆）。请取完整的历史：git fetch --refetch",
            "the repository lacks the old files (a partial clone); fetch them: git fetch --refetch",
        )
    )


@contextmanager
def _reader(folder: Path) -> Iterator[_Reader]:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        _command(folder, "cat-file", "--batch"),
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as running:
        assert running.stdin is not None  # noqa: S101  # both are pipes
        assert running.stdout is not None  # noqa: S101
        try:
            yield _Reader(running.stdin, running.stdout)
        finally:
            running.kill()


_NO_REPOSITORY = Text(
    "这个站点不在 git 版本库里，不能用 --since",
    "this site is not in a git repository, so --since cannot be used",
)
_NOT_OURS = Text(
    "git 不信任这个版本库，因为它属于别的用户。运行 git config --global --add safe.directory '*'",
    "git does not trust this repository, since it belongs to another user; "
    "run git config --global --add safe.directory '*'",
)
_NO_GIT = Text("没有安装 git", "git is not installed")
_SLOW = Text("git 太久没有回答", "git did not answer in time")


def _unknown(revision: str, *, is_shallow: bool) -> Text:
    if not is_shallow:
        return Text(
            f"版本库里没有“{revision}”这个版本；远程的分支先 git fetch，并写成 origin/分支名",
            f"the repository has no revision “{revision}”; for a branch of the remote run git fetch "
            "and write origin/NAME",
        )
    return Text(
        f"这是浅克隆，里面没有“{revision}”这个版本。请取完整的历史：git fetch --unshallow "
        "（GitHub：checkout 设 fetch-depth: 0；GitLab：设 GIT_DEPTH: 0）",
        f"this shallow clone does not hold the revision “{revision}”; fetch the whole history: "
        "git fetch --unshallow (GitHub: fetch-depth: 0 in checkout; GitLab: GIT_DEPTH: 0)",
    )


def _repository(folder: Path) -> None:
    done = _run(folder, "rev-parse", "--git-dir")
    if done.returncode != 0:
        is_distrusted = b"safe.directory" in done.stderr
        raise RevisionError(_NOT_OURS if is_distrusted else _NO_REPOSITORY)


def _asked(folder: Path, *words: str) -> str:
    """What git answers to a question that it may not be able to answer; then empty."""
    done = _run(folder, *words)
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def _git(folder: Path, *words: str) -> str:
    done = _run(folder, *words)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise RevisionError(Text(f"git 报告：{said}", f"git says: {said}"))
    return done.stdout.decode("utf-8", "surrogateescape")


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    if shutil.which("git") is None:
        raise RevisionError(_NO_GIT)
    try:
        return subprocess.run(
            _command(folder, *words),
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=_environment(),
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise RevisionError(_SLOW) from None


def _command(folder: Path, *words: str) -> list[str]:
    return ["git", "-C", str(folder), *_SETTINGS, *words]


def _environment() -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    # No lock is taken that somebody's commit would stumble over, no question asked, nothing fetched.
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    return {**inherited, **quiet, "LC_ALL": "C"}
