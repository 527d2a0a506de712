"""The command line (命令行): words → calls. The only `print`, the only exit codes.

0 nothing at or above the limit · 1 findings at or above it · 2 the command could not be carried out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import click
from rapidfuzz import process

from generator import __version__, external, html_links, json_schema
from generator import baseline as baselines
from generator.baseline import BaselineError
from generator.build import SiteError, examine, fails, save, settings
from generator.check import Selection
from generator.domain.kinds import Kind, kind_of
from generator.external.findings import find as find_external
from generator.external.findings import known
from generator.finding import Finding, Language, Severity, Text
from generator.importer import NotText, decode, import_text
from generator.model import Outcome, Site
from generator.publish import Published, PublishError, target_named
from generator.publish import publish as bring
from generator.register import RegisterError, add, unregistered
from generator.report import FORMS, SEVERITY_NAMES, Totals, text, text_lines, totals
from generator.revision import RevisionError, changed_since
from generator.rules import BY_NAME, NAMES, TABLE, page
from generator.skeleton import SkeletonError, new_document

Command = TypeVar("Command", bound=Callable[..., Any])


class Trouble(click.ClickException):
    """The command could not be carried out: sentences for stderr, exit code 2."""

    exit_code = 2

    def __init__(self, *sentences: Text) -> None:
        self.sentences = sentences
        super().__init__("\n".join(f"{s.zh}\n{s.en}" for s in sentences))

    def show(self, file: Any = None) -> None:
        """Both languages, since the settings that choose one may be what is wrong."""
        for sentence in self.sentences:
            click.echo(f"gongkai: {sentence.zh}", err=True)
            click.echo(f"         {sentence.en}", err=True)


class _Day(click.ParamType[date]):
    name = "DATE"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，写成 2026-11-20 (not a date; write 2026-11-20)")


class _RuleNames(click.ParamType[frozenset[str]]):
    name = "RULE,…"

    def convert(self, value: Any, param: Any, ctx: Any) -> frozenset[str]:
        if isinstance(value, frozenset):
            return value
        names = frozenset(filter(None, (word.strip() for word in str(value).split(","))))
        for name in sorted(names - NAMES):
            near = process.extractOne(name, sorted(NAMES), score_cutoff=60)
            meant = f"，是不是“{near[0]}”？" if near else ""
            self.fail(f"没有“{name}”这条规则{meant} (there is no such rule)")
        return names


_NO_RULES: frozenset[str] = frozenset()
_site = click.option(
    "--site",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="站点文件夹；默认：最近的含 site.yaml 的上级文件夹",
)
_today = click.option("--today", type=_Day(), help="把这一天当作今天；默认：系统日期")
_lang = click.option("--lang", type=click.Choice(["zh", "en"]), help="报告的语言")
_jobs = click.option("--jobs", type=click.IntRange(1, 64), default=1, help="同时运行的进程数")
_format = click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="text", help="报告的格式"
)
_fail_on = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    help="达到哪一级就算不通过",
)
_select = click.option("--select", type=_RuleNames(), default=_NO_RULES, help="只检查这些规则")
_ignore = click.option("--ignore", type=_RuleNames(), default=_NO_RULES, help="不检查这些规则")


_BASELINE = (
    click.option(
        "--baseline",
        type=click.Path(path_type=Path, dir_okay=False),
        help="接受这个文件里列出的问题；文件不存在时用现有的问题建立",
    ),
    click.option("--shrink", is_flag=True, help="从基线里删去已经改正的问题"),
)


_external = click.option(
    "--external",
    "asks",
    is_flag=True,
    help="也检查外部链接：要联网，需要 pip install 'gongkai[links]'",
)
_cache = click.option(
    "--cache",
    "cache_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"外部链接的结果存在哪个文件；默认：站点文件夹里的 {external.CACHE}",
)


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def apply(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


_baseline = _options(*_BASELINE)
_common = _options(_site, _today, _lang, _jobs)
_findings = _options(_common, _format, _fail_on, _select, _ignore)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gongkai")
def main() -> None:
    """gongkai（公开）：生成并检查政府信息公开专栏。"""


def site_folder(folder: Path | None) -> Path:
    """The folder named, or the nearest one upward with a `site.yaml`."""
    if folder is not None:
        return folder.absolute()
    here = Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / "site.yaml").is_file():
            return candidate
    raise Trouble(
        Text(
            "这里和上级文件夹都没有 site.yaml。进入站点文件夹，或用 --site 指明",
            "no site.yaml here or above; go to the site folder or name it with --site",
        )
    )


def _examined(
    folder: Path,
    today: date | None,
    jobs: int,
    select: frozenset[str],
    ignore: frozenset[str],
    **more: Any,
) -> Outcome:
    try:
        return examine(
            folder,
            today or date.today(),
            selection=Selection(select, ignore),
            jobs=jobs,
            **more,
        )
    except SiteError as error:
        raise Trouble(*error.sentences) from None


def _report(
    outcome: Outcome, findings: Sequence[Finding], form: str, lang: Language | None, site: Path
) -> None:
    language = lang or outcome.site.config.language
    show(findings, totals(outcome.site), form, language, site)


def show(
    findings: Sequence[Finding], looked_at: Totals, form: str, language: Language, folder: Path
) -> None:
    """Print findings about files below `folder` in the form that was asked for."""
    if form == "text":
        said = text(findings, looked_at, language, _source_lines(folder))
    else:
        said = FORMS[form](findings, looked_at, language)
    if said:
        click.echo(said)


def _source_lines(folder: Path) -> Callable[[str, int], str]:
    """A reader of single lines for excerpts; a line that cannot be read is empty."""

    @cache
    def lines(path: str) -> list[str]:
        try:
            return (folder / path).read_text("utf-8-sig", "replace").splitlines()
        except OSError:
            return []

    def line(path: str, number: int) -> str:
        found = lines(path)
        return found[number - 1] if 0 < number <= len(found) else ""

    return line


@main.command()
@_findings
@click.option(
    "--out", type=click.Path(path_type=Path), help="输出文件夹；默认：站点文件夹里的 public"
)
@click.option("--base-url", help="发布的网址，代替 site.yaml 里的 base_url")
@click.option("--drafts", is_flag=True, help="草稿和未到发布日期的文件也生成（只供预览）")
@click.option("--no-cache", is_flag=True, expose_value=False, help="每次都从头生成")
@click.option("--strict", is_flag=True, help="有警告也算不通过，等于 --fail-on warning")
def build(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    out: Path | None,
    base_url: str | None,
    drafts: bool,
    strict: bool,
) -> None:
    """检查并生成整个专栏；有问题达到界限时什么也不写，原来的输出保持原样。"""
    site = site_folder(folder)
    outcome = _examined(site, today, jobs, select, ignore, drafts=drafts, base_url=base_url)
    _report(outcome, outcome.findings, form, lang, site)
    if fails(outcome.findings, Severity.WARNING if strict else Severity(fail_on)):
        raise SystemExit(1)
    try:
        save(outcome.pages, site, Path.cwd() / out if out else site / "public")
    except SiteError as error:
        raise Trouble(*error.sentences) from None


def asking(
    config: external.External,
    known_hosts: external.Known,
    cache_file: Path,
    today: date | None,
    progress: external.Progress,
) -> Callable[[Sequence[external.Address]], Sequence[external.Checked]]:
    """What asks other hosts, with the ages of answers counted from `today` at this time of day."""
    now = datetime.now()
    moment = datetime.combine(today, now.time()) if today else now

    def check(addresses: Sequence[external.Address]) -> Sequence[external.Checked]:
        try:
            return external.check_addresses(
                addresses,
                config,
                now=moment.timestamp(),
                known=known_hosts,
                cache_file=cache_file,
                progress=progress,
            )
        except external.CacheError as error:
            raise Trouble(error.sentence) from None

    return check


def _progress(form: str, language: Language) -> external.Progress:
    """One line that renews itself on a terminal, a line now and then elsewhere; none beside JSON."""
    if form != "text":
        return external.silent
    is_terminal = sys.stderr.isatty()

    def said(done: int, total: int, host: str) -> None:
        sentence = Text(
            f"外部链接 {done}/{total} {host}", f"external links {done}/{total} {host}"
        ).say(language)
        if is_terminal:
            end = "\n" if done == total else ""
            click.echo(f"\r\033[K{sentence}{end}", err=True, nl=False)
        elif done == total or done % max(10, total // 10) == 0:
            click.echo(sentence, err=True)

    return said


@main.command()
@_findings
@click.option("--since", metavar="REV", help="只报告这个 git 版本以来改动的文件")
@_external
@_cache
@_baseline
def check(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    since: str | None,
    asks: bool,
    cache_file: Path | None,
    baseline: Path | None,
    shrink: bool,
) -> None:
    """检查整个专栏，什么也不写。"""
    site = site_folder(folder)
    changed = None if since is None else _changed(site, since)
    more: dict[str, Any] = {}
    if asks:
        # Waivers in site.yaml are judged when it changed; for that every link has to be asked.
        only = None if changed is None or "site.yaml" in changed else changed
        more["network"] = _network(cache_file or site / external.CACHE, today, form, lang, only)
    outcome = _examined(site, today, jobs, select, ignore, **more)
    findings = outcome.findings
    if changed is not None:
        findings = tuple(finding for finding in findings if finding.place.path in changed)
    findings, is_stale = against(baseline, findings, shrink=shrink)
    _report(outcome, findings, form, lang, site)
    if is_stale or fails(findings, Severity(fail_on)):
        raise SystemExit(1)


def _changed(site: Path, since: str) -> frozenset[str]:
    try:
        return changed_since(site, since)
    except RevisionError as error:
        raise Trouble(error.sentence) from None


def _network(
    cache_file: Path,
    today: date | None,
    form: str,
    lang: Language | None,
    only: frozenset[str] | None,
) -> Callable[[Site], Sequence[Finding]]:
    """What `examine` needs to ask other hosts; a missing extra is said before anything is read."""
    try:
        external.require_extra()
    except external.ExtraError as error:
        raise Trouble(error.sentence) from None

    def find(site: Site) -> Sequence[Finding]:
        config = site.config
        progress = _progress(form, lang or config.language)
        ask = asking(config.external, known(config), cache_file, today, progress)
        return tuple(find_external(site, ask, only))

    return find


def against(
    file: Path | None, findings: tuple[Finding, ...], *, shrink: bool
) -> tuple[tuple[Finding, ...], bool]:
    """The findings that a baseline does not accept, and whether it holds some that are mended.

    A baseline that does not exist is made of today's findings. One that does may only shrink.
    """
    if file is None:
        return findings, False
    try:
        if not file.exists():
            file.write_text(baselines.write(findings), encoding="utf-8")
            click.echo(f"基线 {file}：接受了 {len(findings)} 个问题 (accepted)", err=True)
            return (), False
        accepted = baselines.read(file.read_text(encoding="utf-8"))
        compared = baselines.compare(findings, accepted)
        if compared.mended and shrink:
            left = baselines.without(accepted, compared.mended)
            file.write_text(left, encoding="utf-8")
    except BaselineError as error:
        raise Trouble(error.sentence) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(
            Text(f"无法读写基线 {file}：{error}", f"cannot use the baseline {file}: {error}")
        ) from None
    for rule, path, *_ in compared.mended:
        click.echo(f"基线里的问题已经改正 (mended): {rule} {path}", err=True)
    if compared.mended and not shrink:
        click.echo(
            f"从基线 {file} 里删去改正了的 {len(compared.mended)} 条：加 --shrink 重新运行 "
            "(remove them: run again with --shrink)",
            err=True,
        )
    return compared.new, bool(compared.mended) and not shrink


@main.command()
@click.argument("name", required=False)
@_lang
def rules(name: str | None, lang: Language | None) -> None:
    """列出全部规则；给出规则名时，用正反例子讲解这一条。"""
    if name is None:
        click.echo(_rule_table(lang or "zh"))
        return
    if name not in BY_NAME:
        near = process.extractOne(name, sorted(BY_NAME), score_cutoff=50)
        meant = Text(f"是不是“{near[0]}”？", f"did you mean “{near[0]}”?") if near else Text("", "")
        raise Trouble(
            Text(f"没有“{name}”这条规则。{meant.zh}", f"there is no rule “{name}”. {meant.en}")
        )
    click.echo(page(name))


def _rule_table(language: Language) -> str:
    width = max(len(row.rule.name) for row in TABLE)
    lines: list[str] = []
    group = ""
    for row in TABLE:
        if row.group != group:
            group = row.group
            lines.extend(["", group] if lines else [group])
        severity = SEVERITY_NAMES[row.rule.severity][language]
        lines.append(f"  {row.rule.name:<{width}}  {severity}  {_first_line(row.rule.name)}")
    return "\n".join(lines)


def _first_line(name: str) -> str:
    """The title of a rule's page without the rule's name."""
    return page(name).split("\n", 1)[0].lstrip("# ").partition("：")[2]


class _Kind(click.ParamType[Kind]):
    name = "KIND"

    def convert(self, value: Any, param: Any, ctx: Any) -> Kind:
        kind = value if isinstance(value, Kind) else kind_of(str(value))
        if kind is None:
            names = "、".join(f"{kind.value}（{kind.zh}）" for kind in Kind)
            self.fail(f"没有“{value}”这个文种，可写：{names} (no such kind)")
        return kind


@main.command()
@click.argument("kind", type=_Kind())
@_options(_site, _today)
@click.option("--title", default="", help="标题；不写则留空待填")
@click.option("--to", type=click.Path(path_type=Path), help="写到哪个文件；默认：文种的栏目和年份")
@click.option("--year", type=click.IntRange(1949, 2200), help="年度（年度报告、工作要点）")
def new(
    kind: Kind,
    folder: Path | None,
    today: date | None,
    title: str,
    to: Path | None,
    year: int | None,
) -> None:
    """按文种新建一个文件，索引号自动取下一个。"""
    site = site_folder(folder)
    day = today or date.today()
    outcome = _examined(site, day, 1, frozenset({"front-matter"}), frozenset(), drafts=True)
    try:
        draft = new_document(outcome.site, kind, title, year, str(to) if to else None)
    except SkeletonError as error:
        raise Trouble(error.sentence) from None
    path = site / draft.path if to is None else Path.cwd() / to
    _write_new(path, draft.text)
    click.echo(path.relative_to(site) if path.is_relative_to(site) else path)


def _write_new(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Trouble(
            Text(f"{path} 已经存在，没有覆盖", f"{path} exists already; nothing was overwritten")
        ) from None
    except OSError as error:
        raise Trouble(
            Text(f"无法写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
        ) from None


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_options(_site, _today, _lang)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="写到哪个文件夹；默认：站点里文种所属的栏目，不在站点里时是当前文件夹",
)
def import_(
    files: tuple[Path, ...],
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    to: Path | None,
) -> None:
    """把纯文本（从网页或 Word 复制下来的）变成带文件头的 Markdown。"""
    language: Language = lang or "zh"
    place = _import_place(folder, to)
    failed = False
    for file in files:
        failed |= not _import_one(file, place, today or date.today(), language)
    if failed:
        raise SystemExit(2)


def _import_place(folder: Path | None, to: Path | None) -> Callable[[Kind], Path]:
    """Where a document of a kind is put: `--to`, else its column in the site, else here."""
    if to is not None:
        return lambda kind: to
    try:
        site = site_folder(folder)
    except Trouble:
        return lambda kind: Path.cwd()
    try:
        columns = settings(site).all_columns
    except SiteError as error:
        raise Trouble(*error.sentences) from None

    def column(kind: Kind) -> Path:
        found = next((column.id for column in columns if kind in column.kinds), "")
        return site / "content" / found

    return column


def _import_one(file: Path, place: Callable[[Kind], Path], today: date, language: Language) -> bool:
    try:
        imported = import_text(decode(file.read_bytes()), file.name, today)
        target = place(imported.kind) / f"{file.stem}.md"
        _write_new(target, imported.markdown)
    except OSError as error:
        Trouble(
            Text(f"无法读取 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")
        ).show()
        return False
    except NotText as error:
        said = error.sentence
        Trouble(Text(f"{file}：{said.zh}", f"{file}: {said.en}")).show()
        return False
    except Trouble as trouble:
        trouble.show()
        return False
    click.echo(str(target))
    for note in imported.notes:
        click.echo(text_lines(note, language), err=True)
    return True


@main.command()
@click.argument("part", type=click.Choice(["front-matter", "site"]), default="front-matter")
def schema(part: str) -> None:
    """打印文件头或 site.yaml 的 JSON Schema，供编辑器提示和检查。"""
    click.echo(json_schema.text("site" if part == "site" else "front-matter"))


@main.command()
@_common
@click.option("--host", help="在哪个地址上提供预览；默认：只有本机能看")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="端口；被占用时用下一个",
)
def serve(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    host: str | None,
    port: int,
) -> None:
    """边写边看：草稿也显示，保存后浏览器自动刷新，有问题就显示在页面上。"""
    site = site_folder(folder)
    if not (site / "site.yaml").is_file():
        raise Trouble(Text(f"{site} 里没有 site.yaml", f"there is no site.yaml in {site}"))
    try:
        # The web server would double the time that every other command takes to start.
        from generator.serve import ServeError, Wishes  # noqa: PLC0415
        from generator.serve import serve as preview  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise Trouble(
            Text(
                f"预览需要 {error.name}，还没有安装：pip install 'gongkai[serve]'",
                f"the preview needs {error.name}: pip install 'gongkai[serve]'",
            )
        ) from None
    wishes = Wishes(site, lambda: today or date.today(), jobs, lang, host or None, port)
    try:
        preview(wishes, click.echo)
    except ServeError as error:
        raise Trouble(error.sentence) from None


@main.command()
@click.argument("target", required=False)
@_options(_common, _fail_on)
@click.option("--dry-run", is_flag=True, help="只列出会有什么变化，什么也不改")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="发布先前 build 生成的这个文件夹；默认：检查并重新生成",
)
def publish(
    target: str | None,
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    fail_on: str,
    dry_run: bool,
    out: Path | None,
) -> None:
    """检查、生成并发布到 site.yaml 里写明的文件夹或主机；有问题时什么也不发布。"""
    site = site_folder(folder)
    outcome = _examined(site, today, jobs, _NO_RULES, _NO_RULES)
    language = lang or outcome.site.config.language
    try:
        place = target_named(outcome.site.config.publish, target)
        if out is not None:
            published = bring(Path.cwd() / out, place, site, dry_run=dry_run)
        else:
            _report(outcome, outcome.findings, "text", lang, site)
            if fails(outcome.findings, Severity(fail_on)):
                raise SystemExit(1)
            with TemporaryDirectory(prefix="gongkai-") as temporary:
                built = Path(temporary) / "public"
                save(outcome.pages, site, built)
                published = bring(built, place, site, dry_run=dry_run)
    except PublishError as error:
        raise Trouble(error.sentence) from None
    except SiteError as error:
        raise Trouble(*error.sentences) from None
    click.echo(_published_lines(published, place.to, dry_run).say(language))
    new = len(unregistered(outcome.site))
    if new:
        click.echo(
            Text(
                f"有 {new} 个文件还没有登入 register.tsv：运行 gongkai register，然后提交",
                f"{new} documents are not in register.tsv yet: run gongkai register and commit it",
            ).say(language)
        )


def _published_lines(published: Published, to: str, dry_run: bool) -> Text:
    """What changed for the public, file by file in a dry run, and one sentence."""
    if not published.is_change:
        return Text(f"{to} 没有变化", f"nothing changes at {to}")
    counts = (len(published.added), len(published.changed), len(published.removed))
    zh = "新增 {} 个文件，改动 {} 个，移除 {} 个".format(*counts)
    en = "{} files added, {} changed, {} removed".format(*counts)
    if not dry_run:
        return Text(
            f"已发布到 {to}（{published.name}）：{zh}",
            f"published to {to} ({published.name}): {en}",
        )
    rows = [
        *(f"+ {url}\n" for url in published.added),
        *(f"~ {url}\n" for url in published.changed),
        *(f"- {url}\n" for url in published.removed),
    ]
    listed = "".join(rows)
    return Text(
        f"{listed}将发布到 {to}：{zh}。没有作任何改动",
        f"{listed}would publish to {to}: {en}; nothing was changed",
    )


@main.command()
@_options(_common, _fail_on)
def register(
    folder: Path | None, today: date | None, lang: Language | None, jobs: int, fail_on: str
) -> None:
    """把公布的网址和索引号登入 register.tsv，此后消失或变动都会报告；只增不减。"""
    site = site_folder(folder)
    outcome = _examined(site, today, jobs, _NO_RULES, _NO_RULES)
    if fails(outcome.findings, Severity(fail_on)):
        _report(outcome, outcome.findings, "text", lang, site)
        raise SystemExit(1)
    try:
        added = add(outcome.site, site)
    except RegisterError as error:
        raise Trouble(error.sentence) from None
    language = lang or outcome.site.config.language
    sentence = Text(f"register.tsv 新增 {added} 行", f"register.tsv: {added} lines added")
    click.echo(sentence.say(language))


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@_options(_lang, _jobs, _format, _fail_on, _select, _ignore)
@click.option("--base-url", help="文件夹发布后的网址；给出后，指向本站的绝对地址也按文件核对")
def links(
    target: Path,
    lang: Language | None,
    jobs: int,
    form: str,
    fail_on: str,
    select: frozenset[str],
    ignore: frozenset[str],
    base_url: str | None,
) -> None:
    """检查任何一个 HTML 文件夹里的链接：断链，以及文字与目标不符的错链。不需要 site.yaml，不联网。"""
    if not target.is_dir():
        problem = (
            ("不是文件夹", "is no folder") if target.exists() else ("不存在", "does not exist")
        )
        raise Trouble(Text(f"{target} {problem[0]}", f"{target} {problem[1]}"))
    try:
        origin = html_links.origin_of(base_url) if base_url else html_links.Origin()
    except html_links.OriginError:
        raise Trouble(
            Text(
                f"--base-url 应是 https:// 开头的网址：{base_url}",
                f"--base-url must be an address that begins with https://: {base_url}",
            )
        ) from None
    checked = html_links.check(target, origin, jobs, Selection(select, ignore).holds)
    if not checked.pages:
        nothing = Text(f"{target} 里没有 HTML 文件", f"there is no HTML file in {target}")
        click.echo(f"gongkai: {nothing.say(lang or 'zh')}", err=True)
    show(checked.findings, Totals(checked.pages, checked.links), form, lang or "zh", target)
    if fails(checked.findings, Severity(fail_on)):
        raise SystemExit(1)


def run(arguments: Sequence[str] | None = None) -> None:
    """The program: every way to fail ends in one sentence and an exit code, never a traceback."""
    try:
        main.main(args=arguments, prog_name="gongkai", standalone_mode=False)
    except click.UsageError as error:
        # Click's own words are English; the sentence around them says what to do in both languages.
        command = error.ctx.command_path if error.ctx else "gongkai"
        Trouble(
            Text(
                f"用法不对：{error.format_message()} 用 {command} --help 查看用法",
                f"usage: {error.format_message()} See {command} --help",
            )
        ).show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("gongkai: 已中断 (interrupted)", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except Exception as error:
        if os.environ.get("GONGKAI_DEBUG"):
            raise
        Trouble(
            Text(
                f"程序自身出错：{type(error).__name__}：{error}。设 GONGKAI_DEBUG=1 重新运行可得到详情",
                f"an error of the program itself: {type(error).__name__}: {error}. "
                "Run again with GONGKAI_DEBUG=1 for details",
            )
        ).show()
        sys.exit(2)
