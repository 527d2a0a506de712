"""Validation (校验): fields as types, what each kind requires, where a document belongs, whether it is built."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from generator.config import Config
from generator.domain.kinds import Kind
from generator.finding import Place
from generator.load import yaml_text
from generator.load.source import read
from generator.model import Document
from generator.rules import NAMES
from generator.schema import Moment
from generator.validate import SettingsError, base_url, documents, settings, waiver_places
from tests.sites import SETTINGS, TODAY

CONFIG: Config = settings(yaml_text.read(SETTINGS), NAMES)
REVIEW = "审核: {拟稿人: 甲, 审稿人: 乙, 发布人: 丙, 审核日期: 2026-04-01}"
HEAD = f"标题: 甲\n发布日期: 2026-04-02\n公开属性: 主动公开\n{REVIEW}\n"
NOTICE = "content/statutory/notice/2026/a.md"


def _documents(
    files: Mapping[str, str], *, drafts: bool = False
) -> tuple[dict[str, Document], list[str]]:
    """The documents by path, and the findings as `path:line:column rule problem`."""
    sources = [read(path, f"---\n{head}---\n正文\n".encode())[0] for path, head in files.items()]
    found, findings = documents(sources, CONFIG, TODAY, drafts)
    said = [
        f"{one.place.path}:{one.place.line}:{one.place.column} {one.rule} "
        f"{one.message.zh.removeprefix('文件头有误：')}"
        for one in findings
    ]
    return {document.path: document for document in found}, said


def _document(head: str, path: str = NOTICE, *, drafts: bool = False) -> tuple[Document, list[str]]:
    found, said = _documents({path: head}, drafts=drafts)
    return found[path], [one.removeprefix(f"{path}:") for one in said]


def test_the_values_of_a_document() -> None:
    document, said = _document(
        "标题: 关于印发《办法》的通知\n文种: 政策文件\n发布日期: 2026-04-02 09:05\n成文日期: 2026-04-01\n"
        "施行日期: 2026-05-01\n失效日期: 2031-04-30\n有效性: 有效\n发文字号: 海府办发〔2026〕16号\n"
        "索引号: '00701445'\n发文机关: [海川市人民政府, 海川市财政局]\n公开属性: 主动公开\n"
        "主题分类: 综合政务\\政务公开\n法定事项: 1\n规范性文件: 规章\n关键词: 单个\n"
        "专题: open-data\n同时列入: 政策解读\n旧址: old/1.html\n草稿: 否\n"
        f"附件: [a.pdf, {{文件: b.pdf, 名称: 乙}}]\n{REVIEW}\n",
        "content/statutory/policy/2026/a.md",
    )
    meta = document.meta
    assert said == []
    assert (document.kind, document.column, document.also_in, document.url, document.withheld) == (
        Kind.POLICY,
        "statutory/policy",
        ("statutory/interpretation",),
        "statutory/policy/2026/a.html",
        None,
    )
    assert meta.published == Moment(date(2026, 4, 2), "09:05")
    assert (meta.signed, meta.effective, meta.expires) == (
        date(2026, 4, 1),
        date(2026, 5, 1),
        date(2031, 4, 30),
    )
    assert meta.issuer == ("海川市人民政府", "海川市财政局")
    assert (meta.index_number, meta.statutory_item, meta.normative, meta.draft) == (
        "00701445",
        1,
        "规章",
        False,
    )
    assert (meta.keywords, meta.topics, meta.aliases) == (
        ("单个",),
        ("open-data",),
        ("old/1.html",),
    )
    assert [(file.file, file.title) for file in meta.attachments] == [
        ("a.pdf", None),
        ("b.pdf", "乙"),
    ]


def test_english_keys_mean_the_same() -> None:
    chinese, _ = _document(
        f"{HEAD}关键词: [甲]\n年度: 2026\n撤下: {{日期: 2026-05-01, 原因: 乙}}\n"
    )
    english, said = _document(
        "title: 甲\npublished: 2026-04-02\ndisclosure: 主动公开\n"
        "review: {drafter: 甲, reviewer: 乙, publisher: 丙, on: 2026-04-01}\n"
        "keywords: [甲]\nyear: 2026\nwithdrawn: {on: 2026-05-01, reason: 乙}\n"
    )
    assert said == []
    assert english.meta == chinese.meta


REQUIRED = {
    "content/guide/a.md": [],
    "content/institution/a.md": [],
    NOTICE: [],
    "content/statutory/event/a.md": [],
    "content/statutory/faq/a.md": [],
    "content/statutory/consultation/a.md": [],
    "content/statutory/policy/a.md": ["成文日期”（signed）", "索引号”（index_number）"],
    "content/statutory/interpretation/a.md": ["解读对象”（interprets）"],
    "content/statutory/work-points/a.md": ["年度”（year）"],
    "content/annual-report/a.md": ["年度”（year）"],
}
ALWAYS = ["标题”（title）", "发布日期”（published）", "公开属性”（disclosure）", "审核”（review）"]


@pytest.mark.parametrize("path", REQUIRED)
def test_what_each_kind_requires(path: str) -> None:
    missing = [f"1:1 missing-field 缺少必填项“{name}" for name in [*ALWAYS, *REQUIRED[path]]]
    assert _document("来源: 甲\n", path)[1] == missing


def test_an_empty_field_is_missing_where_it_stands() -> None:
    _, said = _document(f"标题:\n发布日期: ''\n公开属性: 主动公开\n{REVIEW}\n")
    assert said == [
        "2:4 missing-field 缺少必填项“标题”（title）",
        "3:7 missing-field 缺少必填项“发布日期”（published）",
    ]


def test_a_field_that_is_there_but_wrong_is_not_missing() -> None:
    _, said = _document(f"标题: [甲]\n发布日期: 明天\n公开属性: 公开\n{REVIEW}\n")
    assert said == [
        "2:5 front-matter “标题”应当是文字",
        "3:7 front-matter “发布日期”不是日期：明天",
        "4:7 front-matter “公开属性”不能是“公开”",
    ]


def test_every_mistake_is_said_once_at_its_own_place() -> None:
    _, said = _document(
        f"{HEAD}问答:\n  - {{问: 甲, 提问日期: 1}}\n  - {{问: 乙}}\n  - {{问: 丙, 答复日期: 2, 提问日期: 3}}\n"
        "  - {答: 丁}\n  - {问: [戊], 提问日期: 2026-04-01}\n"
        "征集: {意见采纳情况: [{意见: 甲, 理由: []}, {理由: 乙}]}\n"
    )
    assert sorted(said) == sorted(
        [
            "7:18 front-matter “提问日期”不是日期：1",
            "9:18 front-matter “答复日期”不是日期：2",
            "9:27 front-matter “提问日期”不是日期：3",
            "10:5 missing-field 缺少必填项“问”（question）",
            "11:9 front-matter “问”应当是文字",
            "12:27 front-matter “理由”应当是文字",
            "12:32 missing-field 缺少必填项“意见”（opinion）",
        ]
    )


def test_what_is_wrong_is_left_out_and_the_rest_is_kept() -> None:
    document, _ = _document(
        f"{HEAD}成文日期: 昨天\n来源: 某局\n作者: 某人\n"
        "问答: [{问: 甲, 答: 一, 提问日期: 1}, {答: 二}, {问: 丙, 答: 三}]\n"
    )
    meta = document.meta
    assert (meta.signed, meta.source) == (None, "某局")
    assert [(one.question, one.answer, one.asked) for one in meta.questions] == [
        ("甲", "一", None),
        ("丙", "三", None),
    ]


SUGGESTIONS = {
    "titel: 甲": ("未知的键“titel”", "是不是“title”？", None),
    "发布日其: 甲": ("未知的键“发布日其”", "是不是“发布日期”？", None),
    "文种: 政策文": (
        "没有“政策文”这个文种",
        "写下列之一：政策文件、政策解读、年度报告、工作要点、指南、制度、其他公开信息、意见征集、问答、"
        "开放活动、专题，是不是“政策文件”？",
        None,
    ),
    "专题: [open-date]": (
        "没有“open-date”这个专题",
        "写 site.yaml 里 topics 下的代号。是不是“open-data”？",
        None,
    ),
    "同时列入: [statutory/polices]": (
        "没有“statutory/polices”这个栏目",
        "写 site.yaml 里栏目的代号，例如 statutory/policy。是不是“statutory/policy”？",
        None,
    ),
    "成文日期: 2026年4月1日": (
        "“成文日期”不是日期：2026年4月1日",
        "写成 2024-05-16 这样的日期（发布日期可加时刻：2024-05-16 10:30）",
        "2026-04-01",
    ),
    "主题分类: 综合政物": (
        "没有“综合政物”这个主题分类",
        "写成“大类\\小类”，例如 综合政务\\政务公开 综合政务",
        None,
    ),
    "豁免: [{规则: broken-pages, 理由: 甲, 批准人: 乙, 期限: 2027-01-01}]": (
        "没有名为“broken-pages”的规则",
        "是不是“broken-page”？",
        None,
    ),
}


@pytest.mark.parametrize("line", SUGGESTIONS)
def test_what_was_meant(line: str) -> None:
    source, _ = read(NOTICE, f"---\n{HEAD}{line}\n---\n".encode())
    _, (finding,) = documents([source], CONFIG, TODAY)
    problem, hint, suggestion = SUGGESTIONS[line]
    assert (finding.message.zh, finding.hint.zh, finding.suggestion) == (
        f"文件头有误：{problem}",
        hint,
        suggestion,
    )
    assert finding.place.line == 6


@pytest.mark.parametrize(
    ("path", "extra", "kind", "column"),
    [
        ("content/guide/index.md", "", Kind.GUIDE, "guide"),
        ("content/statutory/policy/2026/deep/a.md", "", Kind.NOTICE, "statutory/policy"),
        ("content/statutory/other/a.md", "", Kind.NOTICE, "statutory"),
        ("content/topics/open-data/index.md", "", Kind.TOPIC, ""),
        (NOTICE, "文种: faq\n", Kind.FAQ, "statutory/notice"),
        (NOTICE, "文种: 年报\n年度: 2025\n", Kind.ANNUAL_REPORT, "statutory/notice"),
        ("content/other/a.md", "栏目: statutory/notice\n", Kind.NOTICE, "statutory/notice"),
        ("content/other/a.md", "栏目: 其他主动公开\n", Kind.NOTICE, "statutory/notice"),
    ],
)
def test_kind_and_column_come_from_the_folder_or_the_fields(
    path: str, extra: str, kind: Kind, column: str
) -> None:
    head = HEAD + extra
    if "/policy/" in path:
        head += "文种: 公告\n"
    document, said = _document(head, path)
    assert (document.kind, document.column, said) == (kind, column, [])


def test_a_document_without_a_column() -> None:
    assert _document(HEAD, "content/a.md")[1] == ["1:1 missing-field 缺少必填项“栏目”（column）"]
    assert _document(HEAD, "content/index.md")[1] == []


def test_a_column_that_is_not_that_of_the_folder() -> None:
    document, said = _document(f"{HEAD}栏目: guide\n")
    assert (document.column, said) == (
        "guide",
        [
            "6:5 misfiled-kind 文件头写的栏目是“政府信息公开指南”，文件却放在“其他主动公开”的文件夹里"
        ],
    )


WITHHELD = {
    "": None,
    "草稿: 是": "draft",
    "草稿: true": "draft",
    "draft: yes": "draft",
    "草稿: 否": None,
    "草稿:": None,
    "草稿: 也许": "draft",
    "发布日期: 2026-11-20": None,
    "发布日期: 2026-11-20 23:59": None,
    "发布日期: 2026-11-21": "future",
    "发布日期: 2026-02-30": None,
    "公开属性: 依申请公开": "not-public",
    "公开属性: 不予公开": "not-public",
    "公开属性: 公开": "not-public",
    "公开属性:": "not-public",
}


@pytest.mark.parametrize("line", WITHHELD)
def test_what_is_not_built(line: str) -> None:
    key = line.partition(":")[0]
    head = "".join(
        one for one in HEAD.splitlines(keepends=True) if not key or not one.startswith(key)
    )
    document, _ = _document(f"{head}{line}\n")
    expected = WITHHELD[line]
    assert document.withheld == expected
    preview, _ = _document(f"{head}{line}\n", drafts=True)
    assert preview.withheld == (expected if expected == "not-public" else None)


def test_drafts_may_lack_what_must_be_there_later() -> None:
    assert _document("标题: 甲\n草稿: 是\n")[1] == []
    assert len(_document("标题: 甲\n草稿: 是\n", drafts=True)[1]) == 3


def test_folders_of_drafts() -> None:
    draft = "标题: 甲\n草稿: 是\n"
    found, _ = _documents(
        {
            "content/statutory/policy/coming/index.md": draft,
            "content/statutory/policy/coming/a.md": HEAD,
            "content/statutory/policy/coming/deep/b.md": HEAD,
            "content/statutory/policy/coming-soon/c.md": HEAD,
            "content/statutory/policy/_drafts/d.md": HEAD,
            "content/statutory/policy/草稿/e/f.md": HEAD,
            "content/statutory/policy/draft.md": HEAD + "草稿: 是\n",
            "content/statutory/policy/draft/g.md": HEAD,
            "content/index.md": draft,
        }
    )
    assert [path for path, document in found.items() if document.withheld is None] == [
        "content/statutory/policy/coming-soon/c.md",
        "content/statutory/policy/draft/g.md",
    ]


def test_a_waiver_of_the_settings_has_a_place() -> None:
    text = (
        SETTINGS + "waivers:\n"
        "  - {rule: broken-page, reason: 甲, by: 乙, until: 2027-01-01}\n"
        "  - rule: broken-file\n    reason: 甲\n    by: 乙\n    until: 2027-01-01\n"
    )
    tree = yaml_text.read(text)
    assert waiver_places(tree, settings(tree, NAMES)) == (
        Place("site.yaml", 18, 5),
        Place("site.yaml", 19, 5),
    )


def test_an_address_of_the_command_line() -> None:
    assert base_url("https://open.example.cn/x") == "https://open.example.cn/x/"
    with pytest.raises(SettingsError) as error:
        base_url("open.example.cn")
    assert [sentence.zh for sentence in error.value.sentences] == [
        "--base-url 不是完整的网址：open.example.cn，写成 https://www.example.gov.cn/zwgk/ 的样子"
    ]


def test_settings_that_cannot_be_read_are_not_called_missing() -> None:
    tree = yaml_text.read('organ: {name: "甲}\nbase_url: https://www.example.gov.cn/\n')
    with pytest.raises(SettingsError) as error:
        settings(tree, NAMES)
    assert [sentence.zh for sentence in error.value.sentences] == [
        "site.yaml:1:15: 引号没有配对，在值的末尾补上同样的引号"
    ]


def test_mistakes_in_the_settings_are_said_in_their_order_each_at_its_line() -> None:
    tree = yaml_text.read(
        "organ: {name: 甲}\nbase_url: https://www.example.gov.cn/\ncolumns:\n  guide: {title: 指南}\n"
        "  news: {title: 要闻}\n"
    )
    with pytest.raises(SettingsError) as error:
        settings(tree, NAMES)
    assert [sentence.zh for sentence in error.value.sentences] == [
        "site.yaml:5:3: “news”不是四个子栏目之一，第一级只能是 guide、institution、statutory、annual-report；"
        "其他栏目写在它们的 children 下"
    ]
    tree = yaml_text.read(
        "organ: {name: 甲}\nbase_url: https://www.example.gov.cn/\ncolour: red\nskin: dark\n"
    )
    with pytest.raises(SettingsError) as error:
        settings(tree, NAMES)
    assert [sentence.zh[:13] for sentence in error.value.sentences] == [
        "site.yaml:3:1",
        "site.yaml:4:1",
    ]
    tree = yaml_text.read(
        "organ: {name: 甲}\nbase_url: https://www.example.gov.cn/\ntopics:\n  甲: {title: 乙}\n"
    )
    with pytest.raises(SettingsError) as error:
        settings(tree, NAMES)
    assert [sentence.zh[:13] for sentence in error.value.sentences] == ["site.yaml:4:3"]
