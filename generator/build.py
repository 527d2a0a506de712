"""The pipeline (流程): load → validate → convert → link → check → render → write. Only this module knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from html import escape
from multiprocessing import get_context
from pathlib import Path

from generator import check, link, load, render, validate, write
from generator.check import EVERYTHING, Selection
from generator.config import Config
from generator.convert import TOO_DEEP, convert
from generator.finding import Finding, Place, Severity, Text
from generator.model import Body, Document, Outcome, Page, Site, Verdict
from generator.rules import NAMES, ONLINE, broken_anchor, unsafe_file

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
) -> Outcome:
    """Everything but writing: the site in `folder`, its findings and its pages; raises `SiteError`.

    `network` asks other hosts what they answer to the links of the site; without it no socket is opened.
    """
    loaded = _load(folder)
    config = _config(loaded, base_url)
    waivers = validate.waiver_places(loaded.settings, config)
    documents, wrong = validate.documents(loaded.sources, config, today, drafts)
    bodies = _convert(documents, jobs)
    deep = _too_deep(documents, bodies)
    site = link.link(
        config,
        today,
        documents,
        bodies,
        loaded.assets,
        tuple(loaded.templates.static),
        loaded.register,
    )
    pages, broken = render.render(site, loaded.templates)
    asked = network is not None and any(selection.holds(name) for name in ONLINE)
    answered = network(site) if network is not None and asked else ()
    dead = _dead_anchors(site, pages)
    reported = (*loaded.findings, *wrong, *deep, *broken, *dead, *answered)
    findings = check.check(site, reported, selection, waivers, online=asked)
    return Outcome(site, findings, pages)


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


def _convert(documents: Sequence[Document], jobs: int) -> Mapping[str, Body]:
    """The body of every document; several processes make the same as one."""
    written = [(d.source.body, d.source.body_line) for d in documents]
    if jobs <= 1 or len(written) < 2 * jobs:
        bodies = [convert(*one) for one in written]
    else:
        size = max(1, len(written) // (4 * jobs))
        with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
            bodies = list(pool.map(convert, *zip(*written, strict=True), chunksize=size))
    return {document.path: body for document, body in zip(documents, bodies, strict=True)}


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
    contents = {page.url: page.content for page in pages} if links else {}
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


def worst(findings: Sequence[Finding]) -> Severity:
    """The gravest severity among `findings`; `OFF` for none."""
    severities = [finding.severity for finding in findings]
    return max(severities, key=lambda severity: severity.weight, default=Severity.OFF)


def fails(findings: Sequence[Finding], limit: Severity) -> bool:
    """Whether any finding is at or above `limit`."""
    return worst(findings).weight >= limit.weight


def save(pages: Sequence[Page], folder: Path, out: Path) -> None:
    """Write the pages of an outcome to `out`, whole or not at all; raises `SiteError`."""
    try:
        write.write(pages, folder, out)
    except write.OutputError as error:
        raise SiteError(error.sentence) from None
