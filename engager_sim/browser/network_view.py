"""What the picture of the network shows: agencies, ties, staff, and where every man is."""

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from engager_sim.browser.places import TRAYS, WAITING_TRAY, Places
from engager_sim.figures.style import in_words
from engager_sim.mesa_model import EngagerModel
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.world.records import CLOSED, OPEN

LONGEST_NAME = 22


class Standing(IntEnum):
    """How a man stands with the service; decides his colour."""

    NOT_ENTERED = 0
    WAITING = 1
    INSIDE = 2
    IN_CONTACT = 3
    OUT_OF_TOUCH = 4
    LEFT = 5
    LEFT_THIS_WEEK = 6


MEANINGS = {
    Standing.IN_CONTACT: "support open, seen in the last four weeks",
    Standing.OUT_OF_TOUCH: "support open, not seen since release or for four weeks",
    Standing.INSIDE: "support open, in prison",
    Standing.WAITING: "waiting, or never taken on",
    Standing.LEFT_THIS_WEEK: "support ended this week",
    Standing.LEFT: "support ended earlier",
}
"""What each colour means, as the legend says it."""


def standing(model: EngagerModel) -> npt.NDArray[np.int64]:
    """Tell how every man stands, as codes of :class:`Standing`."""
    men, week = model.world.leavers, model.week
    found = np.full(len(men), int(Standing.WAITING))
    is_open = men["episode"] == OPEN
    found[is_open] = Standing.OUT_OF_TOUCH
    found[is_open & (men["engaged"] == 1)] = Standing.IN_CONTACT
    found[is_open & (men["place"] != AT_LIBERTY)] = Standing.INSIDE
    left = men["episode"] == CLOSED
    found[left] = Standing.LEFT
    found[left & (men["release_week"] + men["exit_week"] == week - 1)] = Standing.LEFT_THIS_WEEK
    found[men["entry_week"] >= week] = Standing.NOT_ENTERED
    return found


def network_places(model: EngagerModel, places: Places) -> dict[str, Any]:
    """Give what does not change from week to week."""
    setting, records = model.setting, model.world
    hosting = set(records.teams["agency"].tolist())
    return places.as_data() | {
        "names": [agency.name for agency in setting.agencies],
        "short_names": [_shortened(agency.name, agency.site) for agency in setting.agencies],
        "name_above": [
            bool(away[1] < -0.5 and place not in hosting)
            for place, away in enumerate(places.outwards)
        ],
        "kinds": [in_words(agency.kind) for agency in setting.agencies],
        "enforces": [bool(agency.enforces_orders) for agency in setting.agencies],
        "ends": np.column_stack([records.ties["first"], records.ties["second"]]).tolist(),
        "supervised_by": records.practitioners["supervisor"].tolist(),
        "post_team": [setting.teams[team].name for team in records.practitioners["team"]],
        "supervisor_agency": records.teams["agency"][records.supervisors["team"]].tolist(),
        "peer_posts": [
            np.flatnonzero(records.practitioners["team"] == team).tolist()
            for team in records.peers["team"]
        ],
        "tray_names": TRAYS,
        "standing": {int(each): text for each, text in MEANINGS.items()},
    }


def network_state(
    model: EngagerModel, places: Places, differ: set[int], arm: int | None = None
) -> dict[str, Any]:
    """Give what changes: strengths, burnout, and each man's place and colour.

    Parameters
    ----------
    differ : set of int
        Men whose fate is another in the other world; they are lit up.
    arm : int, optional
        Whose men are shown; the others are pale, and not counted.
    """
    records, stands = model.world, standing(model)
    shown = np.full(len(stands), True) if arm is None else records.leavers["arm"] == arm
    at, trays = _where(model, places, stands)
    counted = trays[shown & (trays >= 0)]
    return {
        "strength": records.ties["strength"].round(3).tolist(),
        "burnout": records.practitioners["burnout"].round(2).tolist(),
        "vacant": (records.practitioners["vacancy"] > 0).tolist(),
        "cases": records.practitioners["cases"].tolist(),
        "skill": records.practitioners["skill"].round(2).tolist(),
        "peer_vacant": (records.peers["vacancy"] > 0).tolist(),
        "peer_linked": records.peers["linked"].tolist(),
        "x": at[:, 0].round(1).tolist(),
        "y": at[:, 1].round(1).tolist(),
        "stands": stands.tolist(),
        "trust": records.leavers["trust"].round(2).tolist(),
        "counts": np.bincount(counted, minlength=len(TRAYS)).tolist(),
        "pale": np.flatnonzero(~shown).tolist(),
        "differ": sorted(differ),
        "in_words": _in_words(stands[shown]),
    }


def _where(
    model: EngagerModel, places: Places, stands: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Place every man; tell in which tray he lies, -1 for none."""
    men = model.world.leavers
    at = np.tile(places.trays[WAITING_TRAY], (len(men), 1))
    entered = np.lexsort((np.arange(len(men)), men["entry_week"]))
    has_post = men["post"] >= 0
    rank = _ranks(np.where(has_post, men["post"], -1), entered)
    held = np.isin(stands, [Standing.INSIDE, Standing.IN_CONTACT, Standing.OUT_OF_TOUCH])
    at[held] = places.seats(rank[held], men["post"][held])
    tray = np.full(len(men), -1)
    tray[stands == Standing.WAITING] = WAITING_TRAY
    left = stands >= Standing.LEFT
    tray[left] = men["exit"][left]
    ended = np.lexsort((np.arange(len(men)), men["release_week"] + men["exit_week"]))
    rank = _ranks(tray, ended)
    lying = tray >= 0
    at[lying] = places.in_tray(rank[lying], tray[lying])
    return at, tray


def _ranks(group: npt.NDArray[np.int64], order: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give everybody his number within his group, from 0, in this order."""
    found = np.zeros(len(group), np.int64)
    for each in np.unique(group):
        mine = order[group[order] == each]
        found[mine] = np.arange(len(mine))
    return found


def _shortened(name: str, site: str | None) -> str:
    """Leave the site out of an agency's name, and shorten what is still long."""
    plain = name.removesuffix(f" {site}") if site else name
    return (
        plain
        if len(plain) <= LONGEST_NAME
        else f"{plain[: LONGEST_NAME - 1]}\N{HORIZONTAL ELLIPSIS}"
    )


def _in_words(stands: npt.NDArray[np.int64]) -> str:
    parts = [
        f"{int((stands == each).sum())} {text}"
        for each, text in MEANINGS.items()
        if (stands == each).any()
    ]
    return "; ".join(parts) or "nobody has entered yet"
