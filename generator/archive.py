"""Office files whose bytes depend on their content alone: no time of saving in the zip or the properties."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from generator.regex import regex

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SAVED = regex(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def settled(content: bytes, day: date) -> bytes:
    """The office file `content` as if it had been saved at the first moment of `day`."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(rb"\g<1>" + moment + rb"\g<3>", part)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return out.getvalue()
