"""The columns of a calibration's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.designs.columns import factor_columns, run_columns
from engager_sim.designs.missing_values import MISSING
from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import columns
from engager_sim.studies.calibrate.study import Calibration

# fmt: off
DERIVED: Mapping[str, Sequence[Column]] = {
    "parameters": columns(
        ("parameter", "path of the parameter", "name"),
        ("meaning", "what it is", "text"),
        ("unit", "its unit", "text"),
        ("prior_low", "lower end of its prior, which is even over the range", "as the parameter"),
        ("prior_high", "upper end of its prior", "as the parameter"),
        ("low", "5% quantile of the posterior", "as the parameter"),
        ("middle", "median of the posterior", "as the parameter"),
        ("high", "95% quantile of the posterior", "as the parameter"),
        ("contraction", "part by which the variance fell; below 0, it rose", "share"),
        ("distance", "largest between the cumulative posterior and the prior", "share"),
        ("verdict", "informed, or stayed at its prior", "text"),
    ),
    "ties": columns(
        ("first", "one parameter", "name"),
        ("second", "another", "name"),
        ("correlation", "of the two in the posterior", "-1 to 1"),
    ),
    "rivals": columns(
        ("about", "what has alternatives: the theory's coupling, or a target", "name"),
        ("alternative", "one of them", "text"),
        ("probability", "of it, given the targets and equal probabilities before", "share"),
    ),
    "prior_conflicts": columns(
        ("prior", "as declared, or half as wide", "text"),
        ("target", "name of the fitted target; together, all of them", "name"),
        ("label", "what it is", "text"),
        ("value", "the figure; a row for each possible one", "as the target"),
        ("middle", "mean of what the prior predicts to be observed", "as the target"),
        ("spread", "standard deviation of the same", "as the target"),
        ("deviations", "figure less mean, in standard deviations; together, Mahalanobis distance",
            "standard deviations"),
        ("probability", "of figures as far off as all together are", "share"),
        ("verdict", "conflict, or none", "text"),
    ),
    "correlated_errors": columns(
        ("kind", "parameter, figure or rival", "name"),
        ("quantity", "which", "text"),
        ("correlation", "of errors of figures of one sample, as assumed", "-1 to 1"),
        ("low", "5% quantile of the posterior under it", "as the quantity"),
        ("middle", "median; of a rival its probability", "as the quantity"),
        ("high", "95% quantile", "as the quantity"),
        ("other_correlation", "the other that was tried", "-1 to 1"),
        ("other_low", "5% quantile under that", "as the quantity"),
        ("other_middle", "median, or probability, under that", "as the quantity"),
        ("other_high", "95% quantile under that", "as the quantity"),
        ("moved", "median under the other less median, over the width of the interval", "ratio"),
    ),
    "targets": columns(
        ("target", "name of the target", "name"),
        ("label", "what it is", "text"),
        ("role", "fit, hold_out or seen_validation", "name"),
        ("mark", "how the figure was read: seen, second-hand, derived, remembered", "name"),
        ("citation", "where it was published", "text"),
        ("value", "the figure; a row for each possible one", "as the target"),
        ("error", "its standard error", "as the target"),
        ("noise", "Monte Carlo standard error of the simulated figures", "as the target"),
        ("prior_low", "5% quantile of what the prior predicts to be observed", "as the target"),
        ("prior_middle", "median of the same", "as the target"),
        ("prior_high", "95% quantile of the same", "as the target"),
        ("low", "5% quantile of what the posterior predicts to be observed", "as the target"),
        ("middle", "median of the same", "as the target"),
        ("high", "95% quantile of the same", "as the target"),
        ("is_inside", "whether the figure lies between low and high", "true/false"),
        ("errors_off", "middle less figure, in standard errors", "standard errors"),
        ("width_of_prior", "width of the posterior's interval over the prior's", "ratio"),
        ("taught", "something, nothing, or held out", "text"),
    ),
    "coverage": columns(
        ("kind", "informed parameter, parameter at its prior, figure, outcome, difference", "name"),
        ("quantity", "which; all of them for the mean over a kind", "text"),
        ("truths", "simulated truths", "number"),
        ("inside", "share of them that lay in their 90% interval", "share"),
        ("standard_error", "of that share", "share"),
        ("verdict", "holds, too wide (above 94%), too narrow (below 86%), or not judged", "text"),
    ),
    "ranks": columns(
        ("kind", "as in coverage", "name"),
        ("quantity", "which", "text"),
        ("tenth", "tenth of the posterior, from below", "number"),
        ("share", "of simulated truths in it; a tenth, if intervals are right", "share"),
    ),
}
# fmt: on


def declared(calibration: Calibration) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of the runs, the derived tables and the posterior's file."""
    factors = factor_columns(calibration.design)
    tables = calibration.with_rows({"draws": factors, **DERIVED, "missing": MISSING})
    return {"runs": run_columns(calibration.design), **tables, "posterior": factors}
