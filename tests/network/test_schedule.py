"""Good manners and hard limits: turns, pauses, deadlines, and every address once."""

from __future__ import annotations

import asyncio
import socket
from itertools import pairwise

import pytest

from generator.config import External
from generator.external import Address
from tests.network.answers import (
    answer,
    by_method,
    in_turn,
    moved,
    page,
    says,
    silent,
    status,
)
from tests.network.bed import Bed, Behaviour, Request, bed
from tests.network.cases import HOST

_FILE = says(answer(b"%PDF", kind="application/pdf"))


def _addresses(count: int, host: str = HOST) -> list[Address]:
    return [Address(f"http://{host}/files/{number}.pdf") for number in range(count)]


def _said(made: Bed, addresses: list[Address], settings: External | None = None) -> list[str]:
    judged = [checked.judgement for checked in made.check(addresses, settings)]
    return [f"{one.rule.name} {one.severity}" if one else "" for one in judged]


def _too_often(limit: float) -> tuple[Behaviour, list[float]]:
    times: list[float] = []
    busy = status("429 Too Many Requests", Retry_After="1")

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        is_early = bool(times) and request.at - times[-1] < limit
        times.append(request.at)
        await (busy if is_early else _FILE)(request, writer)

    return behave, times


def test_forty_links_to_one_host_are_a_second_apart() -> None:
    behave, times = _too_often(0.99)
    with bed({HOST: behave}) as made:
        assert _said(made, _addresses(40)) == [""] * 40
        assert made.largest <= 2
    assert len(times) == 40
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.99


def test_no_more_than_two_at_a_time_however_slow_the_host() -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)
        await _FILE(request, writer)

    with bed({HOST: slow}) as made:
        assert _said(made, _addresses(9), External(delay=0)) == [""] * 9
        assert made.largest == 2


def test_concurrency_of_one() -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)
        await _FILE(request, writer)

    with bed({HOST: slow}) as made:
        _said(made, _addresses(4), External(delay=0, concurrency=1))
        assert made.largest == 1


def test_hosts_do_not_wait_for_each_other() -> None:
    hosts = {f"h{number}.example": _FILE for number in range(20)}
    with bed(hosts) as made:
        begun = made.loop.time()
        _said(made, [one for host in hosts for one in _addresses(2, host)])
        assert len(made.requests) == 40
        assert made.loop.time() - begun < 3


def test_steps_of_a_redirect_keep_the_pause_too() -> None:
    async def onward(request: Request, writer: asyncio.StreamWriter) -> None:
        number = int(request.path.strip("/"))
        await (moved(f"/{number + 1}") if number < 5 else _FILE)(request, writer)

    with bed({HOST: onward}) as made:
        assert _said(made, [Address(f"http://{HOST}/0")]) == [""]
        times = [request.at for request in made.requests]
    assert len(times) == 6
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.99


def test_one_address_on_three_hundred_pages_is_asked_once() -> None:
    url = f"http://{HOST}/files/0.pdf"
    spellings = [
        url,
        f"{url}#page=2",
        f"HTTP://{HOST.upper()}/files/0.pdf",
        f"http://{HOST}:80/files/0.pdf",
    ]
    with bed({HOST: _FILE}) as made:
        assert (
            _said(made, [Address(one, f"第{n}处") for n in range(75) for one in spellings])
            == [""] * 300
        )
        assert len(made.requests) == 1


def test_fragments_and_words_are_judged_apart_on_one_answer() -> None:
    url = f"http://{HOST}/a.html"
    shown = in_turn(
        page("通知", '<p id="a">甲</p>'), page("通知", '<p id="a">甲</p>'), status("404 Not Found")
    )
    with bed({HOST: shown}) as made:
        assert _said(made, [Address(f"{url}#a"), Address(f"{url}#b"), Address(url)]) == [
            "",
            "broken-external warning",
            "",
        ]
        assert [request.method for request in made.requests] == ["HEAD", "GET", "GET"]


def test_one_random_address_for_a_host() -> None:
    with bed({HOST: page()}) as made:
        _said(made, [Address(f"http://{HOST}/a/{number}.html") for number in range(6)])
        random = [request for request in made.requests if "/gongkai-" in request.path]
    assert len(random) == 1


