"""Agents are views: they keep nothing of their own."""

import inspect

import numpy as np
import pytest

from engager_sim.errors import RangeError
from engager_sim.mesa_model import EngagerModel, Peer, Practitioner, PrisonLeaver, Supervisor
from engager_sim.mesa_model.views import NamedValues, RecordView, documentation, is_fixed
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world import records
from engager_sim.world.records import OPEN
from tests.week.worlds import small_trial

KINDS: list[tuple[type[RecordView], type]] = [
    (PrisonLeaver, records.Leaver),
    (Practitioner, records.Practitioner),
    (Supervisor, records.Supervisor),
    (Peer, records.Peer),
]
FIELDS = [(kind, field) for kind, declared in KINDS for field in states_of(declared)]
KIND_AND_FIELD = pytest.mark.parametrize(
    ("kind", "field"), FIELDS, ids=[f"{kind.__name__}.{field.name}" for kind, field in FIELDS]
)


@pytest.fixture
def model() -> EngagerModel:
    """Make a small trial in its fortieth week: men in all stages."""
    model = EngagerModel(small_trial(60), rng=1)
    model.run_for(40)
    return model


def agents_of(model: EngagerModel, kind: type[RecordView]) -> list[RecordView]:
    return list(model.agents_by_type[kind].to_list())


@KIND_AND_FIELD
def test_every_declared_field_is_a_documented_attribute(
    kind: type[RecordView], field: StateField
) -> None:
    attribute = inspect.getattr_static(kind, field.name)
    assert isinstance(attribute, property)
    assert attribute.__doc__
    if attribute.__doc__ == documentation(field):
        assert field.unit in attribute.__doc__
        assert f"{field.low:g} to {field.high:g}" in attribute.__doc__
    else:
        assert is_fixed(field) or field.name == "supervisees"


@KIND_AND_FIELD
def test_a_field_reads_and_writes_the_record_unless_it_says_who_or_where(
    model: EngagerModel, kind: type[RecordView], field: StateField
) -> None:
    agent = agents_of(model, kind)[-1]
    if inspect.getattr_static(kind, field.name).fset is None:
        with pytest.raises(AttributeError):
            setattr(agent, field.name, 0)
        assert is_fixed(field) or field.name == "supervisees"
    elif field.length:
        values = getattr(agent, field.name)
        values[next(iter(values))] = field.high
        assert agent.record[field.name][0] == field.high
        assert getattr(agent, field.name)[next(iter(values))] == field.high
    else:
        setattr(agent, field.name, field.high)
        assert agent.record[field.name] == field.high
        agent.record[field.name] = field.low
        assert getattr(agent, field.name) == field.low
        assert type(getattr(agent, field.name)) in (int, float)


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_value_outside_the_declared_range_is_refused(model: EngagerModel, value: float) -> None:
    man = model.men[0]
    before = man.trust
    with pytest.raises(RangeError, match=r"PrisonLeaver\.trust.*0 to 1 share"):
        man.trust = value
    with pytest.raises(RangeError, match=r"need\['housing'\]"):
        man.need["housing"] = value
    assert man.trust == before


def test_a_value_of_the_wrong_kind_is_refused(model: EngagerModel) -> None:
    man = model.men[0]
    with pytest.raises(TypeError, match="whole number"):
        man.housed = 0.5
    with pytest.raises(TypeError, match="a number"):
        man.trust = "high"


def test_a_misspelt_attribute_does_not_exist(model: EngagerModel) -> None:
    with pytest.raises(AttributeError):
        _ = model.men[0].turst


def test_an_intervention_is_where_the_next_week_begins() -> None:
    scenario = small_trial(60)
    untouched, helped = EngagerModel(scenario, rng=1), EngagerModel(scenario, rng=1)
    helped.men[0].distress_level = 0.0
    for man in helped.leavers:
        man.trust = 1.0
    untouched.run_model()
    helped.run_model()
    assert helped.outcomes()["trust_12w"] > untouched.outcomes()["trust_12w"]
    assert helped.men[0].distress_level == 0.0


