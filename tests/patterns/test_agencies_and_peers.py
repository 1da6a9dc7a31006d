"""Patterns 17 and 19: peers act on hope and trust; agencies need a centre or small numbers."""

import inspect

import pandas as pd

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate
from engager_sim.studies.validate.variants import with_more_agencies, with_peers
from engager_sim.theory.circumstances import distress_after_week
from tests.patterns.worlds import REPLICATES, SEED, is_clearly_above

SMALLEST_SYMPTOM_EFFECT = 0.05 * 7.4
"""0.05 SD of CORE-OM at six months, in points: the most that peers may do directly to symptoms."""

MORE = 4 * REPLICATES
"""What peers add to the use of services is small: men come by other ways and wait for places."""


def hopes(peers: int) -> tuple[pd.Series, pd.DataFrame]:
    """Mean hope of the programme's men at week 12, and the outcomes, per replicate."""
    scenario = changed(
        with_peers(Scenario.load("engager_trial"), peers), {"programme.peers.hours": 12.0}
    )
    tables = simulate(scenario, MORE, SEED, parameters="defaults")
    assert tables.weekly is not None
    weekly = tables.weekly
    chosen = weekly[(weekly["arm"] == "programme") & (weekly["week"] == 12)]
    return chosen.set_index("replicate")["hope"], tables.runs


def test_pattern_17_peers_raise_hope_trust_and_access_but_hardly_touch_symptoms() -> None:
    hope_without, without = hopes(peers=0)
    hope_with, with_them = hopes(peers=3)
    assert is_clearly_above(hope_with, hope_without, by=0.05)
    assert is_clearly_above(with_them["trust_12w_programme"], without["trust_12w_programme"])
    first_contact, service = "community_contact_programme", "substance_service_52w_programme"
    assert is_clearly_above(with_them[first_contact], without[first_contact], by=0.01)
    assert is_clearly_above(with_them[service], without[service])
    symptoms = (with_them["core_om_26w_programme"] - without["core_om_26w_programme"]).mean()
    assert abs(symptoms) < SMALLEST_SYMPTOM_EFFECT


def test_pattern_17_no_term_of_distress_comes_from_peers() -> None:
    read = set(inspect.signature(distress_after_week).parameters)
    assert read == {"leaver", "coping_gained", "circumstances", "uniform"}


def therapy_led(lead: str | None, more: int) -> pd.DataFrame:
    """Therapy-led practice with further agencies around it, led by one of them or by none."""
    scenario = with_more_agencies(Scenario.load("therapy_led"), more, lead)
    return simulate(scenario, REPLICATES, SEED, weekly=False, parameters="defaults").runs


def test_pattern_19_many_agencies_without_a_lead_share_less_and_a_lead_makes_up_for_it() -> None:
    few = therapy_led(None, 0)
    many = therapy_led(None, 6)
    led = therapy_led("further charity 0", 6)
    for outcome in ("trust_12w", "understanding_12w"):
        assert is_clearly_above(few[outcome], many[outcome])
        assert is_clearly_above(led[outcome], many[outcome])
