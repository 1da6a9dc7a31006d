"""Agents are views: they keep nothing of their own."""

import inspect

import numpy as np
import pytest

from engager_sim.errors import RangeError
from engager_sim.mesa_model import EngagerModel, Peer, Practitioner, PrisonLeaver, Supervisor
from engager_sim.mesa_model.record_views import NamedValues, RecordView, documentation, is_fixed
from engager_sim.theory.declaration import StateField, states_of
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.world import records
from engager_sim.world.records import OPEN
from tests.week.worlds import small_trial

AGENT_TYPES: list[tuple[type[RecordView], type]] = [
    (PrisonLeaver, records.Leaver),
    (Practitioner, records.WorkerPost),
    (Supervisor, records.SupervisorPost),
    (Peer, records.PeerPost),
]
FIELDS = [(kind, field) for kind, declared in AGENT_TYPES for field in states_of(declared)]


@pytest.fixture
def model() -> EngagerModel:
    """Make a small trial in its fortieth week: men in all stages."""
    model = EngagerModel(small_trial(60), rng=1)
    model.run_for(40)
    return model


def agents_of(model: EngagerModel, kind: type[RecordView]) -> list[RecordView]:
    return list(model.agents_by_type[kind].to_list())


def test_every_declared_field_is_a_documented_attribute() -> None:
    for kind, field in FIELDS:
        attribute = inspect.getattr_static(kind, field.name)
        assert isinstance(attribute, property), field
        assert attribute.__doc__, field
        if attribute.__doc__ == documentation(field):
            assert field.unit in attribute.__doc__
            assert f"{field.low:g} to {field.high:g}" in attribute.__doc__
        else:
            assert is_fixed(field) or field.name == "supervisees", field


def test_a_field_reads_and_writes_the_record_unless_it_is_an_index_or_identity(
    model: EngagerModel,
) -> None:
    for kind, field in FIELDS:
        _reads_and_writes(agents_of(model, kind)[-1], field)


def _reads_and_writes(agent: RecordView, field: StateField) -> None:
    kind = type(agent)
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
    leaver = model.men[0]
    before = leaver.trust
    with pytest.raises(RangeError, match=r"PrisonLeaver\.trust.*0 to 1 share"):
        leaver.trust = value
    with pytest.raises(RangeError, match=r"need\['housing'\]"):
        leaver.need["housing"] = value
    assert leaver.trust == before


def test_a_value_of_the_wrong_kind_is_refused(model: EngagerModel) -> None:
    leaver = model.men[0]
    with pytest.raises(TypeError, match="whole number"):
        leaver.housed = 0.5
    with pytest.raises(TypeError, match="a number"):
        leaver.trust = "high"


def test_a_misspelt_attribute_does_not_exist(model: EngagerModel) -> None:
    with pytest.raises(AttributeError):
        _ = model.men[0].turst


def test_the_next_week_begins_from_an_intervention() -> None:
    scenario = small_trial(60)
    untouched, helped = EngagerModel(scenario, rng=1), EngagerModel(scenario, rng=1)
    helped.men[0].distress_level = 0.0
    for leaver in helped.leavers:
        leaver.trust = 1.0
    untouched.run_model()
    helped.run_model()
    assert helped.outcomes()["trust_12w"] > untouched.outcomes()["trust_12w"]
    assert helped.men[0].distress_level == 0.0


def test_values_of_several_parts_are_a_mapping_and_an_array(model: EngagerModel) -> None:
    leaver = model.men[5]
    assert isinstance(leaver.need, NamedValues)
    assert list(leaver.need) == ["housing", "substance_use", "work_and_money", "relationships"]
    assert dict(leaver.need) == dict(zip(leaver.need, leaver.record["need"].tolist(), strict=True))
    assert np.array_equal(np.asarray(leaver.need), leaver.record["need"])
    leaver.need = dict.fromkeys(leaver.need, 0.25)
    assert leaver.record["need"].tolist() == [0.25] * 4
    leaver.need = [0.0, 0.5, 1.0, 0.5]
    assert leaver.need["work_and_money"] == 1.0
    with pytest.raises(TypeError, match="4 parts"):
        leaver.need = [0.0]
    with pytest.raises(KeyError):
        leaver.need["hunger"] = 1.0
    with pytest.raises(TypeError, match="set 'housing' instead"):
        del leaver.need["housing"]


def test_assigning_several_parts_writes_all_or_none(model: EngagerModel) -> None:
    leaver = model.men[5]
    before = leaver.record["need"].tolist()
    with pytest.raises(RangeError):
        leaver.need = [0.9, 0.9, 0.9, 1.9]
    assert leaver.record["need"].tolist() == before


def test_leavers_and_staff_know_one_another(model: EngagerModel) -> None:
    supported = [leaver for leaver in model.leavers if leaver.episode == OPEN]
    assert supported
    for leaver in supported:
        assert leaver in leaver.practitioner.caseload
        assert leaver.team == leaver.practitioner.team
        assert leaver.peer is None or leaver in leaver.peer.leavers
    for practitioner in model.practitioners:
        assert practitioner in practitioner.supervisor.supervisees
        assert practitioner.team == practitioner.supervisor.team
        assert {leaver.practitioner for leaver in practitioner.caseload} <= {practitioner}
    caseloads = [len(practitioner.caseload) for practitioner in model.practitioners]
    assert sum(caseloads) == len(supported)
    supervised = [len(supervisor.supervisees) for supervisor in model.supervisors]
    assert supervised == model.world.supervisors["supervisees"].tolist()
    assert sum(len(peer.leavers) for peer in model.peers) == sum(
        leaver.peer is not None for leaver in supported
    )


def test_a_leaver_who_has_not_entered_has_nobody() -> None:
    model = EngagerModel(small_trial(10), rng=1)
    assert {leaver.practitioner for leaver in model.leavers} == {None}
    assert {leaver.peer for leaver in model.leavers} == {None}
    assert {leaver.exit_cause for leaver in model.leavers} == {None}


def test_an_exit_has_a_cause_in_words() -> None:
    model = EngagerModel(small_trial(60), rng=1)
    model.run_model()
    causes = {leaver.exit_cause for leaver in model.leavers} - {None}
    assert len(causes) > 3
    assert causes <= set(EXIT_MEANINGS.values())
    leaver = next(leaver for leaver in model.leavers if leaver.first_exit == Exit.LOST_AT_GATE)
    assert leaver.first_exit_cause == "lost at the gate"


def test_agencies_and_codes_have_names(model: EngagerModel) -> None:
    names = {agency.name for agency in model.setting.agencies}
    for leaver in model.leavers:
        assert set(leaver.agency_for.values()) - {None} <= names
        assert leaver.code_meaning("place") in {
            "prison before release",
            "at liberty",
            "recalled",
            "new custody",
        }
        assert leaver.code_meaning("arm") == leaver.arm_name
    assert {post.agency for post in model.practitioners} <= names
    for unknown in ("trust", "service", "nothing"):
        with pytest.raises(KeyError):
            model.men[0].code_meaning(unknown)


def test_an_empty_post_says_so() -> None:
    model = EngagerModel(small_trial(10), rng=1)
    practitioner, peer = model.staff.practitioners[0], model.staff.peers[0]
    are_vacant = []
    for weeks in (0.0, 3.0):
        practitioner.vacancy = peer.vacancy = weeks
        are_vacant.append((practitioner.is_vacant, peer.is_vacant))
    assert are_vacant == [(False, False), (True, True)]
