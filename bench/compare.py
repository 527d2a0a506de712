"""Measure builds side by side (并排测量): ours and other generators', interleaved, on the same documents.

python -m bench.compare --documents 1000 --runs 3 --rivals FOLDER

For each: a cold build, a second with nothing changed, and one with one body changed; CPU seconds and peak
memory of the whole process with its children. Then its preview: seconds of the clock until it answers, from
nothing and once more from what it keeps, and from an edit to the page that shows it. Medians, and ratios to
Hugo. The machine is shared, so that a single time says nothing; all of one table comes from one interleaved run.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench.corpus import TODAY, make
from bench.rivals import Rival, rivals
from bench.served import Preview, Waited, wait

ROOT = Path(__file__).parents[1]
BUILDS = ("cold", "again", "one changed")
PREVIEWS = ("preview", "preview again")
COLUMNS = (
    "cold, CPU s",
    "nothing changed",
    "one body changed",
    "preview ready, s",
    "ready again",
    "edit → page",
)
_SENTENCE = "本办法由市数据局负责解释，群众有意见的，可以向窗口提出，窗口应当在规定的时限里答复。"
# Digits would be wrapped where a line must not break, and the sentence not be found on the page.
_STEMS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process with its children took: CPU seconds and the peak memory of the largest, in MB."""

    cpu: float
    memory: float


@dataclass
class Contender:
    """A generator with its site: what to call, what to forget before a cold build, where its output is."""

    name: str
    command: list[str]
    folder: Path
    out: Path
    forget: tuple[Path, ...]
    preview: Preview
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    waits: dict[str, list[Waited]] = field(default_factory=dict)
    is_silent: bool = False
    pages: int = 0


