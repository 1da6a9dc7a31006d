"""The rival beside the agent-based model, figure by figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docs import validated
from docs.markdown import code, table
from docs.rival.kept import kept
from docs.rival.parameters import PARAMETERS
from engager_sim.designs.prior import uncertain_factors
from engager_sim.studies.calibrate.targets import FIT
from engager_sim.studies.validate.narrative import bounds, figure, labelled

NO_VALUE, MET = "no value", "met"
OUTSIDE = 0.10
"""Probability that a 90% interval leaves outside."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """A predicted figure: ends and middle of its 90% interval, and what was published."""

    low: float
    middle: float
    high: float
    value: float
    error: float  # of what was published

    @property
    def is_inside(self) -> bool:
        """Whether the interval holds what was published."""
        return self.low <= self.value <= self.high

    @property
    def errors_off(self) -> float:
        """How far the middle lies above what was published, in errors of that."""
        return (self.middle - self.value) / self.error

    @property
    def score(self) -> float:
        """The interval score in errors: width, and 20 times what lies outside; less is better.

        References
        ----------
        Gneiting, T. & Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and
        estimation. Journal of the American Statistical Association 102, 359-378.
        """
        beyond = max(0.0, self.low - self.value, self.value - self.high)
        return (self.high - self.low + 2.0 / OUTSIDE * beyond) / self.error

    def __str__(self) -> str:
        text = f"{self.middle:.3f} [{self.low:.3f}, {self.high:.3f}]"
        return text if self.is_inside else f"{text}, **outside**"


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure as both models predict it; None where a model has no value."""

    label: str
    role: str
    value: float
    agents: Prediction | None
    rival: Prediction | None


def rival_parameters() -> str:
    """Write a row per parameter of the rival: its prior, the reason for it, its posterior."""
    after = {row["parameter"]: row for row in kept()["parameters"]}
    rows = [
        (
            code(parameter.name),
            parameter.meaning,
            parameter.scale.name,
            f"{parameter.median:g} [{parameter.low:g}, {parameter.high:g}]",
            parameter.reason,
            "{middle:.2g} [{low:.2g}, {high:.2g}]".format_map(after[parameter.name]),
        )
        for parameter in PARAMETERS
    ]
    headings = ("Parameter", "Meaning", "Unit", "Prior (assumption)", "Because", "Posterior")
    return table(headings, rows)


def rival_beside_agents() -> str:
    """Write a row per published figure: how each model predicts it, and how far off it is."""
    rows = [
        (
            each.label,
            each.role.replace("_", " "),
            f"{each.value:g}",
            *(prediction or NO_VALUE for prediction in (each.agents, each.rival)),
            *(
                f"{prediction.errors_off:+.1f}" if prediction else NO_VALUE
                for prediction in (each.agents, each.rival)
            ),
        )
        for each in figures()
    ]
    return table(
        ("Figure", "Role", "Published", "Agent-based, 90% interval", "Rival, 90% interval",
         "Agent-based, errors off", "Rival, errors off"),
        rows,
    )  # fmt: skip


def rival_narrative() -> str:
    """Say what the table of figures comes to."""
    every = figures()
    only_agents = [(each.label, each.agents) for each in every if each.agents and not each.rival]
    only_rival = [(each.label, each.rival) for each in every if each.rival and not each.agents]
    neither = [(each.label, None) for each in every if not (each.agents or each.rival)]
    return "\n".join(
        (
            f"- *Size*: the rival has {len(PARAMETERS)} parameters, the agent-based model "
            f"{len(uncertain_factors())} uncertain ones.",
            f"- *Fitted*: {_compared([each for each in every if each.role == FIT])}",
            f"- *Not fitted*: {_compared([each for each in every if each.role != FIT])}",
            f"- *Only the agent-based model has a value of*: {_named(only_agents)}.",
            f"- *Only the rival*: {_named(only_rival)}. *Neither*: {_named(neither)}.",
        )
    )


def rival_on_patterns() -> str:
    """Write a row per part of a pattern that the rival has the quantities for."""
    rows = [
        (
            agents["number"],
            labelled(agents),
            bounds(agents),
            *(f"{figure(each['figure'])} {each['verdict']}" for each in (agents, rival)),
        )
        for agents, rival in _parts_of_both()
    ]
    return table(("", "What", "Wanted", "Agent-based", "Rival"), rows)


def patterns_narrative() -> str:
    """Say how many parts of patterns the rival has, and how many of these each model meets."""
    both = _parts_of_both()
    return (
        f"Of {len(validated.found_parts())} parts of patterns the rival has the quantities for "
        f"{len(both)}; of these it meets {sum(rival['verdict'] == MET for _, rival in both)} and "
        f"the agent-based model {sum(agents['verdict'] == MET for agents, _ in both)}. Those that "
        "both meet say nothing for agents."
    )


def _parts_of_both() -> list[tuple[Any, Any]]:
    """Pair the parts of patterns of which both models have a figure, the agent-based one first."""
    rivals = {_key(part): part for part in kept()["parts"]}
    return [(part, rivals[_key(part)]) for part in validated.found_parts() if _key(part) in rivals]


def _key(part: Any) -> tuple[Any, ...]:
    return part["number"], part["measure"], part["take"]


def figures() -> list[Figure]:
    """Put together what both models predict, in the order of the targets."""
    agents = {(row["target"], row["value"]): row for row in validated.kept()["figures"]}
    return [
        Figure(
            row["label"],
            row["role"],
            row["value"],
            _prediction(agents.get((row["target"], row["value"]), {})),
            _prediction(row),
        )
        for row in kept()["figures"]
    ]


def _prediction(row: dict[str, Any]) -> Prediction | None:
    if row.get("middle") is None:
        return None
    return Prediction(*(row[name] for name in ("low", "middle", "high", "value", "error")))


def _compared(chosen: Sequence[Figure]) -> str:
    """Compare both models on the published values of which both have a prediction."""
    pairs = [(each.agents, each.rival) for each in chosen if each.agents and each.rival]
    if not pairs:
        return "there is no figure that both have."
    agents, rival = zip(*pairs, strict=True)
    narrower = sum(b.high - b.low < a.high - a.low for a, b in pairs)
    nearer = sum(abs(b.errors_off) < abs(a.errors_off) for a, b in pairs)
    return (
        f"of {len(pairs)} published values that both predict, the agent-based model's 90% "
        f"intervals hold {sum(each.is_inside for each in agents)}, the rival's "
        f"{sum(each.is_inside for each in rival)}. The rival's interval is the narrower for "
        f"{narrower}, its middle the nearer for {nearer}. Mean interval score in errors (less is "
        f"better): agent-based {_mean_score(agents):.1f}, rival {_mean_score(rival):.1f}."
    )


def _mean_score(predictions: Sequence[Prediction]) -> float:
    return sum(each.score for each in predictions) / len(predictions)


def _named(chosen: Sequence[tuple[str, Prediction | None]]) -> str:
    """Name figures, and say of each whether its interval holds what was published."""
    names = []
    for label, prediction in chosen:
        verdict = (
            "" if prediction is None else " (inside)" if prediction.is_inside else " (outside)"
        )
        names.append(label[0].lower() + label[1:] + verdict)
    return "; ".join(names) or "none"
