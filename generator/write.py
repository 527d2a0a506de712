"""Write (写出): pages → a folder, made beside the old one and put in its place whole.

A full disk, an error or a kill at any moment leaves the old output as it was: nothing is written into
it. What a killed run left behind is removed by the next.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import contextmanager, suppress
from io import FileIO
from itertools import count
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from generator.digests import Digests
from generator.finding import Text
from generator.model import Page
from generator.regex import regex
from generator.written import (
    MANIFEST,
    OLD,
    Ledger,
    Written,
    alone,
    learn_same,
    manifest_parts,
    prefix,
    put_digest,
    sweep,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2) on Linux, RENAME_SWAP of renamex_np(2) on macOS
_HERE = -100  # AT_FDCWD
_BLOCK = 1 << 16  # bytes of a file that are copied at once
_LINE = regex(rb'"(?:[^"\\]|\\.)*": "[0-9a-f]{64}",?\n')  # of a manifest
_LONGEST = 10_000  # bytes of such a line


class OutputError(Exception):
    """The output folder cannot be written or must not be replaced; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def write(pages: Iterable[Page], site: Path, out: Path, ledger: Ledger | None = None) -> Written:
    """Put `pages`, which are in the order of their addresses, at `out`, with a manifest of every file.

    Raises `OutputError`, and then `out` is as it was. A file that the old output is known to hold already is
    taken over by a link, not written again.
    """
    out = out.absolute()
    _refuse_unsafe(site.resolve(), out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _staging(out) as staging:
            written = Written()
            folders: set[str] = set()
            for page in pages:
                folder = page.url.rpartition("/")[0]
                if folder not in folders:
                    (staging / folder).mkdir(parents=True, exist_ok=True)
                    folders.add(folder)
                digest, status = _put(page, str(site), str(staging), str(out), ledger)
                written.add(page.url, digest, status)
            with (staging / MANIFEST).open("wb") as file:
                file.writelines(manifest_parts(written))
            with alone(out.parent):
                _swap(staging, out)
    except OSError as error:
        raise OutputError(_os_sentence(error, out)) from error
    return written


def update(pages: Iterable[Page], out: Path, seal: str, output: Digests) -> str | None:
    """Put `pages` in the place of those of the same address in the output of `seal`; raises `OutputError`.

    Gives the new seal; None where `out` is not that output as a whole, and then nothing is written. Each file
    takes its place in one step; a kill between two of them leaves an output that the next run makes whole.
    """
    out = out.absolute()
    try:
        with _staging(out) as staging:
            held = {page.url: page.content for page in pages}
            for number, content in enumerate(held.values()):
                (staging / f"{number}").write_bytes(content)
            with alone(out.parent):
                lines = whole(out, seal, output)
                if lines is None:
                    return None
                manifest = bytearray((out / MANIFEST).read_bytes())
                for url, content in held.items():
                    put_digest(manifest, url, content)
                (staging / MANIFEST).write_bytes(manifest)
                for number, url in enumerate(held):
                    (staging / f"{number}").replace(out / url)
                (staging / MANIFEST).replace(out / MANIFEST)
                renewed = hashlib.sha256(manifest).hexdigest()
                learn_same(out, lines, (*held, MANIFEST), renewed, output)
    except OSError as error:
        raise OutputError(_os_sentence(error, out)) from error
    except ValueError:
        return None
    return renewed


def _put(
    page: Page, site: str, staging: str, out: str, ledger: Ledger | None
) -> tuple[str, os.stat_result | None]:
    """Write one file, or take over the same one of the old output; its SHA-256, and with a ledger its status.

    Folders are texts here: to join and ask five paths a document takes longer than to write the files.
    """
    path = f"{staging}/{page.url}"
    content = page.content
    digest = _digest_of(page, content, ledger)
    if ledger is not None and digest:
        taken = _take_over(page.url, path, out, digest, ledger.output)
        if taken is not None:
            return digest, taken
    # A file object would ask the system seven more questions a document.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        if page.copy_of:
            digest = _copy(f"{site}/{page.copy_of}", file)
        else:
            _add(file, content)
        return digest, os.fstat(file) if ledger is not None else None
    finally:
        os.close(file)


def _digest_of(page: Page, content: bytes, ledger: Ledger | None) -> str:
    """The digest of a page; of a file to copy only with a ledger, which may know it, else empty."""
    if not page.copy_of:
        return hashlib.sha256(content).hexdigest()
    return ledger.sources.of(page.copy_of) if ledger else ""


def _take_over(
    url: str, path: str, out: str, digest: str, output: Digests
) -> os.stat_result | None:
    """Link the file `url` of the old output to `path` if it is known to have this digest; its status if so."""
    if not output.knows_any:
        return None
    old = f"{out}/{url}"
    try:
        status = os.lstat(old)
        if not S_ISREG(status.st_mode) or output.known(url, status) != digest:
            return None
        os.link(old, path)
        if os.lstat(path).st_ino != status.st_ino:
            # Another build has put its own output there in between.
            Path(path).unlink()
            return None
    except OSError:
        # There is none, or this file system has no links.
        return None
    return status


def _copy(source: str, copy: int) -> str:
    """Copy the file at `source` to an open one, and give its SHA-256."""
    digest = hashlib.sha256()
    with FileIO(source) as original:
        while block := original.read(_BLOCK):
            digest.update(block)
            _add(copy, block)
    return digest.hexdigest()


def _add(file: int, content: bytes) -> None:
    """Write all of `content`, which a nearly full disk may take in several steps."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


def _refuse_unsafe(site: Path, out: Path) -> None:
    """Only an empty place or an earlier output may be replaced, and never the site's own sources."""
    real = out.resolve()
    if site.is_relative_to(real) or any(
        real.is_relative_to(site / name) for name in ("content", "templates", ".git")
    ):
        raise OutputError(
            Text(
                f"输出文件夹不能是 {out}：那里放着站点的原稿",
                f"the output folder cannot be {out}: the site's sources are there",
            )
        )
    if not out.exists():
        return
    if not out.is_dir() or out.is_symlink() or (any(out.iterdir()) and not _is_output(out)):
        raise OutputError(
            Text(
                f"{out} 里有别的文件，不是本程序的输出，没有覆盖。换一个 --out，或先清空它",
                f"{out} holds other files and is no output of this program; nothing was replaced. "
                "Choose another --out, or empty it first",
            )
        )


def _is_output(folder: Path) -> bool:
    """Whether an earlier run made `folder`: other programs call other files manifest.json."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            # Line by line: as a whole it may be as large as all that is known of the site.
            lines = iter(lambda: file.readline(_LONGEST), b"")
            return next(lines, b"") == b"{\n" and all(map(_is_of_output, lines))
    except OSError:
        return False


def _is_of_output(line: bytes) -> bool:
    return line in (b"\n", b"}\n") or _LINE.fullmatch(line) is not None


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A folder beside `out`, locked while it is in use and gone afterwards."""
    with alone(out.parent):
        sweep(out)
        staging = _new_folder(out)
        lock = os.open(staging, os.O_RDONLY)
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        yield staging
    finally:
        os.close(lock)
        shutil.rmtree(staging, ignore_errors=True)


def _new_folder(out: Path) -> Path:
    # A run in another container may have the same process id.
    for number in count():
        folder = out.parent / f"{prefix(out)}{os.getpid()}-{number}"
        with suppress(FileExistsError):
            folder.mkdir()
            break
    return folder


def _swap(staging: Path, out: Path) -> None:
    """Put `staging` in the place of `out`; the old folder is at `staging` afterwards, or gone."""
    if not out.exists():
        os.rename(staging, out)
        return
    if _exchange(staging, out):
        return
    # Without an atomic exchange there is a moment with no output; the old one is kept until then.
    old = staging.with_name(staging.name + OLD)
    os.rename(out, old)
    try:
        os.rename(staging, out)
    except OSError:
        os.rename(old, out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(first, second, _EXCHANGE) == 0)
    if hasattr(libc, "renameat2"):
        return bool(libc.renameat2(_HERE, first, _HERE, second, _EXCHANGE) == 0)
    return False


def _os_sentence(error: OSError, out: Path) -> Text:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Text(
            f"磁盘空间不足，{out} 保持原样。清理磁盘后重新运行",
            f"the disk is full; {out} is as it was. Free some space and run again",
        )
    return Text(
        f"无法写入 {error.filename or out}：{error.strerror}。{out} 保持原样",
        f"cannot write {error.filename or out}: {error.strerror}; {out} is as it was",
    )
