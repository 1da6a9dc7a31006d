"""What a record holds when week 0 opens is what is declared of it, in every preset."""

from collections.abc import Iterator

import numpy as np
import pytest

from engager_sim.mesa_model.world_copies import copy_world
from engager_sim.runs.range_checks import KINDS
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory.declaration import StateField, blank_records, not_set, states_of
from engager_sim.week.engine import populate_world
from engager_sim.week.order import WEEK
from engager_sim.world.deployment import fresh, no_men_given
from engager_sim.world.dice import dice_for
from engager_sim.world.records import GivenMan, World

ENTER = "enter"


@pytest.fixture(scope="module", params=Scenario.presets())
def worlds(request: pytest.FixtureRequest) -> tuple[World, World]:
    """Make the world of a preset as it is deployed, and as week 0 opens."""
    scenario = Scenario.load(request.param)
    deployed = fresh(scenario.template())
    populated = copy_world(deployed)
    populate_world(populated, scenario.theories(), scenario.entry(), dice_for(1, 0))
    return deployed, populated


def held(world: World) -> Iterator[tuple[str, StateField, np.ndarray]]:
    """Yield every field of every kind of record, with what all records of a world hold of it."""
    for kind, record, place in KINDS:
        for field in states_of(record):
            yield f"{kind}.{field.name}", field, np.asarray(getattr(world, place))[field.name]


def is_set(values: np.ndarray) -> np.ndarray:
    return ~np.isnan(values) if values.dtype.kind == "f" else values != not_set(values.dtype)


def test_a_declared_number_is_what_every_record_begins_with(worlds: tuple[World, World]) -> None:
    wrong = {
        name
        for world in worlds
        for name, field, values in held(world)
        if not isinstance(field.initial, str) and not np.all(values == field.initial)
    }
    assert wrong == set()


def test_what_is_drawn_is_set_when_the_world_is_populated(worlds: tuple[World, World]) -> None:
    deployed, populated = worlds
    before = {n: is_set(values) for n, f, values in held(deployed) if f.initial == "drawn"}
    after = {n: is_set(values) for n, f, values in held(populated) if f.initial == "drawn"}
    assert before
    assert [name for name, known in before.items() if known.any()] == []
    assert [name for name, known in after.items() if not known.all()] == []


def test_what_is_given_is_set_when_the_world_is_deployed(worlds: tuple[World, World]) -> None:
    deployed, populated = worlds
    before = {n: values for n, f, values in held(deployed) if f.initial == "given"}
    after = {n: values for n, f, values in held(populated) if f.initial == "given"}
    assert before
    assert [name for name, values in before.items() if not is_set(values).all()] == []
    assert [n for n, values in before.items() if not np.array_equal(values, after[n])] == []


def test_what_is_said_of_men_is_given_and_without_own_data_nothing_is() -> None:
    assert {field.initial for field in states_of(GivenMan)} == {"given"}
    nothing = no_men_given(3)
    assert not any(is_set(nothing[field.name]).any() for field in states_of(GivenMan))


def test_what_no_event_settles_is_drawn_or_given() -> None:
    """Otherwise it would never be anything but the number that it begins with."""
    enters = [field for _, record, _ in KINDS for field in states_of(record)]
    assert [
        field.name
        for field in enters
        if field.written_by == ENTER and not isinstance(field.initial, str)
    ] == []
    assert ENTER in {event.name for event in WEEK}


@pytest.mark.parametrize("record", [record for _, record, _ in KINDS], ids=lambda r: r.__name__)
def test_a_blank_record_is_filled_from_the_declarations(record: type) -> None:
    blank = blank_records(record, 2)
    for field in states_of(record):
        values = np.asarray(blank[field.name])
        assert values.shape == ((2, field.length) if field.length else (2,))
        if isinstance(field.initial, str):
            assert not is_set(values).any(), field.name
        else:
            assert np.all(values == field.initial), field.name
