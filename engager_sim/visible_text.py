"""Text from people made visible: a character that would steer a screen is shown as an escape."""

import unicodedata
from pathlib import Path

JOINERS = "\u200c\u200d\u00ad"
"""Characters of format that letters and signs of several scripts are written with."""
STEERING = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode categories: controls, format (writing direction), halves of characters, separators."""


def visible(text: str, kept: str = "\n\t") -> str:
    r"""Write what would steer a screen, a writing direction or a file as an escape.

    Parameters
    ----------
    text : str
        From a file, a file's name or a command line.
    kept : str
        Controls that stay: line feed and tab, unless the text has to fill one line.

    Returns
    -------
    str
        The text, with ``\u202e`` for the character U+202E; it can be written as UTF-8.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(letter) if _steers(letter, kept) else letter for letter in text)


def shown_path(path: Path) -> str:
    """Write a path on one line, as messages name it."""
    return visible(str(path), kept="")


def _steers(letter: str, kept: str) -> bool:
    return unicodedata.category(letter) in STEERING and letter not in kept + JOINERS


def _escaped(letter: str) -> str:
    number = ord(letter)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
