"""Factors and outcomes of a sweep in words: at axes, over panels, in notes."""

import textwrap
from typing import NamedTuple

from engager_sim.designs.factors import Factor
from engager_sim.designs.outcome_columns import DIFFERENCE, OutcomeColumn
from engager_sim.designs.study_file import Study
from engager_sim.figures import style
from engager_sim.figures.scales import Scale, scale_of
from engager_sim.studies.sweep.settings import SweepPlan

LONGEST_WORD = 12


class Measure(NamedTuple):
    """An outcome as the figures of a sweep write it."""

    label: str
    scale: Scale
    unit: str

    @property
    def with_unit(self) -> str:
        """Its label and unit, which is not broken over lines."""
        return f"{self.label} ({unbroken(self.unit)})"


def measure_of(column: OutcomeColumn, study: Study) -> Measure:
    """Say how an outcome of a sweep is written; it may be a difference between scenarios."""
    is_difference = study.compared_with is not None or column.whom == DIFFERENCE
    scale = scale_of(column.outcome.unit)
    label = column.label
    if study.compared_with is not None:
        label = f"{label}, {style.in_words(study.of_what)}"
    return Measure(label, scale, scale.of_differences if is_difference else scale.unit)


def axis_name(factor: Factor) -> str:
    """Write a factor at an axis: its theme, its name and unit, and the arm if it is of one."""
    *arm, group, _ = factor.path.split(".")
    name = f"{style.in_words(group).capitalize()}: {with_unit(factor)}"
    return f"{name}, {style.in_words(arm[0])} arm" if arm else name


def with_unit(factor: Factor) -> str:
    """Write a factor's name and unit."""
    return factor.name if factor.choices else f"{factor.name} ({unbroken(factor.unit)})"


def unbroken(text: str) -> str:
    """Keep words on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def wrapped(text: str, inches: float) -> str:
    """Break the label of an axis over lines that are about as long."""
    lines = textwrap.wrap(text, round(inches * 15.0))
    even = textwrap.wrap(text, len(text) // len(lines) + LONGEST_WORD // 2)
    return "\n".join(even if len(even) == len(lines) else lines)


def level_names(factor: Factor) -> list[str]:
    """Write the levels of a factor."""
    return [factor.text(level) for level in factor.levels]


def falls(factor: Factor) -> bool:
    """Tell whether a study lists a factor's levels from high to low."""
    return len(factor.levels) > 1 and factor.levels[0] > factor.levels[-1]


def panel_title(plan: SweepPlan, place: int) -> str:
    """Write which level of the panels' factor a panel shows; nothing where there is none."""
    if plan.panels is None or plan.kind != "factorial":
        return ""
    name = with_unit(plan.panels)
    return f"{name[:1].upper()}{name[1:]}: {plan.panels.text(plan.panels.levels[place])}"


def question_of(plan: SweepPlan) -> dict[str, str]:
    """Say which question a study asks."""
    return {plan.study.scenario.name: plan.study.question}


def columns_for(panels: int) -> int:
    """Say how many panels stand in a row."""
    return 2 if panels in (2, 4) else min(3, panels)
