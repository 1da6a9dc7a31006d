"""The rival's two Markov chains: contact and treatment; housing and reoffending.

One step is a week. Whatever can happen in a state competes: of hazards ``h`` that add up to ``H``,
each comes first within the week with probability ``h / H (1 - exp(-H))``. Expectations are exact,
by products of matrices; nothing is drawn.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from docs.rival.parameters import Values

type Numbers = npt.NDArray[np.float64]
type Hazards = Mapping[IntEnum, Numbers | float]

WEEKS = 52
DEATH = -np.log(1.0 - 0.01) / WEEKS
"""Hazard of death: 1% in the year after release (assumption)."""
LEAVES_CUSTODY = 0.25
"""Hazard of release after a recall: 28 days on average (the longer of the two fixed terms)."""


class Phase(IntEnum):
    """A part of the year, within which the weekly chances stay as they are."""

    EARLY, SUPPORTED, AFTER = range(3)


WEEKS_OF = {Phase.EARLY: 4, Phase.SUPPORTED: 16, Phase.AFTER: 32}
"""Support lasts up to 20 weeks (Byng et al. 2022); afterwards both arms are usual care."""


class Place(IntEnum):
    """Where a man is, and with whom in contact."""

    KNOWN_INSIDE, UNKNOWN_INSIDE, IN_CONTACT, MISSED, APART, ENDED, CUSTODY, DEAD = range(8)


class Treatment(IntEnum):
    """Where a man with a substance need stands with treatment."""

    NEVER, IN, LEFT = range(3)


class Home(IntEnum):
    """A man's housing, until he reoffends."""

    HOUSED, UNHOUSED, REOFFENDED, DEAD = range(4)


def places(values: Values, is_programme: bool, phase: Phase) -> Numbers:
    """Make the weekly matrix of contact of one arm, shape (points, places, places).

    Men leave prison in their first week: who is known is met, or lost at the gate.
    """
    breach: Hazards = {Place.CUSTODY: values["recall_breach"], Place.DEAD: DEATH}
    can_end = is_programme and phase is Phase.SUPPORTED
    ends: Hazards = {Place.ENDED: values["planned_end"] if can_end else 0.0}
    pick_up = values["pick_up_programme" if _helps(is_programme, phase) else "pick_up_usual"]
    matrix = _competing(
        len(pick_up),
        {
            Place.IN_CONTACT: {Place.MISSED: values["miss"], **ends, **breach},
            Place.MISSED: {
                Place.IN_CONTACT: values["return_after_miss"],
                Place.APART: values["lost_after_miss"],
                **ends,
                **breach,
            },
            Place.APART: {
                Place.IN_CONTACT: pick_up,
                Place.CUSTODY: values["recall_lost"] + values["recall_breach"],
                Place.DEAD: DEATH,
            },
            Place.ENDED: {Place.IN_CONTACT: values["pick_up_usual"], **breach},
            Place.CUSTODY: {Place.APART: LEAVES_CUSTODY, Place.DEAD: DEATH},
        },
        Place,
    )
    matrix[:, [Place.KNOWN_INSIDE, Place.UNKNOWN_INSIDE]] = 0.0
    matrix[:, Place.KNOWN_INSIDE, Place.IN_CONTACT] = 1.0 - values["gate_loss"]
    matrix[:, Place.KNOWN_INSIDE, Place.APART] = values["gate_loss"]
    matrix[:, Place.UNKNOWN_INSIDE, Place.APART] = 1.0
    return matrix


def places_and_treatment(values: Values, is_programme: bool, phase: Phase) -> Numbers:
    """Make the weekly matrix of contact with treatment, shape (points, states, states).

    A state is ``place * len(Treatment) + treatment``. Treatment follows the place that a man has
    come to in the week, and rests in custody. A practitioner of the programme hands men on.
    """
    moves = places(values, is_programme, phase)
    start = values["treatment_early" if phase is Phase.EARLY else "treatment_later"]
    handed_on = start * (values["treatment_ratio"] if _helps(is_programme, phase) else 1.0)
    seen, unseen = _treatment(values, handed_on), _treatment(values, start)
    treated = dict.fromkeys((Place.IN_CONTACT, Place.MISSED), seen)
    treated |= dict.fromkeys((Place.APART, Place.ENDED), unseen)
    rests = np.broadcast_to(np.eye(len(Treatment)), (len(start), len(Treatment), len(Treatment)))
    then = np.stack([treated.get(place, rests) for place in Place], axis=1)
    both = np.einsum("npq,nqtu->nptqu", moves, then)
    states = len(Place) * len(Treatment)
    return np.asarray(both.reshape(len(start), states, states))


def homes(values: Values, phase: Phase) -> Numbers:
    """Make the weekly matrix of housing and reoffending, shape (points, homes, homes)."""
    offence = values["offence_early" if phase is Phase.EARLY else "offence_later"]
    return _competing(
        len(offence),
        {
            Home.HOUSED: {
                Home.UNHOUSED: values["housing_lost"],
                Home.REOFFENDED: offence,
                Home.DEAD: DEATH,
            },
            Home.UNHOUSED: {
                Home.HOUSED: values["housing_found"],
                Home.REOFFENDED: offence * values["offence_ratio"],
                Home.DEAD: DEATH,
            },
        },
        Home,
    )


def course(start: Numbers, matrix_of: Callable[[Phase], Numbers]) -> Numbers:
    """Follow a cohort for a year from the day of release, shape (weeks + 1, points, states).

    Parameters
    ----------
    start : float64 array, shape (points, states)
        Probabilities of the states before the first week.
    matrix_of : callable
        Gives the weekly matrix of a phase, shape (points, states, states).
    """
    states = [start]
    for phase, weeks in WEEKS_OF.items():
        matrix = matrix_of(phase)
        for _ in range(weeks):
            states.append((states[-1][:, np.newaxis] @ matrix)[:, 0])
    return np.stack(states)


def absorbing(matrix: Numbers, state: IntEnum) -> Numbers:
    """Let nobody leave a state, so that who is in it has reached it at least once."""
    changed = matrix.copy()
    changed[:, state] = 0.0
    changed[:, state, state] = 1.0
    return changed


def _helps(is_programme: bool, phase: Phase) -> bool:
    """Whether the programme's practitioners are there for men of an arm."""
    return is_programme and phase is not Phase.AFTER


def _treatment(values: Values, start: Numbers) -> Numbers:
    begins: Hazards = {Treatment.IN: start}
    return _competing(
        len(start),
        {
            Treatment.NEVER: begins,
            Treatment.IN: {Treatment.LEFT: values["treatment_left"]},
            Treatment.LEFT: begins,
        },
        Treatment,
    )


def _competing(points: int, moves: Mapping[IntEnum, Hazards], states: type[IntEnum]) -> Numbers:
    """Make a matrix from what competes in each state; a state without hazards is never left."""
    matrix = np.tile(np.eye(len(states)), (points, 1, 1))
    for state, hazards in moves.items():
        total = sum(hazards.values(), np.zeros(points))
        matrix[:, state, state] = np.exp(-total)
        for other, hazard in hazards.items():
            matrix[:, state, other] = hazard / total * -np.expm1(-total)
    return matrix
