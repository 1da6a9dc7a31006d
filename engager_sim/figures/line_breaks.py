"""Text that is broken over lines where a figure has little room."""

import textwrap

LONGEST_WORD = 12
LETTERS_PER_INCH = 15.0


def unbroken(text: str) -> str:
    """Keep words on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def wrapped(text: str, inches: float) -> str:
    """Break the label of an axis over lines that are about as long."""
    lines = textwrap.wrap(text, round(inches * LETTERS_PER_INCH))
    even = textwrap.wrap(text, len(text) // len(lines) + LONGEST_WORD // 2)
    return "\n".join(even if len(even) == len(lines) else lines)
