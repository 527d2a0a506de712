"""What is remembered between runs: ages by verdict, confirmation, and files that are none of ours."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import External
from generator.external import Address, CacheError, cache, check_addresses
from generator.external.cache import HOUR, Entry
from generator.external.observation import Certificate, Failure, Hop, Observation, Page
from tests.network.answers import answer, closing, moved, page, says, silent, status
from tests.network.bed import NOW, Behaviour, bed
from tests.network.cases import HOST

URL = f"http://{HOST}/a.pdf"
DAY = 24 * HOUR
FILE = says(answer(b"%PDF", kind="application/pdf"))
WARNING, ERROR = "broken-external warning", "broken-external error"


def _runs(
    file: Path,
    runs: Sequence[tuple[float, Behaviour]],
    settings: External | None = None,
    url: str = URL,
) -> list[tuple[str, bool]]:
    """For each run, at so many seconds after the first: what was said, and whether anybody was asked."""
    told = []
    for seconds, behave in runs:
        with bed({HOST: behave}) as made:
            judged = made.check([Address(url)], settings, cache_file=file, now=NOW + seconds)[
                0
            ].judgement
            told.append(
                (f"{judged.rule.name} {judged.severity}" if judged else "", bool(made.requests))
            )
    return told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".gongkai" / "links.json"


def test_success_holds_for_seven_days(file: Path) -> None:
    gone = status("404 Not Found")
    assert _runs(file, [(0, FILE), (7 * DAY - 1, gone), (7 * DAY, gone)]) == [
        ("", True),
        ("", False),
        ("broken-external error", True),
    ]


def test_failure_holds_for_four_hours(file: Path) -> None:
    gone = status("404 Not Found")
    assert _runs(file, [(0, gone), (4 * HOUR - 1, FILE), (4 * HOUR, FILE)]) == [
        (ERROR, True),
        (ERROR, False),
        ("", True),
    ]


@pytest.mark.parametrize(
    "behave",
    [status("403 Forbidden"), silent, page("页面不存在", "很抱歉"), moved("http://localhost/")],
    ids=["403", "silent", "soft-404", "inner"],
)
def test_whatever_is_said_holds_for_four_hours(file: Path, behave: Behaviour) -> None:
    asked = [
        asked for _, asked in _runs(file, [(0, behave), (4 * HOUR - 1, FILE), (4 * HOUR, FILE)])
    ]
    assert asked == [True, False, True]


def test_too_many_requests_is_never_kept(file: Path) -> None:
    busy = status("429 Too Many Requests", Retry_After="900")
    assert _runs(file, [(0, busy), (1, FILE)]) == [("unverified-external info", True), ("", True)]


@pytest.mark.parametrize(
    "behave", [closing, status("503 Service Unavailable")], ids=["closing", "503"]
)
def test_a_failure_is_an_error_when_a_later_run_confirms_it(file: Path, behave: Behaviour) -> None:
    runs = [(0.0, behave), (HOUR / 2, behave), (HOUR, behave), (2 * HOUR, FILE), (5 * HOUR, FILE)]
    assert _runs(file, runs) == [
        (WARNING, True),
        (WARNING, False),
        (ERROR, True),
        (ERROR, False),
        ("", True),
    ]


def test_a_recovery_begins_the_count_again(file: Path) -> None:
    runs = [(0.0, closing), (2 * HOUR, FILE), (10 * DAY, closing), (10 * DAY + HOUR, closing)]
    assert [said for said, _ in _runs(file, runs)] == [WARNING, "", WARNING, ERROR]


def test_silence_neither_confirms_nor_forgets(file: Path) -> None:
    runs = [(0.0, closing), (2 * HOUR, silent), (7 * HOUR, closing)]
    assert [said for said, _ in _runs(file, runs)] == [WARNING, "unverified-external info", ERROR]


def test_time_to_confirm_is_a_setting(file: Path) -> None:
    settings = External(confirm_after=60)
    runs = [(0.0, closing), (59, closing), (61, closing)]
    assert _runs(file, runs, settings) == [(WARNING, True), (WARNING, False), (ERROR, True)]


def test_another_fragment_asks_nobody_again(file: Path) -> None:
    shown = page("通知", '<p id="a">甲</p>')
    first = _runs(file, [(0, shown)], url=f"http://{HOST}/a.html#a")
    second = _runs(file, [(60, shown)], url=f"http://{HOST}/a.html#b")
    assert (first, second) == ([("", True)], [(WARNING, False)])


def test_entries_of_the_future_are_not_believed(file: Path) -> None:
    gone = status("404 Not Found")
    assert _runs(file, [(DAY, FILE), (0, gone)]) == [("", True), (ERROR, True)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\xff\xfe\x00",
        b"[]\n{}",
        b'{"gongkai": "links", "version": 99}\n',
        b"{" * 100_000,
    ],
    ids=["empty", "garbage", "binary", "list", "version", "deep"],
)
def test_a_file_that_is_no_cache_is_put_aside(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert _runs(file, [(0, FILE), (1, FILE)]) == [("", True), ("", False)]
    assert file.with_name("links.json.old").read_bytes() == content


def test_a_line_that_cannot_be_read_is_a_line_less(file: Path) -> None:
    _runs(file, [(0, FILE)])
    good = file.read_text(encoding="utf-8")
    for bad in ("{", "null", '{"address": 1}', '{"address": "x", "entry": {"seen": 7}}', "é" * 10):
        file.write_text(good + bad + "\n", encoding="utf-8")
        assert list(cache.read(file)) == [URL]


def test_a_damaged_line_is_asked_again(file: Path) -> None:
    _runs(file, [(0, FILE)])
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"status": 200', '"status": "?"'), encoding="utf-8")
    assert _runs(file, [(1, FILE)]) == [("", True)]


def test_what_was_learnt_before_an_interruption_is_kept(file: Path) -> None:
    def interrupt(done: int, total: int, host: str) -> None:
        raise KeyboardInterrupt

    # A resolver that knows nobody, on an ordinary loop: answers come at once.
    with bed({}) as made:
        network = replace(made.network, run=asyncio.run)
        with pytest.raises(KeyboardInterrupt):
            check_addresses(
                [Address(f"http://h{number}.example/") for number in range(3)],
                External(delay=0),
                now=NOW,
                cache_file=file,
                progress=interrupt,
                network=network,
            )
    assert len(cache.read(file)) == 1


def test_nothing_else_is_left_in_the_folder(file: Path) -> None:
    _runs(file, [(0, FILE), (8 * DAY, FILE)])
    assert [path.name for path in file.parent.iterdir()] == ["links.json"]


def test_the_long_forgotten_goes(file: Path) -> None:
    old = Entry(Observation("http://old.example/", 200), NOW - 91 * DAY)
    new = Entry(Observation("http://new.example/", 200), NOW - 89 * DAY)
    cache.write(file, {"http://old.example/": old, "http://new.example/": new}, NOW)
    assert cache.read(file) == {"http://new.example/": new}


def test_the_header_says_what_it_is(file: Path) -> None:
    cache.write(file, {}, NOW)
    assert json.loads(file.read_text(encoding="utf-8")) == {"gongkai": "links", "version": 1}


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(CacheError) as told:
        cache.write(blocked / "links.json", {}, NOW)
    assert told.value.sentence.zh.startswith("无法写入链接缓存")


_PAGES = st.builds(Page, ids=st.none() | st.lists(st.text()).map(tuple))
_SEEN = st.builds(
    Observation,
    final=st.text(),
    status=st.none() | st.integers(0, 1200),
    hops=st.lists(st.builds(Hop)).map(tuple),
    page=st.none() | _PAGES,
    failure=st.none() | st.sampled_from(Failure),
    certificate=st.none() | st.sampled_from(Certificate),
    retry_after=st.none() | st.floats(0, 1e12),
    likeness=st.floats(0, 1),
)


@given(seen=_SEEN, checked=st.floats(0, 1e11), since=st.none() | st.floats(0, 1e11))
def test_an_entry_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, seen: Observation, checked: float, since: float | None
) -> None:
    file = tmp_path_factory.getbasetemp() / "round-trip.json"
    entry = Entry(seen, checked, since)
    cache.write(file, {"http://a.example/": entry}, checked)
    assert cache.read(file) == {"http://a.example/": entry}
