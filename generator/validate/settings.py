"""The settings (站点设置): `site.yaml` as text → `Config`; every mistake in it is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.config import Config
from generator.finding import Place, Text
from generator.model import KeyPath, Tree
from generator.validate.sentences import SENTENCES, did_you_mean, sentence, shown

_BASE_URL: TypeAdapter[str] = TypeAdapter(Config.model_fields["base_url"].rebuild_annotation())


class SettingsError(Exception):
    """`site.yaml` cannot be used; `sentences` says where and why, one mistake each."""

    def __init__(self, sentences: Iterable[Text]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("; ".join(sentence.en for sentence in self.sentences))


def settings(tree: Tree, rule_names: frozenset[str]) -> Config:
    """The typed settings; raises `SettingsError` with every mistake in them at once."""
    wrong = [
        _wrong((trouble.line, trouble.column), trouble.problem, trouble.hint)
        for trouble in tree.troubles
    ]
    _bare_columns(tree)
    try:
        config = Config.model_validate(tree.fields)
    except ValidationError as error:
        wrong.extend(
            _settings_error(tree, dict(one))
            for one in error.errors()
            # An entry that cannot be read has its sentence already.
            if not (one["loc"] and one["loc"][0] in tree.broken)
        )
        raise _error(wrong) from None
    used: list[tuple[KeyPath, str]] = [(("rules", name), name) for name in config.rules]
    used += [(("waivers", i, "rule"), waiver.rule) for i, waiver in enumerate(config.waivers)]
    for path, name in used:
        if name not in rule_names:
            position = _nearest_position(path, tree)
            near = did_you_mean(name, rule_names)
            unknown = Text(f"没有名为“{name}”的规则", f"there is no rule “{name}”")
            wrong.append(_wrong(position, unknown, near))
    for name in config.audit.units:
        if name not in config.column_by_id:
            position = _nearest_position(("audit", "units", name), tree)
            near = did_you_mean(name, config.column_by_id)
            unknown = Text(f"没有代号为“{name}”的栏目", f"there is no column “{name}”")
            wrong.append(_wrong(position, unknown, near))
    if wrong:
        raise _error(wrong)
    return config


def base_url(written: str) -> str:
    """The address given with --base-url, with a slash at its end; raises `SettingsError`."""
    try:
        return _BASE_URL.validate_python(written)
    except ValidationError:
        problem, hint = SENTENCES["base_url"]
        said = Text(
            f"{problem.zh}，{hint.zh}".replace("base_url", "--base-url"),
            f"{problem.en}; {hint.en}".replace("base_url", "--base-url"),
        )
        raise SettingsError([said.fill(given=shown(written))]) from None


def waiver_places(tree: Tree, config: Config) -> tuple[Place, ...]:
    """Where each waiver of `site.yaml` stands."""
    return tuple(
        Place("site.yaml", *(tree.values.get(("waivers", index)) or (1, 1)))
        for index in range(len(config.waivers))
    )


def _bare_columns(tree: Tree) -> None:
    """A column or topic named with nothing below it (`faq:`) is one all the same."""
    for path in tree.keys:
        is_column = path[0] == "columns" and len(path) % 2 == 0 and {*path[2::2]} <= {"children"}
        if is_column or (path[0] == "topics" and len(path) == 2):
            above: object = tree.fields
            for step in path[:-1]:
                above = above.get(step) if isinstance(above, dict) else None
            if isinstance(above, dict):
                above.setdefault(path[-1], {})


def _settings_error(tree: Tree, error: Mapping[str, Any]) -> _Wrong:
    path = tuple(step for step in error["loc"] if step not in ("column_settings", "[key]"))
    name = error.get("ctx", {}).get("name")
    # What is wrong with the names of columns and topics is seen when all are known.
    position = _nearest_position(path or _path_of(name, tree), tree)
    problem, hint = sentence(error, path, _settings_keys(path))
    return _wrong(position, problem, hint)


def _path_of(name: object, tree: Tree) -> KeyPath:
    """The path of the column or topic that is called `name`."""
    return next(
        (path for path in tree.keys if path[0] in ("columns", "topics") and path[-1] == name), ()
    )


def _nearest_position(path: KeyPath, tree: Tree) -> tuple[int, int]:
    for length in range(len(path), 0, -1):
        found = tree.keys.get(path[:length]) or tree.values.get(path[:length])
        if found:
            return found
    return (1, 1)


def _settings_keys(path: KeyPath) -> tuple[str, ...]:
    part: Any = Config
    for step in path[:-1]:
        if not (isinstance(part, type) and issubclass(part, BaseModel)):
            return ()
        fields = {field.alias or name: field for name, field in part.model_fields.items()}
        part = fields[step].annotation if isinstance(step, str) and step in fields else None
    if isinstance(part, type) and issubclass(part, BaseModel):
        return tuple(field.alias or name for name, field in part.model_fields.items())
    return ()


# A mistake: where it stands, and the sentence about it.
_Wrong = tuple[tuple[int, int], Text]


def _error(wrong: Iterable[_Wrong]) -> SettingsError:
    """The mistakes in the order in which they stand in the file."""
    return SettingsError(text for _, text in sorted(wrong, key=lambda one: one[0]))


def _wrong(position: tuple[int, int], problem: Text, hint: Text) -> _Wrong:
    where = f"site.yaml:{position[0]}:{position[1]}"
    zh = f"{where}: {problem.zh}" + (f"，{hint.zh}" if hint.zh else "")
    en = f"{where}: {problem.en}" + (f"; {hint.en}" if hint.en else "")
    return position, Text(zh, en)
