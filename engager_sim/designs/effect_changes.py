"""What is tried before a study runs: each factor from end to end, each change of a scenario."""

import dataclasses
from collections.abc import Collection, Iterator, Sequence
from functools import partial

import numpy as np

from engager_sim.designs.design import Design
from engager_sim.designs.effect_check import TriedChange
from engager_sim.errors import ScenarioError
from engager_sim.runs.plan import Plan, arms_with_men, plan_of
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_text import Difference, theory_differences
from engager_sim.scenarios.theory_values import named_values, theories_of
from engager_sim.theory import THEMES
from engager_sim.world.records import ARMS
from engager_sim.world.setting import Setting

SWITCHED_WITH = {"turnover": "supervision", "ways_out": "client_engagement"}
"""The themes whose switches turn off parts that are declared by themselves."""
TABLES = ("population", "network", "teams", "ties")
"""The tables of a setting that can be exchanged by themselves where agencies are the same."""
FROM_BASE = "{path} from {before} to {now}"
FROM_DEFAULT = "{path} at {now} (the usual value is {before})"
"""How a change is told: of a scenario that another one is compared with, or of the defaults."""


def factor_changes(design: Design) -> list[TriedChange]:
    """Try every factor from one end of its range to the other, at three points of the design."""
    varied = [factor.path for factor in design.factors]
    plan = plan_of(design.scenarios[0], 0)
    points = sorted({0, design.points // 2, design.points - 1})
    compared = [] if len(design.scenarios) < 2 else [_other_scenario(design, points)]
    return compared + [
        TriedChange(
            f"{factor.path} from {factor.text(factor.low)} to {factor.text(factor.high)}",
            tuple(
                partial(_ends, design, index, point, scenario)
                for point in points
                for scenario in range(len(design.scenarios))
            ),
            reason_without_effect(factor.path, design.scenarios[0], plan, varied),
        )
        for index, factor in enumerate(design.factors)
    ]


def scenario_changes(base: Scenario | None, other: Scenario) -> list[TriedChange]:
    """Try each thing that a scenario changes in its base: it is put back, and all else stands.

    Without a base, each parameter that differs from its default is.
    """
    before = named_values(theories_of({}) if base is None else base.theories())
    plan = plan_of(other, 0)
    differences = theory_differences(before, named_values(other.theories()))
    words = FROM_DEFAULT if base is None else FROM_BASE
    changes = [_put_back(difference, other, plan, words) for difference in differences]
    return changes if base is None else [*_setting_changes(base, other), *changes]


def file_changes(file: LayeredFile, scenario: Scenario) -> list[TriedChange]:
    """Try what a scenario's own file changes in the one it builds on, or else in the defaults."""
    below = len(file.layers) - 2
    if below < 0:
        return scenario_changes(None, scenario)
    try:
        return scenario_changes(Scenario.from_layers(file.up_to(below)), scenario)
    except ScenarioError:  # a file that is only a part
        return []


def _other_scenario(design: Design, points: Sequence[int]) -> TriedChange:
    """Try what tells two scenarios apart; nothing may be left of it where a factor sets it."""
    first, second = design.scenarios

    def pair(point: int) -> tuple[Scenario, Scenario]:
        return design.at(0, point), design.at(1, point)

    here, there = pair(0)
    differ = theory_differences(named_values(here.theories()), named_values(there.theories()))
    is_set = not differ and here.setting == there.setting and here.men is there.men
    return TriedChange(
        f"the difference between {first.name} and {second.name}",
        tuple(partial(pair, point) for point in points),
        "the study sets in both what tells them apart" if is_set else "",
    )


def _ends(design: Design, index: int, point: int, scenario: int) -> tuple[Scenario, Scenario]:
    factor = design.factors[index]
    values = np.repeat(design.values[[point]], 2, axis=0)
    values[:, index] = factor.low, factor.high
    both = dataclasses.replace(design, values=values)
    return both.at(scenario, 0), both.at(scenario, 1)


def _put_back(difference: Difference, other: Scenario, plan: Plan, words: str) -> TriedChange:
    path, before, now = difference
    path = path.removeprefix("theory.")

    def pair() -> tuple[Scenario, Scenario]:
        return changed(other, {path: before}), other

    what = words.format(path=path, before=_shown(before), now=_shown(now))
    return TriedChange(what, (pair,), reason_without_effect(path, other, plan))


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _setting_changes(base: Scenario, other: Scenario) -> Iterator[TriedChange]:
    """Try the whole step, and each table of the setting where the agencies are the same."""
    if not base.difference(other):
        return
    yield TriedChange(
        f"all that differs between {base.name} and {other.name}", (lambda: (base, other),)
    )
    if base.setting.agencies != other.setting.agencies:
        return
    for table in TABLES:
        before = getattr(base.setting, table)
        if before != getattr(other.setting, table):
            setting = dataclasses.replace(other.setting, **{table: before})
            yield TriedChange(
                f"[{table}] of {other.name}", (partial(_with, other, base, table, setting),)
            )


def _with(
    other: Scenario, base: Scenario, table: str, setting: Setting
) -> tuple[Scenario, Scenario]:
    """Put a table back with what was read for it: men of own data, the levers of a survey.

    Raises
    ------
    ScenarioError
        If the men put back are given teams that are no longer the same.
    """
    if table != "population":
        return dataclasses.replace(other, setting=setting, surveyed_at=base.surveyed_at), other
    if base.men is not None and base.setting.teams != other.setting.teams:
        raise ScenarioError("own data names the teams of its own scenario")
    return dataclasses.replace(other, setting=setting, men=base.men, ids=base.ids), other


def reason_without_effect(
    path: str, scenario: Scenario, plan: Plan, varied: Collection[str] = ()
) -> str:
    """Say why a parameter cannot act in a scenario, where the scenario's form says so.

    Ties follow the levers of an arm even if it has no men (``programme_agencies``).
    """
    *arm, theme, name = path.removeprefix("theory.").split(".")
    arms = [ARMS.index(named) for named in arm or ARMS]
    if not set(arms) & set(arms_with_men(plan)) and theme != "collaboration":
        return f"nobody is in the arm {arm[0]}"
    switch = SWITCHED_WITH.get(theme, theme)
    may_be_on = name == "on" or any(other.endswith(f"{switch}.on") for other in varied)
    if switch in THEMES and not may_be_on and not plan.theories[switch]["on"][arms].any():
        return f"the theme {switch} is switched off"
    peers = any(team.peers for team in scenario.setting.teams if ARMS.index(team.arm) in arms)
    lever = plan.theories["collaboration"]["colocation"][arms]
    shares_no_office = not plan.template.ties["colocated"].any() and not lever.any()
    if name == "days_together" and shares_no_office and not _varies(varied, ".colocation"):
        return "no two agencies share an office"
    if theme == "peers" and not peers and not _varies(varied, ".peers"):
        return "no team has a place for a peer"
    return ""


def _varies(varied: Collection[str], ending: str) -> bool:
    return any(path.endswith(ending) for path in varied)
