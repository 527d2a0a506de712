"""What the preview adds to the site (预览面板): the list of findings, a banner, the reload script.

Made without the site's templates, since these may be what is wrong. Nothing here is ever in a build.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from generator.finding import Finding, Text
from generator.report import SEVERITY_NAMES
from generator.serve.preview import PANEL, Preview

_SHOWN = 3

_STYLE = """\
body{font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:60em;margin:2em auto;
padding:0 1em;color:#1f2328;background:#fff}
h1{font-size:1.4em}li{margin:.8em 0}code{font-size:.9em;color:#57606a}p{margin:.2em 0}
.error{color:#a40e26}.warning{color:#7d4e00}.info{color:#0550ae}"""

_BANNER_STYLE = (
    "position:fixed;left:0;right:0;bottom:0;z-index:2147483647;margin:0;padding:.6em 1em;"
    "max-height:40vh;overflow:auto;font:15px/1.6 sans-serif;color:#fff;background:#a40e26"
)

_CANNOT_BUILD = Text("站点无法生成", "the site cannot be built")
_NO_FINDINGS = Text("没有发现问题", "no findings")
_TO_SITE = Text("回到站点", "back to the site")
_ALL = Text("查看全部", "see all")
_OLD_PAGES = Text(
    "页面停留在最后一次没有错误时的样子。", "The pages are those of the last state without errors."
)
_NEW_PAGES = Text("改正之前，这些内容不能发布。", "As long as it is so, nothing can be published.")


def panel(preview: Preview, script: str) -> bytes:
    """The page that lists what is wrong with the newest state of the site."""
    say = preview.language
    title = _headline(preview).say(say)
    parts = [f"<h1{'' if preview.is_good else ' class=error'}>{escape(title)}</h1>"]
    if not preview.is_good and preview.pages:
        parts.append(f"<p>{escape(_pages_shown(preview).say(say))}</p>")
    parts.extend(f"<p>{escape(sentence.say(say))}</p>" for sentence in preview.sentences)
    if preview.findings:
        rows = "\n".join(_row(finding, preview) for finding in preview.findings)
        parts.append(f"<ol>\n{rows}\n</ol>")
    if preview.pages:
        home = escape(quote(preview.prefix))
        parts.append(f'<p><a href="{home}">{escape(_TO_SITE.say(say))}</a></p>')
    body = "\n".join(parts)
    language = "en" if say == "en" else "zh-CN"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)} - gongkai</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n{script}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def _headline(preview: Preview) -> Text:
    if preview.sentences:
        return _CANNOT_BUILD
    if not preview.findings:
        return _NO_FINDINGS
    errors, others = len(preview.errors), len(preview.findings) - len(preview.errors)
    return Text(
        f"{errors} 个错误，{others} 个警告和提示", f"{errors} errors, {others} warnings and infos"
    )


def _pages_shown(preview: Preview) -> Text:
    return _OLD_PAGES if preview.was_good else _NEW_PAGES


def _row(finding: Finding, preview: Preview) -> str:
    say = preview.language
    severity = finding.severity
    hint = finding.hint.say(say)
    return (
        f'<li><p><strong class="{severity.value}">{SEVERITY_NAMES[severity][say]}</strong> '
        f"<code>{escape(_where(finding))} {finding.rule}</code></p>"
        f"<p>{escape(finding.message.say(say))}</p>"
        + (f"<p>{escape(hint)}</p>" if hint else "")
        + "</li>"
    )


def _where(finding: Finding) -> str:
    place = finding.place
    return ":".join(str(part) for part in (place.path, place.line, place.column) if part)


def decorated(page: bytes, preview: Preview, script: str) -> bytes:
    """An HTML page with the reload script before `</body>`, and a banner where something is wrong."""
    added = ("" if preview.is_good else _banner(preview)) + script + "\n"
    cut = page.lower().rfind(b"</body>")
    cut = len(page) if cut < 0 else cut
    return page[:cut] + added.encode("utf-8", "replace") + page[cut:]


def _banner(preview: Preview) -> str:
    say = preview.language
    sentences = [sentence.say(say) for sentence in preview.sentences] or [
        f"{_where(finding)} {finding.rule}: {finding.message.say(say)}"
        for finding in preview.errors
    ]
    lines = "".join(f"<br>{escape(sentence)}" for sentence in sentences[:_SHOWN])
    return (
        f'<aside id="gongkai-preview" role="alert" style="{_BANNER_STYLE}">'
        f"<strong>{escape(_headline(preview).say(say))}</strong> "
        f"{escape(_pages_shown(preview).say(say))} "
        f'<a href="{PANEL}" style="color:#fff;text-decoration:underline">{escape(_ALL.say(say))}</a>'
        f"{lines}</aside>\n"
    )


def reload_script(host: str, port: int) -> str:
    """The element that loads livereload's own script; it is told the host, since it misreads `[::1]`."""
    return f'<script src="/livereload.js?host={escape(host)}&amp;port={port}&amp;mindelay=200"></script>'
