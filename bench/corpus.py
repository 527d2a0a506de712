"""Seeded sites for benchmarks: the same seed and size give the same bytes.

A document has about 2,000 Chinese characters, 10 headings, a table, 6 links and 2 attachments; the site
has 4 columns with documents, 30 topics and 10 years. The words are made here, from syllables of
official prose; they mean nothing.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 20)
YEARS = range(2017, 2027)
TOPICS = 30
_WORDS = (
    "公开 政务 信息 服务 群众 企业 机制 平台 制度 流程 标准 目录 数据 审核 发布 解读 回应 监督 评估 培训 "
    "完善 推进 落实 规范 优化 健全 加强 统筹 细化 明确 及时 全面 依法 稳步 有序 主动 重点 领域 部门 单位 "
    "事项 清单 责任 时限 渠道 栏目 网站 材料 意见 建议 办理 结果 过程 环节 质量 效率 水平 能力 保障 支撑"
).split()
_COLUMNS = ("policy", "interpretation", "notice", "event")

_SITE = """\
organ: {name: 测试市数据局, short_name: 市数据局, code: "000000017", address: 测试路1号, hours: 工作日9:00—17:00,
        phone: 0000-00000001, email: a@bench.example.gov.cn}
base_url: https://bench.example.gov.cn/zwgk/
marks: {site_id: "0000000001", icp: 测ICP备00000001号, police: 测公网安备 00000000000001号}
search: {full_text: "off"}
rules: {empty-column: off, stale-column: off, guide-fields: off, guide-stale: off, uncovered-item: off,
        report-overdue: off, report-gap: off, thin-interpretation: off, late-interpretation: off}
topics:
"""


def make(folder: Path, documents: int, seed: int = 1, years: range = YEARS) -> None:
    """Write a site of so many documents to `folder`, which must not exist; each year has as many."""
    rng = random.Random(seed)
    folder.mkdir(parents=True)
    topics = "".join(f"  topic-{n}: {{title: 第{n}号专题}}\n" for n in range(TOPICS))
    (folder / "site.yaml").write_text(_SITE + topics, encoding="utf-8")
    places = [_place(number, documents, years) for number in range(documents)]
    for number, (column, year) in enumerate(places):
        path = folder / _path(column, year, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_document(rng, number, places), encoding="utf-8")
        for serial in (1, 2):
            attachment = path.with_name(f"{number}-{serial}.txt")
            attachment.write_text(f"附件{serial}：{_sentence(rng, 40)}\n", encoding="utf-8")


def _place(number: int, documents: int, years: range) -> tuple[str, int]:
    # A policy is followed by its interpretation, so that every reference has a target.
    column = _COLUMNS[number % len(_COLUMNS)]
    return column, years[number * len(years) // documents]


def _path(column: str, year: int, number: int) -> str:
    return f"content/statutory/{column}/{year}/{number}.md"


def _document(rng: random.Random, number: int, places: list[tuple[str, int]]) -> str:
    column, year = places[number]
    signed = date(year, 1, 1) + timedelta(days=rng.randrange(300))
    lines = [
        "---",
        f"title: 关于{_sentence(rng, 8)}的{'通知' if column == 'policy' else '说明'}（第{number}号）",
        f"index_number: 000000017/{year}-{number:06}",
        f"published: {signed}",
        f"signed: {signed}",
        "subject: 综合政务\\政务公开",
        f"topics: [topic-{number % TOPICS}]",
        f"summary: {_sentence(rng, 20)}",
        "disclosure: 主动公开",
        "review: {drafter: 甲, reviewer: 乙, publisher: 丙, secrecy: 丁, on: " + str(signed) + "}",
        f"attachments: [{{file: {number}-1.txt, title: 附件一}}, {{file: {number}-2.txt}}]",
    ]
    if column == "policy":
        lines.append(f"document_number: 测数发〔{year}〕{number + 1}号")
    if column == "interpretation":
        lines.append(f"interprets: 测数发〔{places[number - 1][1]}〕{number}号")
    lines.append("---")
    return "\n\n".join(["\n".join(lines), *_body(rng, number, places)]) + "\n"


def _body(rng: random.Random, number: int, places: list[tuple[str, int]]) -> list[str]:
    parts: list[str] = [_sentence(rng, 60) + "。"]
    for chapter, count in enumerate("一二三四"):
        parts.append(f"{count}、{_sentence(rng, 8)}")
        for section in range(2 if chapter < 2 else 1):
            text = "，".join(_sentence(rng, 14) for _ in range(10))
            link = _link(rng, number, places)
            parts.append(f"（{'一二'[section]}）{_sentence(rng, 6)}。{text}，见{link}。")
            parts.append("，".join(_sentence(rng, 14) for _ in range(8)) + "。")
    rows = "\n".join(f"| {n} | {_sentence(rng, 6)} | {rng.randrange(900)} |" for n in range(1, 6))
    parts.append(f"| 序号 | 事项 | 件数 |\n| --- | --- | --- |\n{rows}")
    return parts


def _link(rng: random.Random, number: int, places: list[tuple[str, int]]) -> str:
    target = rng.randrange(len(places))
    column, year = places[target]
    own_column, own_year = places[number]
    if target == number:
        return "本文"
    above = "" if (column, year) == (own_column, own_year) else f"../../{column}/{year}/"
    return f"[第{target}号文件]({above}{target}.md)"


def _sentence(rng: random.Random, length: int) -> str:
    return "".join(rng.choice(_WORDS) for _ in range((length + 1) // 2))


def main() -> None:
    """Write a site from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    make(options.folder, options.documents, options.seed)


if __name__ == "__main__":
    main()
