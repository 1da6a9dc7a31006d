"""What does not fit into the hours and posts of a scenario, in words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import Plan, arms_with_men, plan_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory.client_engagement import room_for_men
from engager_sim.theory.peers import men_a_peer_can_take
from engager_sim.theory.supervisors import share_asked
from engager_sim.world.records import ARMS, NOT_QUEUED

LATE, MANY = 0.75, 0.1
"""When it is counted who waits, as a part of recruitment, and from which share on it is said:
a judgement."""
MOST_LEAVER_WEEKS = 2_000_000
"""A larger world is not run to see who waits in vain: it would take more than a second."""


def capacity_notes(scenario: Scenario) -> list[str]:
    """Say of each team and arm with men which sessions, men and peers find no room.

    Sessions and peers are counted at central values. Whether men wait is seen in one run.
    """
    plan = plan_of(scenario, 0, leavers=True)
    arms = arms_with_men(plan)
    notes = []
    for number, team in enumerate(scenario.setting.teams):
        if ARMS.index(team.arm) in arms:
            said = [*_supervision(plan, number), *_peers(plan, number)]
            notes += [f"{team.name} in {scenario.name}: {note}." for note in said]
    if scenario.leaver_weeks(len(plan.template.given)) <= MOST_LEAVER_WEEKS:
        notes += [f"{scenario.name}: {note}." for note in _caseload(plan, arms)]
    return notes


def _theory(plan: Plan, team: int) -> Any:
    return plan.theories[plan.template.teams["arm"][team]]


def _arm(plan: Plan, team: int) -> str:
    return ARMS[plan.template.teams["arm"][team]]


def _supervision(plan: Plan, team: int) -> Iterator[str]:
    """Compare the sessions that are due with those for which supervisors have time."""
    rules = _theory(plan, team).supervision
    supervisors = plan.template.supervisors
    supervisees = supervisors["supervisees"][supervisors["team"] == team].astype(float)
    due = supervisees.sum() / rules.interval
    held = sum(
        count / rules.interval / max(1.0, _share_asked(count, rules)) for count in supervisees
    )
    if rules.on == 1 and held < due * (1.0 - 1e-9):
        yield (
            f"{held:.3g} of {due:.3g} supervision sessions a week fit into the "
            f"{len(supervisees) * rules.supervisor_hours:g} hours of its supervisors, at "
            f"{rules.session_hours:g} hours each; all of them take "
            f"{supervisees.max() * rules.session_hours / rules.interval:.3g} hours a week of each: "
            f"raise supervisor_hours in [{_arm(plan, team)}.supervision], or its interval"
        )


def _share_asked(supervisees: float, rules: Any) -> float:
    return share_asked(supervisees, rules.session_hours, rules.interval, rules.supervisor_hours)


def _caseload(plan: Plan, arms: tuple[int, ...]) -> Iterator[str]:
    """See in one run how many men wait for a practitioner once recruitment has gone on long."""
    week = max(1, round(LATE * plan.entry.recruitment))
    men = run_once(replace(plan, weeks=week), 0).leavers
    assert men is not None
    for arm in arms:
        entered = men[(men["arm"] == arm) & (men["entry_week"] < week)]
        waiting = int((entered["queued"] != NOT_QUEUED).sum())
        engagement = plan.theories[arm].client_engagement
        if engagement.on == 1 and waiting > MANY * len(entered):
            yield (
                f"after {week} weeks of a first run {waiting} of {len(entered)} men of the "
                f"{ARMS[arm].replace('_', ' ')} wait for a practitioner; each practitioner holds "
                f"{max(0.0, room_for_men(engagement)):.0f} of them at most"
                " (caseload less other_cases)"
            )


def _peers(plan: Plan, team: int) -> Iterator[str]:
    peers = _theory(plan, team).peers
    if peers.on == 1 and plan.template.teams["peers"][team] > 0 and men_a_peer_can_take(peers) == 0:
        yield (
            f"no peer has time for a man: a man takes {peers.hours_per_man:g} hours a week, and a "
            f"peer has {peers.hours:g}"
        )
