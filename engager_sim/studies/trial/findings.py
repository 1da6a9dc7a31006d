"""What the trial would have seen, and why: findings in sentences, from the tables of a trial."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from engager_sim.outcomes.engagement import RELIABLE_CHANGE as RELIABLE
from engager_sim.studies.trial.clustering_findings import analysis_findings, cost_finding
from engager_sim.studies.trial.decomposition import DELIVERED, FOLLOW_UP, REMAINS
from engager_sim.studies.trial.individual_effects import GROUPS, NOTICED
from engager_sim.studies.trial.number_text import percent, points, points_with_ends
from engager_sim.studies.trial.published import PUBLISHED
from engager_sim.studies.trial.replicate import CORE_OM, SERVICE
from engager_sim.studies.trial.tables import INSIDE, LARGE
from engager_sim.studies.trial.trial_design import AskedTrial
from engager_sim.studies.trial.undiluted_delivery import PARTS

NOTHING = 0.1
"""Points of CORE-OM below which an effect counts as none; an assumption."""
SELDOM = 0.05
"""Share of trials without an estimate from which it is said."""
USUALLY = 0.5
"""Share of trials from which something is said to happen usually."""

type Tables = Mapping[str, pd.DataFrame]


def findings(tables: Tables, design: AskedTrial) -> list[str]:
    """Say what trials of one design would have seen at the primary week, and why."""
    row = _power_row(tables["power"], CORE_OM, design, design.primary)
    steps = {str(step["step"]): step for step in tables["null"].to_dict("records")}
    sentences = [
        _power(row, design),
        *analysis_findings(tables["by_analysis"], design),
        _causes(steps),
        _attrition(row),
        _dead(row, design),
        _variation(row, design.residual_sd),
        _verdict(row, design),
        _likeness(tables["published"]),
        _service(tables["power"], design),
        _individual(tables["individual"]),
        _contamination(tables["contamination"], design),
        cost_finding(tables["costs"], design),
        _without_estimate(tables["power"]),
    ]
    return [sentence for sentence in sentences if sentence]


def _power_row(power: pd.DataFrame, outcome: str, design: AskedTrial, week: int | None) -> Any:
    chosen = (power["outcome"] == outcome) & (power["men"] == design.men)
    chosen &= power["practitioners"] == design.practitioners
    if week is not None:
        chosen &= power["week"] == week
    return power[chosen].iloc[0]


def _power(row: Any, design: AskedTrial) -> str:
    needed = float(row["men_for_80"])
    more = f"about {needed:,.0f} men" if needed < 1e6 else "more than a million men"
    more = "an unknown number of men" if math.isnan(needed) else more
    against = f", against {design.compared_with}," if design.compared_with else ""
    return (
        f"In this simulated world the programme as delivered{against} changes CORE-OM at week "
        f"{design.primary} by "
        f"{points(row['effect'])} points (95% interval {points(row['effect_low'])} to "
        f"{points(row['effect_high'])}; below 0 is better for its men). Of {row['trials']:,} "
        f"simulated trials of {design.men:,} men and {design.practitioners} practitioners, "
        f"{percent(row['looked_null'])} saw no difference by practitioners' means, the main "
        f"analysis: their power is {percent(row['power'])} ({percent(row['power_low'])} to "
        f"{percent(row['power_high'])}). By the textbook formula, for which men are independent, "
        f"it is {percent(row['textbook_power'])}; 80% would by that formula take {more}."
    )


def _causes(steps: Mapping[str, Any]) -> str:
    if not steps:
        return ""
    remains, delivered = steps[REMAINS], steps[DELIVERED]
    causes = sorted((*PARTS, FOLLOW_UP), key=lambda step: -float(steps[step]["null_share"]))
    shares = ", ".join(f"{_named(step)} {_null_text(steps[step], '')}" for step in causes)
    gone = ", ".join(f"{part} {points_with_ends(steps[part])}" for part in PARTS)
    if float(remains["points"]) * float(delivered["points"]) < 0.0:
        return (
            f"Why: with delivery, supervision and caseload undiluted the effect would be "
            f"{points_with_ends(remains)} points, in the other direction, so null trials cannot be "
            f"divided among causes. Dilution adds, in points: {gone}."
        )
    return (
        f"Why: with delivery, supervision and caseload undiluted the effect would be "
        f"{points_with_ends(remains)} points, and {_null_text(remains)} of trials that followed up "
        f"every man would still see nothing. Between that and {_null_text(delivered)} lie, in "
        f"percentage points: {shares}. Dilution takes from the effect, in points: {gone}."
    )


def _null_text(step: Any, unit: str = "%") -> str:
    """Write a share of null trials in percent, with its interval where there is one."""
    middle, low, high = (100.0 * float(step[f"null_{end}"]) for end in ("share", "low", "high"))
    if math.isnan(low):
        return f"{middle:z.0f}{unit}"
    return f"{middle:z.0f}{unit} [{low:z.0f}, {high:z.0f}]"


def _named(step: str) -> str:
    return "attrition" if step == FOLLOW_UP else step


def _attrition(row: Any) -> str:
    bias, low, high = (float(row[f"bias{end}"]) for end in ("", "_low", "_high"))
    seen = "no bias that can be told from none" if low <= 0.0 <= high else "a bias"
    cost, least, most = (float(row[f"lost_power{end}"]) for end in ("", "_low", "_high"))
    return (
        f"Attrition brings {seen} ({points(bias)} points, {points(low)} to {points(high)}) "
        f"and costs {_percentage_points(cost)} percentage points of power "
        f"({_percentage_points(least)} to {_percentage_points(most)})"
        + (", which cannot be told from none." if least <= 0.0 <= most else ".")
    )


def _percentage_points(value: float) -> str:
    return f"{100.0 * value:z.0f}"


def _dead(row: Any, design: AskedTrial) -> str:
    inside, outside = float(row["died_programme"]), float(row["died_usual_care"])
    if inside + outside == 0.0:
        return ""
    others = design.compared_with or "usual care"
    return (
        f"By week {design.primary}, {inside:.1f} men of the programme and {outside:.1f} of "
        f"{others} have died, on average. They have no score then: no analysis has them, and the "
        "true effect is that on men who live in both worlds."
    )


def _variation(row: Any, asked: float | None) -> str:
    spread, own = float(row["residual_sd"]), float(row["own_residual_sd"])
    if own > spread - 0.005:
        if asked is None or spread < asked + NOTHING:
            return ""
        return (
            f"Men's scores were asked to vary by {points(asked)} points about what is adjusted "
            f"for, but the model and the error of measurement alone have them vary by "
            f"{points(spread)}."
        )
    return (
        f"Men's scores vary by {points(spread)} points about what is adjusted for, as was asked; "
        f"the model alone has them vary by {points(own)}. With no more than that, the formula's "
        f"power would be {percent(row['own_textbook_power'])}."
    )


def _verdict(row: Any, design: AskedTrial) -> str:
    if max(abs(float(row["effect_5"])), abs(float(row["effect_95"]))) < NOTHING:
        return "There is no true effect to see: the null result is the right one in this world."
    if float(row["effect_low"]) <= 0.0 <= float(row["effect_high"]):
        return (
            "The mean true effect cannot be told from none here; true effects lie between "
            f"{points(row['effect_5'])} and {points(row['effect_95'])} points (90% of replicates), "
            "so a null result does not say that there is none."
        )
    if float(row["effect"]) > 0.0:
        return "In this world the programme's men are worse: a null result would hide harm."
    if float(row["looked_null"]) >= USUALLY:
        return (
            f"So a null result of {design.men:,} men says little of whether the programme works "
            "here: an effect of this size is usually missed."
        )
    return f"A trial of {design.men:,} men would usually have seen an effect of this size."


def _likeness(published: pd.DataFrame) -> str:
    if published.empty:
        return ""
    shares = published.set_index("statement")["share"]
    return (
        f"By the trial's own analysis, {percent(shares[LARGE])} of the simulated trials give a "
        f"difference of {PUBLISHED.difference} points or more in either direction (published: "
        f"{PUBLISHED.difference}, {PUBLISHED.low} to {PUBLISHED.high}; its direction is not "
        f"visible), and {percent(shares[INSIDE])} lie in the published interval or its mirror "
        "image."
    )


def _service(power: pd.DataFrame, design: AskedTrial) -> str:
    row = _power_row(power, SERVICE, design, None)
    odds = math.exp(float(row["effect"]))
    published = f" (published: {PUBLISHED.odds_ratio})" if design.compared_with is None else ""
    return (
        f"Access to a substance service within a year has a true odds ratio of {points(odds)}"
        f"{published}; {percent(row['power'])} of trials see it"
        f"{_not_estimated(row)}."
    )


def _not_estimated(row: Any) -> str:
    share = 1.0 - float(row["estimated"])
    if share < SELDOM:
        return ""
    return f", but {percent(share)} have nothing to estimate: all or none of an arm were seen"


def _without_estimate(power: pd.DataFrame) -> str:
    """Say of how many trials nothing can be estimated, by outcome, week and size."""
    rows = power[power["estimated"] < 1.0].to_dict("records")
    told = [
        f"{'CORE-OM' if row['outcome'] == CORE_OM else 'substance service'} at week {row['week']}, "
        f"{row['men']:,} men, {row['practitioners']} practitioners: "
        f"{row['trials'] * (1.0 - row['estimated']):,.0f} of {row['trials']:,}"
        for row in rows
    ]
    if not told:
        return ""
    return (
        "Trials in which nothing can be estimated (too few men or practitioners, or all or none "
        f"of an arm were seen) count as null: {'; '.join(told)}."
    )


def _individual(individual: pd.DataFrame) -> str:
    if individual.empty:
        return (
            "The services recruit at different rates, so a man enters them in different weeks, and "
            "what either does to a single man is not known."
        )
    shares = individual.set_index("group")["share"]
    gaining, unmoved, losing = (float(shares[GROUPS[index][0]]) for index in (0, 2, -1))
    return (
        f"Of single men, {100.0 * gaining:.1f}% gain {RELIABLE:g} points or more from the "
        f"programme, {100.0 * losing:.1f}% lose as much, and {percent(unmoved)} change by less "
        f"than {NOTICED:g} point."
    )


def _contamination(table: pd.DataFrame, design: AskedTrial) -> str:
    if design.compared_with is not None:
        return "The services share no agency here, so neither touches the other's men."
    if table.empty:
        return "Agencies cannot be divided between the arms here, so contamination is not known."
    chosen = (table["outcome"] == CORE_OM) & (table["week"] == design.primary)
    rows = {str(row["whom"]): row for row in table[chosen].to_dict("records")}
    usual, effect = rows["usual_care"], rows["difference"]
    return (
        "Sharing agencies with the programme changes usual care's men by "
        f"{_with_ends(usual)} points and the effect by {_with_ends(effect)}."
    )


def _with_ends(row: Any) -> str:
    middle, low, high = (points(float(row[name]), 3) for name in ("contamination", "low", "high"))
    return f"{middle} ({low} to {high})"
