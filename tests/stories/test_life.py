"""One man's life, and where two lives of the same man part."""

import numpy as np

from engager_sim.mesa_model import EngagerModel
from engager_sim.scenarios.changes import changed
from engager_sim.stories.life import (
    AROUND_HIM,
    BEGINNINGS,
    KINDS,
    Happening,
    life_of,
    parting,
)
from engager_sim.week.event_log import VALUES, Event
from tests.week.worlds import small_trial


def lives(model: EngagerModel) -> list[list[Happening]]:
    rows = model.event_record.rows()
    return [life_of(rows, model.world, man) for man in range(len(model.men))]


def whole(scenario: object, seed: int = 1) -> EngagerModel:
    model = EngagerModel(scenario, rng=seed, events=True)  # type: ignore[arg-type]
    model.run_model()
    return model


def happening(week: int, event: Event, text: str = "") -> Happening:
    return Happening(week, week - 5, event, (int(event),), text)


def test_a_life_holds_everything_that_was_logged_of_a_man_in_order() -> None:
    model = whole(small_trial(40))
    rows = model.event_record.rows()
    for man, life in enumerate(lives(model)):
        its = rows[rows["who"] == model.world.leavers["who"][man]]
        own = [each for each in life if each.event in set(its["event"].tolist())]
        assert [int(each.event) for each in own] == its["event"].tolist()
        assert [each.week for each in life] == sorted(each.week for each in life)
        assert life[0].event is Event.ENTERED


def test_weeks_are_counted_from_release() -> None:
    model = whole(small_trial(20))
    for man, life in enumerate(lives(model)):
        released = int(model.world.leavers["release_week"][man])
        first = next(each for each in life if each.event is Event.RELEASED)
        assert first.after_release == 0
        assert {each.week - each.after_release for each in life} == {released}


def test_a_practitioner_who_leaves_is_part_of_the_story_of_his_men_alone() -> None:
    model = whole(small_trial(40))
    rows = model.event_record.rows()
    left = rows[rows["event"] == Event.WORKER_LEFT]
    assert len(left)
    for man, life in enumerate(lives(model)):
        post = model.world.leavers["post"][man]
        who = model.world.practitioners["who"][post] if post >= 0 else -1
        told = [each for each in life if each.event is Event.WORKER_LEFT]
        possible = left["week"][left["who"] == who]
        assert {each.week for each in told} <= set(possible.tolist())
    everything = [each for life in lives(whole("engager_trial")) for each in life]
    assert any(each.event is Event.WORKER_LEFT for each in everything)


def test_nothing_is_told_of_a_practitioner_once_support_has_ended() -> None:
    model = whole(small_trial(40))
    for life in lives(model):
        is_supported = False
        for each in life:
            assert is_supported or each.event not in AROUND_HIM
            if each.event in BEGINNINGS:
                is_supported = True
            elif each.event is Event.EXIT:
                is_supported = False


def test_lives_part_where_a_referral_arrives_in_one_world_only() -> None:
    here = [Happening(4, -1, Event.REFERRED, (int(Event.REFERRED), 0, 1, 1), "arrived")]
    there = [Happening(4, -1, Event.REFERRED, (int(Event.REFERRED), 0, 1, 0), "did not arrive")]
    found = parting(here, there)
    assert found is not None
    assert (found.here, found.there) == (("arrived",), ("did not arrive",))


def test_one_contact_more_is_what_happened_in_one_world_only() -> None:
    once = [happening(5, Event.ATTENDED, "first")]
    twice = [*once, happening(5, Event.ATTENDED, "second")]
    found = parting(once, twice)
    assert found is not None
    assert (found.here, found.there) == ((), ("second",))


def test_the_kinds_of_events_are_values_that_are_logged() -> None:
    assert {name for names in VALUES.values() for name in names} >= KINDS


def test_the_same_life_twice_does_not_part() -> None:
    first, again = whole(small_trial(20)), whole(small_trial(20))
    assert all(
        parting(here, there) is None for here, there in zip(lives(first), lives(again), strict=True)
    )


def test_lives_part_in_the_first_week_in_which_not_the_same_happens() -> None:
    here = [happening(3, Event.ENTERED), happening(5, Event.ATTENDED, "a"),
            happening(6, Event.ATTENDED, "b")]  # fmt: skip
    there = [*here[:2], happening(6, Event.MISSED, "c"), happening(7, Event.EXIT, "d")]
    found = parting(here, there)
    assert found is not None
    assert (found.week, found.after_release, found.here, found.there) == (6, 1, ("b",), ("c",))


def test_other_values_alone_are_no_parting_and_an_added_event_is() -> None:
    here = [happening(3, Event.ENTERED), happening(5, Event.ATTENDED, "trust 0.31")]
    there = [happening(3, Event.ENTERED), happening(5, Event.ATTENDED, "trust 0.35")]
    assert parting(here, there) is None
    later = parting(here, [*there, happening(9, Event.CRISIS, "e")])
    assert later is not None
    assert (later.week, later.here, later.there) == (9, (), ("e",))


def test_men_whose_fate_differs_have_lives_that_part() -> None:
    base = small_trial(80)
    first, other = whole(base), whole(changed(base, {"programme.supervision.interval": 1}))
    differ = np.flatnonzero(first.world.leavers["first_exit"] != other.world.leavers["first_exit"])
    assert len(differ)
    ours, theirs = lives(first), lives(other)
    assert all(parting(ours[man], theirs[man]) is not None for man in differ)
