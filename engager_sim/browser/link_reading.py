"""Reading a link: what of it can be read is, and the rest is said."""

import base64
import json
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl

from engager_sim.browser.link import END, ENDING, EVERYBODY, LONGEST, PREFIXES, SCENARIOS, VERSION
from engager_sim.browser.posterior_draw import at_draw
from engager_sim.browser.sources import preset_settings, sent_settings
from engager_sim.browser.visit import FIRST, OTHER, Visit, value_at
from engager_sim.browser.visit_state import SentFile, VisitState, WorldSettings
from engager_sim.designs.matched_populations import refuse_other_men
from engager_sim.errors import EngagerError, UsageError
from engager_sim.scenarios.changes import changed, find_parameter
from engager_sim.scenarios.theory_values import Value, named_values
from engager_sim.scenarios.toml_file import MOST_BYTES
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.records import ARMS

MOST_UNPACKED = 4 * MOST_BYTES
"""Bytes that a link's files may come to."""
MOST_FIELDS = 1000
MOST_SAID = 4
LAST = 9_999
"""The largest week and number of a man; both are held to what there is later."""
ARM_NAMES = {EVERYBODY: None, **{name: arm for arm, name in enumerate(ARMS)}}


class ReadLink(NamedTuple):
    """What a link says: the state, and what of it could not be read."""

    state: VisitState
    unread: tuple[str, ...] = ()


def open_link(visit: Visit, text: str, begun: VisitState) -> None:
    """Show what a link says; the visit's message tells what of it could not be read."""
    link = read_link(text, begun)
    visit.show(link.state)
    if visit.message is None and link.unread:
        more = len(link.unread) - MOST_SAID
        said = [*link.unread[:MOST_SAID], *([f"and {more} more"] if more > 0 else [])]
        visit.message = f"Not all of this link could be read: {'; '.join(said)}."


def read_link(text: str, begun: VisitState) -> ReadLink:
    """Read a fragment.

    Parameters
    ----------
    text : str
        The fragment, without its number sign.
    begun : VisitState
        What a visit begins with, which stands where a link says nothing.
    """
    if len(text) > LONGEST:
        return ReadLink(begun, (f"it has more than {LONGEST:,} characters",))
    try:
        given = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return ReadLink(begun, ("it is not a link of this page",))
    return _Reading(given, begun).link()


class _Reading:
    """The reading of one link: takes field after field, and notes what it cannot read."""

    def __init__(self, given: dict[str, str], begun: VisitState) -> None:
        self.given, self.begun = given, begun
        self.unread: list[str] = []

    def link(self) -> ReadLink:
        """Read all of it."""
        version, has_end = self.given.pop("v", None), self.given.pop(END, None) is not None
        if version not in (None, VERSION):
            self.unread.append("it was made by another version of this page")
        elif version and not has_end:
            self.unread.append("its end is missing")
        begun, settings = self.begun, self._worlds()
        state = VisitState(
            settings,
            edited=self._taken("edited", lambda _: len(settings) - 1, FIRST),
            seed=self._taken("seed", lambda text: _number(text, MAX_SEED), begun.seed),
            arm=self._taken("arm", _arm, begun.arm),
            week=self._taken("week", lambda text: _number(text, LAST), begun.week),
            leaver=self._taken("man", lambda text: _number(text, LAST), begun.leaver),
            draw=self._taken("draw", _draw, begun.draw),
        )
        self.unread += [f'"{key}" means nothing here' for key in self.given]
        return ReadLink(state, tuple(self.unread))

    def _worlds(self) -> tuple[WorldSettings, ...]:
        sources = [self._source(FIRST, self.begun.settings)]
        if SCENARIOS[OTHER] in self.given:
            sources.append(self._source(OTHER, sources))
            try:
                refuse_other_men(*(each.source for each in sources), fix="it is left out")
            except EngagerError as error:
                self.unread.append(str(error))
                sources.pop()
        return tuple(self._with_changes(world, each) for world, each in enumerate(sources))

    def _source(self, world: int, known: Sequence[WorldSettings]) -> WorldSettings:
        """Read where a world's scenario comes from: its files, a preset, or what is known."""
        otherwise = WorldSettings(known[FIRST].source, sent=known[FIRST].sent)
        name = self.given.pop(SCENARIOS[world], None)
        if files := self.given.pop(f"{PREFIXES[world]}files", None):
            return self._attempt("files", lambda: sent_settings(_unpacked(files)), otherwise)
        own = otherwise.source.name + ("" if otherwise.is_preset else ENDING)
        if name in (None, own):
            return otherwise
        return self._attempt(SCENARIOS[world], lambda: _named(name), otherwise)

    def _with_changes(self, world: int, settings: WorldSettings) -> WorldSettings:
        """Make a world's changes, each for itself, so that one that is refused stops no other."""
        for key in list(self.given):
            is_others = key.startswith(PREFIXES[OTHER])
            if "." in key and is_others == (world == OTHER):
                path, text = key.removeprefix(PREFIXES[OTHER]), self.given.pop(key)
                self._attempt(key, partial(_change, settings, path, text), None)
        return settings

    def _taken[T](self, key: str, read: Callable[[str], T], otherwise: T) -> T:
        if (text := self.given.pop(key, None)) is None:
            return otherwise
        return self._attempt(key, lambda: read(text), otherwise)

    def _attempt[T](self, key: str, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except EngagerError as error:
            self.unread.append(str(error))
        except (ValueError, RecursionError, zlib.error):
            self.unread.append(f'"{key}" is damaged')
        return otherwise


def _named(name: str) -> WorldSettings:
    if name.endswith(ENDING):
        raise UsageError(
            "the link does not hold this file", value=name, fix="send the file beside it"
        )
    return preset_settings(name)


def _change(settings: WorldSettings, path: str, text: str) -> None:
    """Set a parameter, unless it has this value in the scenario."""
    value = _value(path, text)
    changed(settings.source, {path: value})
    if value_at(named_values(settings.source.theories()), path) != value:
        settings.changes[path] = value


def _value(path: str, text: str) -> Value:
    """Read a parameter's value; what is none of its kind is left to be refused with its range."""
    kind = find_parameter(path)[1].kind
    if kind == "on/off" and text in ("true", "false"):
        return text == "true"
    if kind in ("real", "integer"):
        try:
            return int(text) if text.removeprefix("-").isdecimal() else float(text)
        except ValueError:
            return text
    return text


def _arm(text: str) -> int | None:
    if text not in ARM_NAMES:
        raise UsageError("there is no such arm", value=text, allowed=", ".join(ARM_NAMES))
    return ARM_NAMES[text]


def _draw(text: str) -> int:
    draw = _number(text, LAST)
    at_draw(draw)
    return draw


def _number(text: str, largest: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(largest))):
        raise ValueError(text)
    if (number := int(text)) > largest:
        raise ValueError(text)
    return number


def _unpacked(text: str) -> tuple[SentFile, ...]:
    """Unpack files, up to a bound; raise ValueError for what was cut, or is none."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    reader = zlib.decompressobj()
    plain = reader.decompress(data, MOST_UNPACKED)
    files = json.loads(plain) if reader.eof else None
    if not (isinstance(files, list) and files and all(map(_is_file, files))):
        raise ValueError("no files")
    return tuple((name, content) for name, content in files)


def _is_file(entry: object) -> bool:
    return (
        isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)
    )
