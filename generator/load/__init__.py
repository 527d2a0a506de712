"""Load (读取): the files of a site folder → sources, assets, templates, settings as text.

The only stage that reads. It never follows a link out of the content folder, and a file that cannot
be read never hides the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.finding import Finding, Place, Text
from generator.load import source, yaml_text
from generator.model import Asset, Source, Templates, Tree
from generator.rules.unsafe_file import RULE

LARGEST_DOCUMENT = 5 * 1024 * 1024
HEAD = 4096
MARKDOWN = (".md", ".markdown")
REGISTER = "register.tsv"
_IGNORED = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})


@dataclass(frozen=True)
class Loaded:
    """A site folder as read; `settings` is `site.yaml` as text with positions."""

    settings: Tree
    sources: tuple[Source, ...]
    assets: tuple[Asset, ...]
    templates: Templates
    register: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


def read_site(folder: Path) -> Loaded:
    """Everything a site folder holds; OSError and UnicodeDecodeError of `site.yaml` itself pass through."""
    settings = yaml_text.read((folder / "site.yaml").read_text(encoding="utf-8-sig"))
    findings: list[Finding] = []
    sources: list[Source] = []
    assets: list[Asset] = []
    for path in _files(folder / "content", folder, findings):
        relative = path.relative_to(folder).as_posix()
        try:
            if path.suffix.lower() in MARKDOWN:
                found, wrong = _document(relative, path)
                sources.extend(found)
                findings.extend(wrong)
            else:
                assets.append(_asset(relative, path))
        except OSError as error:
            findings.append(_unsafe(relative, *_unreadable(error)))
    return Loaded(
        settings,
        tuple(sources),
        tuple(assets),
        read_templates(folder),
        _register(folder / REGISTER),
        tuple(findings),
    )


def _document(relative: str, path: Path) -> tuple[list[Source], list[Finding]]:
    size = path.stat().st_size
    if size > LARGEST_DOCUMENT:
        return [], [_unsafe(relative, *_TOO_LARGE)]
    found, findings = source.read(relative, path.read_bytes())
    return [found], findings


def _asset(relative: str, path: Path) -> Asset:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return Asset(relative, relative.removeprefix("content/"), path.stat().st_size, head)


def _files(folder: Path, site: Path, findings: list[Finding]) -> Iterator[Path]:
    """Every file to publish below `folder`, in the order of names."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        name = entry.name
        if name.startswith((".", "~$")) or name in _IGNORED:
            continue
        path = Path(entry.path)
        problem = _name_problem(name) or _link_problem(entry, site)
        if problem:
            shown = path.relative_to(site).as_posix().encode("utf-8", "replace").decode()
            findings.append(_unsafe(shown, *problem))
        elif entry.is_dir():
            yield from _files(path, site, findings)
        elif entry.is_file():
            yield path


def _name_problem(name: str) -> tuple[Text, Text] | None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return _BAD_NAME
    if "\\" in name or any(ord(sign) < 32 or ord(sign) == 127 for sign in name):
        return _BAD_NAME
    # The page's own ending and the staging folder need room within the 255 bytes of a file name.
    return _LONG_NAME if len(name.encode("utf-8")) > 240 else None


def _link_problem(entry: os.DirEntry[str], site: Path) -> tuple[Text, Text] | None:
    if not entry.is_symlink():
        return None
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return _DEAD_LINK
    inside = target.is_relative_to((site / "content").resolve())
    return None if inside and target.is_file() else _LINK_OUT


def _unsafe(relative: str, problem: Text, hint: Text) -> Finding:
    return RULE.at(
        Place(relative, 1, 1),
        problem=problem.zh,
        problem_en=problem.en,
        next=hint.zh,
        next_en=hint.en,
    )


_BAD_NAME = (
    Text(
        "文件名里有反斜杠、控制字符或非 UTF-8 字符",
        "its name holds a backslash, a control character or bytes that are not UTF-8",
    ),
    Text("重新命名这个文件", "rename the file"),
)
_LONG_NAME = (
    Text("文件名太长（最多240字节，约80个汉字）", "its name is too long (at most 240 bytes)"),
    Text("缩短文件名", "shorten the name"),
)
_DEAD_LINK = (
    Text("符号链接没有目标", "it is a symbolic link to nothing"),
    Text("删去这个链接，放上文件本身", "replace the link by the file itself"),
)
_LINK_OUT = (
    Text("符号链接指向 content 文件夹以外", "it is a symbolic link that leaves the content folder"),
    Text("删去这个链接，放上文件本身", "replace the link by the file itself"),
)
_TOO_LARGE = (
    Text("Markdown 文件超过 5 MB", "this Markdown file is larger than 5 MB"),
    Text("把长内容作为附件，正文只留摘要", "put long content into an attachment"),
)


def _unreadable(error: OSError) -> tuple[Text, Text]:
    return (
        Text(f"无法读取（{error.strerror}）", f"it cannot be read ({error.strerror})"),
        Text("检查文件的权限", "check the permissions of the file"),
    )


def builtin_templates() -> Path:
    """The folder of the built-in look: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parent / "templates"


def read_templates(folder: Path) -> Templates:
    """The built-in look with the site's own `templates/` laid over it, file by file."""
    builtin = builtin_templates()
    texts, static = _look(builtin)
    own = folder / "templates"
    if not own.is_dir() or own.resolve() == builtin:
        return Templates(texts, frozenset(), static)
    own_texts, own_static = _look(own)
    return Templates(texts | own_texts, frozenset(own_texts), static | own_static)


def _look(folder: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    texts: dict[str, str] = {}
    static: dict[str, bytes] = {}
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder)).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if hidden or not path.is_file() or not path.resolve().is_relative_to(root):
            continue
        if name.startswith("static/"):
            static[name] = path.read_bytes()
        else:
            texts[name] = path.read_text(encoding="utf-8-sig", errors="replace")
    return texts, static


def _register(path: Path) -> tuple[tuple[str, str], ...]:
    """The lines of the register: address and index number (empty where there is none)."""
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((row[0], row[1] if len(row) > 1 else "") for row in rows)
