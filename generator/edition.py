"""The edition (版本) of this program: what another one remembered is not known to this one."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import FileIO
from operator import attrgetter
from pathlib import Path

_EDITION = 2
_LIBRARIES = frozenset(
    "markdown jinja2 markupsafe pydantic pydantic_core pyyaml python_frontmatter nh3 selectolax rapidfuzz "
    "chinesecalendar python_stdnum publicsuffixlist pypdf openpyxl defusedxml python_docx typst "
    "pagefind_bin pagefind_bin_extended".split()
)


@cache
def edition() -> str:
    """A hash of this program and of all it is made of."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((_EDITION, sys.version_info[:3], sys.platform, _libraries())).encode())
    package = Path(__file__).parent
    look = package / "templates"
    for folder in (package, look if look.is_dir() else package.parent / "templates"):
        for name, content in _files(f"{folder}"):
            digest.update(f"{name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files(folder: str, inside: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file below `folder`, in the order of the names; compiled code is none.

    Every run begins with this: a `Path` for each of 600 files would take longer than reading them.
    """
    with os.scandir(f"{folder}/{inside}") as listing:
        entries = sorted(listing, key=attrgetter("name"))
    for entry in entries:
        name = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _files(folder, f"{name}/")
        elif entry.is_file() and not name.endswith(".pyc"):
            # What an editor puts aside for a moment may be gone again.
            with suppress(FileNotFoundError), FileIO(entry.path) as file:
                yield name, file.readall()


def _libraries() -> list[str]:
    """Our libraries as they are installed, by the names of their folders: `jinja2-3.1.6.dist-info`.

    `importlib.metadata` would read each one's description, and takes as long to load as all the rest of a run
    on a site that has not changed.
    """
    found: list[str] = []
    for place in sys.path:
        with suppress(OSError), os.scandir(place or ".") as listing:
            found += [entry.name for entry in listing]
    return sorted(
        name
        for name in found
        if name.endswith((".dist-info", ".egg-info"))
        and re.sub("[-.]", "_", name.partition("-")[0]).lower() in _LIBRARIES
    )
