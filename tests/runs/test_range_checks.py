"""Guard mode: the first state that leaves its declared range is named, and nothing else changes."""

import copy
import dataclasses
from typing import Any

import numpy as np
import pytest

from engager_sim.errors import RangeError
from engager_sim.runs import range_checks as checking
from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import Plan
from engager_sim.runs.range_checks import DECLARED, KINDS, check_run, check_week
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate
from engager_sim.world.records import World

RUN = "scenario service, replicate 0"
FIELDS = [(kind, field) for kind in DECLARED for field in DECLARED[kind]]
SOME_FIELDS = [
    ("leaver", "trust"),
    ("practitioner", "burnout"),
    ("supervisor", "quality"),
    ("peer", "strain"),
    ("tie", "strength"),
    ("team", "load"),
    ("agency", "kind"),
]


@pytest.fixture(scope="module")
def plan(small_service: Scenario) -> Plan:
    return Plan(
        small_service.name, small_service.template(), small_service.theories(),
        small_service.entry(), small_service.weeks(), 8, 1, False, True, False, False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole(plan: Plan) -> World:
    return check_run(plan, 0)


@pytest.fixture
def end(whole: World) -> World:
    return copy.deepcopy(whole)


def set_field(world: World, kind: str, field: str, number: int, value: float) -> None:
    place = next(place for name, _, place in KINDS if name == kind)
    getattr(world, place)[field][number] = value


def test_a_checked_run_ends_in_the_same_world_as_an_unchecked_one(plan: Plan, end: World) -> None:
    unchecked = run_once(plan, 0)
    assert unchecked.leavers is not None
    assert np.asarray(end.leavers).tobytes() == unchecked.leavers.tobytes()
    assert np.asarray(end.ties).tobytes() == unchecked.ties.tobytes()


def test_every_declared_field_of_every_record_is_looked_at(whole: World) -> None:
    for kind, field in FIELDS:
        end = copy.deepcopy(whole)
        set_field(end, kind, field.name, 0, field.high + 1)
        week = int(end.leavers["last_week"].max())
        if field.name == "entry_week":
            week = int(field.high + 1)
        with pytest.raises(RangeError, match=field.name):
            check_week(end, week, RUN)


@pytest.mark.parametrize(("kind", "name"), SOME_FIELDS, ids=".".join)
def test_the_message_names_field_agent_week_value_range_and_run(
    kind: str, name: str, end: World
) -> None:
    set_field(end, kind, name, 0, -7)
    with pytest.raises(RangeError) as found:
        check_week(end, 99, RUN)
    message = str(found.value)
    for part in (name, f"{kind} 0", "week 99", "-7", " to ", RUN):
        assert part in message


def test_a_value_that_is_not_a_number_is_out_of_range(end: World) -> None:
    end.leavers["trust"][3] = np.nan
    with pytest.raises(RangeError, match="trust of leaver 3"):
        check_week(end, 99, RUN)


def test_a_part_of_a_field_is_named(end: World) -> None:
    end.leavers["need"][5, 2] = 1.5
    with pytest.raises(RangeError, match=r"need\[2\] of leaver 5"):
        check_week(end, 99, RUN)


def test_men_who_have_not_entered_are_not_looked_at(end: World) -> None:
    end.leavers["trust"][3] = np.nan
    check_week(end, int(end.leavers["entry_week"][3]) - 1, RUN)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_first_violation_of_the_first_replicate_ends_a_run(
    threads: int, small_service: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def narrow(field: Any) -> Any:
        return dataclasses.replace(field, high=0.4) if field.name == "rapport" else field

    narrowed = DECLARED | {"leaver": tuple(narrow(field) for field in DECLARED["leaver"])}
    monkeypatch.setattr(checking, "DECLARED", narrowed)
    with pytest.raises(RangeError, match=r"rapport of leaver \d+ .* week \d+ .*replicate 0"):
        simulate(
            small_service,
            4,
            seed=1,
            threads=threads,
            weekly=False,
            check=True,
            parameters="defaults",
        )
