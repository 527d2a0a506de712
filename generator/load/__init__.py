"""Load (读取): the files of a site folder → sources, assets, templates, settings as text.

The only stage that reads. It never follows a link out of the content folder, and a file that cannot
be read never hides the others.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from generator import lighter
from generator.domain.own_words import Words
from generator.finding import Finding, Place, Text
from generator.load import source, words, yaml_text
from generator.model import Asset, Source, Templates, Tree
from generator.regex import regex
from generator.rules import broken_template
from generator.rules.unsafe_file import RULE

LARGEST_SETTINGS = 1024 * 1024
LARGEST_DOCUMENT = 5 * 1024 * 1024
DEEPEST = 30
HEAD = 4096
MARKDOWN = ".md"
_ALMOST_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
REGISTER = "register.tsv"
_BAD_SIGN = regex(r"[\\\x00-\x1f\x7f]")
_IGNORED = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
# What editors and git leave beside a document: copied as it is, it would publish what the document may not.
_BACKUP = regex(
    r"~$|^#.*#$|\.md\.(?:bak|old|orig|rej|tmp|save|swp|part)(?:\.?\d+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Loaded:
    """A site folder as read; `settings` is `site.yaml` as text with positions.

    `links` are the files that are symbolic links to others: what is written into those is written into these.
    """

    settings: Tree
    sources: tuple[Source, ...]
    assets: tuple[Asset, ...]
    templates: Templates
    register: tuple[tuple[str, str], ...]
    words: Words
    findings: tuple[Finding, ...]
    links: tuple[str, ...] = ()


def read_site(folder: Path, *, light: bool = False) -> Loaded:
    """Everything a site folder holds; OSError and UnicodeDecodeError of `site.yaml` itself pass through.

    `light` keeps the texts of its files out of memory.
    """
    around = read_around(folder)
    findings: list[Finding] = []
    sources: list[Source] = []
    assets: list[Asset] = []
    links: list[str] = []
    content = folder / "content"
    above = len(content.as_posix())
    for path in _files(content, folder, findings, links):
        relative = f"content{path.as_posix()[above:]}"
        try:
            if relative.endswith(MARKDOWN):
                found, wrong = _document(relative, path)
                sources.extend(map(lighter.source, found) if light else found)
                findings.extend(wrong)
            else:
                file = asset(relative, path)
                assets.append(lighter.asset(file) if light else file)
        except OSError as error:
            findings.append(_unsafe(relative, *_unreadable(error)))
    return replace(
        around,
        sources=tuple(sources),
        assets=tuple(assets),
        findings=(*findings, *around.findings),
        links=tuple(links),
    )


def read_around(folder: Path) -> Loaded:
    """What a site folder holds but for its content: settings, look, register and word lists."""
    settings = yaml_text.read(_settings(folder / "site.yaml"))
    findings: list[Finding] = []
    return Loaded(
        settings,
        (),
        (),
        read_templates(folder, findings),
        _register(folder / REGISTER, findings),
        words.read(folder, settings, findings),
        tuple(findings),
    )


def _settings(path: Path) -> str:
    if path.stat().st_size > LARGEST_SETTINGS:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return path.read_text(encoding="utf-8-sig")


def _document(relative: str, path: Path) -> tuple[list[Source], list[Finding]]:
    size = path.stat().st_size
    if size > LARGEST_DOCUMENT:
        return [], [_unsafe(relative, *_TOO_LARGE)]
    with path.open("rb", buffering=0) as stream:
        found, findings = source.read(relative, stream.readall())
    return [found], findings


def again(folder: Path, path: str) -> Source | None:
    """The source at `path` as it is now; None where there is none, or anything is wrong with how it is written."""
    file = folder / path
    try:
        if file.is_symlink() or not file.is_file():
            return None
        found, findings = _document(path, file)
    except OSError:
        return None
    return found[0] if found and not findings else None


def is_there(folder: Path, path: str) -> bool:
    """Whether anything lies at `path`, be it a link to nothing."""
    return os.path.lexists(folder / path)


def is_listed(folder: Path, path: str) -> bool:
    """Whether `read_site` comes to the document at `path` on its way, and finds nothing wrong with the way."""
    names = path.split("/")[1:]
    if any(_name_problem(name) for name in names) or len(names) > DEEPEST:
        return False
    if is_left_out(path) or _is_almost_markdown(names[-1]):
        return False
    above = folder / "content"
    for name in names:
        above /= name
        if above.is_symlink():
            return False
    return True


def is_left_out(path: str) -> bool:
    """Whether a file is no part of the site by its name, or by that of a folder above it."""
    return any(_is_left_out(name) for name in path.split("/"))


def _is_left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _IGNORED or _BACKUP.search(name) is not None


def asset(relative: str, path: Path) -> Asset:
    """The file to publish at `path`; raises OSError."""
    return Asset(relative, relative.removeprefix("content/"), path.stat().st_size, head(path))


def head(path: Path) -> bytes:
    """The first bytes of a file; raises OSError."""
    # Read once and never again: a buffer would take longer to make than to read.
    with path.open("rb", buffering=0) as stream:
        return stream.read(HEAD)


def _files(folder: Path, site: Path, findings: list[Finding], links: list[str]) -> Iterator[Path]:
    """Every file to publish below `folder`, in the order of names; those that are symbolic links join `links`."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        findings.append(_unsafe(folder.relative_to(site).as_posix(), *_unreadable(error)))
        return
    for entry in entries:
        name = entry.name
        if _is_left_out(name):
            continue
        path = Path(entry.path)
        problem = _name_problem(name) or _link_problem(entry, site) or _sort_problem(entry, site)
        if problem:
            findings.append(_unsafe(_printable(path.relative_to(site).as_posix()), *problem))
        elif entry.is_dir():
            yield from _files(path, site, findings, links)
        else:
            if entry.is_symlink():
                links.append(path.relative_to(site).as_posix())
            yield path


