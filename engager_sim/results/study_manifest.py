"""What a study's numbers depend on, as data: the same inputs give the same manifest."""

from collections.abc import Mapping, Sequence
from typing import Any

from engager_sim.compilation import source_fingerprint
from engager_sim.designs.design import Design
from engager_sim.designs.execution.blocks import BYTES_PER_BLOCK, LEAVER_WEEKS_PER_BLOCK
from engager_sim.designs.points_file import TABLE
from engager_sim.results.manifest import versions
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario


def study_manifest(
    command: str,
    question: str,
    scenarios: Sequence[Scenario],
    fitted: FittedParameters | None,
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    """Describe a study.

    Parameters
    ----------
    command : str
        The name of its kind.
    question : str
        The question it asks.
    scenarios : sequence of Scenario
        What it is about, the base first.
    fitted : FittedParameters or None
        Where parameters are drawn from.
    facts : mapping
        Whatever else its numbers depend on: seed, replicates, points, method.

    Returns
    -------
    dict
        Data that JSON can hold; nothing in it depends on when, where or how fast it runs.
    """
    base, *others = scenarios
    drawn = {} if fitted is None else {"fitted_parameters": fitted.described(scenarios)}
    return {
        "what": f"results of engager-sim {command}",
        "command": command,
        "question": question,
        "scenarios": {scenario.name: scenario.resolved() for scenario in scenarios},
        "differences": {
            other.name: [list(change) for change in base.difference(other)] for other in others
        },
        **facts,
        "leaver_weeks_per_block": LEAVER_WEEKS_PER_BLOCK,
        "bytes_per_block": BYTES_PER_BLOCK,
        **drawn,
        "versions": versions(),
        "fingerprint_of_the_rules": source_fingerprint(),
    }


def design_facts(design: Design, method: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a design for a manifest.

    The range of a table's column is no fact of a run: a row outside it may be added. Where lives
    begin is one: a replicate that was a life is another run than one with men of its own.

    Parameters
    ----------
    method : mapping
        How points were chosen, what is estimated and how.
    """
    lives = {} if design.lives is None else {"replicates_before_lives": design.lives.first}
    in_table = method.get("kind") == TABLE
    return {
        "factors": [
            {
                "path": factor.path,
                "meaning": factor.meaning,
                "unit": factor.unit,
                "theme": factor.theme,
                "role": factor.role,
                "values": "as in the table of points" if in_table else factor.mapping,
                "levels": [factor.text(level) for level in factor.levels],
            }
            for factor in design.factors
        ],
        "points": design.points,
        "design_digest": design.digest(range(design.points)),
        "method": dict(method),
        "first_replicates": list(design.first_replicates),
        "replicates_apart": design.replicates_apart,
        "outcomes": [column.name for column in design.columns],
        **lives,
    }
