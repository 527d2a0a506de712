"""A process of its own for files whose readers may run away (子进程): bounded memory and time, then killed."""

from __future__ import annotations

import contextlib
import json
import struct
import subprocess
import sys
from collections.abc import Generator, Iterable
from threading import Timer
from typing import IO, cast

from generator.attachments.reading import read
from generator.contents import Contents, Obstacle, from_json

try:
    import resource
except ImportError:  # only Unix has limits; elsewhere patience alone ends a reader that runs away
    resource = None  # type: ignore[assignment]

SECONDS = 30
"""How much processor time one file may take."""
MEMORY = 1024 * 1024 * 1024
"""How many bytes of memory its reader may take."""
_PATIENCE = 4 * SECONDS
_LENGTH = struct.Struct(">I")
# The child finds the packages where this process found them, wherever that was.
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from generator.attachments.child import serve
serve(int(sys.argv[2]))
"""


def contents(files: Iterable[tuple[str, bytes]], seconds: int = SECONDS) -> Generator[Contents]:
    """The contents of each file, given by its ending and its bytes; `seconds` are each one's time."""
    child: subprocess.Popen[bytes] | None = None
    try:
        for suffix, content in files:
            child = child or _started(seconds)
            found = _asked(child, suffix, content)
            if found is None:
                _ended(child)
                child = None
            yield found or Contents(obstacle=Obstacle.TOO_SLOW)
    finally:
        if child is not None:
            _ended(child)


def _started(seconds: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-c", _START, json.dumps(sys.path), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ended(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    # A pipe to a process that has died cannot be emptied any more.
    with contextlib.suppress(OSError):
        child.communicate()


def _asked(child: subprocess.Popen[bytes], suffix: str, content: bytes) -> Contents | None:
    """What the child makes of a file; None where it died of it."""
    into, out_of = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    # Processor time is bounded in the child; this is for one that waits for ever.
    timer = Timer(_PATIENCE, child.kill)
    timer.start()
    try:
        _put(into, suffix.encode(), content)
        (answer,) = _taken(out_of, 1)
    except (OSError, EOFError):
        return None
    finally:
        timer.cancel()
        timer.join()
    return from_json(answer.decode())


def _put(stream: IO[bytes], *parts: bytes) -> None:
    for part in parts:
        stream.write(_LENGTH.pack(len(part)) + part)
    stream.flush()


def _taken(stream: IO[bytes], count: int) -> list[bytes]:
    parts = []
    for _ in range(count):
        head = stream.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            raise EOFError
        parts.append(stream.read(_LENGTH.unpack(head)[0]))
    return parts


def serve(seconds: int) -> None:
    """The child itself: files come in, contents go out, until nothing more comes."""
    with contextlib.suppress(EOFError):
        while True:
            suffix, content = _taken(sys.stdin.buffer, 2)
            _bound(seconds)
            found = read(content, suffix.decode())
            _put(sys.stdout.buffer, found.to_json().encode())


def _bound(seconds: int) -> None:
    """Bound the memory of this process, and the processor time of the file that comes next."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    is_bound = most != resource.RLIM_INFINITY and most < MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if is_bound else MEMORY, most))
