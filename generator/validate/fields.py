"""Fields (字段): the front matter of one document as types; what does not fit is a finding and is left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from generator.finding import Finding, Place, Text
from generator.model import KeyPath, Source
from generator.rules import front_matter, missing_field
from generator.schema import FrontMatter, known_keys
from generator.validate.sentences import name_of, sentence

_Part = TypeVar("_Part", bound=BaseModel)


def typed(source: Source, type_: type[FrontMatter], findings: list[Finding]) -> FrontMatter:
    """The fields as types; what does not fit is a finding and is left out."""
    # An empty text is no value: what must be there is then missing, not wrong.
    fields: Any = {key: value for key, value in source.fields.items() if value != ""}
    for attempt in range(4):
        try:
            return _compact(type_.model_validate(fields))
        except ValidationError as error:
            for one in error.errors():
                # Everything wrong is said at once; later rounds only find what leaving it out made wrong.
                if attempt == 0:
                    findings.append(_field_error(source, dict(one)))
                fields = _without(fields, one["loc"])
            fields = _kept(fields)
    return type_()


def _compact(part: _Part) -> _Part:
    """`part`, its set of written keys shared with all that have the same; each is as large as their values."""
    object.__setattr__(part, "__pydantic_fields_set__", _shared(frozenset(part.model_fields_set)))
    for value in vars(part).values():
        if isinstance(value, BaseModel):
            _compact(value)
        elif value and isinstance(value, tuple):
            for inner in value:
                if isinstance(inner, BaseModel):
                    _compact(inner)
    return part


@lru_cache(1024)
def _shared(keys: frozenset[str]) -> set[str]:
    return set(keys)


_GONE = object()


def _without(fields: Any, path: tuple[int | str, ...]) -> Any:
    """`fields` without the value at `path`; its nearest optional parent goes when it cannot go alone.

    Rows of lists are marked `_GONE`, so that the others keep their numbers.
    """
    if not path or not isinstance(fields, dict):
        return fields
    step, rest = path[0], path[1:]
    if step not in fields:
        return fields
    inner = fields[step]
    if rest and isinstance(inner, dict) and rest[0] in inner:
        return {**fields, step: _without(inner, rest)}
    if rest and isinstance(inner, list) and isinstance(rest[0], int) and rest[0] < len(inner):
        row = inner[rest[0]]
        removed = _without(row, rest[1:]) if len(rest) > 1 else row
        # A row that lacks a field it must have goes as a whole.
        changed = removed if removed != row else _GONE
        return {**fields, step: [*inner[: rest[0]], changed, *inner[rest[0] + 1 :]]}
    return {key: value for key, value in fields.items() if key != step}


def _kept(fields: Any) -> Any:
    """`fields` without the rows that are gone."""
    if isinstance(fields, dict):
        return {key: _kept(value) for key, value in fields.items()}
    if isinstance(fields, list):
        return [_kept(row) for row in fields if row is not _GONE]
    return fields


def _field_error(source: Source, error: Mapping[str, Any]) -> Finding:
    path: KeyPath = tuple(error["loc"])
    if error["type"] == "missing":
        key = str(path[-1])
        return missing_field.RULE.at(source.place(*path[:-1]), name=name_of(path), key=key)
    problem, hint = sentence(error, path, known_keys(path[:-1]))
    place = source.place(*path)
    if error["type"] == "extra_forbidden" and path in source.keys:
        place = Place(source.path, *source.keys[path])
    repaired = (error.get("ctx") or {}).get("repaired") or None
    return wrong(place, problem, hint, repaired)


def wrong(place: Place, problem: Text, hint: Text, suggestion: str | None = None) -> Finding:
    """The finding `front-matter` with these words."""
    return front_matter.RULE.at(
        place,
        suggestion=suggestion,
        problem=problem.zh,
        problem_en=problem.en,
        next=hint.zh,
        next_en=hint.en,
    )
