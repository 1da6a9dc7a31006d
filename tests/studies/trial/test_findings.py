"""Findings in sentences, from small tables made by hand."""

import dataclasses
import math

import pandas as pd
import pytest

from engager_sim.studies.trial.findings import findings
from engager_sim.studies.trial.individual_effects import GROUPS
from engager_sim.studies.trial.tables import INSIDE, LARGE
from engager_sim.studies.trial.trial_design import AskedTrial

POWER: dict[str, object] = {
    "outcome": "core_om", "week": 26, "men": 280, "practitioners": 4, "trials": 400,
    "died_programme": 1.2, "died_usual_care": 0.6,
    "effect": -0.56, "effect_low": -0.6, "effect_high": -0.5, "effect_5": -1.0, "effect_95": -0.2,
    "looked_null": 0.93, "power": 0.07, "power_low": 0.05, "power_high": 0.1,
    "textbook_power": 0.08, "men_for_80": 8_500.0, "complete_power": 0.11,
    "lost_power": 0.04, "lost_power_low": 0.01, "lost_power_high": 0.07,
    "bias": 0.0, "bias_low": -0.1, "bias_high": 0.1,
    "residual_sd": 7.4, "own_residual_sd": 4.0, "own_textbook_power": 0.2, "estimated": 1.0,
}  # fmt: skip
DESIGN = AskedTrial(280, 4, 26, 7.4, None)
ANALYSES = [
    {
        "week": 26, "men": 280, "practitioners": 4, "analysis": analysis, "power": power,
        "holds_effect": holds, "icc": 0.02, "icc_low": -0.01, "icc_high": 0.05, "freedom": 11.0,
        "standard_error": 1.25,
    }
    for analysis, power, holds in (
        ("practitioners", 0.07, 0.96), ("individuals", 0.12, 0.9), ("mixed", 0.1, 0.93)
    )
]  # fmt: skip
COSTS = {
    "men": 280, "practitioners": 4, "weeks": 142, "recruitment": 112_000.0, "follow_up": 113_400.0,
    "practitioners_paid": 568_000.0, "cost": 793_400.0, "power": 0.07,
}  # fmt: skip
SERVICE: dict[str, object] = {"outcome": "substance_service", "week": 52, "effect": math.log(2.0)}
STEPS = {
    "remains": (-3.0, 0.11),
    "delivery": (1.2, 0.38),
    "supervision": (1.0, 0.35),
    "caseload": (0.24, 0.01),
    "follow_up": (0.0, 0.08),
    "as_delivered": (-0.56, 0.93),
}


def tables(
    steps: dict[str, tuple[float, float]] | None = None,
    service: dict[str, object] | None = None,
    **power: object,
) -> dict[str, pd.DataFrame]:
    """Make the tables that findings are told from."""
    null = [
        {
            "step": step, "points": points, "low": points - 0.1, "high": points + 0.1,
            "null_share": share, "null_low": share - 0.01, "null_high": share + 0.01,
        }
        for step, (points, share) in (STEPS | (steps or {})).items()
    ]  # fmt: skip
    shares = [0.031, 0.2, 0.7, 0.06, 0.009]
    return {
        "power": pd.DataFrame([POWER | power, POWER | SERVICE | (service or {})]),
        "by_analysis": pd.DataFrame(ANALYSES),
        "costs": pd.DataFrame([COSTS]),
        "null": pd.DataFrame(null),
        "published": pd.DataFrame({"statement": [LARGE, INSIDE], "share": [0.54, 0.9]}),
        "individual": pd.DataFrame({"group": [name for name, *_ in GROUPS], "share": shares}),
        "contamination": pd.DataFrame(
            {
                "outcome": "core_om", "week": 26, "whom": ["usual_care", "difference"],
                "contamination": [-0.012, 0.1], "low": [-0.02, 0.05], "high": [-0.004, 0.15],
            }
        ),
    }  # fmt: skip


