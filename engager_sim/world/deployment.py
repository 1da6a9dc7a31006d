"""Deployment: the empty world of a setting, before any chance has been drawn."""

import numpy as np

from engager_sim.errors import ScenarioError
from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.declaration import blank_records
from engager_sim.world.agencies import agency_records, tie_records
from engager_sim.world.dice import Kind, identity
from engager_sim.world.records import (
    GivenMan,
    Leaver,
    PeerPost,
    SupervisorPost,
    Team,
    WorkerPost,
    World,
)
from engager_sim.world.setting import Setting, TeamSetting

BLANK = {"waiting", "queue", "claim_before", "calendar", "present", "clock"}
"""What is empty in every template: memory is taken for it as it is used."""


def deploy(setting: Setting, men: np.recarray | None = None) -> World:
    """Make the template of a world: its agencies, teams and places, and one blank leaver.

    Parameters
    ----------
    setting : Setting
        A validated setting.
    men : numpy.recarray of GIVEN, optional
        What own data says of each man; NaN, or no table, where the dice decide.

    Returns
    -------
    World
        Records as declared: what is a number or given is there,
        :func:`~engager_sim.world.population.populate` draws the rest.

    Raises
    ------
    ScenarioError
        If two names hash to the same permanent number (rename one).
    """
    sites = sorted({agency.site for agency in setting.agencies if agency.site is not None})
    agencies = agency_records(setting, sites)
    ties, pair = tie_records(setting)
    teams = _team_records(setting, sites)
    practitioners = _posts(setting.teams, teams)
    practitioners["enforces"] = agencies["enforces"][practitioners["agency"]]
    supervisors = _staff(SupervisorPost, Kind.SUPERVISOR, setting.teams, "supervisors")
    posts = practitioners["supervisor"]
    supervisors["supervisees"] = np.bincount(posts, minlength=len(supervisors))
    peers = _staff(PeerPost, Kind.PEER, setting.teams, "peers")
    for records in (practitioners, supervisors, peers, ties):
        _refuse_clashes(records["who"])
    for records in (teams, agencies):
        _refuse_clashes(records["number"])
    given = men if men is not None else no_men_given(setting.population.leavers)
    count = len(given)
    return World(
        leavers=blank_records(Leaver, 1),
        given=given,
        practitioners=practitioners,
        supervisors=supervisors,
        peers=peers,
        teams=teams,
        agencies=agencies,
        ties=ties,
        pair=pair,
        waiting=np.zeros(count, np.int32),
        queue=np.zeros(2 * count * NEEDS, np.int32),
        claim_before=np.zeros(count * NEEDS, np.int32),
        calendar=np.zeros((count, 2), np.int32),
        present=np.zeros(count, np.int32),
        clock=np.zeros(5, np.int64),
    )


def fresh(template: World) -> World:
    """Make a world of its own from a template: nothing that a rule writes is shared with another.

    What own data says of the men is read only, and long where they are many.
    """
    own = {
        name: np.zeros(values.shape, values.dtype) if name in BLANK else values.copy()
        for name, values in template._asdict().items()
        if name not in {"leavers", "given"}
    }
    blank = np.repeat(template.leavers, len(template.given)).view(np.recarray)
    return World(leavers=blank, given=template.given, **own)


def no_men_given(count: int) -> np.recarray:
    """Make records that say nothing of ``count`` men: NaN throughout."""
    return blank_records(GivenMan, count)


def _team_records(setting: Setting, sites: list[str]) -> np.recarray:
    names = [agency.name for agency in setting.agencies]
    teams = blank_records(Team, len(setting.teams))
    first_post = first_peer = 0
    for record, team in zip(teams, setting.teams, strict=True):
        around = [a for a in setting.agencies if team.site is None or a.site in (None, team.site)]
        record["number"] = identity(Kind.POST, team.name)
        record["arm"] = 0 if team.arm == "programme" else 1
        record["agency"] = names.index(team.agency)
        record["site"] = -1 if team.site is None else sites.index(team.site)
        record["first_post"], record["posts"] = first_post, team.practitioners
        record["first_peer"], record["peers"] = first_peer, team.peers
        record["agencies"] = len(around)
        record["has_lead"] = any(agency.name == setting.network.lead for agency in around)
        first_post += team.practitioners
        first_peer += team.peers
    return teams


def _posts(settings: list[TeamSetting], teams: np.recarray) -> np.recarray:
    posts = _staff(WorkerPost, Kind.POST, settings, "practitioners")
    first_supervisor = index = 0
    for team, record in zip(settings, teams, strict=True):
        for number in range(team.practitioners):
            post = posts[index]
            post["arm"], post["agency"] = record["arm"], record["agency"]
            post["supervisor"] = first_supervisor + number % team.supervisors
            index += 1
        first_supervisor += team.supervisors
    return posts


def _staff(record: type, kind: Kind, settings: list[TeamSetting], role: str) -> np.recarray:
    """Make the records of everyone in one role, team by team, each with a number and a team."""
    names = [
        (f"{team.name}/{number}", index)
        for index, team in enumerate(settings)
        for number in range(getattr(team, role))
    ]
    staff = blank_records(record, len(names))
    staff["who"] = [identity(kind, name) for name, _ in names]
    staff["team"] = [index for _, index in names]
    return staff


def _refuse_clashes(numbers: np.ndarray) -> None:
    if len(np.unique(numbers)) != len(numbers):
        raise ScenarioError(
            "two names in this scenario hash to the same permanent number",
            fix="rename one of its agencies or teams",
        )
