"""The command ``engager-sim``. Only light imports here, so that help appears at once."""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterable
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from engager_sim import __version__
from engager_sim.command_line import (
    browse,
    elicit,
    laws,
    new,
    parameters,
    report,
    scenarios,
    screen,
    week,
)
from engager_sim.command_line.mistyped import number_meant, refuse_without_group
from engager_sim.console.interruption import BY_SIGNAL, exit_code, listen
from engager_sim.errors import EngagerError
from engager_sim.studies.kind import StudyKind
from engager_sim.studies.registry import kinds
from engager_sim.visible_text import visible

REFUSED = 2
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
KEPT = "results that a command wrote to its folder are kept, and report reads them"


class OneMessage(TyperGroup):
    """Commands whose errors are one message on the standard error stream, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a mistake ends with exit code 2, a signal with 128 and its number."""
        command, *arguments = [*ctx._protected_args, *ctx.args] or [""]
        try:
            return super().invoke(ctx)
        except EngagerError as error:
            from engager_sim.studies.right_command import right_command

            fix = right_command(error, command, arguments)
            typer.echo(f"Error: {error}{visible(fix)}", err=True)
            raise typer.Exit(REFUSED) from None
        except typer.BadParameter as error:
            error.message += number_meant(error)
            raise
        except KeyboardInterrupt as interruption:
            typer.echo("Interrupted.", err=True)
            raise typer.Exit(exit_code(interruption)) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is meant; who typed one of a group is told of the group."""
        refuse_without_group(self.commands, args)
        return super().resolve_command(ctx, args)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"engager-sim {__version__}")
        raise typer.Exit


def engager_sim(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Simulate why people leaving prison stay engaged with the services meant to help them.

    Start with [bold]engager-sim new my_service[/bold], which asks about your service.
    """


def build_app(studies: Iterable[StudyKind]) -> typer.Typer:
    """Make the command line: a command for each kind of study, and the others.

    Parameters
    ----------
    studies : iterable of StudyKind
        In the order in which help lists them.
    """
    app = typer.Typer(
        cls=OneMessage,
        no_args_is_help=True,
        rich_markup_mode="rich",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(engager_sim)
    app.command("new", epilog=new.EXAMPLES)(new.new)
    for kind in studies:
        command, examples = kind.command()
        app.command(kind.name, epilog=examples)(command)
    app.command("browse", epilog=browse.EXAMPLES)(browse.browse)
    app.command("report", epilog=report.EXAMPLES)(report.report)
    app.add_typer(scenarios.app, name="scenarios")
    app.command("parameters", epilog=parameters.EXAMPLES)(parameters.parameters)
    app.command("elicit", epilog=elicit.EXAMPLES)(elicit.elicit)
    app.command("laws", epilog=laws.EXAMPLES)(laws.laws)
    app.command("screen", epilog=screen.EXAMPLES)(screen.screen)
    app.command("week", epilog=week.EXAMPLES)(week.week)
    return app


app = build_app(kinds())


def main() -> None:
    """Run the command line; the console script calls this."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a letter that its encoding lacks ends nothing
        sys.stdout.reconfigure(errors="backslashreplace")
    listen()
    try:
        try:
            app()
        finally:
            with contextlib.suppress(BrokenPipeError):  # whoever reads it has seen enough
                sys.stdout.flush()
    except SystemExit as end:
        if isinstance(end.code, int) and end.code > BY_SIGNAL:
            # Leave at once: a compiler that is still at work in its thread cannot be told to stop.
            _leave(end.code)
        raise
    except OSError as error:
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        typer.echo(f"Error: what is printed has no place: {error.strerror}; {KEPT}", err=True)
        _leave(REFUSED)


def _leave(code: int) -> NoReturn:
    """End at once, and write nothing more to the standard output."""
    sys.stderr.flush()
    os._exit(code)
