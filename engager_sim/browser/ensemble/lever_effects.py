"""What does a lever do? A curve over one lever's range, and all levers and themes ranked."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from engager_sim.browser.ensemble.background import Answer
from engager_sim.browser.ensemble.outcomes_view import PLACES, sign
from engager_sim.browser.ensemble.replicates import Replicates
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value, declared
from engager_sim.studies.compare.differences import difference
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.world.records import ARMS

POINTS = 5
"""How many points of a lever's range a curve has."""
CURVE_REPLICATES, RANKING_REPLICATES = 60, 30


class Contrast(NamedTuple):
    """Two values of one lever, or a theme off and on: what is ranked."""

    label: str
    path: str
    low: Value
    high: Value


def lever_values(parameter: Parameter) -> list[Value]:
    """List the values of a lever over its range: all of a choice, five of a number."""
    if parameter.kind == "category":
        return [*parameter.choices]
    if parameter.kind == "on/off":
        return [False, True]
    values = np.linspace(parameter.low, parameter.high, POINTS)
    if parameter.kind == "real":
        return [float(f"{value:.4g}") for value in values]
    return [*dict.fromkeys(int(value) for value in values.round())]


def lever_label(parameter: Parameter) -> str:
    """Name a lever with its theme."""
    return parameter.path.replace(".", ": ").replace("_", " ")


def curve_scenarios(scenario: Scenario, path: str, values: Sequence[Value]) -> tuple[Scenario, ...]:
    """Make the world as it is, then one for every value of a lever."""
    return (scenario, *(changed(scenario, {path: value}) for value in values))


def curve_view(
    answer: Answer[Replicates], values: Sequence[Value], outcome: str, group: int
) -> dict[str, Any]:
    """Give one outcome over a lever's range: the change from the world as it is.

    Common random numbers make the change, not the outcome itself, what replicates can tell.
    """
    declared_outcome = OUTCOMES[PLACES[outcome]]
    here, *others = answer.worlds
    points = [
        _effect(answer, declared_outcome, here, there, group) | {"value": value}
        for value, there in zip(values, others, strict=True)
    ]
    return {
        "points": points,
        "label": declared_outcome.label_with_unit,
        "done": answer.done,
        "of": answer.question.replicates,
    }


def contrasts(arm: int) -> Iterator[Contrast]:
    """List what is ranked: every lever of an arm between its ends, every theme off and on."""
    for theme in THEMES:
        name = theme.replace("_", " ")
        yield Contrast(f"{name}: off, on", f"{ARMS[arm]}.{theme}.on", False, True)
    for parameters in declared().values():
        for parameter in parameters.values():
            if parameter.role is Role.LEVER and parameter.name != "on":
                yield from _lever_contrasts(parameter, arm)


def _lever_contrasts(parameter: Parameter, arm: int) -> Iterator[Contrast]:
    path, label = f"{ARMS[arm]}.{parameter.path}", lever_label(parameter)
    first, *others = lever_values(parameter)
    for other in others if parameter.kind == "category" else others[-1:]:
        yield Contrast(f"{label}, {_text(first)} to {_text(other)}", path, first, other)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"


def ranking_scenarios(scenario: Scenario, ranked: Sequence[Contrast]) -> tuple[Scenario, ...]:
    """Make two worlds for every contrast."""
    return tuple(
        changed(scenario, {contrast.path: value})
        for contrast in ranked
        for value in (contrast.low, contrast.high)
    )


def ranking_view(
    answer: Answer[Replicates], ranked: Sequence[Contrast], outcome: str, group: int
) -> dict[str, Any]:
    """Give levers and themes by the size of their effect; what cannot be told from none last."""
    declared_outcome = OUTCOMES[PLACES[outcome]]
    rows = [
        _effect(answer, declared_outcome, *_two(answer, index), group)
        | {"label": contrast.label, "path": contrast.path}
        for index, contrast in enumerate(ranked)
    ]
    rows.sort(key=lambda row: (not row["told"], -abs(row["mean"] or 0.0), row["label"]))
    return {
        "rows": rows,
        "label": declared_outcome.label_with_unit,
        "done": answer.done,
        "of": answer.question.replicates,
    }


def _two(answer: Answer[Replicates], index: int) -> tuple[Replicates, Replicates]:
    return answer.worlds[2 * index], answer.worlds[2 * index + 1]


def _effect(
    answer: Answer[Replicates], outcome: Outcome, here: Replicates, there: Replicates, group: int
) -> dict[str, Any]:
    fitted = answer.question.fitted
    drawn = None if fitted is None else fitted.drawn(answer.done)
    first, other = (each.outcomes[:, PLACES[outcome.id], group] for each in (here, there))
    found = difference(first, other, drawn, unpaired=False, first_stage=None)
    mean, low, high = (found[name] for name in ("difference", "low", "high"))
    said = sign(low, high)
    return {
        **{
            name: None if np.isnan(number) else round(number, 6)
            for name, number in (("mean", mean), ("low", low), ("high", high))
        },
        "text": outcome.with_interval(mean, low, high, difference=True),
        "said": said,
        "told": said in ("higher", "lower"),
    }
