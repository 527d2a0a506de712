"""Tasks (任务) that the text of work points holds: rows of a task table, and “（市商务委牵头）” at an item's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.domain.numbering import LONGEST_HEADING, heading_end, heading_text, mark
from generator.importer.blocks import Block, Heading, Paragraph, Table
from generator.regex import regex

LONGEST_UNIT = 30


@dataclass(frozen=True, slots=True)
class Task:
    """A task as front matter holds it, values as in the text; empty where the text says nothing."""

    task: str
    detail: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: str = ""


# What the columns of a task table are called; where both are there, 责任单位 supports 牵头单位.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "task": (
        "工作任务",
        "重点任务",
        "主要任务",
        "任务名称",
        "任务",
        "公开事项",
        "工作事项",
        "公开重点领域及内容",
    ),
    "detail": (
        "具体要求",
        "工作要求",
        "具体任务",
        "主要内容",
        "工作内容",
        "公开内容",
        "具体内容",
        "要求",
    ),
    "lead": (
        "牵头单位",
        "牵头部门",
        "牵头科室",
        "牵头处室",
        "责任单位",
        "责任部门",
        "责任科室",
        "责任处室",
    ),
    "support": ("配合单位", "配合部门", "协办单位", "参与单位", "责任单位", "责任部门", "责任科室"),
    "due": ("时限要求", "完成时限", "完成时间", "时间要求", "时限", "完成期限"),
}


def tasks(blocks: Sequence[Block]) -> tuple[Task, ...]:
    """The tasks of a text: those of its task tables; where it has none, of its (…牵头) groups."""
    from_tables = [
        task for block in blocks if isinstance(block, Table) for task in _of_table(block)
    ]
    return tuple(from_tables or _of_groups(blocks))


def _of_table(table: Table) -> list[Task]:
    columns = _columns(table.rows[0])
    if "task" not in columns:
        return []
    found: list[Task] = []
    above = ""
    for row in table.rows[1:]:
        cells = {key: row[index] for key, index in columns.items()}
        # A cell that spanned several rows stands in the first of them only.
        above = cells["task"] or above
        if not above or not any(cells.values()):
            continue
        task, detail = above, cells.get("detail", "")
        if "detail" not in columns:
            task, detail = _divided(task)
        lead, support = _units(cells.get("lead", "")), _units(cells.get("support", ""))
        found.append(Task(task, detail, lead, support, cells.get("due", "")))
    return found


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Which column of a table with this head is which part of a task."""
    bare = [re.sub(r"\s", "", cell) for cell in head]
    columns: dict[str, int] = {}
    for key, names in _COLUMNS.items():
        index = next((bare.index(name) for name in names if name in bare), None)
        if index is not None and index not in columns.values():
            columns[key] = index
    return columns


_PAIRS = dict(zip("（(《“【", "）)》”】", strict=True))


def _divided(text: str) -> tuple[str, str]:
    """A row's text as task and detail, cut at the first colon, semicolon or full stop outside brackets.

    Where that leaves a whole paragraph for the task, it is cut at its first comma instead.
    """
    task, detail = _cut(text, "：:；;。")
    return (task, detail) if len(task) <= LONGEST_HEADING else _cut(text, "，,")


def _cut(text: str, signs: str) -> tuple[str, str]:
    waiting: list[str] = []
    for index, sign in enumerate(text):
        if sign in _PAIRS:
            waiting.append(_PAIRS[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
        elif not waiting and sign in signs and not _is_time(text, index):
            return text[:index].strip(), text[index + 1 :].strip()
    return text, ""


def _is_time(text: str, index: int) -> bool:
    """Whether the sign stands between digits, as in 9:30."""
    return text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()


_GROUP = regex(r"[（(]([^（）()]{3,400})[）)]\s*。?$")
_LEAD_LABEL = regex(
    r"(?:牵头|责任|主办|主责|承办|负责)(?:单位|部门|科室|处室)\s*[:：]\s*([^;；。:：]+)"
)
_SUPPORT_LABEL = regex(
    r"(?:配合|协办|协同|参与|参加)(?:单位|部门|科室|处室)\s*[:：]\s*([^;；。:：]+)"
)
_LEADS = regex(
    r"由?([^;；。:：]+?)(?:共同)?(?:牵头(?:负责|落实|实施)?|按职责分工负责|分别负责|共同负责|负责(?:落实)?)(?=$|[,，;；、。])"
)
_SUPPORTS = regex(
    r"(?:^|[,，;；。])([^;；。:：,，]+?)(?:协同|参与)?(?:配合|参与|参加|协助)(?=$|[,，;；。])"
)
_DUE = regex(
    r"(?:^|[,，;；。])((?:[0-9]{4}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日|底)?|年底)前?(?:完成)?|持续推进|长期坚持)(?=$|[,，;；。])"
)


def _of_groups(blocks: Iterable[Block]) -> list[Task]:
    found: list[Task] = []
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Paragraph):
            group = _GROUP.search(block.text[-420:])
            units = group_units(group[1]) if group else None
            text = block.text[: -len(group[0])] if group and units else block.text
            own = _own_heading(text)
            heading = own or heading
            if units:
                found.append(Task(heading or _first_sentence(text), "", *units))
                heading = ""
    return found


def group_units(inside: str) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    """Lead units, supporting units and time limit of the words in a closing bracket; None if it names no lead."""
    due = _DUE.search(inside)
    words = inside.replace(due[0], "", 1) if due else inside
    label = _LEAD_LABEL.search(words)
    lead = label or _LEADS.match(words)
    if lead is None:
        return None
    support = _SUPPORT_LABEL.search(words) or _SUPPORTS.search(words, lead.end())
    leads = _units(lead[1])
    if not leads or any(len(unit) > LONGEST_UNIT for unit in leads):
        return None
    return leads, _units(support[1]) if support else (), due[1] if due else ""


def _units(text: str) -> tuple[str, ...]:
    return tuple(
        unit for unit in (part.strip() for part in re.split(r"[、,，;；\n]", text)) if unit
    )


def _own_heading(text: str) -> str:
    """The heading of a numbered paragraph without its number; empty where it has none."""
    found = mark(text)
    if found is None:
        return ""
    end = heading_end(text, found)
    if end == 0:
        return _first_sentence(text)
    return heading_text(text[len(found.label) : end])


def _first_sentence(text: str) -> str:
    found = mark(text)
    words = text[len(found.label) if found else 0 :]
    sentence = re.split(r"[。；;]", words, maxsplit=1)[0].strip()
    clause = re.split("[，,]", sentence, maxsplit=1)[0]
    return sentence if len(sentence) <= 2 * LONGEST_HEADING else clause.strip()
