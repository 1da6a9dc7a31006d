"""One leaver's life history, and where two histories of the same leaver diverge."""

import numpy as np

from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.stories.life_history import (
    CATEGORICAL_VALUES,
    EPISODE_STARTS,
    STAFF_EVENTS,
    LifeEvent,
    divergence,
    life_history,
)
from engager_sim.week.event_log import Event
from tests.week.worlds import small_trial


def histories_in(model: EngagerModel) -> list[list[LifeEvent]]:
    rows = model.event_record.rows()
    return [life_history(rows, model.world, leaver) for leaver in range(len(model.men))]


def finished_model(scenario: object, seed: int = 1) -> EngagerModel:
    model = EngagerModel(scenario, rng=seed, events=True)  # type: ignore[arg-type]
    model.run_model()
    return model


def life_event(week: int, event: Event, text: str = "") -> LifeEvent:
    return LifeEvent(week, week - 5, event, (int(event),), text)


def test_a_history_holds_every_logged_event_of_a_leaver_in_order() -> None:
    model = finished_model(small_trial(40))
    rows = model.event_record.rows()
    for leaver, history in enumerate(histories_in(model)):
        logged = rows["event"][rows["who"] == model.world.leavers["who"][leaver]].tolist()
        own = [int(event.event) for event in history if event.event in set(logged)]
        assert own == logged
        assert [event.week for event in history] == sorted(event.week for event in history)
        assert history[0].event is Event.ENTERED


def test_weeks_are_counted_from_release() -> None:
    model = finished_model(small_trial(20))
    for leaver, history in enumerate(histories_in(model)):
        release_week = int(model.world.leavers["release_week"][leaver])
        release = next(event for event in history if event.event is Event.RELEASED)
        assert release.after_release == 0
        assert {event.week - event.after_release for event in history} == {release_week}


def test_a_practitioner_who_leaves_is_in_the_history_of_his_own_leavers_only() -> None:
    model = finished_model(small_trial(40))
    rows = model.event_record.rows()
    left = rows[rows["event"] == Event.WORKER_LEFT]
    assert len(left)
    for leaver, history in enumerate(histories_in(model)):
        post = model.world.leavers["post"][leaver]
        who = model.world.practitioners["who"][post] if post >= 0 else -1
        weeks = {event.week for event in history if event.event is Event.WORKER_LEFT}
        assert weeks <= set(left["week"][left["who"] == who].tolist())
    whole_trial = [
        event for history in histories_in(finished_model("engager_trial")) for event in history
    ]
    assert any(event.event is Event.WORKER_LEFT for event in whole_trial)


def test_staff_events_are_left_out_once_support_has_ended() -> None:
    model = finished_model(small_trial(40))
    for history in histories_in(model):
        is_supported = False
        for event in history:
            assert is_supported or event.event not in STAFF_EVENTS
            if event.event in EPISODE_STARTS:
                is_supported = True
            elif event.event is Event.EXIT:
                is_supported = False


def test_histories_diverge_where_a_referral_arrives_in_one_world_only() -> None:
    first = [LifeEvent(4, -1, Event.REFERRED, (int(Event.REFERRED), 0, 1, 1), "arrived")]
    other = [LifeEvent(4, -1, Event.REFERRED, (int(Event.REFERRED), 0, 1, 0), "did not arrive")]
    result = divergence(first, other)
    assert result is not None
    assert (result.only_first, result.only_other) == (("arrived",), ("did not arrive",))


def test_histories_diverge_where_one_world_has_one_contact_more() -> None:
    once = [life_event(5, Event.ATTENDED, "first")]
    twice = [*once, life_event(5, Event.ATTENDED, "second")]
    result = divergence(once, twice)
    assert result is not None
    assert (result.only_first, result.only_other) == ((), ("second",))


def test_the_categorical_values_are_values_that_are_logged() -> None:
    assert {name for event in Event for name in event.names} >= CATEGORICAL_VALUES


def test_equal_runs_do_not_diverge() -> None:
    first, other = (histories_in(finished_model(small_trial(20))) for _ in range(2))
    assert {divergence(*pair) for pair in zip(first, other, strict=True)} == {None}


def test_the_divergence_is_in_the_first_week_with_different_events() -> None:
    first = [
        life_event(3, Event.ENTERED),
        life_event(5, Event.ATTENDED, "a"),
        life_event(6, Event.ATTENDED, "b"),
    ]
    other = [*first[:2], life_event(6, Event.MISSED, "c"), life_event(7, Event.EXIT, "d")]
    result = divergence(first, other)
    assert result is not None
    assert (result.week, result.after_release) == (6, 1)
    assert (result.only_first, result.only_other) == (("b",), ("c",))


def test_other_values_alone_are_no_divergence_and_an_added_event_is() -> None:
    first = [life_event(3, Event.ENTERED), life_event(5, Event.ATTENDED, "trust 0.31")]
    other = [life_event(3, Event.ENTERED), life_event(5, Event.ATTENDED, "trust 0.35")]
    assert divergence(first, other) is None
    result = divergence(first, [*other, life_event(9, Event.CRISIS, "e")])
    assert result is not None
    assert (result.week, result.only_first, result.only_other) == (9, (), ("e",))


def test_leavers_whose_exit_differs_have_histories_that_diverge() -> None:
    base = small_trial(80)
    first = finished_model(base)
    other = finished_model(changed(base, {"programme.supervision.interval": 26}))
    differing = np.flatnonzero(
        first.world.leavers["first_exit"] != other.world.leavers["first_exit"]
    )
    assert len(differing)
    in_first, in_other = histories_in(first), histories_in(other)
    assert all(divergence(in_first[leaver], in_other[leaver]) for leaver in differing)
