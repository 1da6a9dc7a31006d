"""The parameters that carry differences: named with their source where draws are many."""

from dataclasses import replace

import numpy as np
import pandas as pd

from engager_sim.designs.execution.store import Memory
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.carriers import FEWEST_DRAWS, carriers_remark, carriers_table
from engager_sim.studies.compare.study import comparison_design

PLANTED = "relationship.trust_growth"


def planted(scenario: Scenario, draws: int) -> tuple[Memory, object, int]:
    """Keep made-up runs whose differences follow one parameter, and noise."""
    fitted = FittedParameters.load("posterior")
    assert fitted is not None
    few = replace(fitted, numbers=fitted.numbers[:draws])
    design = comparison_design([scenario, changed(scenario, {}, "other")], 1, False, few)
    column = [parameter.path for parameter in few.parameters].index(PLANTED)
    growth = few.numbers[:, column].repeat(2)
    rng = np.random.default_rng(1)
    frames = []
    for code in range(2):
        outcomes = {each.name: rng.normal(0.0, 0.3, 2 * draws) for each in design.columns}
        moved = "trust_12w_programme"
        outcomes[moved] += code * (growth - growth.mean()) / growth.std()
        index = {"scenario": pd.Categorical.from_codes([code] * 2 * draws, ["base", "other"])}
        runs = {"point": 0, "replicate": np.arange(2 * draws)}
        frames.append(pd.DataFrame(index | runs | outcomes))
    store = Memory()
    store._blocks[0] = {"runs": pd.concat(frames, ignore_index=True)}
    return store, design, 2 * draws


def test_a_planted_carrier_is_named_with_its_source(small_service: Scenario) -> None:
    found = carriers_table(*planted(small_service, 300))  # type: ignore[arg-type]
    of_trust = found[found["outcome"] == "trust_12w"].set_index("parameter")
    assert of_trust.index[0] == PLANTED
    assert of_trust.loc[PLANTED, "frequency"] == 1.0
    assert abs(of_trust.loc[PLANTED, "effect"] - 1.0) < 0.15
    assert of_trust.loc[PLANTED, "source"]
    assert (found["frequency"] >= 0.8).all()


def test_with_fewer_draws_none_is_named(small_service: Scenario) -> None:
    few = FEWEST_DRAWS - 1
    found = carriers_table(*planted(small_service, few))  # type: ignore[arg-type]
    assert found.empty
    assert f"{few} draws were used" in carriers_remark(found, True, few)
    assert "none was among the ten" in carriers_remark(found, True, FEWEST_DRAWS)
    assert carriers_remark(found, False, 0) == ""
