"""Git repositories in a test (版本库): made and committed to with an author of the tests' own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_AUTHOR = (
    *("-c", "user.name=甲", "-c", "user.email=jia@www.example.gov.cn"),
    *("-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"),
)


def git(folder: Path, *words: str) -> str:
    """What `git` says in `folder`; the machine's own settings are left aside."""
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-C", str(folder), *_AUTHOR, *words],
        check=True,
        capture_output=True,
        env={**os.environ, **quiet},
    )
    return done.stdout.decode()


def repository(folder: Path) -> Path:
    """`folder` as a repository whose branch main holds all that is in it; gives `folder` back."""
    git(folder, "init", "--quiet", "--initial-branch", "main")
    return commit(folder, "first")


def commit(folder: Path, message: str) -> Path:
    """Everything in `folder` committed; gives `folder` back."""
    git(folder, "add", "--all", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message)
    return folder
