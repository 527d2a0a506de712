"""The command line (命令行): words → calls, one module a command. The only `print`, the only exit codes."""

from __future__ import annotations

from generator.cli.program import main, run

# Each command with where it stands: only the one that is called is loaded.
main.places.update(
    {
        "build": "build:build",
        "check": "check:check",
        "rules": "rules:rules",
        "audit": "audit:audit",
        "new": "new:new",
        "import": "new:import_",
        "schema": "schema:schema",
        "serve": "serve:serve",
        "review": "review:review",
        "publish": "publish:publish",
        "register": "publish:register",
        "links": "links:links",
        "clean": "clean:clean",
    }
)

__all__ = ["main", "run"]
