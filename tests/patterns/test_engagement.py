"""Patterns 3, 7, 11 and 13: loss at release, several exit causes, the alliance, missed contacts."""

import numpy as np
import pandas as pd
import pytest

from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import simulate
from tests.patterns.worlds import REPLICATES, SEED, is_clearly_above, runs

VOLUNTARY = ["crisis", "resigned", "overconfident", "withdrew"]


def test_pattern_3_about_a_quarter_of_the_programmes_men_are_never_seen_outside() -> None:
    """The trial saw 77% (95% interval 69.5-83.3) in the community; the mean must lie inside."""
    seen = runs()["community_contact_programme"].mean()
    assert 0.695 <= seen <= 0.833


def test_pattern_3_a_practitioner_at_the_gate_keeps_more_men() -> None:
    never = runs({"programme.client_engagement.gate_presence": 0.0})
    always = runs({"programme.client_engagement.gate_presence": 1.0})
    lost = "exit_lost_at_gate_programme"
    assert is_clearly_above(never[lost], always[lost], by=0.05)
    seen = "community_contact_programme"
    assert is_clearly_above(always[seen], never[seen], by=0.03)


@pytest.mark.parametrize("arm", ["programme", "usual_care"])
def test_pattern_7_disengagement_is_a_mixture_of_types(arm: str) -> None:
    """Every voluntary type is at least 8% of voluntary exits, and none more than 60%."""
    means = runs()[[f"exit_{cause}_{arm}" for cause in VOLUNTARY]].mean()
    shares = means / means.sum()
    assert shares.min() >= 0.08
    assert shares.max() <= 0.60


def test_pattern_7_each_type_answers_to_its_own_cause() -> None:
    """More crises bring more crisis exits; a deeper dip in felt need more overconfident ones."""
    usual = runs()
    crises = runs({"circumstances.crisis_rate": 0.4})
    assert is_clearly_above(crises["exit_crisis"], usual["exit_crisis"], by=0.02)
    assert not is_clearly_above(crises["exit_overconfident"], usual["exit_overconfident"])
    dip = runs({"client_motivation.honeymoon_dip": 0.4})
    shallow = runs({"client_motivation.honeymoon_dip": 0.1})
    assert is_clearly_above(dip["exit_overconfident"], shallow["exit_overconfident"])


def test_pattern_11_drop_out_falls_with_alliance() -> None:
    """Direction only: the published size is held out."""
    log_odds = np.log(runs()["alliance_dropout_or_programme"])
    assert is_clearly_above(0.0 * log_odds, log_odds)


def after_the_first_contact_outside() -> tuple[pd.Series, pd.Series]:
    """Share of men who leave by themselves within 8 weeks of the first contact planned outside.

    Returns
    -------
    tuple of pandas.Series
        Of those who missed that contact, and of those who kept it, per replicate.
    """
    scenario = Scenario.load("usual_care")
    log = simulate(
        scenario, REPLICATES // 2, SEED, weekly=False, events=True, parameters="defaults"
    ).events
    assert log is not None
    man = ["replicate", "number"]
    log = log[(log["who"] == "leaver") & (log["weeks_after_release"] >= 0)]
    first = log[log["event"].isin(["attended", "missed"])].groupby(man, observed=True).first()
    left = (
        log[(log["event"] == "exit") & log["cause"].isin(VOLUNTARY)]
        .groupby(man, observed=True)
        .first()
    )
    waited = left["week"].reindex(first.index) - first["week"]
    kind = first["event"].astype(str)
    soon = waited.between(0, 8).groupby([first.index.get_level_values(0), kind]).mean()
    return soon.xs("missed", level=1), soon.xs("attended", level=1)


def test_pattern_13_men_who_missed_once_are_lost_more() -> None:
    """Direction only: the published size is held out."""
    missed, kept = after_the_first_contact_outside()
    assert is_clearly_above(missed, kept)


def test_pattern_13_following_up_a_miss_keeps_men() -> None:
    never = runs({"programme.client_engagement.follow_up": 0.0})
    always = runs({"programme.client_engagement.follow_up": 1.0})
    lost = "dropout_after_missed_programme"
    assert is_clearly_above(never[lost], always[lost])
