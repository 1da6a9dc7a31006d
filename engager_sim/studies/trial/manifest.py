"""What the manifest of ``engager-sim trial`` says its numbers depend on."""

from dataclasses import asdict
from typing import Any

from engager_sim.results.manifest import of_parameters
from engager_sim.studies.trial.study import Trials


def facts_of_trials(found: Trials) -> dict[str, Any]:
    """Describe a trial that is run again and again as data that JSON can hold."""
    study = found.study
    return {
        "what": "results of engager-sim trial",
        "question": study.question,
        "scenarios": {study.scenario.name: study.scenario.resolved()},
        "method": {
            "men": list(study.men),
            "size": study.size,
            "follow_up": list(study.follow_up),
            "primary": study.primary,
            "measurement_error": study.measurement_error,
            "residual_sd": study.residual_sd,
            "left_out": found.measurement.left_out,
            "adjusted_for": list(study.adjusted_for),
            "level": study.level,
            "loss": asdict(study.loss),
            "ideal": study.ideal,
        },
        "replicates": study.replicates,
        "seed": study.seed,
        **of_parameters(found.fitted, [study.scenario]),
    }
