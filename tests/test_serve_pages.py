"""What the preview sends, as functions of its state: answers, types, the panel, links to the editor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.finding import Finding, Place, Severity, Text
from generator.model import Page
from generator.serve.boards import findings_board
from generator.serve.editor import Editor, editor
from generator.serve.handlers import Answering
from generator.serve.media import media_type
from generator.serve.panel import decorated, marks_sheet
from generator.serve.preview import (
    MOST_SHOWN,
    Answer,
    Board,
    Preview,
    Shown,
    Unseen,
    answer,
)

PAGES = {
    url: Page(url, url.encode()) for url in ("index.html", "404.html", "年报/index.html", "a b.pdf")
}
SHOWN = Preview(PAGES, "/公开/", "zh")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/公开/", Answer(200, PAGES["index.html"])),
        ("/公开/index.html", Answer(200, PAGES["index.html"])),
        ("/公开/年报/", Answer(200, PAGES["年报/index.html"])),
        ("/公开/a b.pdf", Answer(200, PAGES["a b.pdf"], "application/pdf")),
        ("/公开/a b", Answer(404, PAGES["404.html"])),
        ("/公开//", Answer(404, PAGES["404.html"])),
        ("/__gongkai/findings", Answer(200, board=Board.FINDINGS)),
        ("/__gongkai/changes", Answer(200, board=Board.CHANGES)),
        ("/__gongkai/panel.css", Answer(200, None, "text/css; charset=utf-8", board=Board.STYLE)),
        (
            "/__gongkai/panel.js",
            Answer(200, None, "text/javascript; charset=utf-8", board=Board.SCRIPT),
        ),
        ("/__gongkai/preview.py", Answer(404, PAGES["404.html"])),
        ("/__gongkai/../panel.py", Answer(404, PAGES["404.html"])),
    ],
)
def test_answers(path: str, expected: Answer) -> None:
    assert answer(SHOWN, path) == expected


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/__gongkai/", "/__gongkai/findings"),
        ("/", "/%E5%85%AC%E5%BC%80/"),
        ("/公开", "/%E5%85%AC%E5%BC%80/"),
        ("/公开/年报", "/%E5%85%AC%E5%BC%80/%E5%B9%B4%E6%8A%A5/"),
    ],
)
def test_redirections(path: str, location: str) -> None:
    found = answer(SHOWN, path)
    assert (found.status, found.location) == (302, location)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("A.HTML", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.md", "text/markdown; charset=utf-8"),
        (
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.ofd", "application/ofd"),
        ("a.woff2", "font/woff2"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.unknown", "application/octet-stream"),
        ("a", "application/octet-stream"),
        ("https:a.html", "text/html; charset=utf-8"),
    ],
)
def test_media_types(name: str, expected: str) -> None:
    assert media_type(f"folder/{name}") == expected


def finding(rule: str, severity: Severity, path: str, line: int = 1) -> Finding:
    return Finding(rule, severity, Place(path, line, 2), Text(f"{rule}：<错>", f"{rule}: <wrong>"))


FINDINGS = (
    finding("late-publication", Severity.WARNING, "content/a.md"),
    finding("broken-page", Severity.ERROR, "content/a.md", 9),
    finding("broken-file", Severity.ERROR, "content/b.md"),
)
DOCUMENTS = {
    "content/a.md": Shown("a.html", "甲"),
    "content/b.md": Shown("b/c.html", "乙", Unseen(Text("草稿", "draft"), Text("不发布", "no"))),
}
FULL = replace(SHOWN, findings=FINDINGS, documents=DOCUMENTS, folder=Path("/站 点"))


def panel_of(preview: Preview, url: str) -> str:
    return decorated(b"<body></body>", preview, url, editor("vscode"), "localhost", 8000).decode()


def test_the_panel_goes_before_the_last_end_of_a_body() -> None:
    page = b"<body><pre>&lt;/body></pre></BODY></html>"
    made = decorated(page, SHOWN, "index.html", Editor(), "localhost", 8000)
    assert made.startswith(b"<body><pre>&lt;/body></pre><gongkai-preview ")
    assert made.endswith(b"</script>\n</BODY></html>")
    assert decorated(b"bare", SHOWN, "x.html", Editor(), "localhost", 8000).startswith(b"bare<")


def test_the_panel_of_a_page_has_its_own_findings_the_gravest_first() -> None:
    made = panel_of(FULL, "a.html")
    assert made.index("broken-page") < made.index("late-publication")
    assert "broken-file" not in made
    assert "预览：本页 2 个问题，<wbr><span>全站 3 个（2 个错误）</span>" in made
    assert "broken-page：&lt;错&gt;" in made
    assert "<details open>" in made
    assert "vscode://file/%E7%AB%99%20%E7%82%B9/content/a.md:9:2" in made
    assert "<details>" in panel_of(FULL, "index.html")


def test_all_findings_are_listed_by_severity_and_no_more_than_can_be_shown() -> None:
    board = findings_board(FULL, Editor(), "").decode()
    assert [board.index(rule) for rule in ("broken-page", "broken-file", "late-publication")] == (
        sorted(board.index(rule) for rule in ("broken-page", "broken-file", "late-publication"))
    )
    assert "vscode" not in board
    many = tuple(finding("wording", Severity.INFO, "content/a.md", n + 1) for n in range(900))
    board = findings_board(replace(FULL, findings=many), Editor(), "").decode()
    assert board.count("<li>") == MOST_SHOWN
    assert "这里只列前 500 个，共 900 个。" in board


def test_links_to_what_readers_do_not_see_are_marked_from_any_page() -> None:
    assert marks_sheet(FULL, "x/index.html") == (
        'a[href="../b/c.html"]::after,a[href^="../b/c.html#"]::after'
        '{content:"［草稿］";font-size:.85em;color:#7d4b00}'
    )
    assert marks_sheet(FULL, "").startswith('a[href="b/c.html"]')
    odd = {"content/x.md": Shown('a"}b.html', "丙", DOCUMENTS["content/b.md"].unseen)}
    assert marks_sheet(replace(FULL, documents=odd), "").startswith('a[href="a%22%7Db.html"]')
    assert marks_sheet(SHOWN, "x/index.html") == ""


def test_the_panel_speaks_the_language_of_the_site() -> None:
    english = replace(FULL, language="en")
    assert "preview: 2 findings here, <wbr><span>3 in all (2 errors)</span>" in panel_of(
        english, "a.html"
    )
    assert '<html lang="en">' in findings_board(english, Editor(), "").decode()
    assert "All findings" in findings_board(english, Editor(), "").decode()


@pytest.mark.parametrize(
    ("name", "href"),
    [
        ("vscode", "vscode://file/s/a%20b%23.md:3:1"),
        ("idea", "idea://open?file=/s/a%20b%23.md&line=3&column=1"),
        ("my://open?f={path}&l={line}", "my://open?f=/s/a%20b%23.md&l=3"),
        ("none", ""),
    ],
)
def test_links_to_the_editor(name: str, href: str) -> None:
    assert editor(name).href(Path("/s"), Place("a b#.md", 3)) == href


def test_a_page_that_greets_late_is_told_what_came_meanwhile_and_nothing_else() -> None:
    serial = 1
    answering = Answering(lambda: SHOWN, lambda: serial, Path(), Editor(), None, 0)
    for path in ("/a", "/b"):
        answering.take_down(path, 1)
    assert [answering.is_outdated(path) for path in ("/a", "/b", "/never")] == [False] * 3
    serial = 2
    answering.renew(lambda path: path == "/a")
    answering.renew(lambda _path: False)
    serial = 3
    answering.renew(lambda _path: False)
    assert [answering.is_outdated(path) for path in ("/a", "/b", "/never")] == [True, False, False]
    # Of what was sent before the last two nobody knows.
    serial = 4
    answering.renew(lambda _path: False)
    assert [answering.is_outdated(path) for path in ("/a", "/b", "/never")] == [True, True, False]
