"""The table of the scenarios that stand by themselves and the criteria that each meets."""

from docs.markdown import code, table
from engager_sim.scenarios.criteria import CRITERIA, criteria_met
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import find_scenario, read_layers

ON_NO_OTHER = 1
"""Layers of a scenario that builds on no other."""


def criteria_by_preset() -> str:
    """Write a row per criterion and a column per scenario that builds on no other."""
    names = [
        name
        for name in Scenario.presets()
        if len(read_layers(find_scenario(name)).layers) == ON_NO_OTHER
    ]
    met = {name: criteria_met(Scenario.load(name)) for name in names}
    rows = [
        (
            criterion.name,
            criterion.told_by,
            *("yes" if criterion.name in met[name] else "" for name in names),
        )
        for criterion in CRITERIA
    ]
    rows.append(("**Met**", "", *(str(len(met[name])) for name in names)))
    return table(("Criterion", "Told by (assumption)", *map(code, names)), rows)
