"""The pictures of a decision."""

from engager_sim.figures.picture import Picture
from engager_sim.studies.decide.figures.acceptability import acceptability
from engager_sim.studies.decide.figures.better_and_worse import better_and_worse
from engager_sim.studies.decide.figures.gain_against_spend import gain_against_spend
from engager_sim.studies.decide.figures.plane import plane
from engager_sim.studies.decide.figures.what_would_change import what_would_change
from engager_sim.studies.decide.figures.without_a_theme import without_a_theme
from engager_sim.studies.decide.study import Decision


def pictures(decision: Decision) -> list[Picture]:
    """Draw gain against spend, men better and worse off, and what the answer rests on."""
    return [
        gain_against_spend(decision),
        better_and_worse(decision),
        without_a_theme(decision),
        what_would_change(decision),
        acceptability(decision),
        plane(decision),
    ]
