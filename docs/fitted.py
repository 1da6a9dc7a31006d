"""What the calibration came to: tables from the posterior that ships with the package."""

import functools
from typing import Any

from docs.markdown import code, table
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.posterior_basis import PRESET, PosteriorBasis
from engager_sim.scenarios.posterior_file import RESULT
from engager_sim.scenarios.scenario import Scenario


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
    presets = dict.fromkeys(Scenario.presets(), PRESET)
    basis = PosteriorBasis.of((), presets, {outcome.id for outcome in OUTCOMES})
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
    """Write what the calibration comes to besides: runs, coverage, rivals."""
    facts = result()
    pooled = next(row for row in facts["coverage"] if row["parameter"] == "all")
    informed = sum(row["verdict"] == "informed" for row in facts["parameters"])
    rows = [
        ("Runs", f"{facts['runs']:,}"),
        (
            f"Simulated truths inside their 90% intervals, of {pooled['truths']}",
            f"{pooled['inside']:.1%} (standard error {100 * pooled['standard_error']:.1f} points)",
        ),
        ("Parameters informed", f"{informed} of {len(facts['parameters'])}"),
        ("Independent combinations informed", facts["directions"]),
        *(
            (f"Probability of {row['about']} = {row['alternative']}", f"{row['probability']:.2f}")
            for row in facts["rivals"]
        ),
    ]
    return table(("", ""), rows)
