"""What the manifest of ``engager-sim validate`` says its numbers depend on."""

from typing import Any

from engager_sim.results.manifest import of_parameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.validate.study import PRESETS, QUESTION, Validation


def facts_of_validation(found: Validation) -> dict[str, Any]:
    """Describe a validation as data that JSON can hold."""
    scenarios = [Scenario.load(name) for name in PRESETS]
    return {
        "what": "results of engager-sim validate",
        "question": QUESTION,
        "scenarios": {each.name: each.resolved() for each in scenarios},
        "replicates": found.replicates,
        "runs": found.runs,
        "seed": found.seed,
        **of_parameters(found.fitted, scenarios),
    }
