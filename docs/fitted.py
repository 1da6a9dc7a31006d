"""What the calibration came to: tables from the posterior that ships with the package."""

from typing import Any

from docs.markdown import code, table
from engager_sim.compilation import source_fingerprint
from engager_sim.scenarios.fitted_parameters import CAME_OF_IT, POSTERIOR, FittedParameters


def came_of_it() -> Any:
    """Read the calibration's tables from the posterior that ships."""
    return _posterior().facts[CAME_OF_IT]


def _posterior() -> FittedParameters:
    fitted = FittedParameters.load(POSTERIOR)
    if fitted is None:
        raise AssertionError("a posterior is no default")
    return fitted


def what_ships() -> dict[str, str]:
    """Name the rules and the posterior on which kept results rest."""
    fitted = _posterior()
    return {
        "fingerprint_of_the_rules": source_fingerprint(),
        "posterior": str(fitted.described([])["digest"]),
    }


def fitted_figures() -> str:
    """Write a row per published figure: what was fitted, what was held out, what is predicted."""
    rows = []
    for row in came_of_it()["targets"]:
        predicted = f"{row['middle']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"
        inside = (
            "inside"
            if row["is_inside"]
            else f"**outside**; the middle is {row['errors_off']:+.1f} errors off"
        )
        role = str(row["role"]).replace("_", " ")
        taught = "-" if role != "fit" else row["taught"]
        rows.append((row["label"], role, f"{row['value']:g}", predicted, inside, taught))
    return table(
        ("Figure", "Role", "Published", "Predicted, 90% interval", "Published lies", "Taught"), rows
    )


def fitted_parameters() -> str:
    """Write a row per parameter: prior, posterior, and whether the figures say anything of it."""
    rows = [
        (
            code(row["parameter"]),
            row["meaning"],
            f"{row['prior_low']:g} to {row['prior_high']:g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            row["verdict"],
        )
        for row in came_of_it()["parameters"]
    ]
    return table(("Parameter", "Meaning", "Prior", "Posterior, 90% interval", ""), rows)


def fit_in_numbers() -> str:
    """Write what the calibration comes to besides: runs, coverage, rivals."""
    facts = came_of_it()
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
