"""The data of the network's picture: agencies, ties, staff, and leavers by support status."""

from collections.abc import Collection
from enum import IntEnum
from typing import Any

import numpy as np

from engager_sim.browser.network_layout import TRAYS, WAITING_TRAY, Indices, NetworkLayout, Points
from engager_sim.figures.drawn_text import numbered, shortened
from engager_sim.figures.style import spaced
from engager_sim.mesa_model import EngagerModel
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.world.records import CLOSED, OPEN
from engager_sim.world.setting import AgencySetting, Setting

LONGEST_NAME = 12.0 / 72.0
"""Inches that an agency's name may take in type of one point: about 22 letters."""


class SupportStatus(IntEnum):
    """A leaver's status in the service; decides his colour."""

    NOT_ENTERED = 0
    WAITING = 1
    INSIDE = 2
    IN_CONTACT = 3
    OUT_OF_TOUCH = 4
    LEFT = 5
    LEFT_THIS_WEEK = 6


STATUS_MEANINGS = {
    SupportStatus.IN_CONTACT: "support open, seen in the last four weeks",
    SupportStatus.OUT_OF_TOUCH: "support open, not seen since release or for four weeks",
    SupportStatus.INSIDE: "support open, in prison",
    SupportStatus.WAITING: "waiting, or never taken on",
    SupportStatus.LEFT_THIS_WEEK: "support ended this week",
    SupportStatus.LEFT: "support ended earlier",
}
"""The legend's text for each colour."""


def support_statuses(model: EngagerModel) -> Indices:
    """Give every leaver's status, as codes of :class:`SupportStatus`."""
    leavers, week = model.world.leavers, model.week
    statuses = np.full(len(leavers), int(SupportStatus.WAITING))
    is_open = leavers["episode"] == OPEN
    statuses[is_open] = SupportStatus.OUT_OF_TOUCH
    statuses[is_open & (leavers["engaged"] == 1)] = SupportStatus.IN_CONTACT
    statuses[is_open & (leavers["place"] != AT_LIBERTY)] = SupportStatus.INSIDE
    has_left = leavers["episode"] == CLOSED
    left_in = leavers["release_week"] + leavers["exit_week"]
    statuses[has_left] = SupportStatus.LEFT
    statuses[has_left & (left_in == week - 1)] = SupportStatus.LEFT_THIS_WEEK
    statuses[leavers["entry_week"] >= week] = SupportStatus.NOT_ENTERED
    return statuses


def network_diagram(model: EngagerModel, layout: NetworkLayout) -> dict[str, Any]:
    """Give the data that stay the same in every week."""
    setting, records = model.setting, model.world
    hosting = set(records.teams["agency"].tolist())
    return layout.as_data() | {
        "names": [agency.name for agency in setting.agencies],
        "short_names": short_names(setting),
        "name_above": [
            bool(direction[1] < -0.5 and agency not in hosting)
            for agency, direction in enumerate(layout.directions)
        ],
        "kinds": [spaced(agency.kind) for agency in setting.agencies],
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
        "status_meanings": {int(status): text for status, text in STATUS_MEANINGS.items()},
    }


def network_state(
    model: EngagerModel, layout: NetworkLayout, differing: Collection[int], arm: int | None = None
) -> dict[str, Any]:
    """Give the data of the current week: strengths, burnout, every leaver's position and status.

    Parameters
    ----------
    differing : collection of int
        Leavers whose exit differs from that in the other world; they get a ring.
    arm : int, optional
        Whose leavers are shown; the others are pale, and not counted.
    """
    records, statuses = model.world, support_statuses(model)
    shown = np.full(len(statuses), True) if arm is None else records.leavers["arm"] == arm
    points, trays = _positions(model, layout, statuses)
    counted = trays[shown & (trays >= 0)]
    return {
        "strength": records.ties["strength"].round(3).tolist(),
        "burnout": records.practitioners["burnout"].round(2).tolist(),
        "vacant": (records.practitioners["vacancy"] > 0).tolist(),
        "cases": records.practitioners["cases"].tolist(),
        "skill": records.practitioners["skill"].round(2).tolist(),
        "supervisor_vacant": (records.supervisors["vacancy"] > 0).tolist(),
        "supervisor_strain": records.supervisors["strain"].round(2).tolist(),
        "supervisor_quality": records.supervisors["quality"].round(2).tolist(),
        "peer_vacant": (records.peers["vacancy"] > 0).tolist(),
        "peer_in_relapse": (records.peers["in_relapse"] == 1).tolist(),
        "peer_linked": records.peers["linked"].tolist(),
        "x": points[:, 0].round(1).tolist(),
        "y": points[:, 1].round(1).tolist(),
        "statuses": statuses.tolist(),
        "trust": records.leavers["trust"].round(2).tolist(),
        "counts": np.bincount(counted, minlength=len(TRAYS)).tolist(),
        "pale": np.flatnonzero(~shown).tolist(),
        "differing": sorted(differing),
        "summary": _summary(statuses[shown]),
    }


def _positions(
    model: EngagerModel, layout: NetworkLayout, statuses: Indices
) -> tuple[Points, Indices]:
    """Give every leaver's coordinates, and the tray that holds him, -1 for none."""
    leavers = model.world.leavers
    points = np.tile(layout.trays[WAITING_TRAY], (len(leavers), 1))
    by_entry = np.lexsort((np.arange(len(leavers)), leavers["entry_week"]))
    rank = _ranks(leavers["post"], by_entry)
    seated = np.isin(
        statuses, [SupportStatus.INSIDE, SupportStatus.IN_CONTACT, SupportStatus.OUT_OF_TOUCH]
    )
    points[seated] = layout.seats(rank[seated], leavers["post"][seated])
    tray = np.full(len(leavers), -1)
    tray[statuses == SupportStatus.WAITING] = WAITING_TRAY
    has_left = statuses >= SupportStatus.LEFT
    tray[has_left] = leavers["exit"][has_left]
    by_exit = np.lexsort((np.arange(len(leavers)), leavers["release_week"] + leavers["exit_week"]))
    rank = _ranks(tray, by_exit)
    in_tray = tray >= 0
    points[in_tray] = layout.tray_points(rank[in_tray], tray[in_tray])
    return points, tray


def _ranks(groups: Indices, order: Indices) -> Indices:
    """Give everybody's rank within his group, from 0, in this order."""
    ranks = np.zeros(len(groups), np.int64)
    for group in np.unique(groups):
        members = order[groups[order] == group]
        ranks[members] = np.arange(len(members))
    return ranks


def short_names(setting: Setting) -> list[str]:
    """Leave the site out of agencies' names, and shorten what is still long.

    Agencies of different sites may have one name, for their sites have headings; others stay
    different.
    """
    shown = [_short_name(agency) for agency in setting.agencies]
    sites = [agency.site for agency in setting.agencies]
    apart = {
        site: iter(numbered([s for s, at in zip(shown, sites, strict=True) if at == site]))
        for site in sites
    }
    return [next(apart[site]) for site in sites]


def _short_name(agency: AgencySetting) -> str:
    plain = agency.name.removesuffix(f" {agency.site}") if agency.site else agency.name
    return shortened(plain, LONGEST_NAME)


def _summary(statuses: Indices) -> str:
    counts = np.bincount(statuses, minlength=len(SupportStatus))
    parts = [
        f"{counts[status]} {text}" for status, text in STATUS_MEANINGS.items() if counts[status]
    ]
    return "; ".join(parts) or "nobody has entered yet"
