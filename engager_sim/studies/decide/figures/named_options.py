"""Which options a picture names: as many as can be told apart; the others are drawn faintly."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.lines import Line2D

from engager_sim.figures import style
from engager_sim.studies.decide.wording import Facts, label_of

MOST_NAMED = len(style.LINES)
"""So many colours, and forms, there are."""


class NamedOptions:
    """The options that a picture names, each with a number for its look.

    Parameters
    ----------
    facts : mapping
        What a manifest keeps of a decision.
    weights : mapping of str to float
        Options in the order in which they are drawn, and how much each matters: the foremost are
        named, in the order given.
    """

    def __init__(self, facts: Facts, weights: Mapping[str, float]) -> None:
        foremost = sorted(weights, key=lambda name: -weights[name])[:MOST_NAMED]
        named = [name for name in weights if name in foremost]
        self.numbers = {name: number for number, name in enumerate(named)}
        self.others = len(weights) - len(named)
        self.labels = [style.spaced(label_of(facts, name)) for name in named]
        if self.others:
            self.labels.append(f"{self.others} other{'s' if self.others > 1 else ''}")

    def handles(self, handles: Mapping[str, Line2D], **faint: Any) -> Sequence[Line2D]:
        """Give the marks of a legend: of the options it names, and one for the others."""
        marks = [handles[name] for name in self.numbers]
        return [*marks, Line2D([], [], color=style.FAINT, **faint)] if self.others else marks