def test_values_of_several_parts_are_a_mapping_and_an_array(model: EngagerModel) -> None:
    man = model.men[5]
    assert isinstance(man.need, NamedValues)
    assert list(man.need) == ["housing", "substance_use", "work_and_money", "relationships"]
    assert dict(man.need) == dict(zip(man.need, man.record["need"].tolist(), strict=True))
    assert np.array_equal(np.asarray(man.need), man.record["need"])
    man.need = dict.fromkeys(man.need, 0.25)
    assert man.record["need"].tolist() == [0.25] * 4
    man.need = [0.0, 0.5, 1.0, 0.5]
    assert man.need["work_and_money"] == 1.0
    with pytest.raises(TypeError, match="4 parts"):
        man.need = [0.0]
    with pytest.raises(KeyError):
        man.need["hunger"] = 1.0
    with pytest.raises(TypeError, match="set it instead"):
        del man.need["housing"]


def test_assigning_several_parts_writes_all_or_none(model: EngagerModel) -> None:
    man = model.men[5]
    before = man.record["need"].tolist()
    with pytest.raises(RangeError):
        man.need = [0.9, 0.9, 0.9, 1.9]
    assert man.record["need"].tolist() == before


def test_men_and_staff_know_one_another(model: EngagerModel) -> None:
    open_men = [man for man in model.leavers if man.episode == OPEN]
    assert open_men
    for man in open_men:
        assert man in man.practitioner.caseload
        assert man.team == man.practitioner.team
        assert man.peer is None or man in man.peer.leavers
    for practitioner in model.practitioners:
        assert practitioner in practitioner.supervisor.supervisees
        assert practitioner.team == practitioner.supervisor.team
        assert {man.practitioner for man in practitioner.caseload} <= {practitioner}
    caseloads = [len(practitioner.caseload) for practitioner in model.practitioners]
    assert sum(caseloads) == len(open_men)
    supervised = [len(supervisor.supervisees) for supervisor in model.supervisors]
    assert supervised == model.world.supervisors["supervisees"].tolist()
    assert sum(len(peer.leavers) for peer in model.peers) == sum(
        man.peer is not None for man in open_men
    )


def test_a_man_who_has_not_entered_has_nobody() -> None:
    new = EngagerModel(small_trial(10), rng=1)
    assert {man.practitioner for man in new.leavers} == {None}
    assert {man.peer for man in new.leavers} == {None}
    assert {man.exit_cause for man in new.leavers} == {None}


def test_an_exit_is_told_in_words() -> None:
    model = EngagerModel(small_trial(60), rng=1)
    model.run_model()
    causes = {man.exit_cause for man in model.leavers} - {None}
    assert len(causes) > 3
    assert causes <= set(EXIT_MEANINGS.values())
    man = next(man for man in model.leavers if man.first_exit == Exit.RECALL)
    assert man.first_exit_cause == "recalled on licence"


def test_agencies_and_codes_are_told_in_words(model: EngagerModel) -> None:
    names = {agency.name for agency in model.setting.agencies}
    for man in model.leavers:
        assert set(man.agency_for.values()) - {None} <= names
        assert man.in_words("place") in {
            "prison before release", "at liberty", "recalled", "new custody"
        }  # fmt: skip
        assert man.in_words("arm") == man.arm_name
    assert {post.agency for post in model.practitioners} <= names
    for unknown in ("trust", "service", "nothing"):
        with pytest.raises(KeyError):
            model.men[0].in_words(unknown)


def test_an_empty_post_says_so() -> None:
    model = EngagerModel(small_trial(10), rng=1)
    post, place = model.staff.practitioners[0], model.staff.peers[0]
    found = []
    for weeks in (0.0, 3.0):
        post.vacancy = place.vacancy = weeks
        found.append((post.is_vacant, place.is_vacant))
    assert found == [(False, False), (True, True)]
