"""Watching (监视): all that changes a site, whatever the dates of the files say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfiles import Change, awatch

FOLDERS = ("content", "templates")
# site.yaml, the register, word lists.
SUFFIXES = (".yaml", ".yml", ".tsv")
DEBOUNCE = 80  # milliseconds
_STEP = 40


class WatchError(Exception):
    """The system does not let us watch; its own words say why."""


@contextmanager
def _system_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise WatchError(str(error)) from error


Notice = Callable[[Iterable[Path]], None]
"""Told which files changed; none where nobody knows."""


async def watch_top(
    folder: Path, notice: Notice, stop: asyncio.Event, moved: asyncio.Event
) -> None:
    """Tell `notice` of each change in the site's own folder, set `moved` when one of `FOLDERS` comes or goes.

    What lies beside them (the output, `.git`, `.venv`) is never looked into.
    """

    def concerns(_change: Change, path: str) -> bool:
        return Path(path).name in FOLDERS or Path(path).suffix in SUFFIXES

    with _system_errors():
        async for batch in awatch(
            folder,
            recursive=False,
            watch_filter=concerns,
            debounce=DEBOUNCE,
            step=_STEP,
            stop_event=stop,
            ignore_permission_denied=True,
        ):
            notice(Path(path) for _, path in batch)
            if any(Path(path).name in FOLDERS for _, path in batch):
                moved.set()


async def watch_folders(
    folder: Path, notice: Notice, stop: asyncio.Event, moved: asyncio.Event
) -> None:
    """Tell `notice` of each change in `FOLDERS`; begins anew after `moved`, ends after `stop` and `moved`.

    Told at each beginning too: nobody saw what happened before.
    """

    def concerns(_change: Change, path: str) -> bool:
        # Loading leaves these out as well; editors keep their own state in them.
        below = path.removeprefix(str(folder)).split("/")
        return not any(part.startswith((".", "~$")) for part in below)

    with _system_errors():
        while not stop.is_set():
            moved.clear()
            notice(())
            try:
                async for batch in awatch(
                    *(folder / name for name in FOLDERS if (folder / name).is_dir()),
                    watch_filter=concerns,
                    debounce=DEBOUNCE,
                    step=_STEP,
                    stop_event=moved,
                    ignore_permission_denied=True,
                ):
                    notice(Path(path) for _, path in batch)
            except FileNotFoundError:
                # Removed between the look and the watch; `watch_top` will tell when it is back.
                await moved.wait()
