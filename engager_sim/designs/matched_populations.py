"""Whether scenarios can be held against each other: the same men, weeks and theory."""

from collections.abc import Sequence

from engager_sim.errors import UsageError
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.own_data import READING
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_text import theory_differences
from engager_sim.scenarios.theory_values import named_values
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import Parameter, Role


def refuse_other_men(base: Scenario, other: Scenario, *, fix: str, key: str | None = None) -> None:
    """Refuse to pair scenarios whose men differ in number, arm, entry or release.

    Parameters
    ----------
    fix, key : str
        What whoever asks advises, and what was asked.

    Raises
    ------
    UsageError
        Saying what differs.
    """
    differ = [
        f"{key.removeprefix('population.')} is {here} and {there}"
        for key, here, there in base.difference(other)
        if key.startswith("population.") and key.split(".")[1] not in READING
    ]
    given = (base.men, other.men)
    if (given[0] is None) != (given[1] is None):
        differ.append("only one takes its men from own data")
    elif given[0] is not None and given[1] is not None and given[0].tobytes() != given[1].tobytes():
        differ.append("their tables of men differ")
    if differ:
        raise UsageError(
            f"{base.name} and {other.name} are about different men, so nobody can be followed "
            f"through both: {'; '.join(differ)}",
            key=key,
            fix=fix,
        )


def refuse_other_weeks(base: Scenario, other: Scenario, *, key: str) -> None:
    """Refuse scenarios that are followed for different times: what adds up in one does not in both.

    Raises
    ------
    UsageError
        Saying for how long each is followed.
    """
    here, there = base.setting.follow_up_weeks, other.setting.follow_up_weeks
    if here != there:
        raise UsageError(
            f"{base.name} is followed for {here} weeks and {other.name} for {there}: contacts, "
            "costs and staff would be counted over different times",
            key=key,
            fix="give both the same follow_up_weeks",
        )


def refuse_other_theory(base: Scenario, other: Scenario, *, key: str | None = None) -> None:
    """Refuse services under different theories, or measured differently.

    Raises
    ------
    UsageError
        Naming both, and what differs.
    """
    if differ := _unchosen(base, other):
        raise UsageError(
            f"{base.name} and {other.name} differ in what no service chooses "
            f"({', '.join(differ)}), so a difference would be one between theories and not between "
            "services",
            key=key,
            fix="give both the same values of it",
        )


def theory_notes(scenarios: Sequence[Scenario]) -> list[str]:
    """Say which scenarios have another theory, or other prices, than the first."""
    base = scenarios[0]
    return [
        f"{other.name} and {base.name} differ in what no service chooses "
        f"({', '.join(differ)}): what differs between them is not due to the services alone."
        for other in scenarios[1:]
        if (differ := _unchosen(base, other))
    ]


def _unchosen(base: Scenario, other: Scenario) -> list[str]:
    """Name what differs and no service chooses: claims, switches, men, prices, measures."""
    here, there = (named_values(scenario.theories()) for scenario in (base, other))
    paths = [path.removeprefix("theory.") for path, *_ in theory_differences(here, there)]
    return [path for path in paths if not _is_chosen(find_parameter(path)[1])]


def _is_chosen(parameter: Parameter) -> bool:
    return (
        parameter.theme in THEMES
        and parameter.name != "on"
        and parameter.role is not Role.UNCERTAINTY
    )
