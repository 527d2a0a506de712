"""Cleaning (清理): a file to publish without what tells of its makers; pure functions of bytes.

Hidden rows, sheets and texts stay: whether they are to be published is for a person to say.
"""

from __future__ import annotations

from generator.attachments.package import Unreadable
from generator.cleaning import office, picture
from generator.cleaning.cutting import NotXml
from generator.contents import CLEANABLE, Obstacle
from generator.finding import Text

_PICTURES = frozenset({".jpg", ".jpeg", ".png"})
_OFFICE = CLEANABLE - _PICTURES - {".pdf"}
_OLE = b"\xd0\xcf\x11\xe0"
_WORDS = {
    Obstacle.ENCRYPTED: Text(
        "加了密码，去掉密码后再清理", "it is locked; remove the password first"
    ),
    Obstacle.BOMB: Text("解压后大得不合常理", "it grows beyond reason when unpacked"),
    Obstacle.UNKNOWN: Text(
        "加了编辑、打印的限制，去掉以后再清理", "it is locked against changes; unlock it first"
    ),
    Obstacle.TOO_LARGE: Text("太大", "it is too large"),
    Obstacle.TOO_SLOW: Text("太复杂", "it is too intricate"),
    Obstacle.DAMAGED: Text("已经损坏，打不开", "it is damaged"),
}
_SIGNED = Text(
    "带有电子签章，清理会使签章失效。请清理签章以前的文件，再重新签章",
    "it bears a digital seal, which cleaning would break; clean the file before it is sealed",
)
_OLD = Text(
    "是旧格式，不能清理。用办公软件另存为 .docx、.xlsx 或 .pptx 后再清理",
    "it has the old format; save it as .docx, .xlsx or .pptx and clean that",
)


class CleaningError(Exception):
    """The file cannot be cleaned; `sentence` says why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def clean(content: bytes, suffix: str) -> bytes:
    """The file without its makers' names, comments, changes and places; raises `CleaningError`."""
    try:
        return _cleaned(content, suffix.lower())
    except Unreadable as reason:
        raise CleaningError(_WORDS[reason.obstacle]) from None
    except NotXml:
        raise CleaningError(_WORDS[Obstacle.DAMAGED]) from None


def _cleaned(content: bytes, suffix: str) -> bytes:
    if suffix in _PICTURES and not content.startswith(picture.KNOWN):
        raise CleaningError(_WORDS[Obstacle.DAMAGED])
    if suffix in _PICTURES:
        return picture.cleaned(content)
    if suffix == ".pdf":
        return _pdf(content)
    if suffix in _OFFICE and content.startswith(_OLE):
        is_locked = "EncryptedPackage".encode("utf-16-le") in content
        raise CleaningError(_WORDS[Obstacle.ENCRYPTED] if is_locked else _OLD)
    if suffix in _OFFICE:
        return office.cleaned(content, _inner)
    raise CleaningError(_OLD)


def _pdf(content: bytes) -> bytes:
    # Its library takes as long to load as all the others; no other command waits for it.
    from pypdf.errors import DependencyError, FileNotDecryptedError  # noqa: PLC0415

    from generator.cleaning import pdf  # noqa: PLC0415

    try:
        return pdf.cleaned(content)
    except pdf.Signed:
        raise CleaningError(_SIGNED) from None
    except FileNotDecryptedError:
        raise CleaningError(_WORDS[Obstacle.ENCRYPTED]) from None
    except DependencyError:
        raise CleaningError(_WORDS[Obstacle.UNKNOWN]) from None
    except Exception:
        # Whatever pypdf stumbles over in bytes that anyone may have made.
        raise CleaningError(_WORDS[Obstacle.DAMAGED]) from None


def _inner(content: bytes, suffix: str) -> bytes:
    """A file inside another: cleaned where that is possible, else as it is."""
    try:
        return clean(content, suffix) if suffix.lower() in CLEANABLE else content
    except CleaningError:
        return content
