"""What a model remembers of what happened is what a batch logs."""

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
    of_batch = simulate(scenario, 1, 3, threads=1, weekly=False, events=True).events
    pd.testing.assert_frame_equal(model.events(), of_batch)


def test_remembering_events_changes_nothing_that_happens() -> None:
    told, silent = (EngagerModel(small_trial(40), rng=5, events=each) for each in (True, False))
    told.run_model()
    silent.run_model()
    assert told.world.leavers.tobytes() == silent.world.leavers.tobytes()
    assert told.world.ties.tobytes() == silent.world.ties.tobytes()


def test_a_week_that_outgrows_the_log_passes_once_and_is_kept_whole() -> None:
    roomy, cramped = (EngagerModel(small_trial(40), rng=5, events=True) for _ in range(2))
    assert isinstance(cramped.event_record, EventRecord)
    cramped.event_record._log = empty_log(1)
    for model in (roomy, cramped):
        model.run_for(40)
    assert roomy.world.leavers.tobytes() == cramped.world.leavers.tobytes()
    assert roomy.world.clock.tobytes() == cramped.world.clock.tobytes()
    np.testing.assert_array_equal(roomy.event_record.rows(), cramped.event_record.rows())


def test_what_own_data_says_of_men_is_never_written_to() -> None:
    """Worlds share it, so a week that is taken back and passed again must leave it alone."""
    model = EngagerModel(small_trial(40), rng=5, events=True)
    model.event_record._log = empty_log(1)
    model.world.given.flags.writeable = False
    model.run_for(40)
    assert len(model.events())


def test_before_the_first_week_nothing_has_happened() -> None:
    assert len(EngagerModel(small_trial(20), rng=1, events=True).events()) == 0


def test_a_model_that_keeps_no_events_says_how_to_keep_them() -> None:
    with pytest.raises(UsageError, match="make it with events=True"):
        EngagerModel(small_trial(20), rng=1).events()
