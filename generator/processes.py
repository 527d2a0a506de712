"""Several processes (多进程) for the work of one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


def pool(jobs: int) -> ProcessPoolExecutor:
    """A pool of `jobs` processes, none of which inherits what this one holds."""
    # Most runs have one process, and what others need takes a tenth of the start of `gongkai links` to load.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    return ProcessPoolExecutor(jobs, mp_context=get_context("forkserver"))
