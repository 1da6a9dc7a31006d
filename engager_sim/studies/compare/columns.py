"""The columns of a comparison's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.designs.columns import run_columns
from engager_sim.designs.missing_values import MISSING
from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import COUNT, FEW_DRAWS, HIGH, LOW, OUTCOME, SPREAD, columns
from engager_sim.studies.compare.study import Comparison

BASE_AND_OTHER = columns(
    ("base", "scenario that is compared with", "name"),
    ("other", "scenario that is compared", "name"),
)
NO_VALUE = "no replicate has a value, on both sides if paired"
NO_FACTOR = "parameters were drawn, or fewer than two replicates have a value"
NO_PROBABILITY = f"{FEW_DRAWS}, or none has two replicates"
DIFFERENCES: Sequence[Column] = (
    *BASE_AND_OTHER,
    OUTCOME,
    *columns(
        ("whom", "all men, or the men of one arm", "name"),
        ("label", "the outcome in words", "text"),
        ("unit", "unit of the outcome", "text"),
        ("mean_in_base", "mean over replicates in the base", "as the outcome", NO_VALUE),
        ("mean_in_other", "mean over replicates in the other", "as the outcome", NO_VALUE),
        ("difference", "other less base, mean over replicates", "as the outcome", NO_VALUE),
    ),
    LOW,
    HIGH,
    COUNT,
    *columns(
        ("of", "replicates asked for", "number"),
        (
            "independent_replicates",
            "replicates of each scenario that independent seeds would need for an interval as "
            "narrow",
            "number",
            NO_FACTOR,
        ),
    ),
    *SPREAD,
    *columns(
        (
            "probability_higher",
            "probability that the other's expectation is higher, Monte Carlo error removed",
            "share",
            NO_PROBABILITY,
        ),
        ("probability_low", "lower end of its 95% interval", "share", NO_PROBABILITY),
        ("probability_high", "upper end of its 95% interval", "share", NO_PROBABILITY),
    ),
)
DERIVED: Mapping[str, Sequence[Column]] = {
    "differences": DIFFERENCES,
    "differences_between_others": DIFFERENCES,
    "carriers": (
        *BASE_AND_OTHER,
        OUTCOME,
        *columns(
            ("label", "the outcome in words", "text"),
            ("parameter", "path of the parameter", "name"),
            ("meaning", "what it is", "text"),
            (
                "effect",
                "change of the difference per standard deviation of the parameter in the draws",
                "as the outcome",
            ),
            (
                "frequency",
                "share of bootstrap resamples of the draws in which it is among the ten that carry "
                "most",
                "share",
            ),
            (
                "explained",
                "share of the variance between draws' mean differences, Monte Carlo error "
                "included, that the ten explain in draws that were left out",
                "share",
            ),
            ("source", "what the parameter rests on", "text"),
        ),
    ),
    "fates": (
        *BASE_AND_OTHER,
        *columns(
            ("arm", "programme or usual_care", "name"),
            ("fate_in_base", "how his first episode ended in the base", "name"),
            ("fate_in_other", "how his first episode ended in the other", "name"),
            ("men", "such men, mean per replicate", "men"),
            ("share", "of the men of the arm", "share"),
        ),
    ),
    "changed": (
        *BASE_AND_OTHER,
        *columns(
            ("arm", "programme or usual_care", "name"),
            ("men_whose_fate_differs", "men whose first exit differs, mean per replicate", "men"),
        ),
        LOW,
        HIGH,
        Column("share", "of the men of the arm", "share"),
        COUNT,
    ),
    "missing": MISSING,
}


def declared(comparison: Comparison) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of the runs and of every derived table."""
    return {"runs": run_columns(comparison.design), **comparison.with_rows(DERIVED)}
