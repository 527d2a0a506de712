"""JSON Schema (模式) of front matter and of `site.yaml`, for editors that complete and check as one types."""

from __future__ import annotations

import json
from typing import Any, Literal

from generator.config import Config
from generator.domain.kinds import KIND_NAMES, Kind
from generator.rules import NAMES
from generator.schema import FrontMatter

_NUMBERS = {"integer": r"-?\d+", "number": r"-?\d+(?:\.\d+)?"}
_MOST_LISTED = 100


def text(part: Literal["front-matter", "site"]) -> str:
    """The schema as JSON text, English and Chinese keys side by side."""
    model = Config if part == "site" else FrontMatter
    schema = model.model_json_schema(by_alias=True, mode="validation")
    _quoted(schema)
    for definition in (schema, *schema.get("$defs", {}).values()):
        _both_languages(definition)
    if part == "site":
        names = {"enum": sorted(NAMES)}
        schema["properties"]["rules"]["propertyNames"] = names
    else:
        words = [*Kind, *KIND_NAMES.values()]
        schema["properties"]["kind"] = {"enum": words, "description": "文种"}
        schema["properties"]["文种"] = schema["properties"]["kind"]
        # A bare file name is an attachment too.
        attachments = schema["properties"]["attachments"]
        attachments["items"] = {"anyOf": [{"type": "string"}, attachments["items"]]}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _quoted(schema: object) -> None:
    """Let numbers and truth values be written in quotes too: the loader reads all values as text first."""
    if isinstance(schema, list):
        for part in schema:
            _quoted(part)
    elif isinstance(schema, dict):
        for part in list(schema.values()):
            _quoted(part)
        kind = schema.get("type")
        if isinstance(kind, str) and kind in _NUMBERS:
            first, last = schema.get("minimum", 0), schema.get("maximum", _MOST_LISTED)
            numbers = map(str, range(first, last + 1)) if last < _MOST_LISTED else ()
            schema["pattern"] = f"^(?:{'|'.join(numbers) or _NUMBERS[kind]})$"
            schema["type"] = [kind, "string"]
        elif True in schema.get("enum", ()):
            schema["enum"] = [*schema["enum"], "true", "false"]


def _both_languages(definition: dict[str, Any]) -> None:
    """Add each property once more under its Chinese key, and its Chinese name as description."""
    properties = definition.get("properties", {})
    required = set(definition.get("required", ()))
    for name, found in list(properties.items()):
        chinese = found.pop("中文键", None)
        if chinese is None:
            continue
        found.setdefault("description", chinese)
        properties[chinese] = found
        if name in required:
            # Either key will do, which `required` cannot say.
            required.discard(name)
            definition.setdefault("allOf", []).append(
                {"anyOf": [{"required": [name]}, {"required": [chinese]}]}
            )
    if "required" in definition:
        definition["required"] = sorted(required)
        if not required:
            del definition["required"]
