"""Known answers of a decision: nothing that does nothing, and more supervision of poor practice."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.decide.findings import findings
from engager_sim.studies.decide.men_table import EXPECTED
from engager_sim.studies.decide.options import offered
from engager_sim.studies.decide.settings import DecideSettings
from engager_sim.studies.decide.standings import idle_options, rivals
from engager_sim.studies.decide.study import Decision, decide, prepare
from engager_sim.studies.decide.worlds import (
    WHOLE,
    blocks_of_worlds,
    replicates_in_all,
    without_a_theme,
    worlds,
)
from engager_sim.theory import THEMES


def test_an_option_without_effect_equals_today_and_changes_nobody(decision: Decision) -> None:
    row = decision.options.set_index("option").loc["nothing"]
    assert (row[["gain", "gain_low", "gain_high", "first_year", "health_per_year"]] == 0.0).all()
    men = decision.men[decision.men["option"] == "nothing"]
    assert (men[["better", "worse"]] < 0.005).all(axis=None)
    net = decision.net_benefit[decision.net_benefit["option"] == "nothing"]
    assert (net["net_benefit"] == 0.0).all()


def test_that_an_option_changes_nothing_is_said_and_it_is_no_rival(decision: Decision) -> None:
    tables = decision.tables()
    assert idle_options(tables) == ["nothing"]
    assert "nothing" not in rivals(tables)
    told = findings(tables, decision.facts)
    assert "Nothing leaves it as it is today in every draw (engaged at week 12)." in told
    assert not any("nothing" in said for said in told if "by net benefit" in said)


def test_chances_of_being_best_sum_to_one_over_what_the_budget_buys(decision: Decision) -> None:
    assert decision.options["chance_best"].sum() == pytest.approx(1.0)
    unlike = decision.net_benefit.drop_duplicates(["worth", "net_benefit", "low", "high"])
    by_worth = unlike.groupby("worth")["chance_best"].sum()
    assert np.allclose(by_worth, 1.0)


def test_supervision_where_it_was_poor_gives_more_and_peers_more_yet(decision: Decision) -> None:
    options = decision.options.set_index("option")
    assert 0.0 < options.loc["weekly", "gain"] < options.loc["peers", "gain"]
    assert options.loc["weekly", "probability_gain"] > 0.9


def test_without_supervision_at_work_weekly_supervision_gives_nothing(decision: Decision) -> None:
    rows = decision.doubts[decision.doubts["criterion"] == "gain"]
    weekly = rows[rows["option"] == "weekly"].set_index("theme")
    assert list(weekly.index) == list(THEMES)
    assert weekly.loc["supervision", "with_theme"] > 0.0
    assert weekly.loc["supervision", "without_theme"] == 0.0


def test_of_peers_nothing_is_left_where_peers_do_nothing(decision: Decision) -> None:
    said = findings(decision.tables(), decision.facts)
    assert any("rests most on peers" in each and " nothing of the " in each for each in said)


def test_spending_adds_up(decision: Decision) -> None:
    spend = decision.spend[decision.spend["option"] == "peers"]
    items = spend[spend["payer"].isin(["local budget"]) & (spend["item"] != "in all")]
    whole = spend[(spend["payer"] == "local budget") & (spend["item"] == "in all")].iloc[0]
    assert items["per_year"].sum() == pytest.approx(whole["per_year"])
    assert items["once"].sum() == pytest.approx(whole["once"])
    row = decision.options.set_index("option").loc["peers"]
    assert row["first_year"] == pytest.approx(whole["per_year"] + whole["once"])


def test_spending_is_at_the_prices_by_which_the_budget_is_checked(decision: Decision) -> None:
    options = decision.options.set_index("option")
    for option in decision.settings.options:
        assert options.loc[option.name, "first_year"] == pytest.approx(option.first_year)
    peers = options.loc["peers"]
    assert peers["first_year_low"] < peers["first_year"] < peers["first_year_high"]
    assert peers["per_year"] < peers["first_year"]


def test_men_may_expect_what_the_runs_gave(decision: Decision) -> None:
    expected = decision.men[decision.men["measure"] == EXPECTED]
    sides = expected[["better", "worse"]]
    assert ((sides >= 0.0) & (sides <= 1.0)).all(axis=None)
    assert (expected["better_low"] <= expected["better"]).all()


def test_every_run_of_the_worlds_is_held_by_one_block(decision: Decision) -> None:
    settings = decision.settings
    workload = OutcomeRuns(worlds(settings))
    held = [
        (point, replicate)
        for block in blocks_of_worlds(settings, workload)
        for point in block.points
        for replicate in block.replicates
    ]
    whole = [(WHOLE, replicate) for replicate in range(replicates_in_all(settings))]
    without = [(1 + theme, each) for theme in range(7) for each in without_a_theme(settings)]
    assert sorted(held) == sorted(whole + without)


def test_prices_that_an_option_has_for_itself_are_said(offer: Path, tmp_path: Path) -> None:
    cheaper = tmp_path / "cheaper.toml"
    base = offer / "today.toml"
    cheaper.write_text(f'question = "?"\nbased_on = "{base}"\n[costs]\npractitioner_post = 30000\n')
    found = offered(base, [cheaper, offer / "weekly.toml"], False, None)
    settings = DecideSettings(found.today, found.options, FittedParameters.of("posterior"))
    assert prepare(settings).facts["method"]["own_prices"] == {"cheaper": ["practitioner_post"]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcome": "caseload"}, "neither more nor less is better"),
        ({"outcome": "treated_3w"}, "is of some men .*engager-sim compare"),
        ({"outcome": "engaged_12"}, "engaged_12w"),
        ({"fitted": None}, "a decision weighs what is not known"),
        ({"lives": 3}, "at least 8"),
        ({"lives": 1_000_000, "populations": 1_000_000}, "at most 10,000,000 runs"),
        ({"replicates": 0}, "replicates"),
        ({"worth": (0.0,)}, "no sum of money"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    decision: Decision, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        dataclasses.replace(decision.settings, **changes)  # type: ignore[arg-type]


def test_one_draw_doubts_nothing(decision: Decision) -> None:
    fitted = FittedParameters.of("posterior", draw=3)
    with pytest.raises(UsageError, match="a decision weighs"):
        dataclasses.replace(decision.settings, fitted=fitted)


def test_one_man_can_be_decided_about(offer: Path, tmp_path: Path) -> None:
    today, weekly = tmp_path / "one.toml", tmp_path / "one_weekly.toml"
    text = (offer / "today.toml").read_text()
    today.write_text(text.replace("leavers = 60", "leavers = 1"))
    weekly.write_text(
        'question = "?"\nbased_on = "one.toml"\n[programme.supervision]\ninterval=1\n'
    )
    found = decide(today, weekly, replicates=40, populations=10, lives=8)
    assert found.done == found.asked
    assert isinstance(found.settings, DecideSettings)
