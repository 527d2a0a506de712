"""`gongkai serve`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator.cli.sites import site_folder
from generator.cli.words import Trouble, common_options
from generator.finding import Language, Text


@click.command()
@common_options
@click.option("--host", help="在哪个地址上提供预览；默认：只有本机能看")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="端口；被占用时用下一个",
)
@click.option(
    "--editor",
    "editor_name",
    envvar="GONGKAI_EDITOR",
    default="vscode",
    show_default=True,
    help="问题面板里的链接打开哪个编辑器：vscode、vscodium、cursor、zed、idea、none，或自己写的网址",
)
def serve(
    folder: Path | None,
    today: date | None,
    lang: Language | None,
    jobs: int,
    host: str | None,
    port: int,
    editor_name: str,
) -> None:
    """边写边看：草稿也显示，保存后浏览器自动刷新，有问题就显示在页面上。"""
    site = site_folder(folder)
    if not (site / "site.yaml").is_file():
        raise Trouble(Text(f"{site} 里没有 site.yaml", f"there is no site.yaml in {site}"))
    try:
        # The web server would double the time that every other command takes to start.
        from generator.serve import ServeError, Wishes  # noqa: PLC0415
        from generator.serve import serve as preview  # noqa: PLC0415
        from generator.serve.editor import EditorError, editor  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise Trouble(
            Text(
                f"预览需要 {error.name}，还没有安装：pip install 'gongkai[serve]'",
                f"the preview needs {error.name}: pip install 'gongkai[serve]'",
            )
        ) from None
    try:
        wishes = Wishes(
            site,
            lambda: today or date.today(),
            jobs,
            lang,
            host or None,
            port,
            editor(editor_name),
        )
        preview(wishes, click.echo)
    except (EditorError, ServeError) as error:
        raise Trouble(error.sentence) from None
