"""The fifteen items of article 20: what covers one, where its public place is shown."""

from __future__ import annotations

import pytest

from generator import coverage
from generator.build import SiteError
from tests.built import Built, build, words
from tests.edits import Edit, replace

_SETTINGS = "site.yaml"
_FEES = "content/statutory/notice/2026/fees.md"


def _declared(places: str) -> Edit:
    return replace(_SETTINGS, "topics:", f"statutory_items: {{{places}}}\ntopics:")


def _item(number: int, built: Built) -> coverage.Item:
    return coverage.items(built.outcome.site)[number - 1]


def test_documents_that_name_an_item_cover_it() -> None:
    built = build()
    items = coverage.items(built.outcome.site)
    assert [item.number for item in items] == list(range(1, 16))
    assert [item.number for item in items if item.is_covered] == [1, 2, 8]
    assert [entry.path for entry in items[7].documents] == [_FEES]
    assert not coverage.is_declared(built.outcome.site)


@pytest.mark.parametrize(
    ("at", "columns", "documents", "addresses", "lost"),
    [
        ("statutory/notice", ["statutory/notice"], [], [], []),
        ("其他主动公开", ["statutory/notice"], [], [], []),
        ("statutory/notice/2026/fees.md", [], [_FEES], [], []),
        (_FEES, [], [_FEES], [], []),
        ("https://czj.example.gov.cn/yjs/", [], [], ["https://czj.example.gov.cn/yjs/"], []),
        ("statutory/none", [], [], [], ["statutory/none"]),
        ("javascript:alert(1)", [], [], [], ["javascript:alert(1)"]),
        ("https://", [], [], [], ["https://"]),
        ("https://[", [], [], [], ["https://["]),
        ("../site.yaml", [], [], [], ["../site.yaml"]),
        (
            "[statutory/faq, statutory/event, none]",
            ["statutory/faq", "statutory/event"],
            [],
            [],
            ["none"],
        ),
    ],
)
def test_a_place_is_a_column_a_document_or_an_address(
    at: str, columns: list[str], documents: list[str], addresses: list[str], lost: list[str]
) -> None:
    quoted = at if at.startswith("[") else f'"{at}"'
    item = _item(7, build(_declared(f"7: {{at: {quoted}}}")))
    assert [column.id for column in item.columns] == columns
    assert [entry.path for entry in item.documents] == documents
    assert (list(item.addresses), list(item.lost)) == (addresses, lost)
    assert item.is_covered == bool(columns or documents or addresses)


def test_an_empty_column_or_a_hidden_document_covers_nothing() -> None:
    hidden = replace(_FEES, "公开属性: 主动公开", "公开属性: 依申请公开")
    built = build(_declared(f"7: {{at: {_FEES}}}"), hidden)
    assert (_item(7, built).lost, _item(8, built).is_covered) == ((_FEES,), False)


def test_a_reason_covers_an_item_even_without_a_place() -> None:
    item = _item(14, build(_declared("14: {reason: 招考由公务员主管部门统一组织}")))
    assert (item.reason, item.is_covered) == ("招考由公务员主管部门统一组织", True)


def test_the_catalogue_shows_the_place_or_the_reason() -> None:
    built = build(
        _declared(
            "3: {at: [statutory/work-points, statutory/notice/2026/departments.md]},"
            " 7: {at: https://czj.example.gov.cn/yjs/, reason: 由市财政局统一公布},"
            " 14: {reason: 招考由<b>主管部门</b>组织}"
        )
    )
    page = built.page("catalog.html")
    shown = {
        number: words(page.css_first(f"#item-{number}")).partition("）")[2]
        for number in (3, 7, 9, 14)
    }
    assert shown == {
        3: "国民经济和社会发展规划、专项规划、区域规划及相关政策 见政务公开工作要点、海川市数据与政务公开局内设机构",
        7: "财政预算、决算信息 见czj.example.gov.cn 由市财政局统一公布",
        9: "政府集中采购项目的目录、标准及实施情况 目前没有这一类信息",
        14: "公务员招考的职位、名额、报考条件等事项以及录用结果 招考由<b>主管部门</b>组织",
    }
    hrefs = [link.attributes["href"] for link in page.css("#item-3 a, #item-7 a")]
    assert hrefs == [
        "statutory/work-points/index.html",
        "statutory/notice/2026/departments.html",
        "https://czj.example.gov.cn/yjs/",
    ]


@pytest.mark.parametrize("number", ["0", "16", "七"])
def test_a_number_that_is_no_item_is_refused(number: str) -> None:
    with pytest.raises(SiteError) as error:
        build(_declared(f"{number}: {{reason: 没有}}"))
    (sentence,) = error.value.sentences
    assert sentence.zh.startswith("site.yaml:13:19: ")
