"""Full-text search (全文检索): Pagefind makes its index of the texts of a site; an effect, bounded in time.

Pagefind is the extra `search`; any of its versions will do, since it is given single characters
(`domain.search_text`) and has nothing to cut. The same texts give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.finding import Text
from generator.model import Page, Site
from generator.pages import search
from generator.pages.frame import Frame

INSTALL = "pip install 'gongkai[search]'"
# Packages of PyPI that bring the program, then its names on the path (npm installs it there).
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_NAMES = ("pagefind_extended", "pagefind")
# Pagefind takes about 0.4 MB of memory for a document: a larger site has to ask for its index (`on`).
MOST_BY_ITSELF = 5000
_PATIENCE = 120.0  # seconds, and this much for each document besides
_PATIENCE_EACH = 0.05
# What the search page loads; Pagefind also brings four user interfaces of its own.
_WANTED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pf_meta", "wasm.*")
_WANTED_BELOW = ("index", "fragment", "filter")


class FullTextError(Exception):
    """The index was asked for and cannot be made; `sentence` says why and what to do."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def program() -> Path | None:
    """Where Pagefind is on this machine; None where it is not installed."""
    for name in _PACKAGES:
        if find_spec(name) is not None:
            # Each platform has its own file; only the package knows its name.
            return Path(import_module(name).get_executable())
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


Remember = Callable[[str, Callable[[], bytes]], bytes]
"""Gives what a function gave before for a key, else asks it."""


def _anew(_: str, make: Callable[[], bytes]) -> bytes:
    return make()


def is_made(site: Site) -> bool:
    """Whether there is an index of this site: it is wanted, and Pagefind is there or must be."""
    wanted = site.config.search.full_text
    if wanted == "off" or (wanted == "auto" and len(site.listed) > MOST_BY_ITSELF):
        return False
    return wanted == "on" or program() is not None


def pages(site: Site, remember: Remember = _anew) -> tuple[Page, ...]:
    """The files of the full-text index of `site`; none where it is not wanted or Pagefind is absent.

    Raises `FullTextError` where it is wanted in any case (`full_text: on`) and absent, and where it fails.
    """
    wanted = site.config.search.full_text
    if wanted == "auto" and len(site.listed) > MOST_BY_ITSELF:
        return ()
    found = program() if wanted != "off" else None
    if found is None:
        if wanted == "on":
            raise FullTextError(
                Text(
                    f"没有安装全文检索程序 Pagefind。运行 {INSTALL}，"
                    "或者在 site.yaml 里写 search: {full_text: auto}",
                    f"Pagefind, which makes the full-text index, is not installed; run {INSTALL}, "
                    "or write search: {full_text: auto} in site.yaml",
                )
            )
        return ()
    texts = tuple(search.full_texts(Frame(site)))
    if not texts:
        return ()
    key = hashlib.blake2b(f"{found} {found.stat().st_size}".encode(), digest_size=20)
    for text in texts:
        key.update(text.encode("utf-8", "replace"))
    return _unpacked(remember(key.hexdigest(), lambda: _packed(made(texts, found))))


def _packed(index: tuple[Page, ...]) -> bytes:
    """The files in one: a line that lists them, then their contents."""
    sizes = [(page.url, len(page.content)) for page in index]
    return b"\n".join((json.dumps(sizes).encode(), b"".join(page.content for page in index)))


def _unpacked(packed: bytes) -> tuple[Page, ...]:
    listed, _, contents = packed.partition(b"\n")
    index, start = [], 0
    for url, size in json.loads(listed):
        index.append(Page(url, contents[start : start + size]))
        start += size
    return tuple(index)


def made(texts: tuple[str, ...], pagefind: Path) -> tuple[Page, ...]:
    """The index that the program at `pagefind` makes of these HTML texts; raises `FullTextError`."""
    with TemporaryDirectory(prefix="gongkai-search-") as name:
        folder = Path(name)
        source, out = folder / "texts", folder / "out"
        source.mkdir()
        # The order of names is the order of documents; a thousand to a folder spares the file system.
        for number, text in enumerate(texts):
            place = source / f"{number // 1000:04}"
            place.mkdir(exist_ok=True)
            (place / f"{number:07}.html").write_text(text, "utf-8", "replace", newline="\n")
        _run(pagefind, source, out, _PATIENCE + _PATIENCE_EACH * len(texts))
        return _read(out)


def _run(pagefind: Path, source: Path, out: Path, patience: float) -> None:
    words = [str(pagefind), "--site", str(source), "--output-path", str(out), "--quiet"]
    # Neither a configuration file nor variables of the user's may change what is made.
    environment = {k: v for k, v in os.environ.items() if not k.upper().startswith("PAGEFIND_")}
    try:
        done = subprocess.run(
            words,
            cwd=source,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(
            f"{patience:.0f} 秒内没有完成", f"not done in {patience:.0f} seconds"
        ) from None
    except OSError as error:
        raise _failed(f"{pagefind}：{error.strerror}", f"{pagefind}: {error.strerror}") from None
    if done.returncode != 0 or not (out / "pagefind-entry.json").is_file():
        said = (done.stderr or done.stdout).decode("utf-8", "replace").split()
        reason = " ".join(said)[-200:] or f"exit code {done.returncode}"
        raise _failed(reason, reason)


def _failed(zh: str, en: str) -> FullTextError:
    return FullTextError(
        Text(
            f"全文检索索引没有做成（{zh}）。重新运行，或者在 site.yaml 里写 search: {{full_text: off}}",
            f"the full-text index was not made ({en}); run again, "
            "or write search: {full_text: off} in site.yaml",
        )
    )


def _read(out: Path) -> tuple[Page, ...]:
    files = {path for pattern in _WANTED for path in out.glob(pattern)}
    files |= {path for name in _WANTED_BELOW for path in (out / name).glob("*")}
    return tuple(
        Page(f"{search.PAGEFIND}/{path.relative_to(out).as_posix()}", path.read_bytes())
        for path in sorted(files)
        if path.is_file()
    )
