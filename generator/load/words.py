"""Word lists (词表): `wordlist.yaml` of the site and the further lists that `site.yaml` names.

A list is a map of wrong → right under 严重 or 一般, with names under 专名; what stands at the top by
itself is 一般. A mistake in a list is a finding, and the rest of it counts all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from generator.domain.own_words import SHORTEST, Term, Words
from generator.finding import Finding, Place, Text
from generator.load import yaml_text
from generator.model import KeyPath, Tree
from generator.regex import regex
from generator.rules.bad_wordlist import RULE

NAME = "wordlist.yaml"
LARGEST = 5 * 1024 * 1024
LONGEST = 50
MOST_LISTS = 50
_GRAVE = frozenset({"严重", "error"})
_COMMON = frozenset({"一般", "warning"})
_NAMES = frozenset({"专名", "names"})
_PACKAGE = regex(r"[A-Za-z_]\w*")


@dataclass
class _Gathered:
    """What all lists say together, while they are read."""

    terms: dict[str, tuple[Term, str]] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)


def read(folder: Path, settings: Tree, findings: list[Finding]) -> Words:
    """The lists of the site in `folder` as one; mistakes in them are added to `findings`."""
    gathered = _Gathered()
    for path, shown, place in _files(folder, settings, findings):
        try:
            if path.stat().st_size > LARGEST:
                findings.append(_bad(place, *_TOO_LARGE, shown))
                continue
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            findings.append(_bad(place, *_NOT_UTF8, shown))
        except OSError as error:
            said = Text(f"无法读取（{error.strerror}）", f"it cannot be read ({error.strerror})")
            findings.append(_bad(place, said, _ACCESS, shown))
        else:
            is_own = place is None
            for line, column, problem, hint in _read_list(text, shown, gathered):
                here = Place(shown, line, column) if is_own else place
                where = shown if is_own else f"{shown}:{line}"
                findings.append(_bad(here, problem, hint, where))
    terms = tuple(term for term, _ in gathered.terms.values())
    return Words(terms, tuple(gathered.names))


def named_files(folder: Path, settings: Tree) -> tuple[Path, ...]:
    """The files that the lists of the site in `folder` are read from."""
    return tuple(path for path, _, _ in _files(folder, settings, []))


_List = tuple[Path, str, Place | None]


def _files(folder: Path, settings: Tree, findings: list[Finding]) -> Iterator[_List]:
    """Each list: the file, what to call it, and, where it lies outside the site, who names it."""
    named = settings.fields.get("wordlist")
    entries = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    seen: set[Path] = set()
    if (folder / NAME).exists():
        seen.add(folder / NAME)
        if (folder / NAME).resolve().is_relative_to(folder.resolve()):
            yield folder / NAME, NAME, None
        else:
            findings.append(_bad(Place(NAME, 1, 1), *_OUTSIDE, NAME))
    for index, entry in enumerate(entries[:MOST_LISTS]):
        if not isinstance(entry, str):
            continue
        key: KeyPath = ("wordlist",) if isinstance(named, str) else ("wordlist", index)
        place = Place("site.yaml", *settings.values.get(key, (1, 1)))
        path = _path(folder, entry.strip())
        is_inside = path is not None and path.resolve().is_relative_to(folder.resolve())
        is_package = _PACKAGE.fullmatch(entry.strip()) is not None
        if path is None or not (is_inside or is_package):
            findings.append(_bad(place, *(_NO_PACKAGE if is_package else _OUTSIDE), entry))
        elif not path.is_file():
            findings.append(_bad(place, *(_NO_PACKAGE if is_package else _NO_FILE), entry))
        elif path not in seen:
            seen.add(path)
            own = None if is_inside and not is_package else place
            yield path, path.relative_to(folder).as_posix() if own is None else entry, own


def _path(folder: Path, entry: str) -> Path | None:
    """The file that an entry of `site.yaml` means: a path below the site, or `wordlist.yaml` of a package.

    A package is found without being imported.
    """
    if not _PACKAGE.fullmatch(entry):
        return folder / entry if entry and not entry.startswith("/") else None
    try:
        spec = find_spec(entry)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) / NAME if places else None


_Wrong = tuple[int, int, Text, Text]


def _read_list(text: str, shown: str, gathered: _Gathered) -> Iterator[_Wrong]:
    """Take what is sound in the list `text` into `gathered`; gives what is not, with line and column."""
    tree = yaml_text.read(text)
    for trouble in tree.troubles:
        yield trouble.line, trouble.column, trouble.problem, trouble.hint
    for key, value in tree.fields.items():
        if key in _NAMES:
            yield from _take_names(tree, key, value, gathered)
        elif key in _GRAVE | _COMMON and isinstance(value, dict):
            yield from _take_terms(tree, (key,), value, shown, gathered)
        elif isinstance(value, str) and key not in _GRAVE | _COMMON:
            yield from _take_terms(tree, (), {key: value}, shown, gathered)
        else:
            yield *tree.keys[key,], *_UNKNOWN


def _take_names(tree: Tree, key: str, value: object, gathered: _Gathered) -> Iterator[_Wrong]:
    names = value if isinstance(value, list) else [value]
    for index, name in enumerate(names):
        place = tree.values.get((key, index)) or tree.values[key,]
        if isinstance(name, str) and len(name.strip()) >= SHORTEST:
            gathered.names[name.strip()] = None
        else:
            yield *place, *_SHORT


def _take_terms(
    tree: Tree, above: KeyPath, found: Mapping[str, object], shown: str, gathered: _Gathered
) -> Iterator[_Wrong]:
    is_grave = bool(above) and above[0] in _GRAVE
    for wrong, right in found.items():
        line, column = tree.keys[*above, wrong]
        if not SHORTEST <= len(wrong) <= LONGEST or "\n" in wrong:
            yield line, column, *_SHORT
        elif not isinstance(right, str) or not right.strip() or right.strip() == wrong:
            yield line, column, *_NO_RIGHT
        else:
            term = Term(wrong, right.strip(), is_grave)
            before, where = gathered.terms.setdefault(wrong, (term, f"{shown}:{line}"))
            if before != term:
                problem, hint = _TWICE
                yield line, column, problem.fill(wrong=wrong, where=where), hint


def _bad(place: Place | None, problem: Text, hint: Text, shown: str) -> Finding:
    return RULE.at(
        place or Place(shown, 1, 1),
        target=shown,
        problem=problem.zh,
        problem_en=problem.en,
        next=hint.zh,
        next_en=hint.en,
    )


_ACCESS = Text("检查文件的权限", "check the permissions of the file")
_TOO_LARGE = (
    Text("词表超过 5 MB", "the list is larger than 5 MB"),
    Text("分成几个词表", "break it up into several lists"),
)
_NOT_UTF8 = (
    Text("不是 UTF-8 编码", "it is not UTF-8"),
    Text("在编辑器里另存为 UTF-8 编码", "save it as UTF-8"),
)
_OUTSIDE = (
    Text("不在站点文件夹里", "it does not lie in the site folder"),
    Text("把词表放进站点文件夹，写相对路径", "put the list into the site folder and give its path"),
)
_NO_FILE = (
    Text("没有这个文件", "there is no such file"),
    Text("改正路径，或者从 wordlist 里删去", "correct the path, or remove it from wordlist"),
)
_NO_PACKAGE = (
    Text(
        "没有安装这个包，或者包里没有 wordlist.yaml",
        "the package is not installed, or holds no wordlist.yaml",
    ),
    Text(
        "安装这个包；如果是文件，写上后缀 .yaml",
        "install the package; for a file, give its name with .yaml",
    ),
)
_UNKNOWN = (
    Text("这里应当是“严重”“一般”或“专名”", "error, warning or names is expected here"),
    Text(
        "“严重”“一般”下面每行写一对“错: 对”，“专名”下面写列表",
        "below error and warning write “wrong: right”, one a line; below names a list",
    ),
)
_SHORT = (
    Text(f"词应当有{SHORTEST}到{LONGEST}个字", f"a word has from {SHORTEST} to {LONGEST} signs"),
    Text("写上前后的字，使它只在写错时出现", "add the signs around it that make it wrong"),
)
_NO_RIGHT = (
    Text(
        "没有写正确的写法，或者与错误的相同",
        "the right form is missing, or the same as the wrong one",
    ),
    Text("写成“错: 对”", "write “wrong: right”"),
)
_TWICE = (
    Text(
        "“{wrong}”在 {where} 已经有了，级别或正确的写法不同",
        "“{wrong}” stands in {where} already, with another level or right form",
    ),
    Text("保留一个，删去另一个", "keep one of the two"),
)
