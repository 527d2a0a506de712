"""The hot path (热路径): what a document costs in CPU instructions, which a busy machine does not change."""

from __future__ import annotations

import os
import shutil

import pytest

from bench.instructions import known, measure, table

# Two runs differ by less than a thousandth; compilers and libraries of other machines by a few hundredths.
_MARGIN = 1.15


@pytest.mark.slow
@pytest.mark.timeout(900)  # valgrind is forty times slower: a minute of CPU, more where others work
def test_a_document_costs_no_more_instructions_than_when_they_were_last_counted() -> None:
    if shutil.which("valgrind") is None:
        assert not os.environ.get("CI"), "apt-get install valgrind"
        pytest.skip("valgrind is not installed")
    limits = known()
    if not limits:
        assert not os.environ.get("CI"), "make bench-instructions KEEP=--renew"
        pytest.skip("nothing known for this Python: make bench-instructions KEEP=--renew")
    measured = measure()
    assert measured.keys() == limits.keys()
    assert sum(measured.values()) <= _MARGIN * sum(limits.values()), (
        f"\n{table(measured, limits)}\nWhere the price is right: make bench-instructions KEEP=--renew"
    )
