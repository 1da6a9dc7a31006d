"""Declarations: every parameter and every state says what it is, and the records hold just that."""

import ast
import dataclasses
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import engager_sim
from engager_sim.theory import THEMES, THEORY_RECORD, Theory, parameters
from engager_sim.theory.declaration import (
    ANCHORED,
    ASSUMPTION,
    Role,
    Vector,
    parameters_of,
    record_type,
    states_of,
    uncertainty,
)
from engager_sim.theory.sources import SOURCES
from engager_sim.week.order import WEEK
from engager_sim.world import records
from engager_sim.world.records import (
    Agency,
    GivenMan,
    Leaver,
    PeerPost,
    SupervisorPost,
    Team,
    Tie,
    WorkerPost,
)

PARAMETERS = list(parameters())
RECORDS = (Leaver, WorkerPost, SupervisorPost, PeerPost, Team, Agency, Tie, GivenMan)
STATES = [
    (f"{record.__name__}.{field.name}", record, field)
    for record in RECORDS
    for field in states_of(record)
]
ENGINE = [
    file
    for room in ("theory", "world", "week", "outcomes")
    for file in sorted((Path(engager_sim.__file__).parent / room).rglob("*.py"))
]
SWITCHED = {*THEMES}
AROUND_THE_PROGRAMME = {"ways_out", "relationship", "circumstances", "justice", "services", "costs"}
"""Rooms in which nothing is for a service to choose."""


def is_one_sentence(meaning: str) -> bool:
    """Tell whether a meaning is a single sentence, without a full stop, and says something."""
    return (
        len(meaning.split()) >= 2
        and meaning == meaning.strip()
        and not meaning.endswith(".")
        and re.search(r"[a-z]\. [A-Z]", meaning) is None
    )


def names_in_the_engine() -> tuple[set[str], set[str]]:
    """Name every attribute that the engine reads, and every one that it names at all."""
    read: set[str] = set()
    named: set[str] = set()
    for file in ENGINE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                named.add(node.attr)
                if isinstance(node.ctx, ast.Load):
                    read.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
    return read, named


def leaves(kind: np.dtype) -> list[np.dtype]:
    """List the plain numbers that a record type is made of, nested records unfolded."""
    if kind.names is None:
        return [kind.base]
    return [leaf for name in kind.names for leaf in leaves(kind[name])]


def test_every_parameter_says_what_it_means_in_one_sentence() -> None:
    assert [p.path for p in PARAMETERS if not is_one_sentence(p.meaning)] == []
    assert [p.path for p in PARAMETERS if not p.unit.strip()] == []


def test_every_default_lies_in_its_range() -> None:
    assert [p.path for p in PARAMETERS if not p.low < p.high] == []
    assert [p.path for p in PARAMETERS if not p.low <= p.default <= p.high] == []
    assert [p.path for p in PARAMETERS if not np.isfinite([p.low, p.high]).all()] == []


def test_every_parameter_has_a_source_or_is_an_assumption() -> None:
    known = {ASSUMPTION, *SOURCES}
    assert [p.path for p in PARAMETERS if p.source not in known] == []


@pytest.mark.parametrize("kind", ["real", "integer", "category", "on/off"])
def test_every_parameter_is_of_the_kind_that_its_values_are(kind: str) -> None:
    of_kind = [parameter for parameter in PARAMETERS if parameter.kind == kind]
    assert of_kind
    for p in of_kind:
        assert isinstance(p.default, float if kind == "real" else int), p.path
        assert kind == "real" or float(p.low).is_integer() == float(p.high).is_integer(), p.path
        assert len(set(p.choices)) == (p.high + 1 if kind == "category" else 0), p.path
        assert kind != "on/off" or (p.low, p.high) == (0, 1), p.path


def test_every_parameter_is_of_a_known_kind_and_role() -> None:
    assert {p.kind for p in PARAMETERS} == {"real", "integer", "category", "on/off"}
    assert {p.role for p in PARAMETERS} == set(Role)


def test_shares_and_probabilities_stay_between_zero_and_one() -> None:
    shares = [p for p in PARAMETERS if p.unit.startswith(("share", "probability"))]
    assert [p.path for p in shares if not 0.0 <= p.low < p.high <= 1.0] == []


def test_every_parameter_is_read_by_the_engine() -> None:
    read, _ = names_in_the_engine()
    assert [p.path for p in PARAMETERS if p.name not in read] == []


def test_no_two_parameters_share_a_full_name() -> None:
    assert max(Counter(parameter.path for parameter in PARAMETERS).values()) == 1


def test_just_the_seven_themes_have_a_switch_and_it_is_no_lever() -> None:
    switches = [parameter for parameter in PARAMETERS if parameter.name == "on"]
    assert {switch.theme for switch in switches} == SWITCHED
    assert len(SWITCHED) == 7
    for switch in switches:
        assert (switch.role, switch.kind, switch.default) == (Role.SETTING, "on/off", 1)


def test_every_theme_has_levers_and_uncertainties() -> None:
    for theme in THEMES:
        roles = {parameter.role for parameter in PARAMETERS if parameter.theme == theme}
        assert {Role.LEVER, Role.UNCERTAINTY} <= roles


def test_nothing_around_the_programme_is_for_a_service_to_choose() -> None:
    levers = {parameter.theme for parameter in PARAMETERS if parameter.role is Role.LEVER}
    assert levers.isdisjoint(AROUND_THE_PROGRAMME)


