"""``engager-sim elicit``: priors of a service's own, and what they leave of the posterior."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """
Examples:

  engager-sim elicit mine.csv --blank --theme peers

  engager-sim elicit mine.csv --out results/mine

  engager-sim compare base.toml peers.toml --parameters results/mine/elicited.parquet
"""


def elicit(
    form: Annotated[Path, typer.Argument(help="The form: a CSV file.")],
    blank: Annotated[bool, typer.Option("--blank", help="Write an empty form, and stop.")] = False,
    theme: Annotated[
        str | None, typer.Option(help="Only this theme's parameters in an empty form.")
    ] = None,
    parameters: Annotated[
        str, typer.Option(help="The posterior whose draws are weighed.")
    ] = "posterior",
    out: Annotated[
        Path | None, typer.Option(help="Folder for draws under each prior.", show_default=False)
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Random seed.")] = 1,
) -> None:
    """Weigh the posterior by your own 5%, median and 95% of parameters that you know better."""
    from engager_sim.console.plain_table import plain_table
    from engager_sim.console.terminal import Terminal
    from engager_sim.errors import UsageError
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.studies.calibrate import elicitation

    fitted = FittedParameters.load(parameters)
    if fitted is None:
        raise UsageError("defaults have no draws to weigh", key="parameters", value=parameters)
    console = Terminal()
    if blank:
        count = elicitation.write_form(fitted, theme, form)
        console.print(f"{form} written: {count} parameters; fill in those that you know better.")
        return
    beliefs = elicitation.read_form(fitted, form)
    found = elicitation.side_by_side(fitted, beliefs)
    table = plain_table(
        "What is left of each parameter under three priors",
        "median and 90% interval over weighted draws of the posterior",
        ("Parameter", "Prior", "Posterior", "Draws that carry it"),
    )
    for row in found.to_dict("records"):
        interval = f"{row['middle']:.3g} [{row['low']:.3g}, {row['high']:.3g}]"
        table.add_row(row["parameter"], row["prior"], interval, f"{row['effective']:.0f}")
    console.print(table)
    if out is not None:
        for file in elicitation.write_answers(fitted, beliefs, out, seed):
            console.print(f"{file} written; name it with --parameters to see its answers.")
