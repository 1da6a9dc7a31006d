"""The variants of presets in which patterns are looked for."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.world.agencies import share_a_site
from engager_sim.world.records import PROGRAMME
from engager_sim.world.setting import AgencyKind, AgencySetting, TieSetting

SHARED_PRACTICE: Mapping[str, Value] = {
    "programme.collaboration.initial_tie": 0.7,
    "programme.collaboration.shared_record": 1.0,
    "programme.collaboration.joint_formulation": 0.8,
    "programme.collaboration.colocation": 0.6,
}
NO_SHARED_PRACTICE: Mapping[str, Value] = {
    "programme.collaboration.initial_tie": 0.05,
    "programme.collaboration.shared_record": 0.0,
    "programme.collaboration.joint_formulation": 0.0,
    "programme.collaboration.colocation": 0.0,
}
TRAINED: Mapping[str, Value] = {
    "programme.supervision.skill_at_start": 0.6,
    "programme.supervision.fidelity_at_start": 0.7,
}
"""Above what practitioners did before training: only such practice can fall back to it."""
GOOD_SUPERVISION: Mapping[str, Value] = {
    "programme.supervision.interval": 1.0,
    "programme.supervision.quality": 0.85,
    "programme.supervision.mode": "reflective",
    "programme.supervision.supervisor_hours": 20.0,
    **TRAINED,
}
NO_SUPERVISION: Mapping[str, Value] = {
    "programme.supervision.interval": 26.0,
    "programme.supervision.quality": 0.05,
    "programme.supervision.mode": "managerial",
    "programme.supervision.skill_at_start": 0.3,
    "programme.supervision.fidelity_at_start": 0.3,
}
BEGINNERS: Mapping[str, Value] = {
    "programme.supervision.skill_at_start": 0.4,
    "programme.supervision.fidelity_at_start": 0.3,
}
STAFF_STAY: Mapping[str, Value] = {"turnover.annual_leaving": 0.05, "turnover.leaving_burnout": 0.0}

type Shape = Callable[[Scenario], Scenario]


@dataclass(frozen=True, slots=True)
class Variant:
    """A preset with parameters changed, and perhaps its setting."""

    name: str  # a name that no other variant has
    preset: str
    changes: tuple[tuple[str, Value], ...] = ()  # parameters that differ
    shape: Shape | None = None  # changes what no parameter holds: peers, agencies
    arms_swapped: bool = False  # whether every leaver is in the arm that he was not dealt

    def scenario(self) -> Scenario:
        """Make the scenario; swapped arms are no part of it."""
        scenario = changed(Scenario.load(self.preset), dict(self.changes), name=self.name)
        return scenario if self.shape is None else self.shape(scenario)


def variant_of(
    preset: str, name: str, *changes: Mapping[str, Value], shape: Shape | None = None
) -> Variant:
    """Make a variant of a preset, with changes laid one over another."""
    merged = {path: value for change in changes for path, value in change.items()}
    return Variant(name, preset, tuple(merged.items()), shape)


trial, usual_care, hub, therapy, link, peer_led = (
    partial(variant_of, preset)
    for preset in (
        "engager_trial",
        "usual_care",
        "colocated_hub",
        "therapy_led",
        "through_the_gate",
        "peer_led",
    )
)


def with_arms_swapped(variant: Variant) -> Variant:
    """Make the same variant with every leaver in the other arm."""
    name = f"{variant.name}_with_arms_swapped"
    return dataclasses.replace(variant, name=name, arms_swapped=not variant.arms_swapped)


def with_peers(scenario: Scenario, peers: int) -> Scenario:
    """Give every programme team so many peers."""
    teams = [
        dataclasses.replace(team, peers=peers if team.arm == "programme" else 0)
        for team in scenario.setting.teams
    ]
    return _with_setting(scenario, teams=teams)


def with_more_agencies(scenario: Scenario, more: int, lead: str | None) -> Scenario:
    """Put further agencies around a service, each tied to each, led by one of them or by none."""
    further = [AgencySetting(f"further charity {n}", "voluntary_sector") for n in range(more)]
    return _with_setting(
        scenario,
        agencies=[*scenario.setting.agencies, *further],
        network=dataclasses.replace(scenario.setting.network, structure="alliance", lead=lead),
    )


def with_ties_across_the_wall(scenario: Scenario, strength: float, recorded: bool) -> Scenario:
    """Tie prison healthcare to every agency of its site that enforces no orders, so strongly."""
    agencies = scenario.setting.agencies
    across = [
        TieSetting([prison.name, other.name], strength, recorded)
        for prison in agencies
        for other in agencies
        if prison.kind == "prison_healthcare"
        and other.kind != "prison_healthcare"
        and share_a_site(prison, other)
        and not other.enforces_orders
    ]
    pairs = [set(tie.between) for tie in across]
    others = [tie for tie in scenario.setting.ties if set(tie.between) not in pairs]
    return _with_setting(scenario, ties=[*others, *across])


def with_another_kind(scenario: Scenario, kind: AgencyKind, instead: AgencyKind) -> Scenario:
    """Let every agency of one kind be of another kind instead; all that tells them apart stays."""
    agencies = [
        dataclasses.replace(agency, kind=instead) if agency.kind == kind else agency
        for agency in scenario.setting.agencies
    ]
    return _with_setting(scenario, agencies=agencies)


def with_more_men(scenario: Scenario, times: int) -> Scenario:
    """Let so many times the men enter over the same weeks, for the same staff."""
    people = scenario.setting.population
    return _with_setting(
        scenario, population=dataclasses.replace(people, leavers=times * people.leavers)
    )


def with_fewer_contacts(scenario: Scenario, share: float) -> Scenario:
    """Plan only a share of the programme's contacts after release."""
    engagement = scenario.theories()[PROGRAMME].client_engagement
    contacts = {
        f"programme.client_engagement.{name}": share * float(engagement[name])
        for name in ("early_contacts", "later_contacts")
    }
    return changed(scenario, contacts)


def _with_setting(scenario: Scenario, **changes: Any) -> Scenario:
    return dataclasses.replace(scenario, setting=dataclasses.replace(scenario.setting, **changes))
