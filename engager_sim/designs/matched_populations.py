"""Whether two scenarios can be held against each other: the same men, the same weeks."""

from engager_sim.errors import UsageError
from engager_sim.scenarios.own_data import READING
from engager_sim.scenarios.scenario import Scenario


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
        Naming both.
    """
    if base.values.get("theory", {}) != other.values.get("theory", {}):
        raise UsageError(
            f"{base.name} and {other.name} differ in [theory], so a difference would be one "
            "between theories and not between services",
            key=key,
            fix="give both the same [theory], or leave it out of both",
        )
