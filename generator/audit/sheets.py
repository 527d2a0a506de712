"""The score sheet and the ledger as papers (评分表、整改台账)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.audit import ledger
from generator.audit.evidence import Evidence, day_zh
from generator.audit.inspection import Audit
from generator.audit.ledger import Row
from generator.audit.paper import Block, Paper, Paragraph, Table, Tone, table
from generator.audit.score import Result, State, number

BASIS = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"
_SHOWN = 8
_TONES: dict[State, Tone] = {
    State.GOOD: "good",
    State.GAINED: "good",
    State.VETOED: "bad",
    State.LOST: "bad",
    State.NOT_GAINED: "quiet",
    State.BY_HAND: "open",
    State.UNASKED: "open",
}
_LEDGER_TONES: dict[ledger.State, Tone] = {
    ledger.State.NEW: "bad",
    ledger.State.OPEN: "bad",
    ledger.State.MENDED: "good",
    ledger.State.WAIVED: "quiet",
    ledger.State.UNSEEN: "open",
}


def score_paper(audit: Audit) -> Paper:
    """The sheet: what it comes to, the three tables, and where the numbers come from."""
    sheet = audit.sheet
    organ, today = audit.site.config.organ.name, day_zh(audit.site.today)
    whole = (
        f"自查结论：{sheet.verdict}。扣分表得{number(sheet.base)}分（满分{number(sheet.full)}分），"
        f"加分{number(sheet.bonus)}分，合计{number(sheet.total)}分。"
    )
    if sheet.is_vetoed:
        whole += "有单项否决情形的，不论得分多少都不合格，不计加分；扣分供整改时参考。"
    blocks: list[Block] = [
        Paragraph(whole),
        Paragraph(
            f"评分的结构参照{BASIS}：单项否决、扣分、加分。“出处”一栏写“原文”的，指标或者分值见于公开的"
            "检查通报、自查报告对该文的转述；写“设定”的，分值由本工具设定，可以调整。"
        ),
        _results("一、单项否决", sheet.vetoes),
        _results("二、扣分", sheet.deductions, "−"),
        _results("三、加分", sheet.bonuses, "+"),
    ]
    return Paper(
        "score",
        "评分表",
        f"{organ}政府信息公开专栏自查评分表（{today}）",
        tuple(blocks),
        landscape=True,
    )


def _results(caption: str, results: Sequence[Result], sign: str = "") -> Table:
    rows = [
        (
            str(place),
            result.title,
            result.source,
            result.standard,
            result.state.value,
            f"{sign}{number(result.points)}" if result.points else "0" if sign else "—",
            _evidence(result.said, result.evidence),
        )
        for place, result in enumerate(results, 1)
    ]
    head = ("序号", "指标", "出处", "标准", "结果", "分值", "依据")
    tones = [_TONES[result.state] for result in results]
    return table(caption, head, rows, (4, 20, 5, 13, 9, 6, 43), tones)


def _evidence(said: str, evidence: Sequence[Evidence]) -> str:
    """What was found and where, the first few places by name."""
    lines = [said, *(f"{one.where} {one.words}" for one in evidence[:_SHOWN])]
    if len(evidence) > _SHOWN:
        lines.append(f"……其余{len(evidence) - _SHOWN}处见整改台账")
    return "\n".join(lines)


def ledger_paper(audit: Audit) -> Paper:
    """The ledger: how many problems are in which state, then each with its advice and unit."""
    organ = audit.site.config.organ.name
    counts = Counter(row.state for row in audit.ledger)
    said = "，".join(f"{state.value}{counts[state]}处" for state in ledger.State if counts[state])
    blocks: list[Block] = [
        Paragraph(f"共{len(audit.ledger)}处问题：{said}。" if said else "没有需要整改的问题。")
    ]
    if audit.ledger:
        rows = [_ledger_row(place, row) for place, row in enumerate(audit.ledger, 1)]
        head = (
            "序号",
            "页面",
            "位置",
            "原文",
            "类别",
            "问题",
            "整改建议",
            "责任单位",
            "状态",
            "发现日期",
            "办结日期",
        )
        tones = [_LEDGER_TONES[row.state] for row in audit.ledger]
        widths = (4, 12, 11, 10, 6, 13, 14, 8, 6, 8, 8)
        blocks.append(table("整改台账", head, rows, widths, tones))
    if counts[ledger.State.UNSEEN]:
        blocks.append(
            Paragraph(
                "“未复查”是上次发现、这次没有检查的问题：规则已经关闭或者降为提示，或者这次没有访问外部链接。"
            )
        )
    title = f"{organ}政府信息公开专栏问题整改台账（{day_zh(audit.site.today)}）"
    return Paper("ledger", "整改台账", title, tuple(blocks), landscape=True)


def _ledger_row(place: int, row: Row) -> tuple[str, ...]:
    return (
        str(place),
        f"{row.page}\n{row.url}" if row.url else row.page,
        row.where,
        row.text,
        row.kind,
        row.problem,
        row.advice,
        row.unit,
        row.state.value,
        row.found.isoformat(),
        row.closed.isoformat() if row.closed else "",
    )
