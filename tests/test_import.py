"""Import of the five real documents: what becomes of each, and that nothing of it is lost."""

from __future__ import annotations

from datetime import date

import pytest

from generator.domain.kinds import Kind
from generator.importer import decode, import_text
from tests.importer.reading import SOURCES, body, fields, imported, page, source, without

GZW, PUJIN, SHANGHAI, SHEITC, SUQIAN = NAMES = (
    "gzw-2024-work-points.txt",
    "pujin-2024-work-points.txt",
    "shanghai-2018-work-points.txt",
    "sheitc-2020-work-points.txt",
    "suqian-2021-work-points.txt",
)
pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason=f"{SOURCES} is not here")

FRONT: dict[str, dict[str, object]] = {
    GZW: {
        "title": "gzw-2024-work-points",
        "kind": "work-points",
        "year": "2024",
        "signed": "2024-05-01",
    },
    PUJIN: {
        "title": "关于印发《2024年浦锦街道政务公开工作要点》的通知",
        "kind": "work-points",
        "year": "2024",
        "issuer": "闵行区浦锦街道办事处",
        "signed": "2024-05-10",
        "published": "2024-05-16",
        "source": "上海市闵行区人民政府浦锦街道办事处",
    },
    SHANGHAI: {
        "title": "上海市人民政府办公厅关于印发《2018年上海市政务公开工作要点》的通知",
        "kind": "work-points",
        "year": "2018",
        "document_number": "沪府办发〔2018〕16号",
        "issuer": "上海市人民政府办公厅",
        "signed": "2018-04-26",
    },
    SHEITC: {
        "title": "2020年上海市经济和信息化委员会政务公开工作要点",
        "kind": "work-points",
        "year": "2020",
        "issuer": "上海市经济和信息化委员会",
        "published": "2020-04-21",
        "source": "市经信委",
    },
    SUQIAN: {"title": "suqian-2021-work-points", "kind": "work-points", "year": "2021"},
}
REMOVED: dict[str, list[tuple[int, str]]] = {
    GZW: [(22, "相关稿件:")],
    PUJIN: [(1, "当前位置:"), (13, "关于印发《2024年浦锦街道政务公开工作要点》的通知")],
    SHANGHAI: [(3, "字号:"), (101, "分享:")],
    SHEITC: [(1, "政务公开"), (3, "GOVERNMENT INFORMATION"), (5, "栏目导航"), (10, "字号:")],
    SUQIAN: [],
}
LIFTED: dict[str, list[tuple[int, str]]] = {
    GZW: [],
    PUJIN: [
        (2, "关于印发《2024年浦锦街道政务公开工作要点》的通知"),
        (3, "来源:上海市闵行区人民政府浦锦街道办事处\xa0\xa0发布时间:2024年5月16日"),
    ],
    SHANGHAI: [
        (1, "上海市人民政府办公厅关于印发《2018年上海市政务公开工作要点》的通知"),
        (5, "沪府办发〔2018〕16号"),
    ],
    SHEITC: [
        (6, "2020年上海市经济和信息化委员会政务公开工作要点"),
        (8, "来源:市经信委发布日期:2020-04-21"),
    ],
    SUQIAN: [],
}
# What each text does not say: severity, line, sentence.
_NO_TITLE = ("error", 1, "原文没有标题（title）")
_NO_NUMBER = ("info", 1, "原文没有发文字号（document_number）")
_NO_ISSUER = ("info", 1, "原文没有发文机关（issuer）")
_NO_SIGNED = ("info", 1, "原文没有成文日期（signed）")
_NO_PUBLISHED = ("error", 1, "原文没有发布日期（published）")
_PEOPLE = [
    ("error", 1, "“公开属性”（disclosure）要由人填写，导入不代为决定"),
    ("error", 1, "“审核”（review）要由人填写，导入不代为决定"),
]
_NO_ATTACHMENT = (
    "warning",
    20,
    "正文提到附件“上海市国资委2024年信息公开工作分解表”，原文里没有这个附件",
)
NOTES: dict[str, list[tuple[str, int, str]]] = {
    GZW: [_NO_TITLE, _NO_NUMBER, _NO_ISSUER, _NO_PUBLISHED, *_PEOPLE, _NO_ATTACHMENT],
    PUJIN: [_NO_NUMBER, *_PEOPLE],
    SHANGHAI: [_NO_PUBLISHED, *_PEOPLE],
    SHEITC: [_NO_NUMBER, _NO_SIGNED, *_PEOPLE],
    SUQIAN: [_NO_TITLE, _NO_NUMBER, _NO_ISSUER, _NO_SIGNED, _NO_PUBLISHED, *_PEOPLE],
}


