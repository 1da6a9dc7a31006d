"""Which of some names somebody means: by the name, its beginning, a word of it, or its number."""

import re
from collections.abc import Mapping

from engager_sim.errors import UsageError
from engager_sim.scenarios.layered_file import did_you_mean

ALL, NOTHING = ("all",), ("none", "nothing")
BETWEEN = re.compile("[,;]")
"""What stands between choices; where each is one word, a blank is enough."""
IGNORED = ("and",)


def meant(text: str, labels: Mapping[str, str]) -> str:
    """Give the one name that somebody means.

    Parameters
    ----------
    text : str
        The name or its label, how one of them begins, or how one of their words does; a hyphen,
        an underscore and a blank are one, and so are a word and its plural.
    labels : mapping
        The names that can be chosen, each with what it is called.

    Raises
    ------
    UsageError
        If it is none of them, or may be several.
    """
    wanted = _words(text)
    for fits in (_is_one, _begins_one, _begins_a_word):
        found = [name for name in labels if wanted and fits(wanted, (name, labels[name]))]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                "this may mean more than one name",
                value=text,
                allowed=", ".join(labels),
                fix=f"write one of {', '.join(found)}",
            )
    raise UsageError(
        "this is none of the names that can be chosen",
        value=text,
        allowed=", ".join(labels),
        fix=did_you_mean(text, labels) or "choose one of them",
    )


def several(text: str, labels: Mapping[str, str]) -> list[str]:
    """Give the names that somebody means, in their own order: ``1, 3`` or ``probation gp``.

    Raises
    ------
    UsageError
        If one is none of them, or may be several.
    """
    found = [name for part in BETWEEN.split(text) for name in _of_part(part.strip(), labels)]
    return [name for name in labels if name in found]


def _of_part(part: str, labels: Mapping[str, str]) -> list[str]:
    if part.casefold() in ("", *NOTHING, *IGNORED):
        return []
    if part.casefold() in ALL:
        return list(labels)
    if part.isdecimal():
        return [_numbered(int(part), list(labels))]
    try:
        return [meant(part, labels)]
    except UsageError:
        words = part.split()
        if len(words) == 1:
            raise
    return [name for word in words for name in _of_part(word, labels)]


def _numbered(number: int, names: list[str]) -> str:
    if not 1 <= number <= len(names):
        raise UsageError(
            "there is no such line",
            value=number,
            allowed=f"1 to {len(names)}",
            fix="write its number or its name",
        )
    return names[number - 1]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))


def _is_one(wanted: str, names: tuple[str, str]) -> bool:
    return wanted in map(_words, names)


def _begins_one(wanted: str, names: tuple[str, str]) -> bool:
    return any(_words(name).startswith(wanted) for name in names)


def _begins_a_word(wanted: str, names: tuple[str, str]) -> bool:
    stem = wanted.removesuffix("s") or wanted
    return any(
        word.startswith(stem)
        for name in names
        for word in name.replace("_", " ").casefold().split()
    )
