"""What somebody meant who typed a number with marks of money, or a command without its group."""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from engager_sim.errors import UsageError
from engager_sim.visible_text import visible

MARKS = re.compile(r"[\s,_£]|GBP", re.IGNORECASE)
"""What people write in numbers and a computer does not read."""


def number_meant(error: typer.BadParameter) -> str:
    """Say of an option that should be a number what was found, and how to write it.

    Parameters
    ----------
    error : typer.BadParameter
        What the command line said of it.

    Returns
    -------
    str
        What to add to its message; nothing where it is about something else.
    """
    from pydantic import ValidationError

    if not isinstance(error.__cause__, ValidationError):
        return ""
    first = error.__cause__.errors(include_url=False)[0]
    if first["type"] not in ("float_parsing", "int_parsing"):
        return ""
    typed = str(first["input"])
    digits = MARKS.sub("", typed)
    is_meant = re.fullmatch(r"\d+(\.\d+)?", digits) and digits != typed
    return f" (found {visible(typed)})" + (f"; write {digits}" if is_meant else "")


def refuse_without_group(commands: Mapping[str, Any], arguments: Sequence[str]) -> None:
    """Refuse a command that stands in a group of commands, and say in which.

    Raises
    ------
    UsageError
        If the first argument is none of the commands and one of a group among them.
    """
    first = arguments[0]
    groups = (
        name
        for name, command in commands.items()
        if isinstance(command, TyperGroup) and first in command.commands
    )
    group = None if first in commands else next(groups, None)
    if group is not None:
        meant = " ".join(["engager-sim", group, *map(shlex.quote, arguments)])
        raise UsageError(f"{first} is a command of {group}", fix=f"write: {meant}")
