"""The command line: `python -m prodsim COMMAND`. One file per command; results on stdout, all else on stderr."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from prodsim import __version__
from prodsim.cli import cache, console, doctor, download, encoders, evaluate, fetch, index, search, stats
from prodsim.errors import ProdsimError
from prodsim.runtime import allow_long_cells, give_up_stdout, write_what_can_be_shown

__all__ = ["app", "main"]


class _Commands(TyperGroup):
    """Runs a command and puts what ends it early into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """The command's outcome. Exit 1 after an error of ours or when nobody reads on, 130 after Ctrl-C."""
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except ProdsimError as error:
            console.error(str(error))
            raise typer.Exit(1) from error
        except KeyboardInterrupt as interrupt:
            console.note("Stopped.")
            raise typer.Exit(130) from interrupt
        except BrokenPipeError as error:  # `| head` has read enough; nothing more can be written, at exit neither
            give_up_stdout()
            raise typer.Exit(1) from error
        return outcome


app = typer.Typer(
    cls=_Commands,
    help="Visual product similarity: which products of a catalog look like this one?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(search.search)
app.command()(index.index)
app.command()(stats.stats)
app.command()(evaluate.evaluate)
app.command()(encoders.encoders)
app.command()(doctor.doctor)
app.command()(download.download)
app.command()(cache.cache)
app.command("fetch")(fetch.fetch_pictures)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"prodsim {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options before the command's name."""
    allow_long_cells()


def main() -> None:
    """Run the command line on `sys.argv`."""
    write_what_can_be_shown()
    app(prog_name="prodsim" if Path(sys.argv[0]).stem == "prodsim" else "python -m prodsim")
