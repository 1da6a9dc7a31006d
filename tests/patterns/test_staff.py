"""Patterns 8, 10 and 16: practitioners change slowly, losing one costs trust, caseload tells."""

import numpy as np
import pandas as pd

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate
from engager_sim.studies.validate.variants import (
    BEGINNERS,
    GOOD_SUPERVISION,
    NO_SUPERVISION,
    STAFF_STAY,
    TRAINED,
)
from tests.patterns.worlds import REPLICATES, SEED, is_clearly_above, runs


def staff_of_programme(changes: dict[str, float | str]) -> pd.DataFrame:
    """Mean skill and fidelity of programme practitioners: a row per replicate, a column a week."""
    scenario = changed(Scenario.load("engager_trial"), changes)
    table = simulate(scenario, REPLICATES, SEED, parameters="defaults").staff
    assert table is not None
    return table[table["arm"] == "programme"].pivot_table(
        index="replicate", columns="week", values=["skill", "fidelity"]
    )


def test_pattern_8_skill_and_fidelity_rise_slowly_under_good_supervision() -> None:
    """A month brings less than a third of the first year's gain, which goes on after 8 weeks."""
    weeks = staff_of_programme({**STAFF_STAY, **GOOD_SUPERVISION, **BEGINNERS})
    for state in ("skill", "fidelity"):
        first, month, eighth, year = (weeks[state][week] for week in (0, 4, 8, 52))
        assert is_clearly_above(year, eighth, by=0.05)
        assert is_clearly_above((year - first) / 3.0, month - first)


def test_pattern_8_without_supervision_practice_falls_back_fastest_in_difficult_times() -> None:
    """It falls towards what workers did before training, and not below it."""
    trained = {**STAFF_STAY, **NO_SUPERVISION, **TRAINED}
    calm = staff_of_programme({**trained, "circumstances.crisis_rate": 0.05})
    hard = staff_of_programme({**trained, "circumstances.crisis_rate": 0.5})
    held = staff_of_programme({**STAFF_STAY, **GOOD_SUPERVISION, "circumstances.crisis_rate": 0.5})
    usual = Scenario.load("engager_trial").theories()[0].supervision
    before_training = {"skill": usual.reference_skill, "fidelity": usual.reference_fidelity}
    for state in before_training:
        assert is_clearly_above(calm[state][0], calm[state][26])
        assert is_clearly_above(calm[state][26], hard[state][26])
        assert is_clearly_above(held[state][26], hard[state][26], by=0.1)
        assert is_clearly_above(hard[state][26], hard[state][104])
        assert is_clearly_above(hard[state][104], before_training[state])


def changes_of_worker(overlap: bool) -> tuple[pd.Series, pd.Series]:
    """Trust lost and share of men lost at a change of worker, per replicate."""
    changes = {"programme.turnover.overlap": overlap, "turnover.annual_leaving": 0.22}
    scenario = changed(Scenario.load("engager_trial"), changes)
    tables = simulate(
        scenario, REPLICATES, SEED, weekly=False, events=True, leavers=True, parameters="defaults"
    )
    assert tables.events is not None
    assert tables.leavers is not None
    log = tables.events[tables.events["event"] == "worker_changed"]
    lost = log["value_1"] - log["value_2"]
    gone = log["value_4"]
    return lost.groupby(log["replicate"]).mean(), gone.groupby(log["replicate"]).mean()


def test_pattern_10_a_change_of_worker_costs_trust_and_contact_and_overlap_softens_it() -> None:
    lost, gone = changes_of_worker(overlap=False)
    softened, stayed = changes_of_worker(overlap=True)
    assert is_clearly_above(lost)
    assert lost.mean() > 1.5 * softened.mean() > 0.0
    assert gone.mean() > 1.4 * stayed.mean()


def test_pattern_10_more_staff_leaving_means_less_trust() -> None:
    few = runs({"turnover.annual_leaving": 0.05})["trust_12w_programme"]
    many = runs({"turnover.annual_leaving": 0.22})["trust_12w_programme"]
    assert is_clearly_above(few, many)


def quality_at(other_cases: int) -> pd.DataFrame:
    """Usual care with a practitioner's other men varied; nobody is turned away."""
    changes = {
        "usual_care.client_engagement.other_cases": other_cases,
        "usual_care.client_engagement.caseload": 80.0,
        "usual_care.supervision.skill_at_start": 0.5,
    }
    return runs(changes, preset="usual_care")


def test_pattern_16_burnout_and_thin_contact_set_in_beyond_a_caseload_of_about_50() -> None:
    """Each ten men more cost more strength above 50 than the same ten below it."""
    light, middle, heavy = quality_at(10), quality_at(30), quality_at(50)
    assert light["caseload"].mean() < 35 < middle["caseload"].mean() < 50 < heavy["caseload"].mean()
    below = (middle["staff_burnout"] - light["staff_burnout"]) / (
        middle["caseload"] - light["caseload"]
    )
    above = (heavy["staff_burnout"] - middle["staff_burnout"]) / (
        heavy["caseload"] - middle["caseload"]
    )
    assert is_clearly_above(above, below)
    assert is_clearly_above(middle["rapport_12w"], heavy["rapport_12w"])
    assert np.all(heavy["staff_burnout"] > middle["staff_burnout"])
