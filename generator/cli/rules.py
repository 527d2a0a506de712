"""`gongkai rules`."""

from __future__ import annotations

import click
from rapidfuzz import fuzz, process

from generator.cli.words import Trouble, lang_option
from generator.finding import Language, Text
from generator.report import SEVERITY_NAMES
from generator.rules import BY_NAME, TABLE, page, title


@click.command()
@click.argument("name", required=False)
@lang_option
def rules(name: str | None, lang: Language | None) -> None:
    """列出全部规则；给出规则名时，用正反例子讲解这一条。"""
    if name is None:
        click.echo(_rule_table(lang or "zh"))
        return
    if name not in BY_NAME:
        near = process.extractOne(name, sorted(BY_NAME), scorer=fuzz.ratio, score_cutoff=50)
        meant = Text(f"是不是“{near[0]}”？", f"did you mean “{near[0]}”?") if near else Text("", "")
        raise Trouble(
            Text(f"没有“{name}”这条规则。{meant.zh}", f"there is no rule “{name}”. {meant.en}")
        )
    click.echo(page(name))


def _rule_table(language: Language) -> str:
    width = max(len(row.rule.name) for row in TABLE)
    lines: list[str] = []
    group = ""
    for row in TABLE:
        if row.group != group:
            group = row.group
            lines.extend(["", group] if lines else [group])
        severity = SEVERITY_NAMES[row.rule.severity][language]
        lines.append(f"  {row.rule.name:<{width}}  {severity}  {title(row.rule.name)}")
    return "\n".join(lines)
