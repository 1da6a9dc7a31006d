"""The rival's figures: the outcomes that it has, under the names of the agent-based model's.

Where the agent-based model averages a man's own share (appointments kept, recalls for lost
contact), the rival divides expected numbers. Contact of usual care is contact with any service.
"""

from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from docs.rival.chains import (
    WEEKS,
    WEEKS_OF,
    Home,
    Phase,
    Place,
    Treatment,
    absorbing,
    course,
    homes,
    places,
    places_and_treatment,
)
from docs.rival.parameters import Values
from engager_sim.outcomes.circumstances import SOON
from engager_sim.outcomes.engagement import LONG_GAP, RELIABLE_CHANGE
from engager_sim.theory.costs import Costs

type Numbers = npt.NDArray[np.float64]
type Share = tuple[Numbers, Numbers]
"""Expected men, or events, that count, and of how many."""

HOUSED_AT_RELEASE = 0.857
"""Ministry of Justice 2023/24, first night after release."""
IN_NEED = 0.53
"""Men who need help with drugs (COCOA 2012)."""
QUARTER, HALF_YEAR = 13, 26
SUPPORT = WEEKS_OF[Phase.EARLY] + WEEKS_OF[Phase.SUPPORTED]
SEEN = [Place.IN_CONTACT, Place.MISSED]
SUPPORTED = [*SEEN, Place.ENDED]
AT_LIBERTY = [*SUPPORTED, Place.APART]
HOMES = (Home.HOUSED, Home.UNHOUSED)


def figures_of(values: Values) -> dict[str, Numbers]:
    """Compute every outcome that the rival has, each of shape (points,), by its column's name."""
    programme, usual_care = _arm(values, True), _arm(values, False)
    columns = {
        "community_contact_programme": _ever_met(values),
        "reliable_change_planned_programme": _reliable_change(values),
        "core_om_residual_sd_26w": values["spread"],
        "core_om_26w_difference": -values["relief"] * _more(programme, usual_care, "supported_26w"),
        "qaly_52w_difference": Costs().utility_per_point
        * values["relief"]
        * _more(programme, usual_care, "years_supported"),
    }
    for name, (counted, of) in programme.items():
        others, of_others = usual_care[name]
        columns[name] = (counted + others) / (of + of_others)
        columns[f"{name}_programme"] = counted / of
        columns[f"{name}_usual_care"] = others / of_others
        columns[f"{name}_difference"] = counted / of - others / of_others
    same_in_both = _homes(values)
    arms = ("", "_programme", "_usual_care")
    return columns | {name + arm: same_in_both[name] for name in same_in_both for arm in arms}


def _arm(values: Values, is_programme: bool) -> dict[str, Share]:
    """Compute what both arms have, with its denominators."""
    matrix_of = partial(places_and_treatment, values, is_programme)
    states = course(_start(values, is_programme), matrix_of)
    states = states.reshape(*states.shape[:2], len(Place), len(Treatment))
    place, treated = states.sum(axis=3), 1.0 - states[..., Treatment.NEVER].sum(axis=2)
    unseen_in_treatment = states[:, :, [Place.APART, Place.ENDED], Treatment.IN].sum(axis=2)
    engaged = place[..., SEEN].sum(axis=2) + IN_NEED * unseen_in_treatment
    supported, everybody = place[..., SUPPORTED].sum(axis=2), np.ones_like(engaged[0])
    kept, missed = (place[1:, :, each].sum(axis=0) for each in SEEN)
    return {
        **{f"engaged_{week}w": (engaged[week], everybody) for week in (6, 12, 26, 52)},
        "treated_3w": (treated[SOON], everybody),
        "substance_service_52w": (treated[WEEKS], everybody),
        "recall_lost_contact_share": _lost_among_recalls(values, is_programme, place),
        "attendance_rate": (kept, kept + missed),
        "dropout_after_missed": (missed * _stays_away(values, is_programme), missed),
        "supported_26w": (supported[HALF_YEAR], 1.0 - place[HALF_YEAR, :, Place.DEAD]),
        "years_supported": (supported[1:].mean(axis=0), everybody),
    }


