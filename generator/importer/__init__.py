"""Other people's files → documents (导入): Word, web pages and plain text in any of the usual encodings.

Pure functions: bytes → text (`read`), text → a Markdown file with front matter (`import_text`).
"""

from generator.finding import Text
from generator.importer import web, word
from generator.importer.encoding import NotText, decode
from generator.importer.plain_text import Imported, Removed, import_text

_ZIP = b"PK\x03\x04"
_EMPTY = Text("文件里没有文字，没有导入", "there is no text in the file; nothing was imported")


def read(content: bytes, name: str) -> str:
    """The text of a file of any kind that can be imported; raises `NotText` with one sentence."""
    if content.startswith(_ZIP):
        text = word.read(content)
    elif web.is_web_page(content, name):
        text = web.read(decode(content, web.charset(content)))
    else:
        text = decode(content)
    if not text.strip("\ufeff \t\n\xa0\u3000"):
        raise NotText(_EMPTY)
    return text


__all__ = ["Imported", "NotText", "Removed", "decode", "import_text", "read"]
