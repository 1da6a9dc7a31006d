"""What the rival does not know: its parameters, each with a prior of three numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from scipy.stats import norm

type Numbers = npt.NDArray[np.float64]
type Values = dict[str, Numbers]
"""The value of every parameter at some points, each of shape (points,)."""

END = float(norm.ppf(0.95))
"""How many standard deviations above the median the 95% quantile lies."""


@dataclass(frozen=True, slots=True)
class RivalScale:
    """A scale on which a prior is normal on either side of its median."""

    name: str
    to: Callable[..., Numbers]  # from the parameter to the whole line
    back: Callable[..., Numbers]


RATE = RivalScale("per week", np.log, np.exp)
RATIO = RivalScale("ratio", np.log, np.exp)
SHARE = RivalScale("share", logit, expit)
POINTS = RivalScale("points", np.asarray, np.asarray)


@dataclass(frozen=True, slots=True)
class RivalParameter:
    """One parameter; its 5%, 50% and 95% quantiles before anything is fitted are assumptions."""

    name: str
    meaning: str
    scale: RivalScale
    low: float
    median: float
    high: float
    reason: str

    def from_unit(self, units: Numbers) -> Numbers:
        """Give the quantiles at some levels: half a normal distribution on either side."""
        middle, deviations = self.scale.to(self.median), norm.ppf(units)
        down = (middle - self.scale.to(self.low)) / END
        up = (self.scale.to(self.high) - middle) / END
        return self.scale.back(middle + deviations * np.where(deviations < 0.0, down, up))


PARAMETERS: tuple[RivalParameter, ...] = (
    RivalParameter("known_inside", "programme's men whom a practitioner knows before release",
        SHARE, 0.6, 0.85, 0.97, "most have weeks inside; some are moved or released early"),
    RivalParameter("gate_loss", "men known inside who are not met in the week of release", SHARE,
        0.05, 0.2, 0.4, "0.05 to 0.30 in the evidence sheet, and more if releases are missed"),
    RivalParameter("pick_up_programme", "first or new contact with who is in no contact, programme",
        RATE, 0.01, 0.05, 0.2, "who was lost is hard to find, but practitioners seek him"),
    RivalParameter("pick_up_usual",
        "the same with any service, usual care, or when support is over", RATE,
        0.03, 0.08, 0.2, "0.03 to 0.20 in the evidence sheet"),
    RivalParameter("miss", "contact missed by who was seen before", RATE,
        0.1, 0.35, 0.9, "from one week in ten to more often than not"),
    RivalParameter("return_after_miss", "seen again after a missed contact", RATE,
        0.1, 0.5, 1.5, "from months to the week after"),
    RivalParameter("lost_after_miss", "contact given up after a missed one", RATE,
        0.02, 0.1, 0.4, "from after a year to after two weeks"),
    RivalParameter("planned_end", "support ended as planned, weeks 5 to 20", RATE,
        0.03, 0.055, 0.1, "support of three to five months, ended sooner or later"),
    RivalParameter("treatment_early", "start of substance treatment, weeks 1 to 4, in need", RATE,
        0.03, 0.1, 0.3, "from one in ten within the month to two in three"),
    RivalParameter("treatment_later", "the same later", RATE,
        0.005, 0.02, 0.08, "several times slower once referrals from prison are spent"),
    RivalParameter("treatment_ratio", "the same for men in contact with the programme, times",
        RATIO, 0.9, 1.6, 4.0, "who is in contact is handed on; a little harm is not ruled out"),
    RivalParameter("treatment_left", "leaving treatment", RATE,
        0.01, 0.05, 0.15, "treatment of two months to two years"),
    RivalParameter("recall_lost", "recall for lost contact of who is in no contact", RATE,
        0.001, 0.01, 0.04, "from one in twenty a year to most"),
    RivalParameter("recall_breach", "recall for a breach of who is at liberty", RATE,
        0.001, 0.005, 0.02, "from one in twenty a year to most"),
    RivalParameter("offence_early", "first new offence, weeks 1 to 4, housed", RATE,
        0.01, 0.03, 0.08, "front-loaded: a hazard that falls"),
    RivalParameter("offence_later", "the same later", RATE,
        0.005, 0.015, 0.03, "about half of the early hazard"),
    RivalParameter("offence_ratio", "the same without stable accommodation, times", RATIO,
        0.9, 1.4, 2.5, "an association, hardly ever turned round"),
    RivalParameter("housing_lost", "loss of stable accommodation", RATE,
        0.005, 0.02, 0.06, "from one in twenty in three months to half"),
    RivalParameter("housing_found", "finding it", RATE,
        0.005, 0.03, 0.1, "from one in twenty in three months to most"),
    RivalParameter("relief", "CORE-OM that contact, or a planned ending, takes off", POINTS,
        -2.0, 1.0, 4.0, "either sign; four points are nearly a reliable change"),
    RivalParameter("fall", "fall of CORE-OM from entry to week 26 without contact", POINTS,
        -2.0, 2.0, 6.0, "men enter at a bad time; either sign"),
    RivalParameter("spread", "standard deviation of a man's change in CORE-OM", POINTS,
        5.0, 7.5, 10.0, "near the residual spread of the trial, 7.4"),
)  # fmt: skip


def values_at(units: Numbers) -> Values:
    """Give the parameters at points of the unit cube of their priors.

    Parameters
    ----------
    units : float64 array, shape (points, parameters)
    """
    return {
        parameter.name: parameter.from_unit(column)
        for parameter, column in zip(PARAMETERS, units.T, strict=True)
    }