def told(asked: float | None = 7.4, **changes: object) -> str:
    design = dataclasses.replace(DESIGN, residual_sd=asked)
    return " ".join(findings(tables(**changes), design))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sentence",
    [
        "the programme as delivered changes CORE-OM at week 26 by -0.56 points (95% interval -0.60 "
        "to -0.50; below 0 is better for its men). Of 400 simulated trials of 280 men and 4 "
        "practitioners, 93% saw no difference by practitioners' means, the main analysis: their "
        "power is 7% (5% to 10%). By the textbook formula, for which men are independent, it is "
        "8%; 80% would by that formula take about 8,500 men.",
        "scores that lies between practitioners, is 0.020 (-0.010 to 0.050), averaged over trials; "
        "it may fall below 0 by chance. Practitioners' means have 11 degrees of freedom (median) "
        "and a standard error of 1.25 points.",
        "the trial's own analysis, for which men are independent, sees a difference in 12% of "
        "trials, and a mixed model in 10%; their intervals hold the true effect in 90% and 93%, "
        "those of practitioners' means in 96%.",
        "By week 26, 1.2 men of the programme and 0.6 of usual care have died, on average. They "
        "have no score then: no analysis has them, and the true effect is that on men who live in "
        "both worlds.",
        "At the prices set, all of them assumptions, the trial costs £793,000: £112,000 for "
        "recruitment, £113,000 for follow-up and £568,000 for 4 practitioners over 142 weeks.",
        "with delivery, supervision and caseload undiluted the effect would be -3.00 [-3.10, "
        "-2.90] points, and 11% [10, 12] of trials that followed up every man would still see "
        "nothing. Between that and 93% [92, 94] lie, in percentage points: delivery 38 [37, 39], "
        "supervision 35 [34, 36], attrition 8 [7, 9], caseload 1 [0, 2].",
        "Attrition brings no bias that can be told from none (0.00 points, -0.10 to 0.10) and "
        "costs 4 percentage points of power (1 to 7).",
        "Men's scores vary by 7.40 points about what is adjusted for, as was asked; the model "
        "alone has them vary by 4.00.",
        "So a null result of 280 men says little of whether the programme works here",
        "54% of the simulated trials give a difference of 1.1 points or more in either direction",
        "90% lie in the published interval",
        "has a true odds ratio of 2.00 (published: 2.244); 7% of trials see it.",
        "3.1% gain 5 points or more from the programme, 0.9% lose as much, and 70% change by less "
        "than 1 point.",
        "changes usual care's men by -0.012 (-0.020 to -0.004) points and the effect by 0.100",
    ],
)
def test_numbers_are_told_as_the_tables_hold_them(sentence: str) -> None:
    assert sentence in told()


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"effect_5": -0.05, "effect_95": 0.05}, "There is no true effect to see"),
        ({"effect_low": -1.0, "effect_high": 0.2}, "cannot be told from none here"),
        ({"effect": 0.5, "effect_low": 0.4, "effect_high": 0.6}, "would hide harm"),
        ({"looked_null": 0.2}, "would usually have seen an effect of this size"),
    ],
)
def test_the_verdict_follows_the_effect_and_its_power(
    changes: dict[str, object], verdict: str
) -> None:
    assert verdict in told(**changes)
    assert verdict not in told()


def test_an_effect_that_turns_round_is_not_divided_among_causes() -> None:
    said = told(steps={"as_delivered": (0.5, 0.9)})
    assert "in the other direction, so null trials cannot be divided among causes" in said


def test_a_bias_that_its_interval_tells_from_none_is_called_one() -> None:
    assert "Attrition brings a bias (0.30 points" in told(bias=0.3, bias_low=0.2, bias_high=0.4)


def test_a_spread_that_the_model_alone_exceeds_is_told() -> None:
    changes = {"residual_sd": 7.4, "own_residual_sd": 7.4}
    assert "were asked to vary by 5.00 points" in told(5.0, **changes)
    assert "vary" not in told(7.4, **changes)


def test_trials_with_nothing_to_estimate_are_told() -> None:
    said = told(service={"estimated": 0.46})
    assert "but 54% have nothing to estimate: all or none of an arm were seen" in said
    assert said.endswith("service at week 52, 280 men, 4 practitioners: 216 of 400.")
    seldom = told(service={"estimated": 0.99}, estimated=0.5)
    assert "count as null: CORE-OM at week 26, 280 men, 4 practitioners: 200 of 400;" in seldom
    assert "count as null" not in told()


@pytest.mark.parametrize(
    ("needed", "words"),
    [(math.inf, "more than a million men"), (math.nan, "an unknown number of men")],
)
def test_men_beyond_counting_are_told_in_words(needed: float, words: str) -> None:
    assert f"80% would by that formula take {words}." in told(men_for_80=needed)


def test_without_divided_agencies_contamination_is_not_known() -> None:
    without = tables()
    without["contamination"] = without["contamination"].iloc[:0]
    assert "contamination is not known" in " ".join(findings(without, DESIGN))


def test_two_services_have_no_causes_no_published_trial_and_no_contamination() -> None:
    made = tables()
    for name in ("null", "published", "contamination"):
        made[name] = made[name].iloc[:0]
    said = " ".join(findings(made, dataclasses.replace(DESIGN, compared_with="usual_care")))
    assert "the programme as delivered, against usual_care, changes CORE-OM" in said
    assert "The services share no agency here" in said
    assert "Why:" not in said
    assert "published" not in said


@pytest.mark.parametrize(("practitioners", "warned"), [(2, True), (3, True), (4, False)])
def test_fewer_than_four_practitioners_are_said_to_inflate_the_test(
    practitioners: int, warned: bool
) -> None:
    made = tables()
    for name in ("power", "by_analysis", "costs"):
        made[name]["practitioners"] = practitioners
    design = dataclasses.replace(DESIGN, practitioners=practitioners)
    assert ("the test is inflated" in " ".join(findings(made, design))) is warned


def test_the_cheapest_design_with_power_is_named() -> None:
    made = tables()
    larger = [
        COSTS | {"men": 1_200, "practitioners": staff, "cost": cost, "power": 0.85}
        for staff, cost in ((8, 2_000_000.0), (12, 2_500_000.0))
    ]
    made["costs"] = pd.DataFrame([COSTS, *larger])
    said = " ".join(findings(made, DESIGN))
    assert "a power of 80% has 1,200 men and 8 practitioners and costs £2,000,000." in said
    made["costs"]["power"] = 0.1
    assert "None of the 3 designs" in " ".join(findings(made, DESIGN))
