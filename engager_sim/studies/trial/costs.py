"""What each design of a trial costs: its men, their follow-up, and the programme's practitioners.

Every price is an assumption that a study file may set.
"""

import pandas as pd

from engager_sim.studies.trial.replicate import CORE_OM
from engager_sim.studies.trial.settings import TrialStudy, service_arm
from engager_sim.studies.trial.tables import WANTED_POWER
from engager_sim.studies.trial.worlds import TrialSize, designed_scenario


def costs_table(study: TrialStudy, power: pd.DataFrame) -> pd.DataFrame:
    """Give the cost of every design beside its power at the primary week."""
    scores = power[power["outcome"] == CORE_OM]
    rows = [_row(study, design, scores) for design in study.designs]
    return pd.DataFrame(rows)


def cheapest(costs: pd.DataFrame) -> pd.Series | None:
    """Find the cheapest design with the power that is commonly wanted; None if none has it."""
    enough = costs[costs["power"] >= WANTED_POWER]
    return None if enough.empty else enough.sort_values("cost").iloc[0]


def weeks_of_support(study: TrialStudy, design: TrialSize) -> int:
    """Count the weeks in which the programme's practitioners have men.

    From the first man's entry to the end of the last one's support.
    """
    scenario = designed_scenario(study, study.scenario, design)
    people = scenario.setting.population
    theory = scenario.theories()[service_arm(scenario)]
    support = float(theory.preparations_for_ending.support_weeks)
    return people.recruitment_weeks + people.longest_to_release + round(support)


def _row(study: TrialStudy, design: TrialSize, scores: pd.DataFrame) -> dict[str, float]:
    men, practitioners = design
    chosen = scores[(scores["men"] == men) & (scores["practitioners"] == practitioners)]
    primary = chosen[chosen["week"] == study.primary].iloc[0]
    found = float((chosen["n_programme"] + chosen["n_usual_care"]).sum())
    weeks, prices = weeks_of_support(study, design), study.prices
    parts = {
        "recruitment": men * prices.recruited,
        "follow_up": found * prices.followed_up,
        "practitioners_paid": practitioners * weeks * prices.practitioner_week,
    }
    return {
        "men": men,
        "practitioners": practitioners,
        "weeks": weeks,
        **parts,
        "cost": sum(parts.values()),
        "power": float(primary["power"]),
        "power_low": float(primary["power_low"]),
        "power_high": float(primary["power_high"]),
    }