@pytest.mark.parametrize("name", NAMES)
def test_front_matter(name: str) -> None:
    front = fields(imported(name))
    front.pop("tasks", None)
    assert front == FRONT[name]


@pytest.mark.parametrize("name", NAMES)
def test_lines_that_left_the_body(name: str) -> None:
    found = imported(name)
    assert [(line.line, line.text) for line in found.removed] == REMOVED[name]
    assert [(line.line, line.text) for line in found.lifted] == LIFTED[name]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_and_the_order_stays(name: str) -> None:
    found = imported(name)
    gone = (*found.removed, *found.lifted)
    assert page(body(found)) == without(source(name), gone)


@pytest.mark.parametrize("name", NAMES)
def test_notes(name: str) -> None:
    notes = imported(name).notes
    said = [(note.severity.value, note.place.line, note.message.zh) for note in notes]
    assert said == NOTES[name]
    assert {(note.rule, note.place.path) for note in notes} == {("missing-field", name)}


def test_hints_of_the_notes() -> None:
    notes = imported(GZW).notes
    assert [notes[index].hint.zh for index in (0, 3, 4, 6)] == [
        "标题暂用文件名，请改成正式标题",
        "在文件头里补上“发布日期: …”",
        "在文件头里补上“公开属性: …”",
        "把附件放在文件旁边，在文件头里写"
        "“附件: [{文件: 文件名, 名称: 上海市国资委2024年信息公开工作分解表}]”",
    ]


def test_what_people_decide_waits_for_them_in_comments() -> None:
    assert imported(SUQIAN).markdown.startswith(
        """\
---
title: suqian-2021-work-points  # 原文没有标题，暂用文件名
kind: work-points
year: 2021
# 发文字号: 如 海府办发〔2024〕16号，没有就删去此行
# 发文机关: 发文机关的全称，没有就用本机关
# 成文日期: 如 2024-05-10
# 发布日期: 如 2024-05-16
# 公开属性: 主动公开、依申请公开或不予公开，由拟稿人确定
# 审核: {拟稿人: 姓名, 审稿人: 姓名, 发布人: 姓名, 保密审查人: 姓名, 审核日期: 2024-05-15}
---

2021年是中国共产党成立一百周年"""
    )


def test_the_notice_and_the_work_points_stand_under_titles_of_their_own() -> None:
    paragraphs = body(imported(SHANGHAI)).split("\n\n")
    assert paragraphs[:6] == [
        "## 上海市人民政府办公厅关于印发2018年上海市政务公开工作要点的通知",
        "各区人民政府,市政府各委、办、局:",
        "经市政府同意,现将《2018年上海市政务公开工作要点》印发给你们,请认真贯彻落实。",
        "上海市人民政府办公厅",
        "2018年4月26日",
        "## 2018年上海市政务公开工作要点",
    ]
    assert body(imported(PUJIN)).split("\n\n")[:6] == [
        "机关各科室、各企事业单位,各居、村委:",
        "《2024年浦锦街道政务公开工作要点》现予以印发,请认真学习并遵照执行。",
        "特此通知",
        "闵行区浦锦街道办事处",
        "2024年5月10日",
        "## 2024年浦锦街道政务公开工作要点",
    ]


def test_the_glued_table_has_its_fifteen_rows() -> None:
    lines = body(imported(SHEITC)).split("\n")
    start = lines.index("## 2020年市经济和信息化委重点公开领域任务表")
    table = lines[start + 2 :]
    assert table[:2] == ["| 序号 | 公开重点领域及内容 |", "| --- | --- |"]
    assert [row.split(" | ")[0] for row in table[2:]] == [f"| {number}" for number in range(1, 16)]
    assert table[4] == "| 3 | 本市产业转型升级发展专项资金项目的申报和分配情况 |"


