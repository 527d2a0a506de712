"""Bytes → text: the encodings in which editors save, and sentences for what is no text."""

from __future__ import annotations

import random

import pytest

from generator.importer import NotText, decode

TEXT = "一、总体要求\n沪府办发〔2018〕16号 ①€😀\n"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode("gb18030"),
    ],
)
def test_usual_encodings(raw: bytes) -> None:
    assert decode(raw) == TEXT


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"PK\x03\x04\x14\x00", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "旧版 Word 文档"),
        (b"{\\rtf1\\ansi", "RTF 文档"),
        (b"\x89PNG\r\n", "图片"),
    ],
)
def test_other_kinds_of_files_are_named(raw: bytes, what: str) -> None:
    with pytest.raises(ValueError, match="不能导入") as error:
        decode(raw)
    assert (
        str(error.value)
        == f"这是{what}，不能导入：请另存为 Word 文档（.docx）或纯文本（.txt）再导入"
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [300, 20_000])
def test_noise_is_refused_in_both_languages(seed: int, size: int) -> None:
    with pytest.raises(NotText) as error:
        decode(random.Random(seed).randbytes(size))
    assert error.value.sentence.zh == str(error.value)
    assert error.value.sentence.en.startswith("no text can be read")


@pytest.mark.parametrize(
    "raw", [b"\x00" * 50, "文本".encode("utf-16-le") + b"\x00\x01", b"\xff\xfe\x00"]
)
def test_what_holds_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(NotText):
        decode(raw)


def test_a_stray_control_character_is_no_reason_to_refuse() -> None:
    text = "推进政务公开工作。" * 20 + "\x07"
    assert decode(text.encode()) == text
