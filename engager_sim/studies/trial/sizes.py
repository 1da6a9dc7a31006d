"""The same trial with other numbers of men: recruited at the same rate, so staff are as busy."""

from engager_sim.designs.setting_factors import LEAVERS, declared_settings, with_settings
from engager_sim.errors import UsageError
from engager_sim.scenarios.scenario import Scenario

RECRUITMENT = "population.recruitment_weeks"


def resized(scenario: Scenario, men: int) -> Scenario:
    """Make the scenario with so many men, and with recruitment as much longer or shorter.

    Raises
    ------
    UsageError
        If recruitment would take more weeks than are allowed, or the men come from own data.
    """
    people = scenario.setting.population
    if men == people.leavers:
        return scenario
    if scenario.men is not None:
        raise UsageError(
            "the men come from own data, so a trial of another size has no men",
            value=men,
            allowed=str(people.leavers),
            fix="leave men and size out",
        )
    weeks = max(1, round(people.recruitment_weeks * men / people.leavers))
    bounds = declared_settings()[RECRUITMENT].range
    longest = int(bounds[1]) if bounds is not None else weeks
    if weeks > longest:
        most = int(longest * people.leavers / people.recruitment_weeks)
        raise UsageError(
            f"at the scenario's rate, recruiting {men:,} men would take {weeks:,} weeks, and "
            f"{longest} are allowed",
            value=men,
            allowed=f"at most {most:,} men",
            fix="name fewer men, or a scenario that recruits faster, with more teams",
        )
    return with_settings(scenario, {LEAVERS: men, RECRUITMENT: weeks})
