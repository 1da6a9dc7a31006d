"""The worlds in which patterns are looked for: presets, with what is changed in them."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import Value
from engager_sim.world.setting import AgencySetting

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
GOOD_SUPERVISION: Mapping[str, Value] = {
    "programme.supervision.interval": 1.0,
    "programme.supervision.quality": 0.85,
    "programme.supervision.mode": "reflective",
    "programme.supervision.supervisor_hours": 20.0,
    "programme.supervision.skill_at_start": 0.6,
    "programme.supervision.fidelity_at_start": 0.7,
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
STAFF_STAY: Mapping[str, Value] = {
    "turnover.annual_leaving": 0.05,
    "turnover.leaving_burnout": 0.0,
}

type Shape = Callable[[Scenario], Scenario]


@dataclass(frozen=True, slots=True)
class World:
    """A preset with parameters changed, and perhaps its setting.

    Attributes
    ----------
    preset : str
        Its name.
    changes : tuple of (path, value)
        Parameters that differ.
    shape : callable, optional
        Makes what no parameter holds: peers, agencies.
    """

    preset: str
    changes: tuple[tuple[str, Value], ...] = ()
    shape: Shape | None = None

    def scenario(self) -> Scenario:
        """Make the scenario."""
        made = changed(Scenario.load(self.preset), dict(self.changes))
        return made if self.shape is None else self.shape(made)


def trial(*changes: Mapping[str, Value], shape: Shape | None = None) -> World:
    """Make a world of the Engager trial."""
    return _world("engager_trial", changes, shape)


def usual_care(*changes: Mapping[str, Value]) -> World:
    """Make a world of usual care alone."""
    return _world("usual_care", changes, None)


def hub(shape: Shape | None = None) -> World:
    """Make a world of the co-located hub, which enforces orders."""
    return _world("colocated_hub", (), shape)


def therapy(shape: Shape | None = None) -> World:
    """Make a world of therapy-led practice."""
    return _world("therapy_led", (), shape)


def with_peers(scenario: Scenario, peers: int) -> Scenario:
    """Give every programme team so many peers."""
    teams = [
        dataclasses.replace(team, peers=peers if team.arm == "programme" else 0)
        for team in scenario.setting.teams
    ]
    return dataclasses.replace(scenario, setting=dataclasses.replace(scenario.setting, teams=teams))


def with_more_agencies(scenario: Scenario, more: int, lead: str | None) -> Scenario:
    """Put further agencies around a service, each tied to each, led by one of them or by none."""
    further = [AgencySetting(f"further charity {n}", "voluntary_sector") for n in range(more)]
    setting = dataclasses.replace(
        scenario.setting,
        agencies=[*scenario.setting.agencies, *further],
        network=dataclasses.replace(scenario.setting.network, structure="alliance", lead=lead),
    )
    return dataclasses.replace(scenario, setting=setting)


def _world(preset: str, changes: tuple[Mapping[str, Value], ...], shape: Shape | None) -> World:
    merged = {path: value for each in changes for path, value in each.items()}
    return World(preset, tuple(merged.items()), shape)
