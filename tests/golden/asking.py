"""The command line, run in this process, and what is left out of its answers: what another machine would not say."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from prodsim.cli import app


def run(*arguments: object) -> Result:
    """A command that ends well."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, f"{' '.join(map(str, arguments))}: {result.output or result.exception}"
    return result


def document(*arguments: object) -> dict[str, Any]:
    """The document that a command prints, and its notes if it has any."""
    result = run(*arguments, "--json")
    printed: dict[str, Any] = json.loads(result.stdout)
    return printed | ({"notes": result.stderr.splitlines()} if result.stderr else {})


def search(cache: Path, encoder: str, *arguments: object) -> dict[str, Any]:
    """A search; `cache` keeps catalog and embeddings from one to the next."""
    return document("search", "--cache-dir", cache, "--encoder", encoder, *arguments)
