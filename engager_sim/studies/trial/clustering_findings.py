"""What men who share a practitioner do to a trial, and what it costs: findings in sentences."""

import math
from typing import Any

import pandas as pd

from engager_sim.studies.trial.costs import cheapest
from engager_sim.studies.trial.number_text import percent, points, pounds
from engager_sim.studies.trial.replicate import INDIVIDUALS, MAIN, MIXED
from engager_sim.studies.trial.settings import FEWEST_FOR_LEVEL
from engager_sim.studies.trial.trial_design import AskedTrial


def analysis_findings(table: pd.DataFrame, design: AskedTrial) -> list[str]:
    """Say how alike men of one practitioner are, what each analysis sees, and what to doubt."""
    chosen = (table["week"] == design.primary) & (table["men"] == design.men)
    chosen &= table["practitioners"] == design.practitioners
    rows = {str(row["analysis"]): row for row in table[chosen].to_dict("records")}
    main = rows[MAIN]
    return [
        "The intraclass correlation of men of one practitioner, the share of the variance of "
        f"scores that lies between practitioners, is {_correlation(main)}, averaged over "
        "trials; it may fall below 0 by chance. Practitioners' means have "
        f"{_freedom(main)} degrees of freedom (median) and a standard error of "
        f"{points(main['standard_error'])} points.",
        f"Beside it, the trial's own analysis, for which men are independent, sees a difference in "
        f"{percent(rows[INDIVIDUALS]['power'])} of trials, and a mixed model in "
        f"{percent(rows[MIXED]['power'])}; their intervals hold the true effect in "
        f"{percent(rows[INDIVIDUALS]['holds_effect'])} and {percent(rows[MIXED]['holds_effect'])}, "
        f"those of practitioners' means in {percent(main['holds_effect'])}.",
        _few(design),
    ]


def cost_finding(costs: pd.DataFrame, design: AskedTrial) -> str:
    """Say what the design costs, and which of those asked for has power at the least cost."""
    chosen = (costs["men"] == design.men) & (costs["practitioners"] == design.practitioners)
    row = costs[chosen].iloc[0]
    said = (
        f"At the prices set, all of them assumptions, the trial costs {pounds(row['cost'])}: "
        f"{pounds(row['recruitment'])} for recruitment, {pounds(row['follow_up'])} for follow-up "
        f"and {pounds(row['practitioners_paid'])} for {design.practitioners} practitioners over "
        f"{row['weeks']:.0f} weeks."
    )
    best = cheapest(costs)
    if best is None:
        return f"{said} {_no_design(len(costs))}"
    return (
        f"{said} The cheapest design that was tried with a power of 80% has {best['men']:,.0f} men "
        f"and {best['practitioners']:.0f} practitioners and costs {pounds(best['cost'])}."
    )


def _no_design(designs: int) -> str:
    if designs == 1:
        return "It does not reach a power of 80%; name more men and practitioners to plan one."
    return f"None of the {designs} designs that were tried reaches a power of 80%."


def _few(design: AskedTrial) -> str:
    if design.practitioners >= FEWEST_FOR_LEVEL:
        return ""
    return (
        f"With {design.practitioners} practitioners the test is inflated where men of one are much "
        "alike (a correlation above about 0.1): it then finds a difference that is not there in "
        f"more than 5% of trials. At least {FEWEST_FOR_LEVEL} are needed."
    )


def _freedom(row: Any) -> str:
    value = float(row["freedom"])
    return "not known" if math.isnan(value) else f"{value:.0f}"


def _correlation(row: Any) -> str:
    middle, low, high = (float(row[f"icc{end}"]) for end in ("", "_low", "_high"))
    if math.isnan(middle):
        return "not known"
    return f"{middle:z.3f} ({low:z.3f} to {high:z.3f})"
