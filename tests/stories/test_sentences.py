"""Every event that can be logged is told in words, with its values."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.mesa_model import EngagerModel
from engager_sim.stories.sentences import ENDINGS, MET_ABOUT, TELLING, WHY_LEFT, sentence
from engager_sim.studies.tables.of_leavers import CODES
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event
from tests.week.worlds import small_trial

SHARES = st.tuples(*[st.floats(0.0, 1.0)] * 4)


def test_every_event_and_every_way_out_can_be_told() -> None:
    assert {*TELLING, Event.EXIT} == set(Event)
    assert {*WHY_LEFT, Exit.NONE} == set(Exit)
    assert len(MET_ABOUT) == len(CODES["focus"])
    assert len(ENDINGS) == len(CODES["ending"])


@pytest.mark.parametrize("event", list(TELLING), ids=lambda event: event.name)
@given(values=SHARES)
def test_a_sentence_is_one(event: Event, values: tuple[float, ...]) -> None:
    text = sentence(int(event), 0, values)
    assert re.fullmatch(r"[A-Z].*[.]", text)
    assert not re.search(r"nan|None|  |_", text)


@pytest.mark.parametrize("cause", list(WHY_LEFT), ids=lambda cause: cause.name)
def test_an_exit_names_its_cause_and_the_values_that_decided(cause: Exit) -> None:
    text = sentence(int(Event.EXIT), int(cause), (0.11, 0.22, 0.33, 0.44))
    assert EXIT_MEANINGS[cause] in text
    for value in ("0.11", "0.22", "0.33", "0.44"):
        assert value in text


def test_the_values_are_told_as_the_log_has_them() -> None:
    text = sentence(int(Event.ATTENDED), 0, (0.624, 0.3149, 2, 0.271))
    assert text == (
        "Met his practitioner (chance of coming 62%) and worked on how he feels and copes. Trust "
        "is now 0.31; the relationship could grow at 27% of full speed."
    )


def test_whatever_a_run_logs_can_be_told() -> None:
    model = EngagerModel(small_trial(40), rng=1, events=True)
    model.run_model()
    told = {
        Event(int(row["event"])): sentence(
            int(row["event"]), int(row["cause"]), row["values"].tolist()
        )
        for row in model.event_record.rows()
    }
    assert len(told) > 20
