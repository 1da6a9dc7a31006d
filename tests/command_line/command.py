"""Calling the command line inside the test's own process."""

from typer.testing import CliRunner, Result

from engager_sim.command_line.main import app

INTERRUPTED, REFUSED = 130, 2


def engager_sim(*arguments: object) -> Result:
    """Call ``engager-sim`` with some arguments."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def one_message(result: Result) -> str:
    """Return the only line on the error stream of a command that was refused."""
    assert result.exit_code == REFUSED, result.output
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("Error: ")
    return line
