"""The pipeline (流程): load → validate → convert → link → check → render → write. Only this module knows it.

Seams for those who build many times or wait: `examine(…, memo=Memo())` remembers within a process what pure
functions gave (`Memo(path)` from one to the next); `stages` is told of each stage and of its progress;
`save(…, ledger=…)` takes over from the old output every file that is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from generator import (
    amend,
    attachments,
    check,
    finished,
    lighter,
    link,
    load,
    render,
    validate,
    write,
)
from generator.config import Config
from generator.convert import TOO_DEEP, convert, stored
from generator.finding import EVERYTHING, Finding, Place, Selection, Text, fails, worst
from generator.memo import Memo
from generator.model import Body, Document, Download, Outcome, Page, Site, Source, Templates
from generator.pages import search
from generator.processes import pool
from generator.rules import LOOKING_INSIDE, NAMES, ONLINE, front_matter, unsafe_file
from generator.stages import UNTOLD, Stages
from generator.written import Ledger, Written

T = TypeVar("T")
Network = Callable[[Site], Iterable[Finding]]
P = ParamSpec("P")
# How many bodies at a time are handed to other processes.
_AT_ONCE = 2048


class SiteError(Exception):
    """The site cannot be built at all; `sentences` says why, one reason each."""

    def __init__(self, *sentences: Text) -> None:
        self.sentences = sentences
        super().__init__("; ".join(sentence.en for sentence in sentences))


@dataclass(frozen=True)
class Known:
    """All that is known of a site when it was examined: what comes of a change to it need not begin anew.

    `found` is what stages and rules found, `strange` what the finished pages showed beside, both before
    settings and waivers; `online` says whether other hosts were asked. `bodies` are as they are before links
    are resolved; `looked` makes the next look at the pages quicker.
    """

    folder: Path
    selection: Selection
    drafts: bool
    loaded: load.Loaded
    bodies: Mapping[str, Body]
    site: Site
    found: tuple[Finding, ...]
    strange: tuple[Finding, ...]
    pages: Sequence[Page]
    online: bool = False
    looked: finished.Known | None = None

    @cached_property
    def outcome(self) -> Outcome:
        """The site with its findings, sorted and settled, and its pages."""
        waivers = validate.waiver_places(self.loaded.settings, self.site.config)
        reported = (*self.found, *self.strange)
        findings = check.settle(self.site, reported, self.selection, waivers, online=self.online)
        return Outcome(self.site, findings, self.pages)

    @cached_property
    def by_url(self) -> Mapping[str, Page]:
        """The pages by address."""
        return {page.url: page for page in self.pages}


def known(
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
) -> Known:
    """Everything but writing: the site in `folder`, its findings and its pages; raises `SiteError`.

    `network` asks other hosts what they answer to the links of the site; without it no socket is opened.
    With or without `memo` the outcome is the same; `light` keeps its large texts out of memory, for a process
    that builds once.
    """
    # A light build is the only one of its process.
    looked = None if light else _looked_before(memo)
    memo = memo or Memo()
    with stages.stage(Text("读取", "load")):
        loaded = _load(folder, light=light)
    config = _config(loaded, base_url)
    with stages.stage(Text("核对文件头", "validate")):
        documents, wrong = validate.documents(loaded.sources, config, today, drafts)
    with stages.stage(Text("转换正文", "convert"), len(documents)):
        bodies = _convert(documents, jobs, memo, stages, light)
        deep = too_deep(documents, bodies)
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
            light=light,
        )
    if light:
        # Those of a site are its documents' own.
        bodies = {}
    if any(selection.holds(name) for name in LOOKING_INSIDE):
        with stages.stage(Text("读附件", "attachments")):
            shelf = memo.shelf("attachments")
            keep = lighter.contents if light else _as_it_is
            read = attachments.read_all(folder, site.assets, shelf, keep)
            site = replace(site, contents=read)
    with stages.stage(Text("下载文件", "downloads")):
        files, unfit = downloads_of(site, folder, jobs, memo)
        site = replace(site, downloads=files)
    with stages.stage(Text("生成网页", "render"), len(site.built)):
        pages, broken = _rendered(site, loaded.templates, stages, light)
    asked = network is not None and any(selection.holds(name) for name in ONLINE)
    answered = network(site) if network is not None and asked else ()
    with stages.stage(Text("核对网页", "finished pages")):
        dead = dead_anchors(site, pages)
        strange = finished.find(site, pages, loaded.templates, loaded.settings, folder, looked)
    with stages.stage(Text("检查", "check")):
        judged = check.look(site, selection)
    reported = (*loaded.findings, *wrong, *deep, *unfit, *broken, *dead, *answered)
    return Known(
        folder,
        selection,
        drafts,
        loaded,
        bodies,
        site,
        (*reported, *judged),
        tuple(strange),
        pages,
        asked,
        looked,
    )


def _settled(make: Callable[P, Known]) -> Callable[P, Outcome]:
    def made(*args: P.args, **more: P.kwargs) -> Outcome:
        return make(*args, **more).outcome

    return made


# For those who do not build on: what `known` gives, settled.
examine = _settled(known)


# What is said of a file when it is read: an amendment does not look there again.
OF_READING = frozenset({unsafe_file.RULE.name, front_matter.RULE.name})


def _looked_before(memo: Memo | None) -> finished.Known | None:
    """What earlier builds of this process saw on finished pages; None where there is but one build."""
    if memo is None or memo.has_file:
        return None
    known = memo.held("finished", "") or finished.Known()
    memo.keep("finished", "", known)
    return known if isinstance(known, finished.Known) else None


def downloads_of(
    site: Site, folder: Path, jobs: int, memo: Memo
) -> tuple[tuple[Download, ...], tuple[Finding, ...]]:
    """The files made of the documents, and what was found; raises `SiteError` where a program for them is missing."""
    if site.config.downloads is None:
        return (), ()
    # Most sites make none, and no revision does.
    from generator import downloads  # noqa: PLC0415

    try:
        return downloads.make(site, folder, jobs, partial(memo.remember, "downloads"))
    except downloads.ExtraError as error:
        raise SiteError(error.sentence) from None


def settings(folder: Path) -> Config:
    """The settings of the site in `folder` alone; raises `SiteError`."""
    return around(folder)[1]


def around(folder: Path, base_url: str | None = None) -> tuple[load.Loaded, Config]:
    """What the site in `folder` stands in, without its content, and its settings; raises `SiteError`."""
    loaded = _read(partial(load.read_around, folder), folder)
    return loaded, _config(loaded, base_url)


def _load(folder: Path, *, light: bool = False) -> load.Loaded:
    return _read(partial(load.read_site, folder, light=light), folder)


def _read(read: Callable[[], load.Loaded], folder: Path) -> load.Loaded:
    try:
        return read()
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
    # A memo without a file would hold in memory what is to be kept out of it.
    remembers = memo.has_file or not light
    found: dict[str, Body] = {}
    missing: list[tuple[Source, str]] = []
    for document in documents:
        source = document.source
        key = stored.key_of(source) if remembers else ""
        known = stored.recalled(memo, key) if remembers else None
        if known is None:
            missing.append((source, key))
        else:
            found[document.path] = keep(known)
            stages.step()
    made = _converted([source for source, _ in missing], jobs)
    for (source, key), body in zip(missing, made, strict=True):
        found[source.path] = keep(body)
        if remembers:
            stored.remember(memo, key, body)
        stages.step()
    return {document.path: found[document.path] for document in documents}


def _as_it_is(made: T) -> T:
    return made


def _rendered(
    site: Site, templates: Templates, stages: Stages, light: bool
) -> tuple[Sequence[Page], tuple[Finding, ...]]:
    # The page of a document is a step; its twins, the lists and the files take little beside it.
    steps = frozenset(entry.document.url for entry in site.built)
    pages, broken = render.render(site, templates, partial(_made, stages, steps, light))
    return lighter.pages(pages, site.addresses) if light else pages, broken


def _made(stages: Stages, steps: frozenset[str], light: bool, page: Page) -> Page:
    if page.url in steps:
        stages.step()
    return lighter.page(page) if light else page


def _converted(sources: Sequence[Source], jobs: int) -> Iterator[Body]:
    if jobs <= 1 or len(sources) < 2 * jobs:
        yield from (convert(source.body, source.body_line) for source in sources)
        return
    with pool(jobs) as workers:
        # All that is handed to the pool at once is held in memory.
        for start in range(0, len(sources), _AT_ONCE):
            part = sources[start : start + _AT_ONCE]
            bodies, lines = zip(*((one.body, one.body_line) for one in part), strict=True)
            yield from workers.map(convert, bodies, lines, chunksize=1 + len(part) // (4 * jobs))


def too_deep(documents: Sequence[Document], bodies: Mapping[str, Body]) -> list[Finding]:
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


def dead_anchors(site: Site, pages: Sequence[Page]) -> list[Finding]:
    """The links to a place on a page that is made by itself, where that page has no such place."""

    @cache
    def by_url() -> Mapping[str, Page]:
        # Few sites have such a link.
        return {page.url: page for page in pages}

    def content(url: str) -> bytes:
        page = by_url().get(url)
        return page.content if page else b""

    return [dead for entry in site.built for dead in amend.dead_anchors(entry, content)]


def searchable(outcome: Outcome, memo: Memo | None = None) -> Outcome:
    """The outcome with the full-text index among its pages, where it is wanted; raises `SiteError`.

    It takes a program of its own and about a second for 300 documents, so only `build` asks for it.
    """
    from generator import full_text  # noqa: PLC0415

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


def save(pages: Sequence[Page], folder: Path, out: Path, ledger: Ledger | None = None) -> Written:
    """Write the pages of an outcome to `out`, whole or not at all; raises `SiteError`."""
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
