"""The memo (备忘): it gives back what it was given or nothing, whatever happens to its file."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.convert import convert, stored
from generator.digests import Digests, hash_of, stamps, told
from generator.memo import Memo, key, portions
from generator.model import Body
from tests.sites import GOOD_SITE

KEY = key("a", "b")


def _file(folder: Path) -> Path:
    return folder / "cache" / "memo.sqlite"


def _kept(path: Path, value: bytes = b"value", kind: str = "kind") -> Path:
    """A memo at `path` that knows `value`."""
    memo = Memo(path)
    memo.put(kind, KEY, value)
    memo.save()
    return path


def _known(path: Path, kind: str = "kind") -> bytes | None:
    memo = Memo(path)
    try:
        return memo.get(kind, KEY)
    finally:
        memo.save()


def test_what_is_kept_is_known_to_the_next_process(tmp_path: Path) -> None:
    assert _known(_kept(_file(tmp_path))) == b"value"
    assert _known(_file(tmp_path), "other kind") is None
    assert (tmp_path / "cache" / ".gitignore").read_text() == "*\n"


def test_without_a_file_it_is_known_in_this_process_alone() -> None:
    memo = Memo()
    memo.put("kind", KEY, b"value")
    memo.save()
    assert memo.get("kind", KEY) == b"value"
    assert Memo().get("kind", KEY) is None


def test_a_value_is_made_once() -> None:
    memo = Memo()
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"value"

    assert [memo.remember("kind", KEY, make) for _ in range(3)] == [b"value"] * 3
    assert made == [1]


def test_a_shelf_is_a_mapping_of_texts() -> None:
    shelf = Memo().shelf("kind")
    shelf[KEY] = "值"
    assert (shelf[KEY], shelf.get("none"), KEY in shelf) == ("值", None, True)
    with pytest.raises(KeyError):
        shelf["none"]


def test_no_two_lists_of_parts_have_one_key() -> None:
    parts = [("a", "b"), ("ab",), ("", "ab"), ("a", "b", ""), (b"a", "c"), ("\ud800",), ()]
    assert len({key(*one) for one in parts}) == len(parts)


def test_values_of_no_use_are_dropped_in_time(tmp_path: Path) -> None:
    memo = Memo(_file(tmp_path))
    for number in range(500):
        memo.put("kind", key(str(number)), b"")
    memo.put("other", KEY, b"")
    memo.save()
    again = Memo(_file(tmp_path))
    assert again.get("kind", key("7")) == b""
    again.save()
    last = Memo(_file(tmp_path))
    assert [last.get("kind", key(str(number))) for number in (7, 8)] == [b"", None]
    assert last.get("other", KEY) == b""
    last.save()


def test_whoever_does_not_ask_for_all_may_spare_it(tmp_path: Path) -> None:
    keys = [key(str(number)) for number in range(500)]
    memo = Memo(_file(tmp_path))
    for one in keys:
        memo.put("kind", one, b"")
    memo.save()
    sparing, wanting = Memo(_file(tmp_path)), Memo(_file(tmp_path))
    sparing.spare()
    wanting.want("kind", keys)
    for again in (sparing, wanting):
        assert again.get("kind", keys[7]) == b""
        again.save()
    last = Memo(_file(tmp_path))
    assert [last.get("kind", one) for one in keys] == [b""] * 500
    last.save()


def _truncated(path: Path, rng: random.Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: rng.randrange(len(raw))])


def _with_noise(path: Path, rng: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    for _ in range(40):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    path.write_bytes(raw)


def _emptied(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def _text(path: Path, _: random.Random) -> None:
    path.write_text("not a database, though as long as one\n" * 400)


def _foreign(path: Path, _: random.Random) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE memo (kind TEXT, key TEXT, value TEXT)")
        database.execute("INSERT INTO memo VALUES ('kind', ?, 'evil')", (KEY,))
    database.close()


def _exchanged(path: Path, _: random.Random) -> None:
    """The value of another key under this one: the check sum covers the key."""
    with sqlite3.connect(path) as database:
        database.execute("UPDATE memo SET kind = 'kind', key = ? WHERE kind = 'other'", ("x" * 40,))
        database.execute("UPDATE memo SET key = 'y' WHERE key = ?", (KEY,))
        database.execute("UPDATE memo SET key = ? WHERE key = ?", (KEY, "x" * 40))
    database.close()


def _folder(path: Path, _: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _link(path: Path, _: random.Random) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize(
    "damage", [_truncated, _with_noise, _emptied, _text, _foreign, _exchanged, _folder, _link]
)
def test_a_damaged_or_foreign_file_is_a_miss(
    damage: Callable[[Path, random.Random], None], tmp_path: Path
) -> None:
    rng = random.Random(1)
    for turn in range(12):
        path = _file(tmp_path / str(turn))
        _kept(path, b"other value", "other")
        _kept(path, rng.randbytes(30_000) if turn % 2 else b"value")
        before = _known(path)
        damage(path, rng)
        assert _known(path) in (None, before)
        # Whatever it was, building goes on; and where there can be a file, it is sound again.
        _kept(path, b"new")
        assert _known(path) in ((None,) if damage in (_folder, _link) else (b"new", before, None))


def test_a_damaged_file_is_replaced_by_a_sound_one(tmp_path: Path) -> None:
    path = _kept(_file(tmp_path))
    _text(path, random.Random())
    assert _known(path) is None
    assert _known(_kept(path, b"new")) == b"new"


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    path = _file(tmp_path)
    one, other = Memo(path), Memo(path)
    one.put("kind", key("1"), b"one")
    other.put("kind", key("2"), b"other")
    one.save()
    other.save()
    both = Memo(path)
    assert [both.get("kind", key(name)) for name in "12"] == [b"one", b"other"]
    both.save()


def test_a_memo_that_only_reads_makes_and_changes_nothing(tmp_path: Path) -> None:
    absent = Memo(_file(tmp_path), writes=False)
    absent.put("kind", KEY, b"value")
    absent.save()
    assert list(tmp_path.iterdir()) == []
    path = _kept(_file(tmp_path))
    before = path.read_bytes()
    memo = Memo(path, writes=False)
    memo.put("kind", key("other"), b"x")
    assert memo.get("kind", KEY) == b"value"
    memo.save()
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (
        before,
        [path.parent / ".gitignore", path],
    )


def test_a_file_that_another_build_holds_locked_is_done_without(tmp_path: Path) -> None:
    path = _kept(_file(tmp_path))
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        memo = Memo(path, patience=0.01)
        assert memo.get("kind", KEY) is None
        memo.put("kind", KEY, b"new")
        memo.save()
    other.close()
    assert _known(path) == b"value"


@pytest.mark.parametrize("path", sorted(path for path in GOOD_SITE if path.endswith(".md")))
def test_a_body_comes_back_as_it_was(path: str, tmp_path: Path) -> None:
    text = GOOD_SITE[path]
    assert isinstance(text, str)
    body = convert(text + "\n![](a.png)\n\n見[甲](b.md)。[[x]]\n\n|a|\n|-|\n|1|\n", 3)
    memo = Memo(_file(tmp_path))
    stored.remember(memo, KEY, body)
    memo.save()
    assert stored.recalled(Memo(_file(tmp_path)), KEY) == body


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"[1,2,3,4,5,6,7]", b"\xff", b"null"])
def test_what_is_no_body_is_a_miss(raw: bytes, tmp_path: Path) -> None:
    memo = Memo(_file(tmp_path))
    memo.put(stored.KIND, KEY, raw)
    assert stored.recalled(memo, KEY) is None
    memo.save()


def test_a_preview_is_given_the_very_body() -> None:
    memo, body = Memo(), Body(("<p>甲</p>",), (), (), (), frozenset(), "甲")
    stored.remember(memo, KEY, body)
    assert stored.recalled(memo, KEY) is body


def test_digests_are_those_of_the_contents(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("甲")
    (tmp_path / ".hidden").write_text("x")
    assert [told(line)[0] for line in stamps(tmp_path)] == ["a/", "a/b.txt"]
    memo = Memo()
    for text in ("甲", "乙", "丙"):
        (tmp_path / "a" / "b.txt").write_text(text)
        digests = Digests(tmp_path, memo, "site")
        # A file changed a moment ago is never taken at the word of its dates.
        assert digests.of("a/b.txt") == hash_of(tmp_path / "a" / "b.txt")
        digests.save()


def test_what_is_not_known_is_taken_from_a_file_while_it_lies_under(tmp_path: Path) -> None:
    path = tmp_path / ".gongkai" / "cache" / "memo.sqlite"
    file = Memo(path)
    file.put("kind", "known", b"before")
    file.save()
    before = path.read_bytes()
    memo = Memo()
    memo.put("kind", "own", b"here")
    with memo.over(path):
        assert memo.get("kind", "known") == b"before"
        assert memo.remember("kind", "new", lambda: b"made") == b"made"
        assert memo.get("kind", "own") == b"here"
    assert memo.get("kind", "known") is None
    assert path.read_bytes() == before
    with memo.over(tmp_path / "none.sqlite"):
        assert memo.get("kind", "known") is None
        assert memo.get("kind", "new") == b"made"


def test_what_one_memo_made_another_writes_down(tmp_path: Path) -> None:
    path = tmp_path / ".gongkai" / "cache" / "memo.sqlite"
    memo, file = Memo(), Memo(path)
    memo.put("kind", "new", b"made")
    file.take(memo)
    file.save()
    assert memo.get("kind", "new") is None
    with memo.over(path):
        assert memo.get("kind", "new") == b"made"


def test_a_file_that_lies_behind_a_link_is_not_read(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "cache" / "memo.sqlite"
    file = Memo(elsewhere)
    file.put("kind", "known", b"theirs")
    file.save()
    (tmp_path / ".gongkai").symlink_to(tmp_path / "elsewhere")
    memo = Memo()
    with memo.over(tmp_path / ".gongkai" / "cache" / "memo.sqlite"):
        assert memo.get("kind", "known") is None


def test_what_is_put_in_parts_is_read_in_parts(tmp_path: Path) -> None:
    memo = Memo(_file(tmp_path))
    memo.put_parts("kind", "key", "mark", (b"%d\n" % number for number in range(3)))
    memo.put_parts("kind", "none", "mark", [])
    memo.save()
    memo = Memo(_file(tmp_path))
    assert [*memo.parts("kind", "key", "mark")] == [b"0\n", b"1\n", b"2\n"]
    assert [*memo.parts("kind", "none", "mark")] == []
    for asked in (("key", "other"), ("nothing", "mark")):
        with pytest.raises(LookupError):
            [*memo.parts("kind", *asked)]
    # Another writer left a part of its own.
    memo.put("kind", "key 2", b"other\n1")
    parts = memo.parts("kind", "key", "mark")
    assert next(parts) == b"0\n"
    with pytest.raises(LookupError):
        next(parts)
    memo.save()


def test_portions_are_of_at_most_so_many() -> None:
    assert [*portions(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert [*portions([], 2)] == []
