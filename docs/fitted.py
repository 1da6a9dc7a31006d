"""What the calibration came to: tables from the posterior that ships with the package."""

import functools
from typing import Any

from docs.markdown import code, table
from engager_sim.errors import UsageError
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.posterior_basis import PRESET, PosteriorBasis
from engager_sim.scenarios.posterior_file import RESULT
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.calibrate.columns import DERIVED
from engager_sim.studies.calibrate.coverage import ALL, TOO_OFTEN, TOO_RARELY


def result() -> Any:
    """Read the calibration's tables from the posterior that ships."""
    return _posterior().facts[RESULT]


@functools.cache
def _posterior() -> FittedParameters:
    fitted = FittedParameters.load(POSTERIOR)
    if fitted is None:
        raise AssertionError("a posterior is no default")
    return fitted


def rules_that_stand() -> dict[str, str]:
    """Name the rules, outcomes, presets and defaults on which kept results rest."""
    return _rules_read_by({outcome.id for outcome in OUTCOMES})


def rules_alone() -> dict[str, str]:
    """Name the same without outcomes: laws read men's records, which no outcome changes."""
    return _rules_read_by(set())


def _rules_read_by(outcomes: set[str]) -> dict[str, str]:
    presets = dict.fromkeys(Scenario.presets(), PRESET)
    basis = PosteriorBasis.of((), presets, outcomes)
    return {"fingerprint_of_the_rules": basis.fingerprint}


def what_ships() -> dict[str, str]:
    """Name what kept results rest on: the rules that stand, and the posterior."""
    return rules_that_stand() | {"posterior": str(_posterior().described([])["digest"])}


def fitted_figures() -> str:
    """Write a row per published figure: what was fitted, what was held out, what is predicted."""
    rows = []
    for row in result()["targets"]:
        predicted = prediction(row)
        inside = (
            "-"
            if row["middle"] is None
            else "inside"
            if row["is_inside"]
            else f"**outside**; the middle is {row['errors_off']:+.1f} errors off"
        )
        role = str(row["role"]).replace("_", " ")
        taught = "-" if role != "fit" else row["taught"]
        rows.append((row["label"], role, f"{row['value']:g}", predicted, inside, taught))
    return table(
        ("Figure", "Role", "Published", "Predicted, 90% interval", "Published lies", "Taught"), rows
    )


def prediction(row: Any) -> str:
    """Write the predicted figure with its interval; that no run has one, if so."""
    if row["middle"] is None:
        return "no run has a value"
    return f"{row['middle']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"


def fitted_parameters() -> str:
    """Write a row per parameter that the figures inform, and how many stayed at their priors."""
    informed = [row for row in result()["parameters"] if row["verdict"] == "informed"]
    rows = [
        (
            code(row["parameter"]),
            row["meaning"],
            f"{row['prior_low']:g} to {row['prior_high']:g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
        )
        for row in informed
    ]
    others = len(result()["parameters"]) - len(informed)
    return (
        table(("Parameter", "Meaning", "Prior", "Posterior, 90% interval"), rows)
        + f"\n\nThe other {others} stayed at their priors."
    )


def fit_in_numbers() -> str:
    """Write what the calibration comes to besides: runs, what is informed, rivals."""
    facts = result()
    informed = sum(row["verdict"] == "informed" for row in facts["parameters"])
    rows = [
        ("Runs", f"{facts['runs']:,}"),
        ("Parameters informed", f"{informed} of {len(facts['parameters'])}"),
        ("Independent combinations informed", facts["directions"]),
        *(
            (f"Probability of {row['about']} = {row['alternative']}", f"{row['probability']:.2f}")
            for row in facts["rivals"]
        ),
    ]
    return table(("", ""), rows)


def _rows(name: str) -> Any:
    """Give one of the calibration's tables.

    Raises
    ------
    UsageError
        If the posterior that ships was fitted before there was such a table.
    """
    rows = result().get(name)
    if not rows or not {column.name for column in DERIVED[name]} <= set(rows[0]):
        raise UsageError("the posterior that ships lacks a table", value=name, fix="fit it again")
    return rows


def prior_conflicts() -> str:
    """Write a row per figure, and for all together: how far off the prior it lies."""
    rows = [
        (
            row["prior"],
            row["label"],
            "" if row["value"] is None else f"{row['value']:g}",
            "" if row["middle"] is None else f"{row['middle']:.3f} ({row['spread']:.3f})",
            f"{row['deviations']:+.1f} SD"
            if row["probability"] is None
            else f"probability {row['probability']:.2g}",
            f"**{row['verdict']}**" if row["verdict"] == "conflict" else row["verdict"],
        )
        for row in _rows("prior_conflicts")
    ]
    return table(("Prior", "Figure", "Published", "Predicted, mean (SD)", "Off", ""), rows)


def coverage() -> str:
    """Write a row per kind of quantity, and one per exception, which holds too often or rarely."""
    rows = [
        (
            row["kind"],
            row["quantity"],
            f"{row['inside']:.1%}",
            f"{100 * row['standard_error']:.1f} points",
            row["verdict"].replace("not judged", ""),
        )
        for row in _rows("coverage")
        if row["quantity"] == ALL or row["verdict"] in (TOO_OFTEN, TOO_RARELY)
    ]
    return table(("", "Quantity", "Truths inside", "Standard error", ""), rows)


def correlated_errors() -> str:
    """Write a row per informed parameter, figure and rival: under two correlations of errors."""
    rows = [
        (
            row["kind"],
            code(row["quantity"]) if row["kind"] == "parameter" else row["quantity"],
            _with_interval(row, ""),
            _with_interval(row, "other_"),
            "" if row["moved"] is None else f"{row['moved']:+.2f}",
        )
        for row in _rows("correlated_errors")
    ]
    first = _rows("correlated_errors")[0]
    at = [f"Correlation {first[which]:g}" for which in ("correlation", "other_correlation")]
    return table(("", "Quantity", *at, "Moved, in intervals"), rows)


def _with_interval(row: Any, which: str) -> str:
    low, middle, high = (row[f"{which}{end}"] for end in ("low", "middle", "high"))
    return f"{middle:.3g}" if low is None else f"{middle:.3g} [{low:.3g}, {high:.3g}]"
