"""What a scenario comes to, in words: who works with how many men, supervised how, who is there."""

from collections.abc import Sequence
from typing import Any

from engager_sim.costs.spending import men_a_year
from engager_sim.scenarios.needs_of_men import men_narrative
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory.circumstances import NEED_NAMES
from engager_sim.world.agency_choice import FIRST_CHOICE, SECOND_CHOICE
from engager_sim.world.records import ARMS
from engager_sim.world.setting import AGENCY_KINDS, AgencySetting, TeamSetting

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def service_narrative(scenario: Scenario) -> list[str]:
    """Say what a scenario comes to.

    Returns
    -------
    list of str
        A sentence for each team, one about the men of each arm or of all, and one for each site
        about who serves which need.
    """
    teams, agencies = scenario.setting.teams, scenario.setting.agencies
    men = _men_of_arms(scenario)
    posts = {arm: sum(team.practitioners for team in teams if team.arm == arm) for arm in ARMS}
    theories = scenario.resolved()["parameters"]
    told = [
        _of_team(team, men[team.arm] / posts[team.arm], theories[team.arm])
        for team in teams
        if men[team.arm] > 0.0
    ]
    sites = list(dict.fromkeys(team.site for team in teams))
    return told + _of_men(scenario, theories) + [_of_needs(site, agencies) for site in sites]


def _men_of_arms(scenario: Scenario) -> dict[str, float]:
    """Count the men a year who enter each arm, as they are allocated."""
    allocation = scenario.setting.population.allocation
    whole = men_a_year(scenario.setting) / sum(allocation)
    return {arm: whole * part for arm, part in zip(ARMS, allocation, strict=True)}


def _of_team(team: TeamSetting, men_each: float, theory: dict[str, dict[str, Any]]) -> str:
    supervision, engagement = theory["supervision"], theory["client_engagement"]
    other = engagement["other_cases"]
    parts = [
        f"{team.name}: {counted(team.practitioners, 'practitioner')}",
        f"{men_each:.3g} men each a year"
        + (f" beside {other} other men" if other else "")
        + f" and {engagement['contact_hours']:.3g} hours a week for men",
        f"supervised {every(supervision['interval'])} ({supervision['mode']})"
        f" by {counted(team.supervisors, 'supervisor')}",
        counted(team.peers, "peer"),
    ]
    return ", ".join(parts)


def _of_men(scenario: Scenario, theories: dict[str, Any]) -> list[str]:
    """Say who the men are, once where it is said of both arms alike."""
    said = {
        arm: men_narrative(theories[arm]["circumstances"])
        for arm, men in _men_of_arms(scenario).items()
        if men > 0.0
    }
    own = "" if scenario.men is None else " (where your own data does not say)"
    if len(set(said.values())) == 1:
        return [f"men{own}: {next(iter(said.values()))}"]
    return [f"men of the arm {arm}{own}: {words}" for arm, words in said.items()]


def _of_needs(site: str | None, agencies: Sequence[AgencySetting]) -> str:
    """Say who serves which need where a team works, in the order in which a man is sent."""
    near = [each for each in agencies if site is None or each.site in (None, site)]
    served = [
        (need, _first(near, kinds))
        for need, *kinds in zip(NEED_NAMES, FIRST_CHOICE, SECOND_CHOICE, strict=False)
    ]
    told = [f"{' or '.join(names) or 'nobody'} serves {need}" for need, names in served]
    return f"needs{f' at {site}' if site else ''}: {'; '.join(told)}"


def _first(agencies: Sequence[AgencySetting], kinds: Sequence[int]) -> list[str]:
    """Name the agencies of the first kind that is there, those without any place left out."""
    for kind in kinds:
        of_kind = [each for each in agencies if each.kind == AGENCY_KINDS[kind]]
        if kind >= 0 and of_kind:
            return [each.name for each in of_kind if each.places != 0]
    return []


def counted(count: int, what: str) -> str:
    """Write how many there are, small numbers in words: ``three peers``."""
    return f"{number(count)} {what}{'' if count == 1 else 's'}"


def every(weeks: float) -> str:
    """Write how often something comes."""
    return "every week" if weeks == 1.0 else f"every {number(weeks)} weeks"


def number(value: float) -> str:
    """Write a number, in a word if it is a small whole one."""
    return NUMBERS[int(value)] if value in range(len(NUMBERS)) else f"{value:g}"