def test_a_claim_with_a_study_behind_it_is_no_lever() -> None:
    for parameter in PARAMETERS:
        if parameter.role is Role.LEVER:
            assert parameter.source == ASSUMPTION, parameter.path


def test_a_fitted_value_stands_and_leaves_the_prior_where_it_was() -> None:
    @dataclasses.dataclass(frozen=True)
    class Theme:
        pace: float = uncertainty(0.2, 0.0, 1.0, "share", "how fast", fitted=0.7)
        rest: float = uncertainty(0.2, 0.0, 1.0, "share", "how far")

    pace, rest = parameters_of(Theme, "theme")
    assert (Theme().pace, pace.default, pace.source_of_default) == (0.7, 0.7, "fitted")
    assert (rest.default, rest.source_of_default) == (0.2, "assumption")
    assert pace.prior == rest.prior == pytest.approx((0.02, 0.2, 0.92))


def test_the_default_theory_holds_every_declared_default() -> None:
    theory = Theory()
    for parameter in PARAMETERS:
        assert getattr(getattr(theory, parameter.theme), parameter.name) == parameter.default


def test_every_state_says_what_it_is_in_what_unit_and_range() -> None:
    assert [name for name, _, f in STATES if not f.meaning.strip() or f.meaning.endswith(".")] == []
    assert [name for name, _, field in STATES if not field.unit.strip()] == []
    assert [name for name, _, field in STATES if not field.low < field.high] == []


def test_every_state_begins_within_its_range() -> None:
    for name, record, field in STATES:
        begins = np.asarray(getattr(record(), field.name))
        assert begins.size == max(1, field.length), name
        if isinstance(field.initial, str):
            assert np.isnan(begins).all(), name
        else:
            assert np.all(begins == field.initial), name
            assert field.low <= field.initial <= field.high, name


def test_every_state_is_written_by_an_event_of_the_week() -> None:
    events = {event.name for event in WEEK}
    assert {name: f.written_by for name, _, f in STATES if f.written_by not in events} == {}


def test_every_state_is_used_by_the_engine() -> None:
    _, named = names_in_the_engine()
    assert [name for name, _, field in STATES if field.name not in named] == []


def test_codes_switches_and_counts_are_whole_numbers_and_shares_are_not() -> None:
    for name, record, field in STATES:
        if record is GivenMan:  # NaN stands for what is not given, so all of it is real
            continue
        number = record_type(record)[field.name].base
        if field.unit in {"code", "on/off", "index", "number"}:
            # whether he was engaged at a mark is kept beside the other states of that mark
            assert number.kind == "i" or field.name == "engaged_at", name
        if field.unit in {"share", "points", "hours"}:
            assert number.kind == "f", name


def test_a_theory_is_made_of_64_bit_numbers_throughout() -> None:
    kinds = {(leaf.kind, leaf.itemsize) for leaf in leaves(record_type(Theory))}
    assert kinds == {("f", 8), ("i", 8)}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_whole_states_take_few_bytes_and_hold_their_range_twice_over(record: type) -> None:
    """So a state beyond its range is still there for the check of ranges to see."""
    kinds = record_type(record)
    for field in states_of(record):
        number = kinds[field.name].base
        if number.kind == "f":
            assert number == np.float64
            continue
        room = np.iinfo(number)
        assert room.min <= 2 * field.low, field.name
        assert 2 * field.high <= room.max, field.name
        if field.unit in {"code", "on/off"}:
            assert number == np.int8, field.name


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_type_has_just_the_declared_fields_in_their_order(record: type) -> None:
    fields = list(states_of(record))
    kinds = record_type(record)
    assert kinds.names == tuple(field.name for field in fields)
    for declared, field in zip(dataclasses.fields(record), fields, strict=True):
        assert kinds[field.name].shape == ((field.length,) if field.length else ())
        whole = declared.type is not float and declared.type is not Vector
        assert kinds[field.name].base.kind == ("i" if whole else "f")


def test_a_theory_record_nests_every_group_of_parameters() -> None:
    assert THEORY_RECORD.names == tuple(group.name for group in dataclasses.fields(Theory))
    for parameter in PARAMETERS:
        number = THEORY_RECORD[parameter.theme][parameter.name]
        assert number.kind == ("f" if parameter.kind == "real" else "i")


def test_the_kinds_of_records_are_those_of_the_declared_classes() -> None:
    assert record_type(Leaver) == records.LEAVER
    assert record_type(GivenMan) == records.GIVEN


def test_every_source_says_who_and_how_it_was_read() -> None:
    for key, source in SOURCES.items():
        assert source.citation, key
        assert source.mark in {"seen", "second-hand", "remembered", "assumption"}, key


def test_levers_without_a_unit_of_their_own_have_anchors_that_are_shown_with_their_meaning() -> (
    None
):
    anchored = {p.path: p for p in parameters() if p.anchors}
    assert set(anchored) == {
        "supervision.quality",
        "supervision.skill_at_start",
        "supervision.fidelity_at_start",
        "peers.support",
        "client_motivation.own_goals",
    }
    for parameter in anchored.values():
        assert parameter.role is Role.LEVER
        assert len(parameter.anchors) == len(ANCHORED)
        assert all(parameter.low <= level <= parameter.high for level in ANCHORED)
        assert all(words in parameter.explained for words in parameter.anchors)
