"""What the preview adds to a page (预览面板): its findings, why readers do not see it, the reload script.

It stands in a shadow root with a style sheet and a script of its own, so that neither the page's style,
nor its scripts, nor a content security policy of `'self'` meet it. Nothing here is ever in a build.
"""

from __future__ import annotations

from html import escape
from itertools import islice
from urllib.parse import quote

from generator import address
from generator.finding import Finding, Place, Severity, Text
from generator.report import SEVERITY_NAMES, count
from generator.serve.editor import Editor
from generator.serve.preview import OWN, Board, Preview

_MOST = 20
PANEL = Text("预览面板", "Preview panel")
CANNOT_BUILD = Text("站点无法生成", "the site cannot be built")
OLD_PAGES = Text(
    "页面停留在最后一次能生成时的样子，改好后会自动更新。",
    "The pages are those of the last state that could be built; they are renewed when it is mended.",
)
_KEPT = Text(
    "这个文件现在读不懂，页面停留在改动之前的样子。",
    "This document cannot be read now; its page is as it was before the change.",
)
_PREVIEW = Text("预览", "preview")
_ALL = Text("全站的问题", "all findings")
_CHANGES = Text("改动的文件", "changed documents")
_EDIT = Text("打开原稿", "open the source")
_NOTHING = Text("本页没有问题。", "No findings on this page.")
_MORE = Text("还有 {number} 个，见“全站的问题”。", "{number} more: see “all findings”.")


def decorated(
    content: bytes, preview: Preview, url: str, editor: Editor, host: str, port: int
) -> bytes:
    """An HTML page with the panel and the reload script before its `</body>`."""
    added = _marks(preview, url) + _panel(preview, url, editor) + reload_script(host, port) + "\n"
    cut = content.lower().rfind(b"</body>")
    cut = len(content) if cut < 0 else cut
    return content[:cut] + added.encode("utf-8", "replace") + content[cut:]


def reload_script(host: str, port: int) -> str:
    """The element that loads livereload's own script; it is told the host, since it misreads `[::1]`."""
    return f'<script src="/livereload.js?host={escape(host)}&amp;port={port}&amp;mindelay=200"></script>'


def marks_sheet(preview: Preview, url: str) -> str:
    """The style sheet that marks, on the page `url`, links to documents that readers do not see yet."""
    rules = []
    for target, unseen in preview.unseen.items():
        href = _quoted(address.href(url, target))
        word = _quoted(unseen.word.say(preview.language))
        rules.append(
            f'a[href="{href}"]::after,a[href^="{href}#"]::after'
            f'{{content:"［{word}］";font-size:.85em;color:#7d4b00}}'
        )
    return "\n".join(rules)


def _quoted(text: str) -> str:
    """Words inside a CSS string; a sign that could end it is written as its number."""
    return "".join(
        f"\\{ord(sign):x} " if sign in '"\\<>' or ord(sign) < 32 else sign for sign in text
    )


def _marks(preview: Preview, url: str) -> str:
    if not preview.unseen:
        return ""
    sheet = f"{OWN}{Board.MARKS.value}?page={quote(url, safe='')}"
    return f'<link rel="stylesheet" href="{escape(sheet)}">\n'


def _panel(preview: Preview, url: str, editor: Editor) -> str:
    say = preview.language
    return (
        '<gongkai-preview id="gongkai-preview"><template shadowrootmode="open">\n'
        f'<link rel="stylesheet" href="{OWN}{Board.STYLE.value}">\n'
        f'<aside lang="{"en" if say == "en" else "zh-CN"}" aria-label="{escape(PANEL.say(say))}">\n'
        f"{_alarm(preview, url, editor)}{_fold(preview, url, editor)}</aside>\n"
        f'</template></gongkai-preview><script src="{OWN}{Board.SCRIPT.value}" defer></script>\n'
    )


