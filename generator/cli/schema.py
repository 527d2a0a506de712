"""`gongkai schema`."""

from __future__ import annotations

import click

from generator import json_schema


@click.command()
@click.argument("part", type=click.Choice(["front-matter", "site"]), default="front-matter")
def schema(part: str) -> None:
    """打印文件头或 site.yaml 的 JSON Schema，供编辑器提示和检查。"""
    click.echo(json_schema.text("site" if part == "site" else "front-matter"))
