"""Fields before and after (字段对照): front matter and settings, by Chinese names, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from generator.domain.annual_report import COUNT_ROWS, STOCK_COLUMNS, STOCK_ROWS, TABLE3, TABLE4
from generator.model import Source
from generator.review.nouns import FieldChange
from generator.review.words import compare
from generator.schema import chinese_name

Path = tuple[str | int, ...]
_DEEPEST = 20
_ROW_LABELS = {
    **{row.key: row.label for row in TABLE3},
    **{key: "".join(path) for key, path in TABLE4.items()},
    **STOCK_ROWS,
    **STOCK_COLUMNS,
    **COUNT_ROWS,
}


def field_changes(before: Source | None, after: Source | None) -> tuple[FieldChange, ...]:
    """What changed in the front matter, in the order of the new one, what was taken out at the end."""
    return _changes(before.fields if before else {}, after.fields if after else {})


def setting_changes(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[FieldChange, ...]:
    """What changed in `site.yaml`; its keys are English for everybody."""
    return _changes(before, after, in_chinese=False)


def _changes(
    before: Mapping[str, object], after: Mapping[str, object], *, in_chinese: bool = True
) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(_name(path, in_chinese=in_chinese), old, new, compare(old, new))
        for path, old, new in _walk(before, after, ())
        if old != new
    )


def _walk(before: object, after: object, path: Path) -> Iterator[tuple[Path, str, str]]:
    if before == after:
        return
    if len(path) < _DEEPEST and (_are_maps(before, after) or _are_maps(after, before)):
        yield from _walk_maps(_map(before), _map(after), path)
    elif len(path) < _DEEPEST and (_are_items(before) or _are_items(after)):
        yield from _walk_lists(_list(before), _list(after), path)
    else:
        yield path, _said(before, path), _said(after, path)


def _are_maps(one: object, other: object) -> bool:
    """Whether both are maps, or one is and the other is not there."""
    return isinstance(one, Mapping) and (other is None or isinstance(other, Mapping))


def _are_items(value: object) -> bool:
    """Whether it is a list of maps: rows to be told one by one."""
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _walk_maps(
    before: Mapping[str, object], after: Mapping[str, object], path: Path
) -> Iterator[tuple[Path, str, str]]:
    for key in (*after, *(key for key in before if key not in after)):
        yield from _walk(before.get(key), after.get(key), (*path, key))


def _walk_lists(
    before: Sequence[object], after: Sequence[object], path: Path
) -> Iterator[tuple[Path, str, str]]:
    matcher = SequenceMatcher(None, [repr(one) for one in before], [repr(one) for one in after])
    for name, i1, i2, j1, j2 in matcher.get_opcodes():
        if name == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        for step in range(both):
            yield from _walk(before[i1 + step], after[j1 + step], (*path, j1 + step))
        for step in range(i1 + both, i2):
            yield (*path, step), _said(before[step], path), ""
        for step in range(j1 + both, j2):
            yield (*path, step), "", _said(after[step], path)


def _said(value: object, path: Path) -> str:
    """A value in one line: items with 、 between them, maps as `时限：5月`."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "；".join(
            f"{_chinese(path, key)}：{_said(inner, (*path, key))}" for key, inner in value.items()
        )
    if isinstance(value, list):
        return "、".join(_said(one, path) for one in value)
    return " ".join(str(value).split())


def _name(path: Path, *, in_chinese: bool) -> str:
    """`审核 · 审稿人`, `任务 · 第3项 · 时限`; keys of settings as they are written."""
    if not in_chinese:
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    return " · ".join(
        f"第{step + 1}项" if isinstance(step, int) else _chinese(path[:number], step)
        for number, step in enumerate(path)
    )


def _chinese(path: Path, key: str) -> str:
    if path[:1] == ("report",) and key in _ROW_LABELS:
        return _ROW_LABELS[key]
    return chinese_name(key, path)
