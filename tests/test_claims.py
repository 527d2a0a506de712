"""Claims of addresses and lists of pages in little room say what the plain ones say."""

from __future__ import annotations

from generator import lighter
from generator.finding import Place
from generator.link.claims import Claims
from generator.model import Page
from generator.spill import Places, spill


def test_an_address_has_the_places_that_claim_it_in_their_order() -> None:
    claims = Claims()
    claims.claim("b.html", "content/b.md")
    claims.claim("a.html", "site.yaml")
    claims.add("b.html", Place("content/a.md", 7, 3))
    claims.add("old.html", Place("content/a.md", 8, 3))
    claims.claim("old.html", "content/old.md")
    claims.claim("b.html", "content/B.md")
    claims.sort()
    assert list(claims.items()) == [
        ("a.html", (Place("site.yaml", 1, 1),)),
        (
            "b.html",
            (
                Place("content/b.md", 1, 1),
                Place("content/a.md", 7, 3),
                Place("content/B.md", 1, 1),
            ),
        ),
        ("old.html", (Place("content/a.md", 8, 3), Place("content/old.md", 1, 1))),
    ]
    assert ("a.html" in claims, "c.html" in claims, claims.get("c.html")) == (True, False, None)
    assert claims == dict(claims)


def test_pages_in_little_room_are_the_same_pages() -> None:
    made = (
        Page("a.html", b"small"),
        Page("b.html", b"large" * 300),
        Page("c.pdf", b"", copy_of="content/c.pdf"),
        Page("d.txt", b""),
    )
    pages = lighter.pages([lighter.page(one) for one in made], ["b.html"])

    def said(page: Page | None) -> tuple[str, bytes, str] | None:
        return (page.url, page.content, page.copy_of) if page else None

    assert [said(page) for page in pages] == [said(page) for page in made]
    assert [said(page) for page in pages[1:]] == [said(page) for page in made[1:]]
    assert said(pages[-1]) == said(made[-1])
    urls = ("a.html", "b.html", "b.htm", "c.pdf", "d.txt", "e.html", "")
    by_url = {page.url: page for page in made}
    assert [said(pages.find(url)) for url in urls] == [said(by_url.get(url)) for url in urls]


def test_many_places_are_read_each() -> None:
    places = Places()
    kept = [spill().put(b"first"), 0, 5 << 70 | 9, spill().put(b"")]
    for one in kept:
        places.append(one)
    assert [places[index] for index in range(len(kept))] == kept
