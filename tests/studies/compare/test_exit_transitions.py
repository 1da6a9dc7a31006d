"""Whose first exit differs: counted by arm, summed over replicates, kept small."""

import numpy as np
import pytest

from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.compare.exit_transitions import CAUSES, NOBODY_FOLLOWED, transitions_table
from engager_sim.studies.compare.study import compare


def test_every_man_of_every_replicate_is_counted_once(small_service: Scenario) -> None:
    other = Scenario.load(small_service.file)
    renamed = type(other)(**{**vars(other), "name": "other"})
    found = compare(small_service, renamed, replicates=5, parameters="defaults")
    assert found.fates["men"].sum() == pytest.approx(20.0)
    for _, its in found.fates.groupby("arm"):
        assert its["share"].sum() == pytest.approx(1.0)
    assert found.changed["n"].tolist() == [5, 5]


def test_worlds_that_are_not_paired_have_no_exits() -> None:
    assert transitions_table("base", [], NOBODY_FOLLOWED).empty
    assert NOBODY_FOLLOWED.men.shape == (0, 2, CAUSES, CAUSES)
    assert np.issubdtype(NOBODY_FOLLOWED.men.dtype, np.integer)
