"""``engager-sim validate``: every pattern and every held-out figure, with its verdict."""

from typing import Annotated

import typer

from engager_sim.console.options import Out

EXAMPLES = """
Examples:

  engager-sim validate

  engager-sim validate --replicates 1000 --out results/validate_long

  engager-sim validate --parameters results/calibrate/posterior.parquet --out results/mine

When each pattern counts as met stands in engager_sim/evidence/patterns.toml: docs/evaluation.md.

Tables are equal byte for byte, whatever the threads.
"""


def command(
    out: Out = None,
    parameters: Annotated[
        str,
        typer.Option(help="What is validated: posterior, or a posterior.parquet from calibrate."),
    ] = "posterior",
    replicates: Annotated[
        int, typer.Option(help="Runs of every world, two under each draw; at least 80.")
    ] = 400,
    seed: Annotated[int, typer.Option(help="Where all luck comes from: 0 to 2^64 - 1.")] = 1,
    threads: Annotated[
        int | None, typer.Option(help="Runs at a time; by default, one per processor.")
    ] = None,
) -> None:
    """Hold the fitted model against every pattern and held-out figure: met, near or missed."""
    from engager_sim.studies.validate.session import validate_and_write

    validate_and_write(out, parameters, replicates, seed, threads)
