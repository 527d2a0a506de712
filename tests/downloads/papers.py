"""Papers and PDFs of a small site, and whether this machine can make them."""

from __future__ import annotations

import io
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pypdf import PdfReader

from generator.build import examine
from generator.downloads import pdf
from generator.downloads.official import paper
from generator.downloads.paper import Paper
from generator.model import Outcome
from tests.sites import GOOD_SITE, TODAY, write_site

FONTS = {
    "title": ["Noto Serif CJK SC"],
    "black": ["Noto Sans CJK SC"],
    "kai": ["Noto Serif CJK SC"],
    "body": ["Noto Serif CJK SC"],
}
HAS_FONTS = bool(pdf.present(FONTS, ())["body"])


def needs(is_here: bool, what: str) -> pytest.MarkDecorator:
    """Skip without a tool that CI installs; fail there."""
    if os.environ.get("CI") and not is_here:
        pytest.fail(f"CI has no {what}: .ci/run installs it", pytrace=False)
    return pytest.mark.skipif(not is_here, reason=f"no {what} on this machine")


needs_fonts = needs(HAS_FONTS, "Chinese fonts (fonts-noto-cjk)")
needs_pdftoppm = needs(shutil.which("pdftoppm") is not None, "pdftoppm (poppler-utils)")


@cache
def outcome(*files: tuple[str, str]) -> Outcome:
    """The good site with `files` laid over it, examined."""
    with TemporaryDirectory() as folder:
        return examine(write_site(Path(folder), {**GOOD_SITE, **dict(files)}), TODAY)


def paper_of(path: str, *files: tuple[str, str]) -> Paper:
    """The paper of the document at `path` below the content folder."""
    site = outcome(*files).site
    return paper(site, site.entries[f"content/{path}"])


def read(content: bytes) -> PdfReader:
    """A PDF as a reader sees it."""
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    """The text of a PDF in reading order, without line ends."""
    return "".join(page.extract_text() for page in read(content).pages).replace("\n", "")
