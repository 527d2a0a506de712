"""Weights (指标和分值): the lines of the score sheet as data, the shipped ones with a site's own laid over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from stat import S_ISREG
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from generator.audit.measures import MEASURES
from generator.domain.kinds import Kind
from generator.finding import Severity, Text
from generator.load import LARGEST_SETTINGS, yaml_text
from generator.model import KeyPath, Tree
from generator.rules import NAMES, TABLE
from generator.schema import Flag, Texts, TextValue, WholeNumber
from generator.validate.sentences import did_you_mean, sentence

REST = "其他"
GROUPS = frozenset(row.group for row in TABLE) | {REST}


class WeightsError(Exception):
    """The weights of a site cannot be used; `sentences` says where and why, one mistake each."""

    def __init__(self, *sentences: Text) -> None:
        self.sentences = sentences
        super().__init__("; ".join(sentence.en for sentence in sentences))


def _points(value: object) -> Decimal:
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", value.strip()):
        return Decimal(value.strip())
    if isinstance(value, Decimal):
        return value
    raise PydanticCustomError("points", "{code}", {"code": "points"})


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Points = Annotated[Decimal, BeforeValidator(_points)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(_Part):
    """A line of the score sheet; `weights.yaml` says what each key means."""

    title: TextValue
    source: TextValue = "设定"
    rules: Texts = ()
    groups: Texts = ()
    measure: TextValue | None = None
    by_hand: TextValue | None = None
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_several)] = ()
    places: Literal["home", "inside"] | None = None
    severity: Severity = Severity.WARNING
    at_least: Annotated[WholeNumber, Field(ge=1)] = 1
    points: Points = Decimal(0)
    limit: Points | None = None
    enabled: Flag = True


Lines = dict[str, Line]


class Weights(_Part):
    """The whole sheet: its marks and its three tables."""

    full: Points
    passing: Points = Field(alias="pass")
    bonus_from: Points
    bonus_limit: Points
    vetoes: Lines
    deductions: Lines
    bonuses: Lines


def shipped() -> str:
    """The shipped weights as written, with what each key means."""
    return (files(__package__) / "weights.yaml").read_text(encoding="utf-8")


def read(folder: Path, name: str | None) -> Weights:
    """The shipped weights, with the file `name` below the site `folder` laid over them.

    Raises `WeightsError` with every mistake in that file.
    """
    below = yaml_text.read(shipped())
    own = yaml_text.read(_text(folder, name)) if name else Tree()
    wrong = [
        _said(name, (trouble.line, trouble.column), trouble.problem, trouble.hint)
        for trouble in own.troubles
    ]
    if not wrong:
        merged = _laid_over(below.fields, own.fields)
        try:
            weights = Weights.model_validate(merged)
        except ValidationError as error:
            wrong.extend(_complaint(name, own, dict(one)) for one in error.errors())
        else:
            wrong.extend(_unknown(name, own, weights))
            if not wrong:
                return weights
    raise WeightsError(*wrong)


def _text(folder: Path, name: str) -> str:
    """The text of the file, which must be a regular one inside the site."""
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not S_ISREG(path.stat().st_mode):
            raise WeightsError(
                Text(
                    f"自查的分值文件 {name} 不是站点文件夹里的文件",
                    f"the file of weights {name} is no file of the site folder",
                )
            )
        if path.stat().st_size > LARGEST_SETTINGS:
            raise WeightsError(
                Text(f"自查的分值文件 {name} 太大", f"the file of weights {name} is too large")
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WeightsError(
            Text(f"{name} 不是 UTF-8 编码，另存为 UTF-8", f"{name} is not UTF-8; save it as UTF-8")
        ) from None
    except (OSError, ValueError) as error:
        raise WeightsError(
            Text(
                f"读不了自查的分值文件 {name}：site.yaml 的 audit 里写站点文件夹下的路径",
                f"cannot read the file of weights {name}, named under audit in site.yaml: {error}",
            )
        ) from None


def _laid_over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """`above` over `below`, key by key."""
    merged = dict(below)
    for key, value in above.items():
        held = merged.get(key)
        is_map = isinstance(value, dict) and isinstance(held, dict)
        merged[key] = _laid_over(held, value) if is_map else value  # type: ignore[arg-type]
    return merged


def _unknown(name: str | None, tree: Tree, weights: Weights) -> Iterator[Text]:
    """The rules, groups and measures that lines name and nobody knows."""
    for table in ("vetoes", "deductions", "bonuses"):
        lines: Lines = getattr(weights, table)
        for id_, line in lines.items():
            named = (
                ("rules", line.rules, NAMES),
                ("groups", line.groups, GROUPS),
                ("measure", (line.measure,) if line.measure else (), frozenset(MEASURES)),
            )
            for key, words, known in named:
                for word in words:
                    if word not in known:
                        yield _said(
                            name,
                            _position((table, id_, key), tree),
                            Text(f"没有“{word}”", f"there is no “{word}”"),
                            did_you_mean(word, known),
                        )


_POINTS = (
    Text("{label}应当是分数", "“{name}” must be a number of points"),
    Text("写 5、0.1 这样的数", "write a number such as 5 or 0.1"),
)


def _complaint(name: str | None, tree: Tree, error: Mapping[str, Any]) -> Text:
    path: KeyPath = tuple(error["loc"])
    keys = tuple(Weights.model_fields) if len(path) == 1 else tuple(Line.model_fields)
    if error["type"] == "points":
        word = str(path[-1])
        problem, hint = (text.fill(label=f"“{word}”", name=word) for text in _POINTS)
    else:
        problem, hint = sentence(error, path, keys)
    return _said(name, _position(path, tree), problem, hint)


def _position(path: KeyPath, tree: Tree) -> tuple[int, int]:
    for length in range(len(path), 0, -1):
        found = tree.keys.get(path[:length]) or tree.values.get(path[:length])
        if found:
            return found
    return (1, 1)


def _said(name: str | None, position: tuple[int, int], problem: Text, hint: Text) -> Text:
    where = f"{name or 'weights.yaml'}:{position[0]}:{position[1]}"
    return Text(
        f"{where}: {problem.zh}" + (f"，{hint.zh}" if hint.zh else ""),
        f"{where}: {problem.en}" + (f"; {hint.en}" if hint.en else ""),
    )
