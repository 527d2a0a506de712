"""The record of an audit (自查记录, `audit.json`): what a later audit is compared with, written and read back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from stat import S_ISREG
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator import __version__
from generator.audit.evidence import Evidence
from generator.audit.inspection import Audit
from generator.audit.ledger import Earlier, Row, State
from generator.audit.score import Result, Sheet, number
from generator.finding import Severity, Text

NAME = "audit.json"
FORM = 1
_LARGEST = 64 * 1024 * 1024
_WORDS = 4000
Words = Annotated[str, Field(max_length=_WORDS)]


class RecordError(Exception):
    """The file is no record of an audit; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _LedgerRow(_Part):
    key: Words
    rule: Words
    kind: Words
    severity: Severity
    path: Words
    line: int | None
    column: int | None
    page: Words
    url: Words
    target: Words | None
    text: Words
    problem: Words
    advice: Words
    unit: Words
    state: State
    found: date
    closed: date | None


class _Score(_Part):
    base: Decimal
    bonus: Decimal
    verdict: Words


class _Record(_Part):
    form: Literal[1]
    day: date
    quarter: Words
    score: _Score
    ledger: tuple[_LedgerRow, ...]


def text(audit: Audit) -> str:
    """The record as JSON, keys in a fixed order."""
    counts = audit.counts
    whole = {
        "tool": "gongkai",
        "version": __version__,
        "form": FORM,
        "organ": audit.site.config.organ.name,
        "day": audit.site.today.isoformat(),
        "quarter": str(audit.quarter),
        "external": audit.online,
        "summary": {
            **{severity.value: count for severity, count in counts.items()},
            "documents": audit.totals.documents,
            "links": audit.totals.links,
        },
        "score": _sheet(audit.sheet),
        "ledger": [_row(row) for row in audit.ledger],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "verdict": sheet.verdict,
        "passed": sheet.is_passed,
        "full": number(sheet.full),
        "base": number(sheet.base),
        "bonus": number(sheet.bonus),
        "total": number(sheet.total),
        "vetoes": [_result(result) for result in sheet.vetoes],
        "deductions": [_result(result) for result in sheet.deductions],
        "bonuses": [_result(result) for result in sheet.bonuses],
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "title": result.title,
        "source": result.source,
        "standard": result.standard,
        "state": result.state.value,
        "points": number(result.points),
        "said": result.said,
        "evidence": [_evidence(one) for one in result.evidence],
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    place = one.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "rule": one.rule or None,
        "message": one.words,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "rule": row.rule,
        "kind": row.kind,
        "severity": row.severity.value,
        "path": row.path,
        "line": row.line,
        "column": row.column,
        "page": row.page[:_WORDS],
        "url": row.url[:_WORDS],
        "target": row.target[:_WORDS] if row.target else None,
        "text": row.text,
        "problem": row.problem[:_WORDS],
        "advice": row.advice[:_WORDS],
        "unit": row.unit[:_WORDS],
        "state": row.state.value,
        "found": row.found.isoformat(),
        "closed": row.closed.isoformat() if row.closed else None,
    }


def read(path: Path) -> Earlier:
    """The audit recorded in the file `path`, or in the folder; raises `RecordError`."""
    file = path / NAME if path.is_dir() else path
    try:
        if not S_ISREG(file.stat().st_mode) or file.stat().st_size > _LARGEST:
            raise _unusable(file)
        record = _Record.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        raise RecordError(
            Text(
                f"没有找到上一次自查的记录 {file}；--since 写自查的输出文件夹或其中的 {NAME}",
                f"there is no record of an audit at {file}; --since takes the folder of an audit "
                f"or the {NAME} in it",
            )
        ) from None
    except OSError as error:
        raise RecordError(
            Text(f"无法读取 {file}：{error.strerror}", f"cannot read {file}: {error.strerror}")
        ) from None
    except ValidationError:
        raise _unusable(file) from None
    return Earlier(
        day=record.day,
        base=record.score.base,
        bonus=record.score.bonus,
        verdict=record.score.verdict,
        rows=tuple(Row(**dict(row)) for row in record.ledger),
    )


def _unusable(file: Path) -> RecordError:
    return RecordError(
        Text(
            f"{file} 不是 gongkai audit 写出的 {NAME}，不能用来对比",
            f"{file} is no {NAME} written by gongkai audit and cannot be compared with",
        )
    )
