"""The register (登记簿): which addresses and index numbers were ever published, one line each, committed.

Lines are sorted and stand alone, and `.gitattributes` beside it says that both sides of a merge are kept,
so that two branches that add lines merge without a conflict; none is ever removed.
"""

from __future__ import annotations

import os
from pathlib import Path

from generator.finding import Text
from generator.model import Site

NAME = "register.tsv"
_ATTRIBUTES = ".gitattributes"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


class RegisterError(Exception):
    """The register cannot be kept; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def unregistered(site: Site) -> tuple[tuple[str, str], ...]:
    """Address and index number of each listed document that the register does not hold, by address."""
    listed = {(e.url, e.document.meta.index_number or "") for e in site.listed}
    return tuple(sorted(listed - set(site.register)))


def add(site: Site, folder: Path) -> int:
    """Put the listed documents of `site` into the register of `folder`; gives how many were new.

    Raises `RegisterError`, and then the register is as it was.
    """
    path = folder / NAME
    try:
        before = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
        if any(line.startswith(_CONFLICT) for line in before):
            raise RegisterError(
                Text(
                    f"{NAME} 里有没有解决的 git 合并冲突。保留两边的行，删去冲突标记，再运行一次",
                    f"{NAME} holds an unresolved git conflict; keep the lines of both sides, "
                    "remove the marks, and run again",
                )
            )
        new = {f"{url}\t{number}" for url, number in unregistered(site)} - set(before)
        if new:
            _keep_both_sides(folder / _ATTRIBUTES)
            _replace(path, sorted({*filter(None, before), *new}))
    except OSError as error:
        raise RegisterError(
            Text(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
        ) from None
    return len(new)


def _keep_both_sides(path: Path) -> None:
    """Tell git to keep the lines of both sides of a merge, where `path` says nothing of the register yet."""
    written = path.read_text("utf-8", "surrogateescape") if path.exists() else ""
    if not any(line.split()[:1] == [NAME] for line in written.splitlines()):
        start = written if not written or written.endswith("\n") else f"{written}\n"
        path.write_text(f"{start}{NAME} merge=union\n", "utf-8", "surrogateescape", "\n")


def _replace(path: Path, lines: list[str]) -> None:
    beside = path.with_name(f".{path.name}.gongkai-{os.getpid()}")
    try:
        beside.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
