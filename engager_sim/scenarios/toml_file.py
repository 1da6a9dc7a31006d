"""TOML as users write it: read whole, or refused in one message, in a time that its size bounds."""

import re
import tomllib
from pathlib import Path
from typing import Any

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.input_file import read_text

MOST_BYTES = 1_000_000
DEEPEST_KEY = 32
# Keys of very many parts take a time that grows with the square of their length. A quoted part is
# a word here; no pattern looks at a character more often than once for each part.
DEEP_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{DEEPEST_KEY}}}")
QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?')

FORM = 'a line reads key = value or [table]; text stands in "quotation marks"'
TABLE, JSON = "a CSV table", "JSON"
NAMED_TABLES = (
    'name a table of men by men = "FILE.csv" under [population] of a scenario file, one of ties by '
    "ties under [network], one of points by points under [design] of a study file"
)
FIXES = {TABLE: NAMED_TABLES, JSON: "engager-sim scenarios new begins a scenario file to write in"}
"""What to do about a file of another kind."""
IN_BRACES = re.compile(r"\s*(?:\{|\[\s*\{)")


def read_toml(file: Path, description: str, beginning: str) -> tuple[dict[str, Any], str]:
    """Read a TOML file (see :func:`parse_toml`).

    Raises
    ------
    ScenarioError
        If it cannot be read, is not TOML, is nested too deeply or says nothing.
    """
    return parse_toml(read_text(file, MOST_BYTES, description), file, beginning)


def parse_toml(text: str, file: Path, beginning: str) -> tuple[dict[str, Any], str]:
    """Read TOML.

    Parameters
    ----------
    text : str
        The content.
    file : Path
        Where it stands, and ``beginning``, what an empty one should say: for messages.

    Returns
    -------
    data : dict
        Its content.
    heading : str
        Its first line.

    Raises
    ------
    ScenarioError
        If it is not TOML, is nested too deeply or says nothing.
    """
    dotted = [line for line in text.split("\n") if line.count(".") >= DEEPEST_KEY]
    if any(DEEP_KEY.search(line) or DEEP_KEY.search(QUOTED.sub("s", line)) for line in dotted):
        raise too_deep(file)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise too_deep(file) from None
    except ValueError as error:  # also whole numbers of more digits than Python reads
        if (what := _looks_like(text, file)) is not None:
            raise ScenarioError(
                f"this looks like {what}, not like TOML", file=file, allowed=FORM, fix=FIXES[what]
            ) from None
        last = text.count("\n") + 1
        reason = str(error).replace("at end of document", f"at the end, line {last}")
        raise ScenarioError(f"this is not valid TOML: {reason}", file=file, fix=FORM) from None
    if not data:
        raise ScenarioError("the file says nothing", file=file, fix=beginning)
    return data, text.split("\n", 1)[0].strip()


def _looks_like(text: str, file: Path) -> str | None:
    """Tell what a file is that is no TOML, if it is a common kind of another."""
    if IN_BRACES.match(text):
        return JSON
    first, second = ([line for line in text.splitlines() if line.strip()] + ["", ""])[:2]
    is_table = any(first.count(mark) == second.count(mark) > 0 for mark in ",;\t")
    return TABLE if file.suffix.lower() == ".csv" or (is_table and "=" not in first) else None


def too_deep(file: Path) -> ScenarioError:
    """Make the error for tables and lists without end."""
    return ScenarioError(
        "tables or lists are nested too deeply",
        file=file,
        allowed=f"keys of at most {DEEPEST_KEY} parts, and brackets about as deep",
        fix="write [table.name] and below it key = value",
    )
