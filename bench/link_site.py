"""Seeded folders of HTML for link checkers: pages of 12 KB with 32 links, planted defects and valid traps.

The same size and seed give the same bytes. The links of the pages themselves are all right, and their texts are
natural variants of their targets' titles.
"""

from __future__ import annotations

import argparse
import html
import json
import random
from pathlib import Path
from typing import NamedTuple

from bench.defects import DEFECTS, TRAPS, Plant, fixtures

_EACH = 10  # of every kind
_LINKS = 32
_SIZE = 12_000
_ORGANS = "市数据局 市教育局 市财政局 市生态环境局 市卫生健康委 市文化旅游局 市交通运输局 市住房城乡建设局".split()
_SUBJECTS = (
    "公共数据授权运营 政务服务事项 行政许可 财政专项资金 重大行政决策 义务教育招生 医疗保障待遇 城市更新"
    " 噪声污染防治 道路货运 文化惠民 就业困难人员帮扶 住房公积金提取 老旧小区改造 政府采购 安全生产 食品小作坊"
    " 养老服务 水资源保护 企业信用修复"
).split()
_NOUNS = "管理办法 实施细则 行动方案 若干措施 工作规则 服务指引 考核办法 暂行规定".split()
_WORDS = (
    "公开 政务 服务 群众 企业 机制 平台 流程 标准 目录 数据 审核 发布 回应 监督 评估 推进 落实 规范 优化"
    " 健全 统筹"
).split()


class Document(NamedTuple):
    """A page of the site: its path below the root, its title and what a link to it may say."""

    path: str
    title: str
    variants: tuple[str, ...]


class Site(NamedTuple):
    """What was written: the number of pages, and what was planted on which page, with its address there."""

    pages: int
    defects: list[tuple[str, str, str]]
    traps: list[tuple[str, str, str]]


def make(folder: Path, pages: int, seed: int = 1) -> Site:
    """Write a site of so many pages, and the fixtures, to `folder`; gives what is planted where."""
    rng = random.Random(seed)
    documents = [_document(number) for number in range(pages)]
    plants = [(plant, True) for plant in DEFECTS] + [(plant, False) for plant in TRAPS]
    placed: dict[int, tuple[Plant, bool]] = {}
    numbers = rng.sample(range(pages), min(pages, len(plants) * _EACH))
    for position, number in enumerate(numbers):
        placed[number] = plants[position % len(plants)]
    site = Site(pages, [], [])
    for path, content in fixtures():
        _write(folder / path, content)
    _write(folder / "index.html", _index(documents).encode())
    _write(folder / "s.css", b"body { background: url(fx/a.png) }\n")
    _write(folder / "a.js", b"'use strict';\n")
    for number, document in enumerate(documents):
        extra = ""
        if number in placed:
            plant, is_defect = placed[number]
            known = {"n": number, "long": "长" * 90}
            extra = plant.html.format(**known)
            rows = site.defects if is_defect else site.traps
            rows.append((plant.kind, document.path, plant.target.format(**known)))
        _write(folder / document.path, _html(rng, number, documents, extra).encode())
    return site


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _document(number: int) -> Document:
    organ = _ORGANS[number % len(_ORGANS)]
    year = 2016 + number // len(_ORGANS) % 10
    subject = _SUBJECTS[number // 7 % len(_SUBJECTS)]
    serial = number // 8 + 1
    match number % 4:
        case 0:
            inner = f"海川市{subject}{_NOUNS[number // 4 % len(_NOUNS)]}（第{serial}号）"
            title = f"{organ}关于印发《{inner}》的通知"
            variants = (title, f"《{inner}》", title.replace("《", "").replace("》", ""), inner)
            column = "zc"
        case 1:
            title = f"{organ}{year}年政府信息公开工作年度报告"
            variants = (title, title.removeprefix(organ), f"{year}年度报告", f"[年报] {title}")
            column = "nb"
        case 2:
            title = f"{year}年第{'一二三四'[number // 4 % 4]}季度{subject}工作情况"
            variants = (title, title.replace("第", ""), f"{title} {year}-10-12", "点击查看")
            column = "tj"
        case _:
            title = f"《海川市{subject}{_NOUNS[number // 4 % len(_NOUNS)]}》政策解读"
            variants = (title, f"一图读懂：{title}", "政策解读", title.replace("政策解读", "解读"))
            column = "jd"
    return Document(f"{column}/{year}/{number}.html", title, variants)


def _index(documents: list[Document]) -> str:
    rows = "".join(f'<li><a href="{d.path}">{d.title}</a></li>' for d in documents[:60])
    return f"<!DOCTYPE html><title>海川市人民政府</title><h1>海川市人民政府</h1><ul>{rows}</ul>"


def _html(rng: random.Random, number: int, documents: list[Document], extra: str) -> str:
    own = documents[number]
    head = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{own.title}_海川市人民政府</title>\n"
        f'<meta name="ArticleTitle" content="{own.title}">\n<meta name="PubDate" content="2024-05-06">\n'
        '<link rel="stylesheet" href="/s.css">\n<script src="/a.js"></script>\n</head>\n<body>\n'
    )
    nav = "".join(
        f'<li><a href="{href}">{text}</a></li>\n'
        for href, text in (
            ("/", "首页"),
            ("/fx/", "专题专栏"),
            ("/fx/zc/", "政策文件"),
            ("/fx/nb/", "年度报告"),
            ("#main", "跳到正文"),
            ("https://www.gov.cn/", "中国政府网"),
        )
    )
    parts = [head, f'<nav><ul>\n{nav}</ul></nav>\n<main id="main">\n<h1>{own.title}</h1>\n']
    contents = "".join(f'<li><a href="#s{n}">第{n}节</a></li>' for n in range(1, 7))
    parts.append(f"<ol>{contents}</ol>\n{extra}\n")
    left = _LINKS - 12
    for section in range(1, 7):
        parts.append(f'<h2 id="s{section}">{_words(rng, 6)}</h2>\n')
        for _ in range(3 if section < 3 else 4):
            link = ""
            if left:
                left -= 1
                link = f"见{_link(rng, own, documents, section)}，"
            parts.append(
                f'<p class="text"><span>{_words(rng, 22)}</span>，{link}{_words(rng, 10)}。</p>\n'
            )
    rest = max(0, _SIZE - sum(len(part.encode()) for part in parts) - 40)
    rows = ""
    while len(rows.encode()) < rest:
        rows += f"<tr><td>{_words(rng, 4)}</td><td>{rng.randrange(999)}</td><td>{_words(rng, 8)}</td></tr>\n"
    parts.append(f"<table>\n{rows}</table>\n</main>\n</body>\n</html>\n")
    return "".join(parts)


def _link(rng: random.Random, own: Document, documents: list[Document], section: int) -> str:
    target = documents[rng.randrange(len(documents))]
    text = target.variants[rng.randrange(len(target.variants))]
    fragment = f"#s{section}" if rng.random() < 0.3 else ""
    return f'<a href="../../{target.path}{fragment}">{html.escape(text)}</a>'


def _words(rng: random.Random, count: int) -> str:
    return "".join(rng.choice(_WORDS) for _ in range(count))


def main() -> None:
    """Write a site from the command line, and beside it what is planted where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    site = make(options.folder, options.pages, options.seed)
    beside = options.folder.with_suffix(".json")
    beside.write_text(json.dumps(site._asdict(), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
