"""How commands are used (用法): help that fits a terminal, and a sentence for whoever uses one wrongly."""

from __future__ import annotations

from collections.abc import Iterable

import click

from generator.finding import Text
from generator.lines import cells
from generator.regex import regex

# A word, or one Chinese character, with the signs that may not be parted from it.
_PIECES = regex(r"[（“《〔]*(?:[!-~]+|[^\s])[，。；：、）”》〕？！]*|\s+")


class Misuse(click.BadParameter):
    """A value that cannot be taken; both languages say why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


class Wrong(click.UsageError):
    """Words that do not go together; both languages say why."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def said(error: click.UsageError) -> Text:
    """What is wrong with the words of a command; click's own words are English alone."""
    english = error.format_message().rstrip(". ")
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        meant = f"，是不是 {near}？" if near else ""
        return Text(f"没有 {error.option_name} 这个选项{meant}", english)
    if isinstance(error, click.MissingParameter):
        return Text(f"缺少 {_name(error)}", english)
    if isinstance(error, click.BadParameter):
        return Text(f"{_name(error)} 不能这样写：{_reason(error)}".lstrip(), english)
    return Text(error.sentence.zh if isinstance(error, Wrong) else english, english)


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return ""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return (parameter.name or "").upper()


def _reason(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(error, Misuse):
        return error.sentence.zh
    if isinstance(kind, click.Choice):
        return f"可写 {'、'.join(kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"要写 {kind.min} 到 {kind.max} 的整数"
    return error.message


class Formatter(click.HelpFormatter):
    """Help in which a Chinese character takes two columns, as it does in a terminal."""

    def write_text(self, text: str) -> None:
        """Paragraphs, each line of them at the indentation of now."""
        indent = " " * self.current_indent
        for line in text.splitlines():
            for part in folded(line, self.width - self.current_indent) or ("",):
                self.write(f"{indent}{part}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 24, col_spacing: int = 2
    ) -> None:
        """Terms, and beside them what they mean."""
        rows = list(rows)
        first = min(max((cells(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, meaning in rows:
            lines = folded(meaning, self.width - self.current_indent - first)
            self.write(" " * self.current_indent + term)
            if cells(term) + col_spacing > first:
                self.write("\n" + " " * (self.current_indent + first))
            else:
                self.write(" " * (first - cells(term)))
            self.write(("\n" + " " * (self.current_indent + first)).join(lines) + "\n")


def folded(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns; none begins with a sign that closes."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and cells(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
