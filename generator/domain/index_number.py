"""Index numbers (索引号, 国办秘函〔2009〕6号): code of the organ, year and serial, `000014349/2017-00110`."""

from __future__ import annotations

import re
import unicodedata

from generator.regex import regex

# The signs of organisation codes and unified social credit codes: no I, O, S, V, Z.
_STANDARD = regex(r"[0-9A-HJ-NP-RTUWXY-]{9,18}/\d{4}-\d{5,7}", re.ASCII)
_SHORT_SERIAL = regex(r"(.*/\d{4}-)(\d{1,4})", re.ASCII)
_DASHES = str.maketrans("－–—−‐", "-----")


def is_standard(text: str) -> bool:
    """Whether `text` has the form of an index number."""
    return _STANDARD.fullmatch(text) is not None


def key(text: str) -> str:
    """The form in which index numbers are compared: half-width, capitals, no spaces."""
    folded = unicodedata.normalize("NFKC", text.translate(_DASHES)).upper()
    return re.sub(r"\s", "", folded).replace("\\", "/")


def repaired(text: str) -> str | None:
    """The standard form of `text`, if widths, case, spaces or leading zeros are all that it lacks."""
    folded = key(text)
    short = _SHORT_SERIAL.fullmatch(folded)
    if short:
        folded = f"{short[1]}{short[2]:0>5}"
    return folded if is_standard(folded) else None
