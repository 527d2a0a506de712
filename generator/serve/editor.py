"""Links that open the editor at a line (打开编辑器): its own scheme, the file, the line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from generator.finding import Place, Text
from generator.regex import regex

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "none": "",
}
# These would run code in the page, or fetch what the page names.
_NO_EDITORS = ("javascript", "data", "vbscript", "blob", "http", "https", "ws", "wss", "about")
_NAMES = regex(r"\{([^}]*)\}")
_KNOWN = ("path", "line", "column")


class EditorError(Exception):
    """The form of the link is none; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


@dataclass(frozen=True, slots=True)
class Editor:
    """The form of the links to an editor; empty for none."""

    form: str = ""

    def href(self, folder: Path, place: Place) -> str:
        """The address that opens the file of `place` at its line; empty without an editor."""
        if not self.form:
            return ""
        path = quote("/" + (folder / place.path).as_posix().lstrip("/"), safe="/:")
        values = {"path": path, "line": str(place.line or 1), "column": str(place.column or 1)}
        return _NAMES.sub(lambda match: values[match[1]], self.form)


def editor(name: str) -> Editor:
    """The editor of that name, or of a form like `myeditor://open?file={path}&line={line}`; raises `EditorError`."""
    if name in EDITORS:
        return Editor(EDITORS[name])
    form = name.strip()
    is_known = set(_NAMES.findall(form)) <= set(_KNOWN)
    scheme = urlsplit(form.replace("{", "").replace("}", "")).scheme
    if "{path}" not in form or not is_known or not scheme or scheme in _NO_EDITORS:
        raise EditorError(
            Text(
                f"--editor 写成 {'、'.join(EDITORS)} 之一，或写成含 {{path}}、{{line}}、{{column}} 的网址，"
                "例如 vscode://file{path}:{line}",
                f"--editor is one of {', '.join(EDITORS)}, or an address with {{path}}, {{line}}, "
                "{column}, such as vscode://file{path}:{line}",
            )
        )
    return Editor(form)
