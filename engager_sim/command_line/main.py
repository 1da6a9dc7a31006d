"""The command ``engager-sim``. Only light imports here, so that help appears at once."""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from engager_sim import __version__
from engager_sim.command_line import (
    browse,
    calibrate,
    compare,
    parameters,
    report,
    run,
    scenarios,
    sensitivity,
    sweep,
    trial,
    validate,
    week,
)
from engager_sim.errors import EngagerError

REFUSED, INTERRUPTED = 2, 130


class OneMessage(TyperGroup):
    """Commands whose errors are one message on the standard error stream, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a mistake ends with exit code 2, an interrupt with 130."""
        try:
            return super().invoke(ctx)
        except EngagerError as error:
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(REFUSED) from None
        except KeyboardInterrupt:
            typer.echo("Interrupted.", err=True)
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    cls=OneMessage,
    no_args_is_help=True,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run", epilog=run.EXAMPLES)(run.run)
app.command("compare", epilog=compare.EXAMPLES)(compare.compare)
app.command("sweep", epilog=sweep.EXAMPLES)(sweep.sweep)
app.command("sensitivity", epilog=sensitivity.EXAMPLES)(sensitivity.sensitivity)
app.command("validate", epilog=validate.EXAMPLES)(validate.validate)
app.command("trial", epilog=trial.EXAMPLES)(trial.trial)
app.command("browse", epilog=browse.EXAMPLES)(browse.browse)
app.command("calibrate", epilog=calibrate.EXAMPLES)(calibrate.calibrate)
app.command("report", epilog=report.EXAMPLES)(report.report)
app.add_typer(scenarios.app, name="scenarios")
app.command("parameters", epilog=parameters.EXAMPLES)(parameters.parameters)
app.command("week", epilog=week.EXAMPLES)(week.week)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"engager-sim {__version__}")
        raise typer.Exit


@app.callback()
def engager_sim(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Simulate why people leaving prison stay engaged with the services meant to help them.

    Start with [bold]engager-sim run usual_care --out results/first[/bold].
    """


def main() -> None:
    """Run the command line; the console script calls this."""
    try:
        app()
    except SystemExit as end:
        if end.code == INTERRUPTED:
            # Leave at once: a compiler that is still at work in its thread cannot be told to stop.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(INTERRUPTED)
        raise
