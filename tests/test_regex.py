"""Regular expressions that wait: what they find, when they are compiled, and that all of the program are sound."""

import gc
import importlib
import pkgutil
import re
import sys
from types import ModuleType

import pytest

import generator
from generator.regex import Uncompiled, regex


def test_one_finds_what_a_compiled_one_finds() -> None:
    written = regex("(?P<day>[0-9]+)日", re.ASCII)
    assert written.sub(r"\g<day>", "3日、4日") == "3、4"
    assert [found["day"] for found in written.finditer("3日、4日")] == ["3", "4"]
    assert written.flags == re.compile("(?P<day>[0-9]+)日", re.ASCII).flags
    assert regex(rb"[0-9]+").findall(b"3 and 4") == [b"3", b"4"]


def test_one_that_is_wrong_says_so_when_something_is_asked_of_it() -> None:
    written = regex("(")
    with pytest.raises(re.error, match="unterminated subpattern"):
        written.match("")


def test_a_name_stands_for_the_pattern_itself_once_it_is_compiled() -> None:
    module = ModuleType("written")
    exec(  # noqa: S102  (only a module has names of its own)
        "from generator.regex import regex\nDAY = regex('[0-9]+日')\nDAYS = (DAY,)", vars(module)
    )
    assert isinstance(module.DAY, Uncompiled)
    assert module.DAYS[0].fullmatch("3日")[0] == "3日"
    assert isinstance(module.DAY, re.Pattern)
    assert not isinstance(module.DAYS[0], Uncompiled)
    with pytest.raises(AttributeError):
        _ = module.DAYS[0].title


def test_every_one_of_the_program_can_be_compiled() -> None:
    for found in pkgutil.walk_packages(generator.__path__, "generator."):
        if found.name != "generator.__main__":
            importlib.import_module(found.name)
    for one in gc.get_objects():
        if isinstance(one, Uncompiled):
            one.compile()
    compiled = [
        value
        for name, module in sys.modules.items()
        if name.startswith("generator.")
        for value in vars(module).values()
        if isinstance(value, re.Pattern)
    ]
    assert len(compiled) > 300