def measure(command: list[str], folder: Path) -> Cost:
    """Run `command` in `folder` to its end; raises RuntimeError when it fails."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        # A process of its own for each: the system's counts of children are only ever added to.
        os.close(reader)
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = usage.ru_utime + usage.ru_stime
        told = f"{done.returncode} {cpu} {usage.ru_maxrss / 1024} {done.stderr.decode()[-2000:]}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        code, seconds, size, *said = pipe.read().split(" ", 3)
    os.waitpid(child, 0)
    if code != "0":
        raise RuntimeError(f"{command} ended with {code}: {' '.join(said)}")
    return Cost(float(seconds), float(size))


def _ours(site: Path, out: Path) -> Contender:
    call = [sys.executable, "-m", "generator"]
    where = ["--site", str(site), "--today", TODAY.isoformat()]
    stem = _a_document(site)
    preview = Preview(
        lambda port: [*call, "serve", *where, "--port", str(port)],
        ROOT,
        f"/zwgk/statutory/{stem}.html",
        site / "content" / "statutory" / f"{stem}.md",
    )
    command = [*call, "build", *where, "--out", str(out)]
    return Contender("gongkai", command, ROOT, out, (out, site / ".gongkai"), preview)


def _a_document(site: Path) -> str:
    """The same document for all: the first notice there is, to which little else refers."""
    root = site / "content" / "statutory"
    return min((root / "notice").rglob("*.md")).relative_to(root).as_posix().removesuffix(".md")


def _theirs(rival: Rival, site: Path, folder: Path) -> Contender:
    rival.make(site, folder)
    out = folder / rival.out
    stem = _a_document(site)
    source = folder / rival.source.format(stem=stem)
    preview = Preview(rival.preview, folder, f"{rival.prefix}{stem}.html", source)
    forget = (out, *(folder / name for name in rival.state))
    return Contender(rival.name, rival.command(folder), folder, out, forget, preview)


def _forget(one: Contender, aside: Path) -> None:
    """Put away what a contender has left; it is deleted at the end of all.

    Where files were deleted a moment ago, ext4 looks long for a free inode: that would be measured with it.
    """
    place = Path(tempfile.mkdtemp(dir=aside))
    for number, path in enumerate(one.forget):
        if path.exists():
            path.rename(place / f"{number}")


def _build(one: Contender, step: str, sentences: Iterator[str], aside: Path) -> None:
    if step == "cold":
        _forget(one, aside)
    elif step == "one changed":
        with one.preview.source.open("a", encoding="utf-8") as file:
            file.write(f"\n{next(sentences)}\n")
    one.costs.setdefault(step, []).append(measure(one.command, one.folder))
    one.pages = sum(1 for _ in one.out.rglob("*.html"))


def _serve(one: Contender, step: str, sentences: Iterator[str], edits: int, aside: Path) -> None:
    """Wait for a preview; one that failed once is not asked again, with its reason on stderr."""
    if one.is_silent:
        return
    if step == "preview":
        _forget(one, aside)
    try:
        waited = wait(one.preview, sentences, edits if step == "preview" else 0)
    except RuntimeError as error:
        print(f"{one.name} has no preview: {error}", file=sys.stderr)
        one.is_silent = True
    else:
        one.waits.setdefault(step, []).append(waited)


def _run(one: Contender, step: str, sentences: Iterator[str], edits: int, aside: Path) -> bool:
    """Run a step; a rival that cannot build is left out of the table, with its reason on stderr."""
    if step in PREVIEWS:
        _serve(one, step, sentences, edits, aside)
        return True
    try:
        _build(one, step, sentences, aside)
    except RuntimeError as error:
        if one.folder == ROOT:
            raise
        print(f"{one.name} is left out: {error}", file=sys.stderr)
        return False
    return True


def _figures(one: Contender) -> dict[str, float]:
    """The medians of one generator by the words of their columns, in the order of the table."""
    figures = {
        words: statistics.median(cost.cpu for cost in one.costs[step])
        for words, step in zip(COLUMNS, BUILDS, strict=False)
    }
    if not one.is_silent and one.waits:
        first, again = (one.waits[step] for step in PREVIEWS)
        figures["preview ready, s"] = statistics.median(waited.ready for waited in first)
        figures["ready again"] = statistics.median(waited.ready for waited in again)
        figures["edit → page"] = statistics.median(
            edit for waited in first for edit in waited.edits
        )
    return figures


def table(contenders: list[Contender], documents: int) -> str:
    """The costs as a Markdown table; in brackets how many times Hugo's."""
    hugo = next((_figures(one) for one in contenders if one.name == "Hugo"), {})
    lines = [
        f"| {documents} documents | {' | '.join(COLUMNS)} | peak MB | pages |",
        "| --- " * (len(COLUMNS) + 3) + "|",
    ]
    for one in contenders:
        figures = _figures(one)
        cells = [_cell(figures.get(column), hugo.get(column)) for column in COLUMNS]
        memory = statistics.median(cost.memory for cost in one.costs["cold"])
        lines.append(f"| {one.name} | {' | '.join(cells)} | {memory:.0f} | {one.pages} |")
    return "\n".join(lines)


def _cell(figure: float | None, hugo: float | None) -> str:
    if figure is None:
        return "–"
    return f"{figure:.2f}" if hugo is None else f"{figure:.2f} ({figure / hugo:.2f})"


def main() -> None:
    """Make the sites, measure all builds and previews in turn, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--edits", type=int, default=5, help="of each preview; 0: no previews")
    parser.add_argument("--rivals", type=Path, default=ROOT / "bench" / "sites" / "rivals")
    parser.add_argument("--only", help="names with commas between them")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else None
    # Ended from outside, it ends as by an error: no preview is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    steps = (*BUILDS, *PREVIEWS) if options.edits else BUILDS
    sentences = (f"第{str(number).translate(_STEMS)}次：{_SENTENCE}" for number in count())
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "gongkai"
        make(site, options.documents)
        contenders = [_ours(site, Path(temporary) / "out")]
        contenders += [
            _theirs(one, site, Path(temporary) / one.name)
            for one in rivals(options.rivals)
            if wanted is None or one.name in wanted
        ]
        aside = Path(temporary) / "aside"
        aside.mkdir()
        for _ in range(options.runs):
            for step in steps:
                contenders = [
                    one for one in contenders if _run(one, step, sentences, options.edits, aside)
                ]
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
        print(table(contenders, options.documents))


if __name__ == "__main__":
    main()
