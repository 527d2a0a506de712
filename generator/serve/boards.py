"""The preview's own pages (预览自己的页面): every finding of the site, and what changed since the main branch.

Made without the site's templates, since these may be what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from generator import revision
from generator.address import escape as escaped
from generator.finding import Place, Severity, Text
from generator.report import SEVERITY_NAMES, count
from generator.revision import FileChange
from generator.serve.editor import Editor
from generator.serve.panel import CANNOT_BUILD, OLD_PAGES, row
from generator.serve.preview import MOST_SHOWN, OWN, Board, Preview

_FINDINGS = Text("全站的问题", "All findings")
_CHANGES = Text("改动的文件", "Changed documents")
_NONE = Text("没有发现问题", "no findings")
_TO_SITE = Text("回到站点", "back to the site")
_PAGE = Text("看网页", "see the page")
_MORE = Text(
    "这里只列前 {shown} 个，共 {number} 个。全部用 gongkai check 查看。",
    "The first {shown} of {number} are listed here; gongkai check gives all.",
)
_NO_MAIN = Text(
    "版本库里没有 main 或 master 分支。", "The repository has no branch main or master."
)
_UNCHANGED = Text("没有改动。", "Nothing has changed.")
_REVIEW = Text(
    "逐字的审阅：",
    "The review word by word: ",
)
_WORDS = {
    FileChange.ADDED: Text("新增", "added"),
    FileChange.CHANGED: Text("修改", "changed"),
    FileChange.REMOVED: Text("删除", "removed"),
}


def findings_board(preview: Preview, editor: Editor, script: str) -> bytes:
    """The page that lists what is wrong with the newest state of the site, the gravest first."""
    say = preview.language
    parts = [f"<p>{escape(OLD_PAGES.say(say))}</p>"] if preview.is_old else []
    parts += [f'<p class="failed">{escape(one.say(say))}</p>' for one in preview.sentences]
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        parts += _section(preview, severity, editor)
    if len(preview.findings) > MOST_SHOWN:
        told = _MORE.fill(shown=MOST_SHOWN, number=len(preview.findings))
        parts.append(f"<p>{escape(told.say(say))}</p>")
    return _page(preview, _FINDINGS, _headline(preview), parts, script)


def _section(preview: Preview, severity: Severity, editor: Editor) -> list[str]:
    shown = [one for one in preview.by_severity[:MOST_SHOWN] if one.severity is severity]
    if not shown:
        return []
    say = preview.language
    rows = []
    for finding in shown:
        document = preview.documents.get(finding.place.path)
        page = _link(preview, document.url) if document else ""
        rows.append(f"<li>{row(finding, preview, editor, page)}</li>\n")
    name = SEVERITY_NAMES[severity][say]
    number = count(preview.findings, severity)
    return [f"<h2>{escape(name)} <small>{number}</small></h2>\n<ol>\n{''.join(rows)}</ol>"]


def _link(preview: Preview, url: str) -> str:
    href = escape(escaped(preview.prefix + url))
    return f'<a href="{href}">{escape(_PAGE.say(preview.language))}</a>'


def _headline(preview: Preview) -> Text:
    if preview.sentences:
        return CANNOT_BUILD
    if not preview.findings:
        return _NONE
    errors = count(preview.findings, Severity.ERROR)
    others = len(preview.findings) - errors
    return Text(
        f"{errors} 个错误，{others} 个警告和提示", f"{errors} errors, {others} warnings and infos"
    )


def changes_board(preview: Preview, editor: Editor, script: str) -> bytes:
    """The page of the documents and other files that changed since the main branch; git is asked now."""
    say = preview.language
    try:
        branch = revision.main_branch(preview.folder)
        changes = revision.changes_since(preview.folder, branch) if branch else {}
    except revision.RevisionError as error:
        return _page(preview, _CHANGES, error.sentence, [], script)
    if branch is None:
        return _page(preview, _CHANGES, _NO_MAIN, [], script)
    told = {path: one for path, one in changes.items() if path.startswith(_OURS)}
    compared = Text(
        f"与 {branch} 相比 {len(told)} 个文件，含尚未提交的改动",
        f"{len(told)} files compared with {branch}, uncommitted changes included",
    )
    parts = _changed(preview, editor, told) or [f"<p>{escape(_UNCHANGED.say(say))}</p>"]
    if told:
        command = f"gongkai review --since {branch} --out review.html"
        parts.append(f'<p class="way">{escape(_REVIEW.say(say))}<code>{escape(command)}</code></p>')
    return _page(preview, _CHANGES, compared, parts, script)


_OURS = ("content/", "templates/", "site.yaml", "register.tsv", "wordlist.yaml")


def _changed(preview: Preview, editor: Editor, changes: Mapping[str, FileChange]) -> list[str]:
    rows = [
        f"<li>{_row(preview, editor, path, change)}</li>\n"
        for path, change in sorted(changes.items())[:MOST_SHOWN]
    ]
    return [f"<ol>\n{''.join(rows)}</ol>"] if rows else []


def _row(preview: Preview, editor: Editor, path: str, change: FileChange) -> str:
    say = preview.language
    document = preview.documents.get(path)
    title = escape(document.title) if document else ""
    mark = escape(document.unseen.word.say(say)) if document and document.unseen else ""
    href = editor.href(preview.folder, Place(path)) if change is not FileChange.REMOVED else ""
    named = f"<code>{escape(path.encode('utf-8', 'replace').decode())}</code>"
    linked = f'<a href="{escape(href)}">{named}</a>' if href else named
    page = _link(preview, document.url) if document else ""
    return (
        f'<p><strong class="{change.value}">{_WORDS[change].say(say)}</strong> {title}'
        + (f' <b class="unseen">{mark}</b>' if mark else "")
        + f'</p>\n<p class="where">{linked} {page}</p>\n'
    )


def _page(preview: Preview, title: Text, headline: Text, parts: list[str], script: str) -> bytes:
    say = preview.language
    ways = [(OWN + Board.FINDINGS.value, _FINDINGS), (OWN + Board.CHANGES.value, _CHANGES)]
    if preview.pages:
        ways.insert(0, (escaped(preview.prefix), _TO_SITE))
    links = "\n".join(
        f'<a href="{escape(href)}"{_current(text, title)}>{escape(text.say(say))}</a>'
        for href, text in ways
    )
    name = escape(title.say(say))
    return (
        f'<!doctype html>\n<html lang="{"en" if say == "en" else "zh-CN"}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name} - gongkai</title>\n"
        f'<link rel="stylesheet" href="{OWN}{Board.STYLE.value}">\n</head>\n<body class="board">\n'
        f'<nav class="ways">\n{links}\n</nav>\n<main>\n<h1>{name}</h1>\n'
        f'<p class="headline">{escape(headline.say(say))}</p>\n'
        + "\n".join(parts)
        + f"\n</main>\n{script}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _current(text: Text, title: Text) -> str:
    return ' aria-current="page"' if text is title else ""
