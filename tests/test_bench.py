"""The measurements beside other generators (并排测量): what is waited for, what is left behind, the table."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from bench import bare
from bench.compare import BUILDS, PREVIEWS, Contender, Cost, table
from bench.corpus import make
from bench.served import Preview, Waited, wait


def _preview(folder: Path, ports: list[int], *words: str) -> Preview:
    def command(port: int) -> list[str]:
        ports.append(port)
        return [sys.executable, *words, "--bind", "127.0.0.1", str(port)]

    return Preview(command, folder, "/page.html", folder / "page.html")


def _is_free(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) != 0


def test_a_preview_is_edited_waited_for_and_ended(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("原来的字\n", encoding="utf-8")
    ports: list[int] = []
    preview = _preview(tmp_path, ports, "-m", "http.server")
    waited = wait(preview, iter(("第一句。", "第二句。", "第三句。")), 2)
    assert waited.ready > 0
    assert [taken > 0 for taken in waited.edits] == [True, True]
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text == "原来的字\n\n第一句。\n\n第二句。\n"
    assert [_is_free(port) for port in ports] == [True]


def test_a_preview_that_ends_by_itself_gives_its_own_words(tmp_path: Path) -> None:
    preview = _preview(tmp_path, [], "-c", "raise SystemExit('no such site')")
    with pytest.raises(RuntimeError) as raised:
        wait(preview, iter(()), 0)
    assert str(raised.value) == "/page.html was not shown: no such site\n"


def _contender(name: str, cpu: float, ready: float, edits: tuple[float, ...]) -> Contender:
    preview = Preview(lambda _: [], Path(), "", Path())
    one = Contender(name, [], Path(), Path(), (), preview, pages=12)
    one.costs = {step: [Cost(cpu, 50), Cost(cpu + 2, 70)] for step in BUILDS}
    one.waits = {step: [Waited(ready, edits)] for step in PREVIEWS}
    return one


def test_the_table_gives_medians_and_how_many_times_those_of_hugo() -> None:
    ours = _contender("gongkai", 1, 3, (0.1, 0.3, 0.2))
    hugo = _contender("Hugo", 3, 2, (0.4,))
    silent = _contender("MkDocs", 7, 1, ())
    silent.is_silent = True
    assert table([ours, hugo, silent], 10).splitlines()[2:] == [
        "| gongkai | 2.00 (0.50) | 2.00 (0.50) | 2.00 (0.50) | 3.00 (1.50) | 3.00 (1.50) "
        "| 0.20 (0.50) | 60 | 12 |",
        "| Hugo | 4.00 (1.00) | 4.00 (1.00) | 4.00 (1.00) | 2.00 (1.00) | 2.00 (1.00) "
        "| 0.40 (1.00) | 60 | 12 |",
        "| MkDocs | 8.00 (2.00) | 8.00 (2.00) | 8.00 (2.00) | – | – | – | 60 | 12 |",
    ]


def test_the_bare_loop_tells_what_each_library_takes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "site", 3)
    bare.run(tmp_path / "site")
    first, *rows = capsys.readouterr().out.splitlines()
    assert first == "3 documents, CPU seconds"
    taken = {words: float(seconds) for seconds, words in (row.split(maxsplit=1) for row in rows)}
    parts = ["PyYAML, python-frontmatter", "Python-Markdown", "Jinja2", "written"]
    assert list(taken) == [*parts, "in all"]
    assert taken["Python-Markdown"] > taken["Jinja2"]
