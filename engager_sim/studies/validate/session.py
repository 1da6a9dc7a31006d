"""What ``engager-sim validate`` does, in order; imported only when it is asked for."""

from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from engager_sim.console.plain_table import plain_table
from engager_sim.console.session import RESULTS
from engager_sim.console.spread_tables import draws_described
from engager_sim.console.whole_session import whole_session
from engager_sim.results.at_once import write_at_once
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.validate.columns import OF_VALIDATIONS
from engager_sim.studies.validate.figures.pictures import draw_validation
from engager_sim.studies.validate.manifest import facts_of_validation
from engager_sim.studies.validate.narrative import bounds, figure, labelled, told
from engager_sim.studies.validate.study import Validation, validate

PLACE = RESULTS / "validate"


def validate_and_write(
    out: Path | None, parameters: str, replicates: int, seed: int, threads: int | None
) -> None:
    """Validate, print and write what came of it.

    Raises
    ------
    EngagerError
        Before anything is simulated, if what is wanted cannot be done.
    """
    place, fitted = out or PLACE, FittedParameters.load(parameters)
    with whole_session(place, threads) as session:
        task = session.task("preparing the rules")

        def tell(what: str, done: int, of: int) -> None:
            session.prepared()
            session.bar.update(task, description=what, completed=done, total=of)

        found = validate(fitted or parameters, replicates, seed, threads, tell)
        write_at_once(
            session.draft, found.tables(), OF_VALIDATIONS, partial(draw_validation, found),
            facts_of_validation(found), session.simulated(),
        )  # fmt: skip
    _report(found, place)


def _report(found: Validation, out: Path) -> None:
    console = Console(markup=False, highlight=False)
    console.print(patterns_printed(found))
    if len(found.figures):
        console.print(figures_printed(found))
    for sentence in told(found.patterns, found.parts, found.figures):
        console.print(sentence)
    for sentence in draws_described(found.fitted, []):
        console.print(sentence)
    console.print(
        f"Results written to {out}: read report.html; every part of a pattern: parts.csv; what "
        "each column means: data_dictionary.csv."
    )


def patterns_printed(found: Validation) -> Table:
    """Make the table that is printed of the patterns and their parts."""
    table = plain_table(
        "Patterns: is each met by the fitted model?",
        "simulated; [95% interval by leaving out groups of draws]; * its figure was fitted to",
        ("", "Pattern", "Found", "Wanted", "Verdict", "Off by"),
    )
    fitted = set(found.patterns.loc[found.patterns["fitted"], "number"])
    last = 0
    for row in found.parts.to_dict("records"):
        first = row["number"] != last
        last = row["number"]
        star = "*" if row["number"] in fitted else ""
        table.add_row(
            f"{row['number']}{star}" if first else "",
            f"{row['pattern']}: {labelled(row)}" if first else labelled(row),
            f"{figure(row['figure'])} [{figure(row['low'])}, {figure(row['high'])}]",
            bounds(row),
            str(row["verdict"]),
            figure(row["off"]) if row["off"] else "",
        )
    return table


def figures_printed(found: Validation) -> Table:
    """Make the table that is printed of the published figures."""
    table = plain_table(
        "Published figures: fitted, and held out",
        "simulated; 90% predictive intervals, errors of observation included",
        ("Figure", "Role", "Published", "Predicted", "Verdict", "Errors outside"),
    )
    for row in found.figures.to_dict("records"):
        table.add_row(
            str(row["label"]),
            str(row["role"]).replace("_", " "),
            f"{row['value']:.3g}",
            f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            str(row["verdict"]),
            f"{row['off']:.1f}" if row["off"] else "",
        )
    return table
