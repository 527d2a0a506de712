"""Fields (字段): the front matter of one document as types; what does not fit is a finding and is left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
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
            return compact(type_.model_validate(fields))
        except ValidationError as error:
            for one in error.errors():
                # Everything wrong is said at once; later rounds only find what leaving it out made wrong.
                if attempt == 0:
                    findings.append(_field_error(source, dict(one)))
                fields = _without(fields, one["loc"])
            fields = _kept(fields)
    return compact(type_())


def compact(part: _Part) -> _Part:
    """`part` as small as it can be: its keys are shared with all that have the same, defaults are its type's.

    Of the forty fields that a document may have, most have ten.
    """
    type_ = type(part)
    made = type_.__new__(type_)
    keep = object.__setattr__
    keep(made, "__pydantic_fields_set__", _shared(frozenset(part.model_fields_set)))
    keep(made, "__pydantic_extra__", None)
    keep(made, "__pydantic_private__", None)
    default = _defaults(type_).get
    # Set one by one, the values share a table of their names with those of all others of the type.
    for name, value in vars(part).items():
        if value is not default(name, _GONE):
            keep(made, name, value if type(value) is str else _compacted(value))
    return made


def _compacted(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return compact(value)
    if value and isinstance(value, tuple) and isinstance(value[0], BaseModel):
        return tuple(map(compact, value))
    return value


@cache
def _defaults(type_: type[BaseModel]) -> Mapping[str, Any]:
    """What a value is that is not kept: that of the type itself."""
    fields = type_.model_fields
    return {name: getattr(type_, name) for name in fields if hasattr(type_, name)}


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
