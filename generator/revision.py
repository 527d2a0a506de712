"""What changed since a git revision (版本); the only module that runs git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.finding import Text


class RevisionError(Exception):
    """Git cannot tell; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def changed_since(folder: Path, revision: str) -> frozenset[str]:
    """Paths below `folder` that were added, changed or removed since `revision`, committed or not."""
    if revision.startswith("-"):
        raise RevisionError(_unknown(revision))
    _git(folder, "rev-parse", "--git-dir", problem=_NO_REPOSITORY)
    _git(
        folder,
        "rev-parse",
        "--verify",
        "--quiet",
        f"{revision}^{{commit}}",
        problem=_unknown(revision),
    )
    changed = _git(folder, "diff", "--name-only", "--relative", "-z", revision, "--", ".")
    new = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    return frozenset(filter(None, (changed + new).split("\0")))


_NO_REPOSITORY = Text(
    "这个站点不在 git 版本库里，不能用 --since",
    "this site is not in a git repository, so --since cannot be used",
)


def _unknown(revision: str) -> Text:
    return Text(
        f"版本库里没有“{revision}”这个版本；浅克隆请先 git fetch --unshallow",
        f"the repository has no revision “{revision}”; in a shallow clone run git fetch --unshallow",
    )


def _git(folder: Path, *words: str, problem: Text | None = None) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, check=False, timeout=60
        )
    except FileNotFoundError:
        raise RevisionError(Text("没有安装 git", "git is not installed")) from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise RevisionError(problem or Text(f"git 报告：{said}", f"git says: {said}"))
    return done.stdout.decode("utf-8", "surrogateescape")
