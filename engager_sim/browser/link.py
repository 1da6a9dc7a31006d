"""A visit's state as the fragment of an address, which browsers keep and send to no server.

It reads ``v=1&scenario=engager_trial&programme.supervision.interval=2&seed=1&arm=programme&week=90
&end``: everything is called as in a scenario file, and the files of a visitor's own scenario stand
in it compressed. :mod:`engager_sim.browser.link_reading` reads it.
"""

import base64
import functools
import json
import zlib
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from engager_sim.browser.visit import OTHER
from engager_sim.browser.visit_state import SentFile, VisitState, WorldSettings
from engager_sim.scenarios.theory_values import Value
from engager_sim.world.records import ARMS

VERSION = "1"
LONGEST = 100_000
"""Characters that a link may have; browsers take longer ones, but letters cut them."""
END = "end"
"""The last word of a link, without which it was cut."""
EVERYBODY = "everybody"
SCENARIOS = ("scenario", "other")
"""What names the scenario of each world."""
PREFIXES = ("", "other.")
"""What stands before the changes and the files of each world."""
ENDING = ".toml"
"""What tells a file's name from a preset's."""


def link_of(state: VisitState) -> str:
    """Write a state as a fragment, without its number sign.

    Files that would make it longer than :data:`LONGEST` are left out (see :func:`is_whole`).
    """
    packed = [_packed(files_of(settings)) for settings in state.settings]
    if sum(map(len, packed)) > LONGEST // 2:
        packed = []
    fields = [*_fields(state), *_file_fields(packed)]
    return f"{urlencode(fields, quote_via=quote)}&{END}"


def is_whole(state: VisitState, link: str) -> bool:
    """Tell whether a link holds all of a state; it leaves out own data that it cannot carry."""
    sent = [files_of(settings) for settings in state.settings if not settings.is_preset]
    return all(sent) and (not sent or "files=" in link)


def files_of(settings: WorldSettings) -> tuple[SentFile, ...]:
    """Give the files that a world's scenario is read from; none for a preset.

    Of a file of the server's machine it is what the scenario comes to, unless that rests on own
    data there: then there are none.
    """
    source = settings.source
    if settings.is_preset or settings.sent:
        return settings.sent
    rests_on_data = source.men is not None or source.surveyed_at
    return () if rests_on_data else ((f"{source.name}{ENDING}", source.to_toml()),)


def value_text(value: Value) -> str:
    """Write a parameter's value as a scenario file has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fields(state: VisitState) -> Iterator[tuple[str, str]]:
    yield "v", VERSION
    for key, prefix, settings in zip(SCENARIOS, PREFIXES, state.settings, strict=False):
        yield key, settings.source.name + ("" if settings.is_preset else ENDING)
        for path, value in settings.changes.items():
            yield f"{prefix}{path}", value_text(value)
    yield "seed", str(state.seed)
    if state.draw is not None:
        yield "draw", str(state.draw)
    yield "arm", EVERYBODY if state.arm is None else ARMS[state.arm]
    if state.edited == OTHER:
        yield "edited", "other"
    if state.leaver is not None:
        yield "man", str(state.leaver)
    yield "week", str(state.week)


def _file_fields(packed: list[str]) -> Iterator[tuple[str, str]]:
    for prefix, text in zip(PREFIXES, packed, strict=False):
        if text and text not in packed[: PREFIXES.index(prefix)]:
            yield f"{prefix}files", text


@functools.lru_cache(maxsize=8)
def _packed(files: tuple[SentFile, ...]) -> str:
    if not files:
        return ""
    data = json.dumps(files, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")