def _printable(path: str) -> str:
    return re.sub("[\x00-\x1f\x7f]", "?", path.encode("utf-8", "replace").decode())


def _name_problem(name: str) -> tuple[Text, Text] | None:
    try:
        length = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        return _BAD_NAME
    if _BAD_SIGN.search(name):
        return _BAD_NAME
    # The page's own ending and the staging folder need room within the 255 bytes of a file name.
    return _LONG_NAME if length > 240 else None


def _link_problem(entry: os.DirEntry[str], site: Path) -> tuple[Text, Text] | None:
    if not entry.is_symlink():
        return None
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return _DEAD_LINK
    if not target.is_relative_to((site / "content").resolve()):
        return _LINK_OUT
    # The source of a document under another suffix would be copied as it is, whatever it is.
    same_sort = target.suffix == Path(entry.name).suffix
    return None if target.is_file() and same_sort else _LINK_ODD


def _sort_problem(entry: os.DirEntry[str], site: Path) -> tuple[Text, Text] | None:
    if entry.is_dir():
        depth = len(Path(entry.path).relative_to(site).parts)
        return _TOO_DEEP if depth > DEEPEST else None
    if _is_almost_markdown(entry.name):
        return _OTHER_SUFFIX
    return None if entry.is_file() else _NO_FILE


def _is_almost_markdown(name: str) -> bool:
    return not name.endswith(MARKDOWN) and Path(name.lower()).suffix in _ALMOST_MARKDOWN


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
_LINK_ODD = (
    Text(
        "符号链接指向文件夹，或指向另一种后缀的文件",
        "it is a symbolic link to a folder, or to a file with another suffix",
    ),
    Text("删去这个链接，放上文件本身", "replace the link by the file itself"),
)
_TOO_DEEP = (
    Text(f"文件夹套得太深（最多{DEEPEST}层）", f"folders lie too deep (at most {DEEPEST})"),
    Text("把文件移到上面的文件夹里", "move the files up"),
)
_OTHER_SUFFIX = (
    Text("Markdown 文件的后缀应当是小写的 .md", "the suffix of a Markdown file must be .md"),
    Text("把后缀改为 .md", "change the suffix to .md"),
)
_NO_FILE = (
    Text("不是普通文件", "it is not a regular file"),
    Text("删去它", "remove it"),
)
_TEMPLATE_OUT = (
    Text(
        "符号链接指向 templates 文件夹以外",
        "it is a symbolic link that leaves the templates folder",
    ),
    Text("删去这个链接，放上文件本身", "replace the link by the file itself"),
)
_NOT_UTF8 = (
    Text("不是 UTF-8 编码", "it is not UTF-8"),
    Text("在编辑器里另存为 UTF-8 编码", "save it as UTF-8"),
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


def read_templates(folder: Path, findings: list[Finding]) -> Templates:
    """The built-in look with the site's own `templates/` laid over it, file by file."""
    builtin = builtin_templates()
    own = folder / "templates"
    if not own.is_dir() or own.resolve() == builtin:
        texts, static = _look(builtin, findings)
        return Templates(texts, frozenset(), static)
    texts, static = _look(builtin, [])
    own_texts, own_static = _look(own, findings)
    return Templates(texts | own_texts, frozenset(own_texts), static | own_static)


def _look(folder: Path, findings: list[Finding]) -> tuple[dict[str, str], dict[str, bytes]]:
    texts: dict[str, str] = {}
    static: dict[str, bytes] = {}
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath(path.relative_to(folder)).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or path.is_dir():
            continue
        try:
            if not path.resolve(strict=True).is_relative_to(root):
                findings.append(_unsafe(f"templates/{name}", *_TEMPLATE_OUT))
            elif name.startswith("static/"):
                static[name] = path.read_bytes()
            else:
                texts[name] = _template(name, path.read_bytes(), findings)
        except (OSError, RuntimeError) as error:
            problem = _unreadable(error) if isinstance(error, OSError) else _DEAD_LINK
            findings.append(_unsafe(f"templates/{name}", *problem))
    return texts, static


def _template(name: str, raw: bytes, findings: list[Finding]) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(f"templates/{name}", raw.count(b"\n", 0, error.start) + 1)
        findings.append(broken_template.RULE.at(place, reason="不是 UTF-8 编码 (not UTF-8)"))
        return raw.decode("utf-8-sig", "replace")


def _register(path: Path, findings: list[Finding]) -> tuple[tuple[str, str], ...]:
    """The lines of the register: address and index number, empty where there is none.

    Comments and empty lines keep their place as two empty texts, so that a line can be named.
    """
    if not path.is_file():
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        findings.append(_unsafe(REGISTER, *_NOT_UTF8))
        return ()
    rows = ("" if line.startswith("#") else line for line in lines)
    parts = (row.partition("\t") for row in rows)
    return tuple((url.strip(), number.strip()) for url, _, number in parts)