def _alarm(preview: Preview, url: str, editor: Editor) -> str:
    """That the page shown is not of the newest state, and why."""
    say = preview.language
    if preview.is_old:
        told = "".join(f"<p>{escape(one.say(say))}</p>\n" for one in preview.sentences[:3])
        if not preview.sentences:
            errors = (one for one in preview.by_severity if one.severity is Severity.ERROR)
            told = "".join(
                f"<p>{_linked(one.place, preview, editor)} {escape(one.message.say(say))}</p>\n"
                for one in islice(errors, 3)
            )
        return (
            f'<div role="alert"><p><strong>{escape(CANNOT_BUILD.say(say))}</strong> '
            f"{escape(OLD_PAGES.say(say))}</p>\n{told}</div>\n"
        )
    if url in preview.kept:
        return f'<div role="alert"><p>{escape(_KEPT.say(say))}</p></div>\n'
    return ""


def _fold(preview: Preview, url: str, editor: Editor) -> str:
    say = preview.language
    findings = preview.findings_of(url)
    unseen = preview.unseen.get(url)
    is_open = any(one.severity is Severity.ERROR for one in findings)
    badge = f'<b class="unseen">{escape(unseen.word.say(say))}</b> ' if unseen else ""
    style = "bad" if is_open or preview.is_old else "some" if findings else "good"
    reason = f'<p class="unseen">{escape(unseen.sentence.say(say))}</p>\n' if unseen else ""
    rows = "".join(f"<li>{row(one, preview, editor)}</li>\n" for one in findings[:_MOST])
    listed = f"<ol>\n{rows}</ol>\n" if rows else f"<p>{escape(_NOTHING.say(say))}</p>\n"
    more = len(findings) - _MOST
    if more > 0:
        listed += f"<p>{escape(_MORE.fill(number=more).say(say))}</p>\n"
    return (
        f'<details{" open" if is_open else ""}><summary class="{style}">'
        f"{badge}{_headline(preview, findings)}</summary>\n"
        f"<div>\n{reason}{listed}{_ways(preview, url, editor)}</div>\n</details>\n"
    )


def _headline(preview: Preview, findings: tuple[Finding, ...]) -> str:
    """How many findings; on a phone it breaks between the page and the site, never inside a word."""
    here, found = len(findings), len(preview.findings)
    errors = count(preview.findings, Severity.ERROR)
    of_page = Text(f"{_PREVIEW.zh}：本页 {here} 个问题，", f"{_PREVIEW.en}: {here} findings here, ")
    of_site = Text(f"全站 {found} 个（{errors} 个错误）", f"{found} in all ({errors} errors)")
    say = preview.language
    return f"{escape(of_page.say(say))}<wbr><span>{escape(of_site.say(say))}</span>"


def _ways(preview: Preview, url: str, editor: Editor) -> str:
    """Where to go from the panel."""
    say = preview.language
    path = preview.path_at.get(url)
    ways = [
        (OWN + Board.FINDINGS.value, _ALL),
        (OWN + Board.CHANGES.value, _CHANGES),
    ]
    source = editor.href(preview.folder, Place(path)) if path else ""
    if source:
        ways.append((source, _EDIT))
    links = "".join(
        f'<a href="{escape(href)}">{escape(text.say(say))}</a>\n' for href, text in ways
    )
    return f'<p class="ways">\n{links}</p>\n'


def row(finding: Finding, preview: Preview, editor: Editor, page: str = "") -> str:
    """A finding: how grave, what, the line itself, what to do, where (a link to the editor, and to the `page`)."""
    say, place = preview.language, finding.place
    linked = _linked(place, preview, editor)
    line = preview.lines.get((place.path, place.line or 0), "")
    hint = finding.hint.say(say)
    return (
        f'<p><strong class="{finding.severity.value}">{SEVERITY_NAMES[finding.severity][say]}</strong> '
        f"{escape(finding.message.say(say))}</p>\n"
        + (f'<p class="line"><q>{escape(line)}</q></p>\n' if line.strip("-") else "")
        + (f'<p class="hint">{escape(hint)}</p>\n' if hint else "")
        + f'<p class="where">{linked} {escape(finding.rule)} {page}</p>\n'
    )


def _linked(place: Place, preview: Preview, editor: Editor) -> str:
    """A place as it is written in reports; a link that opens it, where there is an editor."""
    where = ":".join(str(part) for part in (place.path, place.line, place.column) if part)
    href = editor.href(preview.folder, place)
    named = f"<code>{escape(where)}</code>"
    return f'<a href="{escape(href)}">{named}</a>' if href else named