def test_tasks_of_the_glued_table() -> None:
    tasks = fields(imported(SHEITC))["tasks"]
    assert isinstance(tasks, list)
    assert [task["task"] for task in tasks] == [
        "新冠疫情期间企业复工复产管理及涉企扶持政策等",
        "发布《关于进一步加快智慧城市建设的若干意见》",
        "本市产业转型升级发展专项资金项目的申报和分配情况",
        "确保产业经济运行平稳,保障能源供应和安全生产",
        "每月在我委门户网站更新上海市新能源汽车车型登记信息",
        "根据财政统一安排做好以下公开",
        "提升新一代信息基础设施能级",
        "产业结构调整",
        "实施产业基础再造工程",
        "加快推进工业绿色发展,与相关单位举办2020年节能宣传周活动",
        "打造人工智能发展高地",
        "新材料产业发展",
        "筹备召开“2020世界创意与设计大会暨上海设计周”",
        "强化投资促进服务保障,宣传落实民营经济“27条”",
        "加强市企业服务云建设",
    ]
    assert tasks[5] == {
        "task": "根据财政统一安排做好以下公开",
        "detail": "1、预决算公开2、专项资金管理办法、流程图、资金分配结果3、绩效目标及绩效评价结果。",
    }
    assert tasks[2] == {"task": "本市产业转型升级发展专项资金项目的申报和分配情况"}


def test_tasks_of_the_lead_groups() -> None:
    tasks = fields(imported(SHANGHAI))["tasks"]
    assert isinstance(tasks, list)
    assert [(task["task"], len(task["lead"])) for task in tasks] == [
        ("推进自贸试验区改革相关信息公开", 7),
        ("推进科技创新中心建设相关信息公开", 4),
        ("推进供给侧结构性改革相关信息公开", 6),
        ("推进中国国际进口博览会相关信息公开", 5),
        ("推进经济社会运行情况和产业发展政策公开", 4),
        ("推进投资和贸易便利化领域信息公开", 5),
        ("推进涉企政务服务改革举措公开", 4),
        ("推进清理涉企收费降低企业成本信息公开", 3),
        ("推进事中事后监管信息公开", 5),
        ("推进“上海服务”品牌建设相关信息公开", 5),
        ("推进“上海制造”品牌建设相关信息公开", 2),
        ("推进“上海购物”品牌建设相关信息公开", 5),
        ("推进“上海文化”品牌建设相关信息公开", 3),
        ("推进教育和医疗卫生领域信息公开", 2),
        ("推进环境保护信息公开", 3),
        ("推进食品药品安全和安全生产监管信息公开", 3),
        ("推进房地产调控和管理信息公开", 4),
        ("推进就业创业、社会保障和慈善事业信息公开", 2),
        ("推进市民群众办事信息公开", 5),
        ("推进财税改革和审计信息公开", 3),
        ("推进重大建设项目批准和实施领域信息公开", 4),
        ("推进公共资源配置重点领域信息公开", 2),
        ("推进国资监管及国企信息公开", 1),
    ]
    assert tasks[0]["lead"] == [
        "市发展改革委",
        "市商务委",
        "市交通委",
        "市金融办",
        "市口岸办",
        "自贸试验区管委会",
        "浦东新区政府",
    ]
    assert tasks[22] == {"task": "推进国资监管及国企信息公开", "lead": ["市国资委"]}


@pytest.mark.parametrize("name", [GZW, PUJIN, SUQIAN])
def test_no_tasks_are_invented(name: str) -> None:
    assert "tasks" not in fields(imported(name))


@pytest.mark.parametrize("name", NAMES)
def test_kind_and_year_are_given_apart_from_the_file(name: str) -> None:
    found = imported(name)
    assert found.kind is Kind.WORK_POINTS
    assert str(found.year) == FRONT[name]["year"]
    assert found.title == FRONT[name]["title"]


def test_a_day_to_come_is_no_day_of_signature() -> None:
    found = import_text(source(PUJIN), PUJIN, date(2024, 5, 9))
    assert fields(found) == {
        key: value for key, value in FRONT[PUJIN].items() if key not in ("signed", "issuer")
    }


@pytest.mark.parametrize("name", NAMES)
def test_any_encoding_and_line_end_gives_the_same_document(name: str) -> None:

    text = source(name)
    crlf = text.replace("\n", "\r\n")
    copies = (
        text.encode("utf-8-sig"),
        crlf.encode("utf-16"),
        crlf.encode("gb18030"),
        text.replace("\n", "\r").encode(),
    )
    for raw in copies:
        assert import_text(decode(raw), name) == imported(name)