def _start(values: Values, is_programme: bool) -> Numbers:
    """Give the states on the day of release; nobody of usual care is known inside."""
    known = values["known_inside"] * float(is_programme)
    start = np.zeros((len(known), len(Place), len(Treatment)))
    start[:, Place.KNOWN_INSIDE, Treatment.NEVER] = known
    start[:, Place.UNKNOWN_INSIDE, Treatment.NEVER] = 1.0 - known
    return start.reshape(len(known), -1)


def _ever_met(values: Values) -> Numbers:
    """Compute the share of the programme's men met at least once outside while support lasts."""
    start = _start(values, True).reshape(-1, len(Place), len(Treatment)).sum(axis=2)

    def matrix_of(phase: Phase) -> Numbers:
        return absorbing(places(values, True, phase), Place.IN_CONTACT)

    return course(start, matrix_of)[SUPPORT, :, Place.IN_CONTACT]


def _lost_among_recalls(values: Values, is_programme: bool, place: Numbers) -> Share:
    """Count expected recalls for lost contact over the year, and all recalls."""
    recalls, first = np.zeros_like(place[0]), 0
    for phase, weeks in WEEKS_OF.items():
        spent = place[first : first + weeks].sum(axis=0)
        recalls += spent * places(values, is_programme, phase)[:, :, Place.CUSTODY]
        first += weeks
    for_lost = values["recall_lost"] / (values["recall_lost"] + values["recall_breach"])
    return recalls[:, Place.APART] * for_lost, recalls[:, AT_LIBERTY].sum(axis=1)


def _stays_away(values: Values, is_programme: bool) -> Numbers:
    """Compute the chance that who has missed a contact is not seen within eight weeks."""
    matrix = absorbing(places(values, is_programme, Phase.SUPPORTED), Place.IN_CONTACT)
    return 1.0 - np.linalg.matrix_power(matrix, LONG_GAP)[:, Place.MISSED, Place.IN_CONTACT]


def _reliable_change(values: Values) -> Numbers:
    """Compute the share of men who ended as planned whose CORE-OM fell by a reliable change.

    A man's change is normal around what everybody's fall and the relief add up to.
    """
    mean = values["fall"] + values["relief"]
    return np.asarray(norm.cdf((mean - RELIABLE_CHANGE) / values["spread"]))


def _homes(values: Values) -> dict[str, Numbers]:
    """Compute reoffending, by housing in the week of release, and housing after three months."""
    columns = {}
    points = len(values["offence_early"])
    reoffended = {home: course(_all_in(home, points), partial(homes, values)) for home in HOMES}
    for week in (4, QUARTER, HALF_YEAR, WEEKS):
        housed, unhoused = (reoffended[home][week][:, Home.REOFFENDED] for home in HOMES)
        columns[f"reoffended_{week}w_housed"] = housed
        columns[f"reoffended_{week}w_unhoused"] = unhoused
        columns[f"reoffended_{week}w"] = _mixed(housed, unhoused)
    moves = homes(values | {"offence_later": np.zeros(points)}, Phase.AFTER)
    settled = [np.linalg.matrix_power(moves, QUARTER)[:, home, Home.HOUSED] for home in HOMES]
    columns["settled_housing_13w"] = _mixed(*settled)
    return columns


def _all_in(home: Home, points: int) -> Numbers:
    return np.tile(np.eye(len(Home))[home], (points, 1))


def _mixed(housed: Numbers, unhoused: Numbers) -> Numbers:
    return HOUSED_AT_RELEASE * housed + (1.0 - HOUSED_AT_RELEASE) * unhoused


def _more(programme: dict[str, Share], usual_care: dict[str, Share], name: str) -> Numbers:
    """Take a share from what both arms have: the programme's less that of usual care."""
    (counted, of), (others, of_others) = programme.pop(name), usual_care.pop(name)
    return counted / of - others / of_others
