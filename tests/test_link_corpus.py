"""1600 links of six invented organs, judged by reading them: no right one is reported, and nearly all wrong ones."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from generator.build import examine
from generator.finding import Finding, Selection
from generator.rules import BY_NAME
from tests.sites import TODAY, write_site

CORPUS = Path(__file__).with_name("link_corpus")
FOLDER = "statutory/notice/cases"
RULES = frozenset(rule for rule, row in BY_NAME.items() if row.group in ("错链", "断链"))
# At least so many right and wrong links; the last four were written by one who had not read the rules.
LEAST = {
    "bureau": (150, 80),
    "county": (150, 80),
    "department": (230, 20),
    "hospital": (120, 20),
    "township": (120, 20),
    "housing": (180, 3),
}
LINK = re.compile(r"([!?]?)\{([^|{}]+)\|([^{}|]+)\}")
LINES = re.compile(r"^<<<\n(.*?)\n>>>$|^(?!#)([^\n]+)$", re.MULTILINE | re.DOTALL)
REVIEW = {"drafter": "林甲", "reviewer": "周乙", "publisher": "吴丙", "secrecy": "郑丁"}
MAGIC = {
    ".pdf": b"%PDF-1.7\n%%EOF\n",
    ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


@dataclass(frozen=True)
class Case:
    """A link of the corpus: the page that holds it, its words and its address, and what was said of it."""

    page: str
    text: str
    href: str
    sign: str


def _document(fields: dict[str, Any], body: str) -> str:
    shown = {"disclosure": "主动公开", "review": REVIEW | {"on": fields["published"]}, **fields}
    return f"---\n{yaml.safe_dump(shown, allow_unicode=True)}---\n\n{body}\n"


def _world(documents: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str | bytes]]:
    """The documents of a world and the files beside them."""
    for one in documents.values():
        hidden = ("path", "body", "files")
        fields = {name: value for name, value in one.items() if name not in hidden}
        files: dict[str, str] = one.get("files", {})
        listed = "".join(f"\n- [{title}]({name})" for name, title in files.items())
        if files:
            fields["attachments"] = [{"file": name, "title": files[name]} for name in files]
        path = f"content/{one['path']}"
        yield path, _document(fields, f"{one.get('body', '正文略。')}\n\n附件：\n{listed}")
        for name in files:
            suffix = posixpath.splitext(name)[1]
            magic = MAGIC.get(suffix, b"PK\x03\x04" + bytes(40))
            yield posixpath.join(posixpath.dirname(path), name), magic + name.encode()


def _address(target: str, documents: dict[str, dict[str, Any]]) -> str:
    if target.startswith("http"):
        return target
    if target.startswith("@"):
        below = posixpath.join(target[1:], "index.html")
    else:
        place, _, anchor = target.partition("#")
        key, _, file = place.partition("/")
        path = documents[key]["path"]
        below = posixpath.join(posixpath.dirname(path), file) if file else path
        below += f"#{anchor}" if anchor else ""
    return posixpath.relpath(below, FOLDER)


@cache
def _judged(name: str) -> tuple[tuple[Case, ...], dict[tuple[str, str, str], list[Finding]]]:
    """The cases of one world, and the findings by page, text and address."""
    world = yaml.safe_load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"))
    _, _, texts = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    files: dict[str, str | bytes] = {"site.yaml": world["settings"]}
    files |= dict(_world(world["documents"]))
    cases: list[Case] = []
    for number, found in enumerate(LINES.finditer(texts)):
        dated = re.fullmatch(r"(?:\[on=(.*?)\])?(.*)", found[1] or found[2], re.DOTALL)
        assert dated
        page = f"content/{FOLDER}/c{number:03}.md"

        def shown(link: re.Match[str], page: str = page) -> str:
            case = Case(page, link[2], _address(link[3], world["documents"]), link[1])
            cases.append(case)
            return f"[{case.text}]({case.href})"

        fields = {"title": "工作信息", "published": dated[1] or "2026-11-10"}
        files[page] = _document(fields, LINK.sub(shown, dated[2]))
    with TemporaryDirectory() as folder:
        site = write_site(Path(folder), files)
        findings = examine(site, TODAY, selection=Selection(RULES)).findings
    told: dict[tuple[str, str, str], list[Finding]] = {}
    for one in findings:
        key = (one.place.path, (one.text or "").strip(), one.target or "")
        told.setdefault(key, []).append(one)
    return tuple(cases), told


def _told(name: str, signs: str) -> dict[str, bool]:
    """Whether each case with one of `signs` is reported, by its page, words and address."""
    cases, told = _judged(name)
    return {
        f"{case.page[-7:-3]} [{case.text}]({case.href})": (case.page, case.text, case.href) in told
        for case in cases
        if case.sign in signs.split(",")
    }


@pytest.mark.parametrize("name", LEAST)
def test_right_links_are_never_reported(name: str) -> None:
    # Rows of one page with one text and one address are one entry here; the wrong one of them is reported.
    right = _told(name, "").keys() - _told(name, "!").keys()
    told = _told(name, "")
    assert len(right) >= LEAST[name][0]
    assert [words for words in sorted(right) if told[words]] == []


@pytest.mark.parametrize("name", LEAST)
def test_wrong_links_are_reported(name: str) -> None:
    wrong = _told(name, "!")
    assert len(wrong) >= LEAST[name][1]
    assert [words for words, is_told in wrong.items() if not is_told] == []


@pytest.mark.parametrize("name", LEAST)
def test_what_stays_open_is_still_open(name: str) -> None:
    # One that is reported now has its sign changed to !.
    assert [words for words, is_told in _told(name, "?").items() if is_told] == []
