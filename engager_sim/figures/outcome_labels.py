"""Outcomes of a study, and its question, as its figures write them."""

from typing import NamedTuple

from engager_sim.designs.outcome_columns import OutcomeColumn
from engager_sim.designs.study_file import Study
from engager_sim.figures.drawn_text import drawable
from engager_sim.figures.line_breaks import unbroken
from engager_sim.figures.scales import Scale, scale_of
from engager_sim.figures.style import words


class OutcomeLabel(NamedTuple):
    """An outcome as figures write it; its label says of whom, and between which scenarios."""

    label: str
    scale: Scale
    unit: str

    @property
    def with_unit(self) -> str:
        """Its label and unit, which is not broken over lines."""
        return f"{self.label} ({unbroken(self.unit)})"


def label_outcome(column: OutcomeColumn, study: Study) -> OutcomeLabel:
    """Say how an outcome of a study is written; it may be a difference of scenarios or of arms."""
    is_difference = study.compared_with is not None or column.is_difference
    scale = scale_of(column.outcome.unit)
    unit = scale.of_differences if is_difference else scale.unit
    return OutcomeLabel(column.label + scenarios_compared(study), scale, unit)


def scenarios_compared(study: Study) -> str:
    """Write, after a comma, between which scenarios outcomes are differences; else nothing."""
    return "" if study.compared_with is None else f", {drawable(words(study.of_what))}"


def question_of(study: Study) -> dict[str, str]:
    """Give a study's question under the name of its scenario."""
    return {study.scenario.name: study.question}