def test_the_run_ends_when_its_time_is_over() -> None:
    with bed({HOST: silent, "www.example.com": _FILE}) as made:
        begun = made.loop.time()
        settings = External(run_deadline=100, deadline=20)
        said = _said(made, [*_addresses(60), *_addresses(2, "www.example.com")], settings)
        assert made.loop.time() - begun <= 101
    assert set(said[:60]) == {"unverified-external info"}
    assert said[60:] == ["", ""]


def test_an_address_ends_when_its_time_is_over() -> None:
    async def onward(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(6)
        await moved(f"{request.path}1")(request, writer)

    with bed({HOST: onward}) as made:
        begun = made.loop.time()
        settings = External(delay=0, deadline=20)
        assert _said(made, [Address(f"http://{HOST}/0")], settings) == ["unverified-external info"]
        assert made.loop.time() - begun <= 21


def test_head_leaves_time_for_get() -> None:
    with bed({HOST: by_method(silent, _FILE)}) as made:
        begun = made.loop.time()
        assert _said(made, _addresses(1)) == [""]
        assert made.loop.time() - begun < 8


def test_retry_after_holds_for_the_whole_host() -> None:
    shown = in_turn(status("429 Too Many Requests", Retry_After="20"), _FILE)
    with bed({HOST: shown}) as made:
        assert _said(made, _addresses(3)) == [""] * 3
        times = [request.at for request in made.requests]
    # The second may have started before the answer to the first came.
    assert times[2] - times[0] >= 19.9


def test_a_pause_that_is_too_long_is_left_to_the_next_run() -> None:
    with bed({HOST: status("429 Too Many Requests", Retry_After="3600")}) as made:
        begun = made.loop.time()
        assert _said(made, _addresses(1)) == ["unverified-external info"]
        assert len(made.requests) == 1
        assert made.loop.time() - begun < 2


def test_back_off_grows() -> None:
    with bed({HOST: status("503 Service Unavailable")}) as made:
        assert _said(made, _addresses(1), External(delay=2)) == ["broken-external warning"]
        times = [request.at for request in made.requests]
    assert [request.method for request in made.requests] == ["HEAD", "GET", "GET", "GET"]
    first, second = times[2] - times[1], times[3] - times[2]
    assert 1.99 <= first <= 3.01
    assert 1.99 <= second <= 6.01
    assert first + second > 3.99


def test_listed_hosts_are_never_asked() -> None:
    settings = External(allow=("good.example",), block=("bad.example", "*.worse.example"))
    urls = ["http://good.example/a", "http://bad.example/a", "http://www.worse.example/a"]
    with bed({}) as made:
        said = _said(made, [Address(url) for url in urls], settings)
        assert made.requests == []
    assert said == ["", "unverified-external info", "unverified-external info"]


def test_a_machine_without_network_blames_nobody() -> None:
    with bed({}) as made:
        said = _said(made, [one for n in range(5) for one in _addresses(1, f"h{n}.example")])
    assert said == ["unverified-external info"] * 5


def test_one_answer_proves_that_there_is_a_network() -> None:
    with bed({"h4.example": _FILE}) as made:
        said = _said(made, [one for n in range(5) for one in _addresses(1, f"h{n}.example")])
    assert said == ["broken-external warning"] * 4 + [""]


def test_the_name_is_said_and_no_password_sent() -> None:
    with bed({HOST: page()}) as made:
        _said(made, [Address(f"http://user:secret@{HOST}/a.html")])
        agents = {request.headers["user-agent"] for request in made.requests}
        assert all("authorization" not in request.headers for request in made.requests)
    assert len(agents) == 1
    assert "gongkai/" in agents.pop()


def test_cookies_stay_with_one_address() -> None:
    shown = says(answer(Set_Cookie="seen=1"))
    with bed({HOST: shown}) as made:
        _said(made, [Address(f"http://{HOST}/a.html"), Address(f"http://{HOST}/b.html")])
        firsts = [request for request in made.requests if request.method == "HEAD"]
    assert [request.headers.get("cookie") for request in firsts] == [None, None]


def test_ipv6() -> None:
    with bed({"[::1]": _FILE}) as made:
        try:
            server = made.loop.run_until_complete(asyncio.start_server(made.serve, "::1", 0))
        except OSError as error:
            pytest.skip(f"no IPv6 loopback here: {error}")
        assert server.sockets[0].family == socket.AF_INET6
        port = server.sockets[0].getsockname()[1]
        assert _said(made, [Address(f"http://[::1]:{port}/files/0.pdf")]) == [""]
        server.close()
