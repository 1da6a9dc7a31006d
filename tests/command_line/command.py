"""Calling the command line inside the test's own process."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch

from PIL import Image, PngImagePlugin
from typer.testing import CliRunner, Result

from engager_sim.command_line.main import app
from engager_sim.figures.picture import Picture

INTERRUPTED, REFUSED = 130, 2


def engager_sim(*arguments: object, draws: bool = False) -> Result:
    """Call ``engager-sim`` with some arguments.

    Figures are laid out; their files hold a dot and the words that go with the figure, unless a
    test ``draws``: pixels take half the time of a small study.
    """
    asked = [str(argument) for argument in arguments]
    with nullcontext() if draws else dots_for_pixels():
        return CliRunner().invoke(app, asked)


def dots_for_pixels() -> AbstractContextManager[object]:
    """Save a dot in place of each figure's pixels."""
    return patch.object(Picture, "save", _save_a_dot)


def _save_a_dot(picture: Picture, file: Path, position: int = 0) -> None:
    text = PngImagePlugin.PngInfo()
    for key, words in picture.text(position).items():
        text.add_itxt(key, words)
    Image.new("L", (1, 1)).save(file, format="PNG", pnginfo=text)


def one_message(result: Result) -> str:
    """Return the only line on the error stream of a command that was refused."""
    assert result.exit_code == REFUSED, result.output
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("Error: ")
    return line
