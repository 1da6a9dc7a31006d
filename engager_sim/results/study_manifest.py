"""What a study's numbers depend on, as data: the same inputs give the same manifest."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from engager_sim.compilation import source_fingerprint
from engager_sim.results.manifest import of_parameters, versions
from engager_sim.studies.designs.design import Design
from engager_sim.studies.execution.blocks import LEAVER_WEEKS_PER_BLOCK


def study_manifest(
    command: str, question: str, design: Design, replicates: int, method: Mapping[str, Any]
) -> dict[str, Any]:
    """Describe a study.

    Parameters
    ----------
    command : str
        ``compare``, ``sweep`` or ``sensitivity``.
    question : str
        The question it asks.
    design : Design
        What it runs.
    replicates : int
        Replicates of each point.
    method : mapping
        What else its numbers depend on: how points were chosen, what is estimated and how.

    Returns
    -------
    dict
        Data that JSON can hold; nothing in it depends on when, where or how fast it runs.
    """
    base, *others = design.scenarios
    values = np.ascontiguousarray(design.values, np.float64)
    return {
        "what": f"results of engager-sim {command}",
        "command": command,
        "question": question,
        "scenarios": {each.name: each.resolved() for each in design.scenarios},
        "differences": {
            other.name: [list(each) for each in base.difference(other)] for other in others
        },
        "factors": [
            {
                "path": factor.path,
                "meaning": factor.meaning,
                "unit": factor.unit,
                "theme": factor.theme,
                "role": factor.role,
                "values": factor.mapping,
                "levels": [factor.text(level) for level in factor.levels],
            }
            for factor in design.factors
        ],
        "points": design.points,
        "design_digest": hashlib.blake2b(values.tobytes(), digest_size=16).hexdigest(),
        "method": dict(method),
        "replicates": replicates,
        "first_replicates": list(design.first_replicates),
        "seed": design.seed,
        "outcomes": [column.name for column in design.columns],
        "leaver_weeks_per_block": LEAVER_WEEKS_PER_BLOCK,
        **of_parameters(design.fitted, design.scenarios),
        "versions": versions(),
        "fingerprint_of_the_rules": source_fingerprint(),
    }
