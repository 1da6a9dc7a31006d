"""A model keeps the same events as a batch logs."""

import numpy as np
import pandas as pd
import pytest

from engager_sim.errors import UsageError
from engager_sim.mesa_model import EngagerModel
from engager_sim.mesa_model.event_record import EventRecord
from engager_sim.studies.run.study import simulate
from engager_sim.week.event_log import empty_log
from tests.week.worlds import small_trial


def test_the_events_of_a_model_are_those_of_a_batch() -> None:
    scenario = small_trial(40)
    model = EngagerModel(scenario, rng=3, events=True)
    model.run_model()
    batch = simulate(
        scenario, 1, 3, threads=1, weekly=False, events=True, parameters="defaults"
    ).events
    pd.testing.assert_frame_equal(model.events(), batch)


def test_keeping_events_changes_no_result() -> None:
    keeping, plain = (EngagerModel(small_trial(40), rng=5, events=kept) for kept in (True, False))
    keeping.run_model()
    plain.run_model()
    assert keeping.world.leavers.tobytes() == plain.world.leavers.tobytes()
    assert keeping.world.ties.tobytes() == plain.world.ties.tobytes()


def test_a_week_that_outgrows_the_log_counts_once_and_is_kept_whole() -> None:
    roomy, cramped = (EngagerModel(small_trial(40), rng=5, events=True) for _ in range(2))
    assert isinstance(cramped.event_record, EventRecord)
    cramped.event_record._log = empty_log(1)
    for model in (roomy, cramped):
        model.run_for(40)
    assert roomy.world.leavers.tobytes() == cramped.world.leavers.tobytes()
    assert roomy.world.clock.tobytes() == cramped.world.clock.tobytes()
    np.testing.assert_array_equal(roomy.event_record.rows(), cramped.event_record.rows())


def test_own_data_is_never_written_to() -> None:
    """Worlds share it, so a week that is repeated must leave it alone."""
    model = EngagerModel(small_trial(40), rng=5, events=True)
    model.event_record._log = empty_log(1)
    before = model.world.given.tobytes()
    model.run_for(40)
    assert len(model.events())
    assert model.world.given.tobytes() == before


def test_before_the_first_week_there_are_no_events() -> None:
    assert len(EngagerModel(small_trial(20), rng=1, events=True).events()) == 0


def test_a_model_that_keeps_no_events_says_how_to_keep_them() -> None:
    with pytest.raises(UsageError, match="make it with events=True"):
        EngagerModel(small_trial(20), rng=1).events()
