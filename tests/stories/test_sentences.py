"""Every event that can be logged has a sentence with its values."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.mesa_model import EngagerModel
from engager_sim.runs.tables.leavers import CODES
from engager_sim.stories.sentences import (
    ENDING_STAGES,
    EXIT_DRIVERS,
    JUDGEMENTS,
    SENTENCES,
    SESSION_TOPICS,
    sentence,
)
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event, values_of
from tests.week.worlds import small_trial

SHARES = st.tuples(*[st.floats(0.0, 1.0)] * 4)


def sentence_of(event: Event, values: tuple[float, ...], cause: int = 0) -> str:
    return sentence(int(event), cause, dict(zip(event.names, values, strict=True)))


def test_every_event_has_a_sentence() -> None:
    assert {*SENTENCES, Event.EXIT} == set(Event)
    assert set(EXIT_DRIVERS) <= set(Exit)
    assert len(SESSION_TOPICS) == len(CODES["focus"])
    assert len(ENDING_STAGES) == len(CODES["ending"])
    assert len(JUDGEMENTS) == len(CODES["judgement"])


@pytest.mark.parametrize("event", list(SENTENCES), ids=lambda event: event.name)
@given(values=SHARES)
def test_a_sentence_has_no_missing_value(event: Event, values: tuple[float, ...]) -> None:
    text = sentence_of(event, values)
    assert re.fullmatch(r"[A-Z].*[.]", text)
    assert not re.search(r"nan|None|  |_", text)


@pytest.mark.parametrize("cause", list(Exit)[1:], ids=lambda cause: cause.name)
def test_an_exit_names_its_cause_and_the_values_that_decided(cause: Exit) -> None:
    text = sentence_of(Event.EXIT, (0.11, 0.22, 0.33, 0.44), int(cause))
    assert EXIT_MEANINGS[cause] in text
    for value in ("0.11", "0.22", "0.33", "0.44"):
        assert value in text


def test_a_sentence_gives_the_logged_values() -> None:
    text = sentence_of(Event.ATTENDED, (0.624, 0.3149, 2, 0.271))
    assert text == (
        "Met his practitioner (chance of the contact 62%) and worked on how he feels and copes. "
        "Trust is now 0.31; the relationship could grow at 27% of full speed."
    )


def test_every_logged_row_has_a_sentence() -> None:
    model = EngagerModel(small_trial(40), rng=1, events=True)
    model.run_model()
    sentences = {
        Event(int(row["event"])): sentence(int(row["event"]), int(row["cause"]), values_of(row))
        for row in model.event_record.rows()
    }
    assert len(sentences) > 20


@pytest.mark.parametrize(
    ("event", "values", "text"),
    [
        (
            Event.ATTENDED,
            (1.0, 0.2, 1, 0.5),
            "Met his practitioner and worked on practical things. Trust is now 0.20; the "
            "relationship could grow at 50% of full speed.",
        ),
        (
            Event.MISSED,
            (0.3, 0.2, 1, 1),
            "A planned contact was missed (chance of the contact 30%, trust 0.20), the first in a "
            "row. A message about him had been lost.",
        ),
        (
            Event.MET_AT_GATE,
            (0.5, 0.3, 0.45, 1),
            "His practitioner met him at the gate (chance 45%) and yet he was lost there. Rapport "
            "0.50, trust 0.30.",
        ),
        (
            Event.MESSAGE_WRONG,
            (0, 0.5, 0.0, 0.3),
            "A message about him was lost (50% of his agencies write in one record).",
        ),
        (
            Event.MESSAGE_WRONG,
            (1, 0.5, 0.02, 0.3),
            "Agencies told him contradictory things (50% of them write in one record); he lost "
            "0.02 of trust, 0.30 is left.",
        ),
        (
            Event.REFERRED,
            (1, 0.4, 0, 0.3),
            "Handed on to the service for substance use over a tie of 0.40, but it did not arrive.",
        ),
        (
            Event.RECALLED,
            (1, 3.0, 2.0, 0.5),
            "Recalled to prison for 2 weeks: he had been out of touch for 3 weeks.",
        ),
        (
            Event.RECALLED,
            (0, 0.0, 4.0, 0.5),
            "Recalled to prison for 4 weeks: a breach was detected.",
        ),
        (
            Event.WORKER_CHANGED,
            (0.5, 0.3, 0.4, 1),
            "His practitioner changed: trust fell from 0.50 to 0.30, 40% of the understanding was "
            "kept. He was lost at that change.",
        ),
        (
            Event.ENDING_RAISED,
            (0.55, 1.0, 1, 0.3),
            "His practitioner raised that support will end. Progress on his goals: 55%. Support "
            "left: 1 week at most. The next service joined in.",
        ),
        (
            Event.ENDING_AGREED,
            (0.3, 0.5, 0.6, 0.2),
            "He agreed to the end of support (coping 0.30; what comes after is arranged to 50%, "
            "and his trust in it is 0.60).",
        ),
        (
            Event.JUDGED,
            (0.1, 0.05, 9.0, 3),
            "His practitioner wrongly judged that the time is ripe for emotional work (crisis "
            "0.10, bond 0.05, 9 weeks left).",
        ),
        (
            Event.ENDING_STAGE,
            (3, 0.0, 1, 0.3),
            "Support ended as planned. The next service joined in.",
        ),
        (
            Event.HOUSING_CHANGED,
            (1, 0.1, 1.0, 0.3),
            "Found a stable place to live, with the housing service.",
        ),
        (Event.HOUSING_CHANGED, (0, 0.6, 0.0, 0.3), "Lost his place to live (crisis 0.60)."),
        (
            Event.WORKER_LEFT,
            (0.4, 0.5, 9, 0.0),
            "His practitioner left (burnout 0.40) and a successor started at once.",
        ),
        (
            Event.WORKER_LEFT,
            (0.4, 0.5, 9, 8.0),
            "His practitioner left the job (burnout 0.40); the post is vacant for 8 weeks.",
        ),
    ],
)
def test_a_sentence_follows_the_categorical_values(
    event: Event, values: tuple[float, ...], text: str
) -> None:
    assert sentence_of(event, values) == text
