"""Digests (摘要): what the file system tells of files, and what is known of them without reading them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.digests import Digests, Sums, hash_of, mark_of, stamp, stamps, told
from generator.memo import Memo
from generator.written import Written, is_whole, learn_whole, manifest_parts, seal_of

LONG_AGO = 1_700_000_000_000_000_000  # nanoseconds since 1970


def _file(path: Path, text: str, modified: int = LONG_AGO) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(modified, modified))
    return path


def _folder(folder: Path) -> Path:
    _file(folder / "a" / "甲.txt", "甲")
    _file(folder / "b.txt", "乙")
    _file(folder / ".hidden" / "x", "x")
    (folder / "file").symlink_to("b.txt")
    (folder / "folder").symlink_to("a")
    (folder / "dead").symlink_to("nowhere")
    return folder


def test_stamps_tell_of_sources_and_follow_links_to_files(tmp_path: Path) -> None:
    folder = _folder(tmp_path.resolve())
    found = [(name, bool(stamp), target) for name, stamp, target in map(told, stamps(folder))]
    assert found == [
        ("a/", False, ""),
        ("a/甲.txt", True, ""),
        ("b.txt", True, ""),
        ("dead", False, f"{folder}/nowhere"),
        ("file", True, f"{folder}/b.txt"),
        ("folder", False, f"{folder}/a"),
    ]
    names = [told(line)[0] for line in stamps(folder, "a")]
    assert names == ["a/甲.txt"]


def test_stamps_tell_of_an_output_and_take_no_link_for_a_file(tmp_path: Path) -> None:
    lines = list(stamps(_folder(tmp_path), hidden=True, moves=True))
    files = {name: bool(stamp) for name, stamp, _ in map(told, lines)}
    assert files == {
        ".hidden/": False,
        ".hidden/x": True,
        "a/": False,
        "a/甲.txt": True,
        "b.txt": True,
        "dead": False,
        "file": False,
        "folder": False,
    }


def test_a_folder_that_is_not_there_has_a_line_of_its_own(tmp_path: Path) -> None:
    assert [told(line) for line in stamps(tmp_path, "none")] == [("none/", "", "")]
    assert list(stamps(tmp_path)) == []


def _rewritten(path: Path) -> None:
    before = path.stat().st_ctime_ns
    # Within one tick of the clock a second change leaves no trace; for that, files have to be settled.
    while path.stat().st_ctime_ns == before:
        _file(path, "丁")


def _other_size(path: Path) -> None:
    _file(path, "丁丁")


def _other_date(path: Path) -> None:
    os.utime(path, ns=(LONG_AGO, LONG_AGO + 1))


def _other_inode(path: Path) -> None:
    path.rename(path.with_name("old"))
    _file(path, "乙")
    path.with_name("old").unlink()


@pytest.mark.parametrize("moves", [False, True])
@pytest.mark.parametrize("change", [_rewritten, _other_size, _other_date, _other_inode])
def test_a_stamp_changes_with_the_file(
    change: Callable[[Path], None], moves: bool, tmp_path: Path
) -> None:
    path = _file(tmp_path / "b.txt", "乙")
    before = list(stamps(tmp_path, moves=moves))
    change(path)
    # Only that a file was written in place, its date put back, is told by the date that `moves` leaves out.
    assert (list(stamps(tmp_path, moves=moves)) == before) is (moves and change is _rewritten)


def _read(folder: Path, memo: Memo) -> tuple[str, bool]:
    """The digest of what is in `folder`, and whether it was read for that."""
    digests = Digests(folder, memo, "output", moves=True)
    lines = list(stamps(folder, moves=True))
    looked = []

    def look() -> str:
        looked.append(True)
        return " ".join(digests.at(line) for line in lines)

    said = digests.once("all", mark_of(lines), look)
    digests.save()
    return said, bool(looked)


def test_what_is_known_of_files_is_not_asked_again(tmp_path: Path) -> None:
    memo, one, two = Memo(), _file(tmp_path / "1", "甲"), _file(tmp_path / "2", "乙")
    both = f"{hash_of(one)} {hash_of(two)}"
    assert [_read(tmp_path, memo) for _ in "12"] == [(both, True), (both, False)]
    _file(one, "甲乙", LONG_AGO + 1)
    other = f"{hash_of(one)} {hash_of(two)}"
    assert [_read(tmp_path, memo) for _ in "12"] == [(other, True), (other, False)]
    _file(one, "甲")
    assert _read(tmp_path, memo) == (both, False)
    two.unlink()
    assert _read(tmp_path, memo) == (hash_of(one), True)


def test_a_file_of_a_moment_ago_is_asked_again(tmp_path: Path) -> None:
    memo = Memo()
    _file(tmp_path / "1", "甲")
    (tmp_path / "2").write_text("乙")
    assert [_read(tmp_path, memo)[1] for _ in "12"] == [True, True]


def test_a_file_that_cannot_be_read_is_asked_again(tmp_path: Path) -> None:
    digests = Digests(tmp_path, Memo(), "output", moves=True)
    lines = list(stamps(_file(tmp_path / "1", "甲").parent, moves=True))
    (tmp_path / "1").unlink()
    asked = []

    def look() -> str:
        with pytest.raises(FileNotFoundError):
            digests.at(lines[0])
        asked.append(lines[0])
        return "not there"

    assert [digests.once("all", mark_of(lines), look) for _ in "12"] == ["not there"] * 2
    assert asked == lines * 2


def _written(out: Path) -> Written:
    """An output, just written."""
    written = Written()
    for name in ("a/b/c.html", "index.html", "zhong/甲.html"):
        path = _file(out / name, name)
        written.add(name, hash_of(path), path.stat())
    (out / "manifest.json").write_bytes(b"".join(manifest_parts(written)))
    return written


def _output(out: Path, memo: Memo) -> Digests:
    return Digests(out, memo, "output", moves=True)


def test_an_output_just_written_is_known_to_be_whole(tmp_path: Path) -> None:
    memo = Memo()
    written = _written(tmp_path)
    seal = seal_of(written)
    learn_whole(tmp_path, written, seal, _output(tmp_path, memo))
    # Nothing is read to tell: not even a file whose bytes changed and whose dates did not.
    _file(tmp_path / "index.html", "INDEX.HTML")
    later = _output(tmp_path, memo)
    assert is_whole(tmp_path, seal, later)
    assert not is_whole(tmp_path, seal_of({**written, "index.html": "0"}), later)
    names = ("index.html", "manifest.json", "zhong/甲.html")
    known = [later.known(name, (tmp_path / name).stat()) for name in names]
    assert known == [written["index.html"], seal, written["zhong/甲.html"]]
    _file(tmp_path / "index.html", "INDEX.HTML", LONG_AGO + 1)
    assert not is_whole(tmp_path, seal, later)


def test_the_output_of_another_run_is_not_taken_for_our_own(tmp_path: Path) -> None:
    memo = Memo()
    written = _written(tmp_path)
    seal = seal_of(written)
    (tmp_path / "manifest.json").write_text("{}")
    learn_whole(tmp_path, written, seal, _output(tmp_path, memo))
    assert not is_whole(tmp_path, seal, _output(tmp_path, memo))


def test_the_manifest_is_json_with_a_line_for_each_file() -> None:
    text = '{\n"a\\"b.html": "1",\n"甲/乙.html": "2"\n}\n'
    assert b"".join(manifest_parts({"甲/乙.html": "2", 'a"b.html': "1"})) == text.encode()


def test_digests_by_name_are_a_mapping_in_order() -> None:
    held = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("a", "b", "甲")}
    sums = Sums(held.items())
    assert sums == held
    assert list(sums) == list(held)
    assert [name in sums for name in ("a", "aa", "乙")] == [True, False, False]
    with pytest.raises(ValueError, match="order"):
        Sums([("b", held["b"]), ("a", held["a"])])


def test_digests_are_read_part_by_part(tmp_path: Path) -> None:
    """More files than one part holds, asked for out of order."""
    memo = Memo()
    stamps_of = [stamp(f"{number:05}", number, 0, 0, 0) for number in range(9000)]
    held = {one: hashlib.sha256(one.encode()).hexdigest() for one in stamps_of}
    _output(tmp_path, memo).keep(held.items())
    output = _output(tmp_path, memo)
    asked = [*stamps_of[::997], *stamps_of[::-499]]
    assert [output.at(one) for one in asked] == [held[one] for one in asked]
    assert [digest for _, digest, _ in output.told(stamps_of)] == list(held.values())
    _output(tmp_path, memo).keep(list(held.items())[:10])
    assert [digest for _, digest, _ in _output(tmp_path, memo).told(stamps_of[:10])] == list(
        held.values()
    )[:10]
    with pytest.raises(FileNotFoundError):
        _output(tmp_path, memo).at(stamps_of[10])


def test_a_few_new_files_are_written_down_beside_the_others(tmp_path: Path) -> None:
    folder, memo = tmp_path / "folder", Memo()
    _file(folder / "a", "甲")
    for name, text in (("b", "乙"), ("c", "丙")):
        known = Digests(folder, memo, "folder", moves=True)
        assert [one[:2] for one in known.told(list(stamps(folder, moves=True)))]
        known.save()
        _file(folder / name, text)
    known = Digests(folder, memo, "folder", moves=True)
    told_of = {name: digest for name, digest, _ in known.told(list(stamps(folder, moves=True)))}
    assert told_of == {name: hash_of(folder / name) for name in ("a", "b", "c")}
    known.save()
    again = Digests(folder, memo, "folder", moves=True)
    assert [again.known(name, (folder / name).stat()) for name in ("a", "b", "c")] == [
        told_of[name] for name in ("a", "b", "c")
    ]
