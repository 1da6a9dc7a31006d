"""What a service can see of a man when he enters: by this it could choose whom to offer what."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engager_sim.designs.design import Design
from engager_sim.runs.plan import plan_of
from engager_sim.statistics.subgroups import Condition
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.theory.circumstances import RELATIONSHIPS, SUBSTANCE, WORK
from engager_sim.theory.services import NEED_PRESENT
from engager_sim.week.engine import populate_world
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import dice_for

type Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that is seen of a man at entry.

    Attributes
    ----------
    id : str
        Its name.
    above, below : str
        What is said of men above, and not above, a threshold; ``{}`` is the threshold, and
        ``{need}`` what a need there is called.
    """

    id: str
    above: str
    below: str


SEVERE, MOST = 0.6, 1.0
NEEDS_ABOVE = {NEED_PRESENT: "some need", SEVERE: "a clear need", MOST: "a severe need"}
NEEDS_BELOW = {
    NEED_PRESENT: "little or no need",
    SEVERE: "no severe need",
    MOST: "any but the most severe need",
}
"""What a need above, or not above, a threshold up to each of these is called: a judgement.

The number stands beside it. A need counts as present where an agency would accept a man for it.
"""


def _need(name: str, words: str) -> Trait:
    return Trait(name, f"with {{need}} {words}, above {{:.1f}} of 1",
        f"with {{need}} {words}, {{:.1f}} of 1 or less")  # fmt: skip


TRAITS = (
    Trait("age", "older than {:.0f}", "aged {:.0f} or under"),
    Trait("core_om_at_entry", "with distress above {:.0f} of 40 (CORE-OM) at entry",
        "with distress of {:.0f} of 40 (CORE-OM) or less at entry"),
    Trait("no_home", "without a home to go to", "with a home to go to"),
    _need("substance", "for help with drugs or alcohol"),
    _need("work", "for help with work or money"),
    _need("relationships", "for help with family or relationships"),
    Trait("short_sentence", "with a sentence of under a year", "with a sentence of a year or more"),
    Trait("weeks_to_release", "first seen more than {:.0f} weeks before release",
        "first seen {:.0f} weeks before release or later"),
)  # fmt: skip
"""Every trait. Prior trust and motivation are no part of it: a service that meets a man for the
first time cannot see them."""


def described(conditions: Sequence[Condition]) -> str:
    """Say in words of whom conditions hold."""
    words = []
    for condition in conditions:
        trait, threshold = TRAITS[condition.trait], condition.threshold
        text, levels = trait.below, NEEDS_BELOW
        if condition.above:
            text, levels = trait.above, NEEDS_ABOVE
        need = next((name for most, name in levels.items() if threshold < most), levels[MOST])
        words.append(text.format(threshold, need=need))
    return f"men {' and '.join(words)}"


def traits_at_entry(design: Design, settings: DecideSettings) -> Numbers:
    """Draw every population as it enters, and read what can be seen of its men.

    Returns
    -------
    float64 array, shape (populations, men, traits)
    """
    plan = plan_of(settings.today, settings.seed)
    assert design.lives is not None
    found = []
    for population in range(settings.populations):
        life = design.lives.first + population
        theories = design.theories(0, range(1), range(life, life + 1))[0].view(np.recarray)
        man = int(design.men_of(range(life, life + 1))[0])
        world = fresh(plan.template)
        populate_world(world, theories, plan.entry, dice_for(settings.seed, life, man))
        found.append(_seen(world.leavers))
    return np.stack(found)


def _seen(leavers: np.recarray) -> Numbers:
    needs = leavers["need_level"]
    return np.stack(
        [
            leavers["age"],
            leavers["core_om_at_entry"],
            1.0 - leavers["housed"],
            needs[:, SUBSTANCE],
            needs[:, WORK],
            needs[:, RELATIONSHIPS],
            leavers["short_sentence"],
            leavers["release_week"] - leavers["entry_week"],
        ],
        axis=1,
    ).astype(np.float64)
