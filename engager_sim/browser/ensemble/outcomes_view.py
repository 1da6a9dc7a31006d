"""The data of the card of outcomes: this run, and the mean over replicates with its interval."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from engager_sim.browser.ensemble.background import Answer
from engager_sim.browser.ensemble.replicates import GROUPS, Numbers, Replicates
from engager_sim.laws.declaration import Law
from engager_sim.outcomes.declaration import IDENTICAL, Outcome
from engager_sim.outcomes.direction import DIRECTIONS
from engager_sim.outcomes.headline import HEADLINE
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.fitted_parameters import Drawn
from engager_sim.statistics.interval_contents import IntervalContents
from engager_sim.studies.compare.differences import difference
from engager_sim.studies.run.summary import bounded_estimate

PLACES = {outcome.id: index for index, outcome in enumerate(OUTCOMES)}
BETTER = {1: "more is better", -1: "less is better"}
SAME = 1e-9
"""Values that differ by less are equal but for rounding."""
STRIP_MARGIN = 0.04
"""How much of a strip is left free at either end."""


class Side(NamedTuple):
    """One side of a comparison: a world, and the group of its men."""

    world: int
    group: int


class ComparedColumn(NamedTuple):
    """One column of the table: a side, or the difference of two, the second less the first."""

    title: str
    side: Side
    less: Side | None = None


def columns_of(worlds: Sequence[str], arms: Sequence[int], arm: int | None) -> list[ComparedColumn]:
    """Choose the columns: both worlds or else both arms, and their difference.

    Parameters
    ----------
    worlds : sequence of str
        Titles of the one or two worlds.
    arms : sequence of int
        The arms that have men.
    arm : int or None
        Whose outcomes are shown where there are two worlds; None for everybody.
    """
    group = 0 if arm is None else arm + 1
    if len(worlds) > 1:
        sides = [Side(world, group) for world in range(len(worlds))]
        titles = ["first world", "other world"]
        between = "other less first"
    elif len(arms) > 1:
        sides = [Side(0, known + 1) for known in arms]
        titles = [GROUPS[known + 1].replace("_", " ") for known in arms]
        sides.reverse()  # programme less usual care
        titles.reverse()
        between = "programme less usual care"
    else:
        return [ComparedColumn("all men", Side(0, 0))]
    columns = [ComparedColumn(title, side) for title, side in zip(titles, sides, strict=True)]
    return [*columns, ComparedColumn(between, sides[1], sides[0])]


def outcomes_view(
    answer: Answer[Replicates], columns: Sequence[ComparedColumn], laws: Sequence[Law]
) -> dict[str, Any]:
    """Give the table of headline outcomes.

    Parameters
    ----------
    answer : Answer
        Replicates of the worlds on the page, and the one of each that is watched.
    laws : sequence of Law
        Those that fix the sign of what the worlds differ in.
    """
    question, done = answer.question, answer.done
    drawn = None if question.fitted is None else question.fitted.drawn(done)
    holds = IntervalContents.of(question.fitted, done, question.scenarios)
    return {
        "columns": [column.title for column in columns],
        "rows": [
            _row(OUTCOMES[PLACES[name]], answer.worlds, answer.watched, columns, drawn, laws)
            for name in HEADLINE
        ],
        "done": done,
        "of": question.replicates,
        "holds": holds.line,
        "laws": list(dict.fromkeys(law.statement for law in laws)),
    }


def _row(
    outcome: Outcome,
    worlds: Sequence[Replicates],
    watched: Sequence[Replicates],
    columns: Sequence[ComparedColumn],
    drawn: Drawn | None,
    laws: Sequence[Law],
) -> dict[str, Any]:
    cells = [_cell(outcome, worlds, watched, column, drawn) for column in columns]
    last = columns[-1]
    watched_value = _values(outcome, watched, last)[0]
    fixed = any(outcome.id in law.measure.outcomes for law in laws)
    return {
        "id": outcome.id,
        "label": outcome.label_with_unit,
        "meaning": f"{outcome.meaning} Over {outcome.denominator}.",
        "better": BETTER.get(DIRECTIONS.get(outcome.id, 0), ""),
        "cells": cells,
        "assumed": fixed and last.less is not None and last.side.world != last.less.world,
        "strip": _strip(_values(outcome, worlds, last), watched_value, last.less is not None),
    }


def _cell(
    outcome: Outcome,
    worlds: Sequence[Replicates],
    watched: Sequence[Replicates],
    column: ComparedColumn,
    drawn: Drawn | None,
) -> dict[str, str]:
    this = float(_values(outcome, watched, column)[0])
    is_difference = column.less is not None
    if column.less is not None and column.less.world != column.side.world:
        first, other = (_of_side(outcome, worlds, side) for side in (column.less, column.side))
        found = difference(first, other, drawn, unpaired=False, first_stage=None)
        mean, low, high, known = (found[name] for name in ("difference", "low", "high", "n"))
    else:
        values = _values(outcome, worlds, column)
        mean, low, high, known, *_ = bounded_estimate(values, outcome, is_difference, drawn)
    runs = len(worlds[0].outcomes)
    return {
        "this": outcome.text(this, is_difference),
        "mean": outcome.with_interval(mean, low, high, is_difference),
        "known": "" if known == runs else f"{int(known)} of {runs} replicates have a value",
        "sign": sign(low, high) if is_difference else "",
    }


def sign(low: float, high: float) -> str:
    """Say which way a difference goes, if its interval can tell; nothing where there is none."""
    if math.isnan(low) or math.isnan(high):
        return ""
    if low == high == 0.0:
        return IDENTICAL
    if low > 0.0:
        return "higher"
    return "lower" if high < 0.0 else "cannot be told from none"


def _values(outcome: Outcome, worlds: Sequence[Replicates], column: ComparedColumn) -> Numbers:
    """Give one column's value in every replicate."""
    values = _of_side(outcome, worlds, column.side)
    return values if column.less is None else values - _of_side(outcome, worlds, column.less)


def _of_side(outcome: Outcome, worlds: Sequence[Replicates], side: Side) -> Numbers:
    return worlds[side.world].outcomes[:, PLACES[outcome.id], side.group]


def _strip(values: Numbers, this: float, is_difference: bool) -> dict[str, Any] | None:
    """Place every replicate, and this run, between 0 and 1; none where nothing has a value."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    others = [*([this] if not np.isnan(this) else []), *([0.0] if is_difference else [])]
    low, high = min(known.min(), *others, known.max()), max(known.max(), *others, known.min())
    below = int((known < this - SAME).sum())

    def place(value: float) -> float:
        share = 0.5 if high == low else (value - low) / (high - low)
        return round(STRIP_MARGIN + (1.0 - 2.0 * STRIP_MARGIN) * share, 4)

    return {
        "dots": [place(value) for value in known.tolist()],
        "this": None if np.isnan(this) else place(this),
        "zero": place(0.0) if is_difference else None,
        "text": f"this run lies above {below} of {len(known)} replicates",
    }
