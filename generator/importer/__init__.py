"""Other people's files → documents (导入): so far plain text, in any of the usual encodings.

Pure functions: bytes → text (`decode`), text → a Markdown file with front matter (`import_text`).
"""

from generator.importer.encoding import NotText, decode
from generator.importer.plain_text import Imported, Removed, import_text

__all__ = ["Imported", "NotText", "Removed", "decode", "import_text"]
