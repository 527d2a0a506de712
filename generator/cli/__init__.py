"""The command line (命令行): words → calls, one module a command. The only `print`, the only exit codes."""

from __future__ import annotations

from generator.cli import build, check, links, new, publish, rules, schema, serve
from generator.cli.program import main, run

for _command in (
    build.build,
    check.check,
    rules.rules,
    new.new,
    new.import_,
    schema.schema,
    serve.serve,
    publish.publish,
    publish.register,
    links.links,
):
    main.add_command(_command)

__all__ = ["main", "run"]
