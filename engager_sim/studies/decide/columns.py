"""The columns of a decision's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.designs.columns import run_columns
from engager_sim.designs.missing_values import MISSING
from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import COUNT, HIGH, LOW, OUTCOME, columns
from engager_sim.studies.decide.money_columns import (
    ACCEPTABILITY,
    GAIN_UNIT,
    NET_BENEFIT,
    NOT_BOUGHT,
    OPTION,
    PLANE,
    SPEND,
    STANDINGS,
)
from engager_sim.studies.decide.study import Decision

TODAY_HAS_NONE = "of today's service there is none"
NO_VALUE = "in no draw have all replicates a value in both"
NO_CLEAR_GAIN = "today's, or no gain that can be told from none"

DERIVED: Mapping[str, Sequence[Column]] = {
    "options": (
        OPTION,
        *columns(
            ("parts", "the options that it combines", "names"),
            (
                "within_budget",
                "whether the budget buys it in the first year, at median prices",
                "true/false",
            ),
            (
                "chance_best",
                "share of draws in which its expected gain is the highest of all that "
                "the budget buys, Monte Carlo error removed; choices that are alike in every "
                "draw share it whole",
                "share",
                NOT_BOUGHT,
            ),
            (
                "regret",
                "by how much its expected gain falls short of the best of a draw, on average",
                GAIN_UNIT,
                NOT_BOUGHT,
            ),
            ("standing", STANDINGS, "text"),
            ("level", "the outcome itself: of a share men a year, else mean per man", GAIN_UNIT),
            (
                "gain",
                "outcome more than today, more being better: of a share men a year, else mean "
                "per man",
                GAIN_UNIT,
                TODAY_HAS_NONE,
            ),
            ("gain_low", "lower end of its 95% interval", GAIN_UNIT, TODAY_HAS_NONE),
            ("gain_high", "upper end of its 95% interval", GAIN_UNIT, TODAY_HAS_NONE),
            (
                "probability_gain",
                "how likely the expected gain is above 0, over draws and the Monte Carlo error of "
                "their mean",
                "share",
                TODAY_HAS_NONE,
            ),
            (
                "worst_gain",
                "mean gain under the rival theory in which it is least",
                GAIN_UNIT,
                TODAY_HAS_NONE,
            ),
            ("worst_theory", "that theory", "name", TODAY_HAS_NONE),
            (
                "first_year",
                "what the local budget spends beyond today's in the first year, start-up "
                "included: at median prices, as the budget is checked",
                "GBP",
                TODAY_HAS_NONE,
            ),
            ("first_year_low", "2.5% of its draws", "GBP", TODAY_HAS_NONE),
            ("first_year_high", "97.5% of its draws", "GBP", TODAY_HAS_NONE),
            ("per_year", "the same in a steady year after it", "GBP", TODAY_HAS_NONE),
            (
                "health_per_year",
                "by health and social care in a steady year",
                "GBP",
                TODAY_HAS_NONE,
            ),
            ("justice_per_year", "by justice in a steady year: custody", "GBP", TODAY_HAS_NONE),
            (
                "spend_per_gain",
                "first year's spending per further man, or per unit that one man gains, of the "
                "means",
                "GBP",
                NO_CLEAR_GAIN,
            ),
            ("steady_per_gain", "the same of a steady year after it", "GBP", NO_CLEAR_GAIN),
        ),
    ),
    "pairs": (
        *columns(
            ("base", "option that is compared with", "name"),
            ("other", "option that is compared", "name"),
            ("gain", "gain of the other less that of the base", GAIN_UNIT),
        ),
        LOW,
        HIGH,
        *columns(
            (
                "probability_more",
                "share of draws in which the other's expected gain is higher",
                "share",
            ),
            (
                "spend",
                "spending of the other less that of the base in the first year, by health and "
                "social care",
                "GBP",
            ),
        ),
    ),
    "net_benefit": NET_BENEFIT,
    "men": (
        OPTION,
        *columns(
            ("outcome", "by which men are judged", "name"),
            ("measure", "expected of a man, or realised in one life", "name"),
            ("threshold", "change from which a man counts", "as the outcome"),
            ("better", "share of men who are better off by that much", "share"),
            ("better_low", "lower end of its 95% interval over populations", "share"),
            ("better_high", "upper end", "share"),
            ("worse", "share of men who are worse off by that much", "share"),
            ("worse_low", "lower end of its 95% interval over populations", "share"),
            ("worse_high", "upper end", "share"),
            (
                "by_noise",
                "the same share, each way, between two unrelated lives of today",
                "share",
                "what is expected holds no noise",
            ),
        ),
    ),
    "groups": (
        OPTION,
        *columns(
            ("group", "men by what is seen of them at entry", "text"),
            ("men", "share of men inside", "share"),
            *(
                (f"{side}{end}", f"{what}{words}", "as the outcome, more being better")
                for side, what in (
                    ("inside", "mean gain of a man inside"),
                    ("outside", "mean gain of the others"),
                    ("difference", "inside less outside"),
                )
                for end, words in (
                    ("", ", of men and lives that did not choose the group"),
                    ("_low", ", lower end of its 95% interval over populations"),
                    ("_high", ", upper end"),
                )
            ),
            ("mechanism", "theme without which most of the gain inside is gone", "name", "none"),
            (
                "removed",
                "share of that gain that is gone without the theme that takes most",
                "share",
                "no gain inside",
            ),
        ),
    ),
    "doubts": (
        OPTION,
        *columns(
            ("theme", "theme that does nothing in either world", "name"),
            ("criterion", "gain, or net benefit at so many pounds a life year", "name"),
            ("with_theme", "more than today, with the theme", "as the criterion"),
            ("without_theme", "more than today, the theme doing nothing", "as the criterion"),
            ("low", "lower end of its 95% interval over populations", "as the criterion"),
            ("high", "upper end", "as the criterion"),
            (
                "doubt",
                "how probable it must be that the theme does nothing for another choice to be "
                "as good; 1 where only certainty makes a cheaper one so",
                "share",
                "no doubt does that, or it is not the best to begin with",
            ),
            ("instead", "that choice", "name", "none"),
        ),
    ),
    "information": columns(
        ("criterion", "gain, or net benefit at so many pounds a life year", "name"),
        (
            "kind",
            "everything that differs between draws, a theme's numbers, one, or one that "
            "changes no run and is left out of all else",
            "name",
        ),
        ("name", "the theme, or the parameter or price", "name", "of everything there is none"),
        (
            "worth",
            "gain from knowing it before choosing what the budget buys, in a year",
            "as the criterion",
        ),
        (
            "threshold",
            "value at which the runner-up becomes the better choice by gain",
            "as the number",
            "none within its central 90%",
        ),
        ("side", "on which side of it that is", "text", "no threshold"),
        ("instead", "the runner-up", "name", "no threshold"),
        (
            "frequency",
            "share of bootstrap resamples of the draws in which there is such a threshold",
            "share",
            "no threshold",
        ),
        ("meaning", "what the number is", "text", "it is no single number"),
        ("source", "what it rests on", "text", "it is no single number"),
    ),
    "on_the_way": (
        OPTION,
        OUTCOME,
        *columns(
            ("label", "the outcome in words", "text"),
            ("unit", "unit of the outcome", "text"),
            ("today", "mean over replicates of today's service", "as the outcome", NO_VALUE),
            ("difference", "the option less today, on average", "as the outcome", NO_VALUE),
        ),
        LOW,
        HIGH,
        COUNT,
    ),
    "levers": (
        OPTION,
        *columns(
            ("key", "what is changed", "name"),
            ("meaning", "what it is", "text"),
            ("today", "value today", "text"),
            ("with_option", "value with the option", "text"),
            ("source", "what the number rests on", "text"),
            ("anchors", "what levels of it look like", "text", "it is counted, not judged"),
            ("guess", "whether it is judged on a scale", "true/false"),
            ("laws", "laws of the theory that fix which way it moves men", "text", "none"),
        ),
    ),
    "spend": SPEND,
    "acceptability": ACCEPTABILITY,
    "plane": PLANE,
    "missing": MISSING,
}


def declared(decision: Decision) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of the runs and of every derived table."""
    return {"runs": run_columns(decision.design), **decision.with_rows(DERIVED)}
