"""The pipeline (流程): load → validate → convert → link → check → render → write. Only this module knows it.

Seams for those who build many times or wait: `examine(…, memo=Memo())` remembers within a process what pure
functions gave (`Memo(path)` from one to the next); `stages` is told of each stage and of its progress;
`save(…, ledger=…)` takes over from the old output every file that is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from html import escape
from multiprocessing import get_context
from pathlib import Path

from generator import (
    attachments,
    check,
    downloads,
    finished,
    full_text,
    lighter,
    link,
    load,
    render,
    validate,
    write,
)
from generator.check import EVERYTHING, Selection
from generator.config import Config
from generator.convert import TOO_DEEP, convert, stored
from generator.finding import Finding, Place, Text, fails, worst
from generator.memo import Memo, edition
from generator.memo import key as memo_key
from generator.model import Body, Document, Outcome, Page, Site, Verdict
from generator.pages import search
from generator.rules import LOOKING_INSIDE, NAMES, ONLINE, broken_anchor, unsafe_file
from generator.stages import UNTOLD, Stages
from generator.written import Ledger

Network = Callable[[Site], Iterable[Finding]]


class SiteError(Exception):
    """The site cannot be built at all; `sentences` says why, one reason each."""

    def __init__(self, *sentences: Text) -> None:
        self.sentences = sentences
        super().__init__("; ".join(sentence.en for sentence in sentences))


def examine(
    folder: Path,
    today: date,
    *,
    drafts: bool = False,
    base_url: str | None = None,
    selection: Selection = EVERYTHING,
    jobs: int = 1,
    network: Network | None = None,
    memo: Memo | None = None,
    stages: Stages = UNTOLD,
    light: bool = False,
) -> Outcome:
    """Everything but writing: the site in `folder`, its findings and its pages; raises `SiteError`.

    `network` asks other hosts what they answer to the links of the site; without it no socket is opened.
    With or without `memo` the outcome is the same; `light` keeps its large texts out of memory, for a process
    that builds once.
    """
    memo = memo or Memo()
    with stages.stage(Text("读取", "load")):
        loaded = _load(folder)
    config = _config(loaded, base_url)
    waivers = validate.waiver_places(loaded.settings, config)
    with stages.stage(Text("核对文件头", "validate")):
        documents, wrong = validate.documents(loaded.sources, config, today, drafts)
    with stages.stage(Text("转换正文", "convert"), len(documents)):
        bodies = _convert(documents, jobs, memo, stages, light)
        deep = _too_deep(documents, bodies)
    with stages.stage(Text("关联", "link")):
        site = link.link(
            config,
            today,
            documents,
            bodies,
            loaded.assets,
            tuple(loaded.templates.static),
            loaded.register,
            loaded.words,
        )
    if any(selection.holds(name) for name in LOOKING_INSIDE):
        with stages.stage(Text("读附件", "attachments")):
            read = attachments.read_all(folder, site.assets, memo.shelf("attachments"))
            site = replace(site, contents=read)
    with stages.stage(Text("下载文件", "downloads")):
        made = _downloads(site, folder, jobs, memo)
        site = replace(site, downloads=made.files)
    with stages.stage(Text("生成网页", "render"), len(site.built)):
        pages, broken = render.render(site, loaded.templates, partial(_made, stages, light))
    asked = network is not None and any(selection.holds(name) for name in ONLINE)
    answered = network(site) if network is not None and asked else ()
    with stages.stage(Text("核对网页", "finished pages")):
        dead = _dead_anchors(site, pages)
        strange = finished.find(site, pages, loaded.templates, loaded.settings, folder)
    reported = (
        *loaded.findings,
        *wrong,
        *deep,
        *made.findings,
        *broken,
        *dead,
        *strange,
        *answered,
    )
    with stages.stage(Text("检查", "check")):
        findings = check.check(site, reported, selection, waivers, online=asked)
    return Outcome(site, findings, pages)


def _downloads(site: Site, folder: Path, jobs: int, memo: Memo) -> downloads.Made:
    try:
        return downloads.make(site, folder, jobs, partial(memo.remember, "downloads"))
    except downloads.ExtraError as error:
        raise SiteError(error.sentence) from None


def settings(folder: Path) -> Config:
    """The settings of the site in `folder` alone; raises `SiteError`."""
    return _config(_load(folder), None)


def _load(folder: Path) -> load.Loaded:
    try:
        return load.read_site(folder)
    except FileNotFoundError:
        raise SiteError(
            Text(
                f"{folder} 里没有 site.yaml。进入站点文件夹，或用 --site 指明",
                f"there is no site.yaml in {folder}; go to the site folder or name it with --site",
            )
        ) from None
    except UnicodeDecodeError:
        raise SiteError(
            Text(
                "site.yaml 不是 UTF-8 编码。在编辑器里另存为 UTF-8 编码",
                "site.yaml is not UTF-8; save it as UTF-8",
            )
        ) from None
    except OSError as error:
        raise SiteError(
            Text(
                f"无法读取 {error.filename}：{error.strerror}",
                f"cannot read {error.filename}: {error.strerror}",
            )
        ) from None


def _config(loaded: load.Loaded, base_url: str | None) -> Config:
    try:
        config = validate.settings(loaded.settings, NAMES)
        if base_url is None:
            return config
        return config.model_copy(update={"base_url": validate.base_url(base_url)})
    except validate.SettingsError as error:
        raise SiteError(*error.sentences) from None


def _convert(
    documents: Sequence[Document],
    jobs: int,
    memo: Memo,
    stages: Stages,
    light: bool,
) -> Mapping[str, Body]:
    """The body of every document; several processes make the same as one, and the memo as any."""
    keep = lighter.body if light else _as_it_is
    found: dict[str, Body] = {}
    missing: list[tuple[str, str, int, str]] = []
    for document in documents:
        source = document.source
        key = memo_key(f"{edition()} {source.body_line}", source.body)
        known = stored.recalled(memo, key)
        if known is None:
            missing.append((document.path, source.body, source.body_line, key))
        else:
            found[document.path] = keep(known)
            stages.step()
    paths = [path for path, _, _, _ in missing]
    made = _converted([(body, line) for _, body, line, _ in missing], jobs)
    for path, body, (_, _, _, key) in zip(paths, made, missing, strict=True):
        found[path] = keep(body)
        # A memo without a file would hold in memory what is to be kept out of it.
        if memo.has_file or not light:
            stored.remember(memo, key, body)
        stages.step()
    return {document.path: found[document.path] for document in documents}


def _as_it_is(body: Body) -> Body:
    return body


def _made(stages: Stages, light: bool, page: Page) -> Page:
    stages.step()
    return lighter.page(page) if light else page


def _converted(written: Sequence[tuple[str, int]], jobs: int) -> Iterator[Body]:
    if jobs <= 1 or len(written) < 2 * jobs:
        yield from (convert(*one) for one in written)
        return
    size = max(1, len(written) // (4 * jobs))
    with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(convert, *zip(*written, strict=True), chunksize=size)


def _too_deep(documents: Sequence[Document], bodies: Mapping[str, Body]) -> list[Finding]:
    """The documents whose body could not be converted."""
    problem = Text("正文的列表或引用套得太深", "its lists or quotations lie too deep in each other")
    hint = Text("减少层次，或把它们拆开", "use fewer levels, or break them up")
    return [
        unsafe_file.RULE.at(
            Place(document.path, flaw.line, flaw.column),
            problem=problem.zh,
            problem_en=problem.en,
            next=hint.zh,
            next_en=hint.en,
        )
        for document in documents
        for flaw in bodies[document.path].flaws
        if flaw.rule == TOO_DEEP
    ]


def _dead_anchors(site: Site, pages: Sequence[Page]) -> list[Finding]:
    """Links to a place on a page that is made by itself, where the page has no such place.

    What places such a page has is known only when its template is filled.
    """
    links = [
        (entry, found)
        for entry in site.built
        if not entry.document.is_withdrawn
        for found in entry.links
        if found.verdict is Verdict.PAGE and found.fragment and found.url.endswith(".html")
    ]
    urls = {found.url for _, found in links}
    contents = {page.url: page.content for page in pages if page.url in urls}
    return [
        broken_anchor.RULE.at(
            Place(entry.path, found.written.line, found.written.column),
            target=found.written.href,
            text=found.written.text or None,
            reason=found.fragment,
        )
        for entry, found in links
        if f' id="{escape(found.fragment)}"'.encode() not in contents.get(found.url, b"")
        and found.fragment.lower() != "top"
    ]


def searchable(outcome: Outcome, memo: Memo | None = None) -> Outcome:
    """The outcome with the full-text index among its pages, where it is wanted; raises `SiteError`.

    It takes a program of its own and about a second for 300 documents, so only `build` asks for it.
    """
    try:
        known = partial((memo or Memo()).remember, "full-text")
        index = full_text.pages(outcome.site, known)
    except full_text.FullTextError as error:
        raise SiteError(error.sentence) from None
    if not index:
        return outcome
    made = {page.url: page for page in outcome.pages}
    made |= {page.url: page for page in (search.manifest(outcome.site, full_text=True), *index)}
    return replace(outcome, pages=tuple(page for _, page in sorted(made.items())))


def save(
    pages: Sequence[Page], folder: Path, out: Path, ledger: Ledger | None = None
) -> Mapping[str, str]:
    """Write the pages of an outcome to `out`, whole or not at all; raises `SiteError`.

    Gives the SHA-256 of each file by its address.
    """
    try:
        return write.write(pages, folder, out, ledger)
    except write.OutputError as error:
        raise SiteError(error.sentence) from None


__all__ = [
    "Network",
    "SiteError",
    "examine",
    "fails",
    "save",
    "searchable",
    "settings",
    "worst",
]
