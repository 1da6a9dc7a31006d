"""The table of leavers: a row per man, every field of his record, in words where it is a code."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from engager_sim.runs.tables.column import (
    NEVER_MISSING,
    REPLICATE,
    SCENARIO,
    Column,
    one_word,
    where,
    words,
)
from engager_sim.theory.circumstances import NEED_NAMES
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world.observed import MARK_WEEKS, KeptState
from engager_sim.world.records import ARMS, Leaver
from engager_sim.world.setting import Setting

CODES: dict[str, tuple[str, ...]] = {
    "arm": ARMS,
    "place": ("prison before release", "at liberty", "recalled", "new custody"),
    "service": ("no service", "waiting", "in service"),
    "admission": ("not due", "to be assessed", "waits for a place", "given a place"),
    "ending": ("not raised", "raised", "tapering", "closed as planned", "closed unplanned"),
    "queued": ("not waiting", "waiting", "lost while waiting"),
    "focus": ("no session", "practical", "emotional", "liaison"),
    "judgement": (
        *("not judged", "unripe and seen so", "ripe but not seen so"),
        *("unripe but taken for ripe", "ripe and seen so"),
    ),
    "episode": ("none yet", "open", "closed"),
    "exit": tuple(cause.name.lower() for cause in Exit),
    "first_exit": tuple(cause.name.lower() for cause in Exit),
}
"""The words of each field that holds a code."""

NEEDS = tuple(name.replace(" ", "_") for name in NEED_NAMES)
MARKS = ("release", *(f"{week}w" for week in MARK_WEEKS[1:]))
PARTS: dict[str, tuple[str, ...]] = {
    "need": NEEDS,
    "need_level": NEEDS,
    "service": NEEDS,
    "referred": NEEDS,
    "admission": NEEDS,
    "weeks_waited": NEEDS,
    "handed_on": NEEDS,
    "service_trust": NEEDS,
    "started_week": NEEDS,
    "agency_for": (*NEEDS, "probation", "prison"),
    **{field.name: MARKS[: field.length] for field in states_of(KeptState) if field.length},
}
"""The names of the parts of each field that holds several values."""

NEVER_SEEN = 1.0e4
RENAMED = {"post": "practitioner", "engaged_at": "episode_open_at"}
"""Fields whose columns have a plainer name."""

MISSING: dict[str, str] = {
    "first_miss_week": "he never missed a contact",
    "weeks_missed_to_contact": "he never missed a contact, or attended none after it",
    "first_offence_week": "he never offended",
    "died_week": "he was alive at the end of follow-up",
    "substance_seen_week": "the substance service never saw him",
    "started_week": "no service for it ever took him on",
    "post": "he never had a practitioner",
    "peer": "he has no peer",
    "peer_incumbent": "no peer was ever there for him",
    "agency_for": "no agency serves it",
    "exit": "no episode of his has closed",
    "first_exit": "no episode of his has closed",
    "exit_week": "no episode of his has closed",
    "first_exit_week": "no episode of his has closed",
    "weeks_since_contact": "no practitioner of his own ever saw him at liberty",
    "weeks_since_service": "no service ever saw him",
}
"""When a field says nothing; everything else is never missing."""


def leavers_table(
    scenario: str,
    setting: Setting,
    leavers: list[npt.NDArray[np.void]],
    first: int = 0,
    ids: pd.Categorical | None = None,
) -> pd.DataFrame:
    """Make the table of leavers at the end of their follow-up.

    Parameters
    ----------
    leavers : list of structured arrays
        The leavers' records at the end of each replicate.
    first : int
        Number of the first replicate.
    ids : pandas.Categorical, optional
        The men's own ids, if any scenario has them.
    """
    count = sum(len(men) for men in leavers)
    men = np.concatenate(leavers)
    numbers = np.concatenate([np.arange(len(m)) for m in leavers])
    columns: dict[str, object] = {
        "scenario": one_word(scenario, count),
        "replicate": np.repeat(first + np.arange(len(leavers)), [len(m) for m in leavers]),
        "number": numbers,
    }
    if ids is not None:
        columns["id"] = ids.take(numbers)
    for field in _fields():
        for name, index in _parts(field):
            values = men[field.name] if index is None else men[field.name][:, index]
            columns[name] = _column(field, values, men, setting)
    return pd.DataFrame(columns)


def leavers_columns(own_ids: bool = False) -> list[Column]:
    """Declare the columns of the table of leavers."""
    declared = [SCENARIO, REPLICATE, Column("number", "number of the man, from 0", "number")]
    if own_ids:
        none = "the scenario's table of men gives him none"
        declared.append(
            Column("id", "id of the man in his service's own table", "name", missing=none)
        )
    for field in _fields():
        missing = MISSING.get(field.name, NEVER_MISSING)
        for name, index in _parts(field):
            part = "" if index is None else f" ({PARTS[field.name][index].replace('_', ' ')})"
            declared.append(Column(name, _meaning(field) + part, _unit(field), missing=missing))
    return declared


def _fields() -> Iterator[StateField]:
    """Yield the fields of a leaver's record, who he is before how he is."""
    declared = [field for field in states_of(Leaver) if field.name != "who"]
    own = Leaver.__annotations__
    yield from sorted(declared, key=lambda field: field.name not in own)


def _parts(field: StateField) -> Iterator[tuple[str, int | None]]:
    name = RENAMED.get(field.name, field.name)
    if not field.length:
        yield name, None
        return
    stem = name.removesuffix("_at")
    for index, part in enumerate(PARTS[field.name]):
        yield f"{stem}_{part}", index


def _column(
    field: StateField, values: npt.NDArray[Any], men: npt.NDArray[np.void], setting: Setting
) -> object:
    if field.name in ("exit", "first_exit"):
        return words(np.where(values == Exit.NONE, -1, values), CODES[field.name])
    if field.name in ("exit_week", "first_exit_week"):
        return where(values, men[field.name.removesuffix("_week")] == Exit.NONE)
    if field.name in CODES:
        return words(values, CODES[field.name])
    if field.name == "team":
        return words(values, [team.name for team in setting.teams])
    if field.name == "agency_for":
        return words(values, [agency.name for agency in setting.agencies])
    if field.name.startswith("weeks_since_"):
        return np.where(values >= NEVER_SEEN, np.nan, values)
    if field.unit == "on/off":
        return values == 1
    if field.low == -1:
        return where(values, values == -1)
    return values.astype(np.int64) if values.dtype.kind == "i" else values


def _meaning(field: StateField) -> str:
    if field.name in ("exit", "first_exit"):
        causes = "; ".join(
            f"{cause.name.lower()}: {text}"
            for cause, text in EXIT_MEANINGS.items()
            if cause != Exit.NONE
        )
        return f"cause of the {'first' if 'first' in field.name else 'last'} exit ({causes})"
    if field.name in CODES:
        return f"{field.meaning.split(':')[0].split(', -1')[0]}: {', '.join(CODES[field.name])}"
    return field.meaning.split(", -1")[0].split("; -1")[0]


def _unit(field: StateField) -> str:
    if field.name in CODES or field.name in ("team", "agency_for"):
        return "name"
    if field.name in ("post", "peer"):
        return "number"
    return "true/false" if field.unit == "on/off" else field.unit
