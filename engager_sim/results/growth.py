"""Whether a study may go on in a folder: with the same inputs, or with more of the same."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from engager_sim.errors import ResultsError
from engager_sim.results.digests import DIGEST
from engager_sim.results.manifest import read_manifest
from engager_sim.scenarios.scenario_text import differences, flat

SHOWN_CHANGES, LONGEST_SHOWN = 5, 60
QUESTION, REPLICATES, POINTS, OUTCOMES = "question", "replicates", "points", "outcomes"
SCENARIOS = "scenarios"
ANOTHER_FOLDER = "choose another folder with --out, or remove this one first"
SAMPLES, RUNS, DESIGN = "method.samples", "runs", "design_digest"
GROWING = (QUESTION, REPLICATES, POINTS, OUTCOMES, SAMPLES, RUNS, DESIGN)
"""Keys of a manifest on which a run does not depend."""

type Facts = Mapping[str, Any]
type PointsDigest = Callable[[range], str]


def study_digest(manifest: Facts) -> str:
    """Compute a digest of all that the numbers of a run depend on besides point and replicate."""
    facts = {key: value for key, value in flat(dict(manifest), "") if not _may_grow(key)}
    return DIGEST(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _may_grow(key: str) -> bool:
    return key in GROWING or (key.startswith(f"{SCENARIOS}.") and key.endswith(f".{QUESTION}"))


def has_grown(folder: Path, manifest: Facts, points_digest: PointsDigest) -> bool:
    """Tell whether a study asks for more than was asked for in its folder, or in other words.

    Raises
    ------
    ResultsError
        If the folder's runs are of other inputs, or some of them would be lost.
    """
    kept, asked = read_manifest(folder), json.loads(json.dumps(manifest))
    _refuse_other_scenarios(folder, kept, asked)
    there, here = dict(flat(kept, "")), dict(flat(asked, ""))
    different = differences(there, here)
    reasons: Mapping[str, Callable[[], str]] = {
        DESIGN: partial(_other_points, there, points_digest),
        **{key: partial(_fewer, key, there, here) for key in (REPLICATES, POINTS)},
        OUTCOMES: partial(_left_out, there, here),
    }
    refused = [
        reasons.get(key, str)() if _may_grow(key) else _change(key, before, now)
        for key, before, now in different
    ]
    if changes := [reason for reason in refused if reason]:
        more = len(changes) - SHOWN_CHANGES
        shown = "; ".join(changes[:SHOWN_CHANGES]) + (f"; and {more} more" if more > 0 else "")
        raise ResultsError(
            f"this folder holds results of other inputs: {shown}",
            file=folder,
            fix=f"{ANOTHER_FOLDER}; a folder can go on to another wording, and where nothing else "
            "is said here to more replicates, further points or outcomes",
        )
    return bool(different)


def _refuse_other_scenarios(folder: Path, kept: Facts, asked: Facts) -> None:
    """Refuse other scenarios, or another order, in which runs are kept: by their names alone.

    All that differs besides follows from these.
    """
    named = [
        [*scenarios] if isinstance(scenarios := facts.get(SCENARIOS), dict) else []
        for facts in (kept, asked)
    ]
    if named[0] != named[1]:
        other = "in another order" if set(named[0]) == set(named[1]) else "of other scenarios"
        before, now = (", ".join(names) or "none" for names in named)
        raise ResultsError(
            f"choose another folder with --out: this one holds results {other}, made of {before}, "
            f"and asked for now are {now}",
            file=folder,
            fix="or remove it first",
        )


def _fewer(key: str, there: Facts, here: Facts) -> str:
    before, now = there.get(key), here.get(key)
    grew = isinstance(before, int) and isinstance(now, int) and now > before
    return "" if grew else _change(key, before, now)


def _left_out(there: Facts, here: Facts) -> str:
    lost = [name for name in there.get(OUTCOMES) or () if name not in (here.get(OUTCOMES) or ())]
    return f"{OUTCOMES} had {', '.join(lost)} too" if lost else ""


def _other_points(there: Facts, points_digest: PointsDigest) -> str:
    count = there.get(POINTS)
    if isinstance(count, int) and points_digest(range(count)) == there.get(DESIGN):
        return ""
    return (
        f"the first {count} points of this design are not the {count} that were run (a Sobol' "
        "sequence and what is sampled on one begin with the same points however many follow; a "
        "factorial design, a Latin hypercube, trajectories and search curves do not)"
    )


def _change(key: str, before: object, now: object) -> str:
    if now is None:
        return f"{key} was {_short(before)}, and is not set now"
    if before is None:
        return f"{key} was not set, is {_short(now)}"
    return f"{key} was {_short(before)}, is {_short(now)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
