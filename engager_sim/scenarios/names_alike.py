"""Names of agencies, sites and teams that nobody could tell apart by looking at them."""

import unicodedata
from collections.abc import Sequence

from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.world.setting import Setting

CYRILLIC = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0432\u043a\u043c\u043d\u0442"
)
GREEK = "\u03b1\u03bf\u03bd\u03c1\u03c5\u03b9\u03ba\u03c4\u03c7\u03b7\u03b2\u03b5\u03b6\u03bc"
LOOKS_LATIN = str.maketrans(CYRILLIC + GREEK, "aeopcyxijsbkmht" + "aovpyiktxhbezm")
"""Letters that are drawn, small or as capitals, like Latin ones."""
INVISIBLE = ("Cc", "Cf")
"""Unicode categories of what is not drawn: controls, joiners, marks of writing direction."""
VARIANTS = range(0xFE00, 0xFE10)
"""Characters that choose how the one before is drawn."""


def refuse_names_alike(setting: Setting, file: LayeredFile) -> None:
    """Refuse two agencies or two teams of one name, and names and sites that look alike.

    Raises
    ------
    ScenarioError
        On the first that looks like another.
    """
    agencies = [agency.name for agency in setting.agencies]
    sites = [agency.site for agency in setting.agencies]
    _refuse_alike("agencies", "name", agencies, file)
    _refuse_alike("agencies", "site", sites, file)
    _refuse_alike("teams", "name", [team.name for team in setting.teams], file)


def appearance(name: str) -> str:
    """Give what is seen of a name: without case, invisible characters and width of blanks."""
    letters = unicodedata.normalize("NFKC", name).casefold().translate(LOOKS_LATIN)
    drawn = (each for each in letters if each.isspace() or not _is_invisible(each))
    return " ".join("".join(drawn).replace("_", " ").split())


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) in INVISIBLE or ord(letter) in VARIANTS


def _refuse_alike(table: str, key: str, names: Sequence[str | None], file: LayeredFile) -> None:
    seen: dict[str, str] = {}
    for index, name in enumerate(names):
        if name is None:
            continue
        other = seen.get(appearance(name))
        if other is None:
            seen[appearance(name)] = name
        elif other != name:
            raise file.error(
                f"two {key}s of {table} look alike, so that nobody could tell them apart",
                (table, index, key),
                value=name,
                allowed=f"{key}s that differ in more than case, blanks and letters drawn alike",
                fix=f"rename one of them; written out they are {other!a} and {name!a}",
            )
        elif key == "name":
            raise file.error(
                f"two {table} have the same name",
                (table, index, key),
                value=name,
                allowed="a name of its own for each",
                fix="rename one of them",
            )
