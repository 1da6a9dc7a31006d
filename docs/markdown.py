"""Tables in Markdown."""

from collections.abc import Iterable, Sequence

NOTHING = "-"
"""What stands in a cell that has nothing to say."""


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; an empty cell shows a dash."""
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def code(text: str) -> str:
    """Mark a name or an equation as code."""
    return f"`{text}`"


def number(value: float) -> str:
    """Write a number without needless digits."""
    return f"{value:,.10g}"


def titled(name: str) -> str:
    """Turn the name of a room or theme into words that can head a section."""
    return name.replace("_", " ").capitalize()


def capital(text: str) -> str:
    """Begin a meaning with a capital letter; the rest keeps its own."""
    return text[0].upper() + text[1:]


def _cell(value: object) -> str:
    text = " ".join(str(value).split()).replace("|", "\\|")
    return text or NOTHING
