"""The forms of a review (审阅的格式): by name, and by the suffix of the file it goes to."""

from __future__ import annotations

from collections.abc import Callable

from generator.finding import Language
from generator.review.as_json import as_json
from generator.review.html import html
from generator.review.markdown import markdown
from generator.review.nouns import Review
from generator.review.plain import plain

Form = Callable[[Review, Language], str]
FORMS: dict[str, Form] = {"text": plain, "html": html, "markdown": markdown, "json": as_json}
SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json", ".txt": "text"}
