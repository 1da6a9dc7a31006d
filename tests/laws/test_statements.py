"""Every law is declared once, and its worlds differ in what it says and in nothing else."""

import numpy as np
import pytest

from engager_sim.laws.declaration import Law
from engager_sim.laws.statements import LAWS, NEEDS, SHOWN_BY
from engager_sim.laws.worlds import base, levers_at_work
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.setting_tables import THEORY_TABLES
from engager_sim.theory import THEMES
from engager_sim.theory.declaration import Role
from engager_sim.world.agency_choice import FIRST_CHOICE, SECOND_CHOICE
from engager_sim.world.setting import AGENCY_KINDS

EACH = pytest.mark.parametrize("law", LAWS, ids=[law.id for law in LAWS])


def worlds_of(law: Law) -> tuple[set[str], set[str]]:
    """Name what differs between a law's worlds: parameters, and all else."""
    begins = base(law.base)
    changes = law.worse.scenario(begins, "a").difference(law.as_good.scenario(begins, "a"))
    keys = {key for key, *_ in changes}
    parameters = {key for key in keys if key.split(".")[0] in THEORY_TABLES}
    return {key.removeprefix("theory.") for key in parameters}, keys - parameters


def test_every_law_has_a_name_of_its_own() -> None:
    assert len({law.id for law in LAWS}) == len(LAWS)


@EACH
def test_the_worlds_of_a_law_differ_in_levers_or_in_the_setting_alone(law: Law) -> None:
    parameters, rest = worlds_of(law)
    assert parameters or rest
    for path in parameters:
        _, parameter = find_parameter(path)
        assert parameter.role is Role.LEVER or parameter.name == "on"
    assert {key.split(".")[0] for key in rest} <= {"agencies", "ties", "population", "teams"}


@EACH
def test_what_stands_in_the_net_table_names_what_competes_with_it(law: Law) -> None:
    named = law.trade_off or law.id.startswith(("more_men", "only_agency"))
    assert named or not law.net


def test_no_agency_enforces_orders_one_leads_and_each_need_has_one_agency() -> None:
    for name in ("plenty", "scarce"):
        setting = base(name).setting
        assert not any(agency.enforces_orders for agency in setting.agencies)
        assert setting.network.lead in {agency.name for agency in setting.agencies}
        kinds = [agency.kind for agency in setting.agencies]
        for slot, kind in enumerate(NEEDS.values()):
            first, second = (AGENCY_KINDS[choice[slot]] for choice in (FIRST_CHOICE, SECOND_CHOICE))
            assert first == kind
            assert kinds.count(kind) == 1
            assert second not in kinds


def test_every_theme_is_held_against_its_absence_with_its_levers_at_work() -> None:
    assert set(SHOWN_BY) == set(THEMES)
    assert levers_at_work("client_motivation") == {"client_motivation.own_goals": 0.8}
    assert "supervision.interval" not in levers_at_work("supervision")


def test_without_an_agency_as_many_are_left() -> None:
    law = next(law for law in LAWS if law.id == "only_agency_work_trust")
    begins = base(law.base)
    left = law.worse.scenario(begins, "without").setting.agencies
    assert len(left) == len(begins.setting.agencies)
    assert "employment" not in [agency.kind for agency in left]


def test_the_men_of_a_measure_are_those_common_to_both_worlds() -> None:
    law = next(law for law in LAWS if law.id == "more_men_seen_outside")
    people = [
        world.scenario(base(law.base), "it").setting.population.leavers
        for world in (law.worse, law.as_good)
    ]
    assert people == [120, 60]
    assert np.isclose(law.measure.margin, 0.005)
