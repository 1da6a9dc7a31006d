"""What ``engager-sim sensitivity`` does; imported only when it is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
from rich import box
from rich.table import Table

from engager_sim.console.session import RESULTS, Asked, Finding, carry_through
from engager_sim.console.spread_tables import draws_described
from engager_sim.designs.execution.blocks import blocks_of
from engager_sim.designs.execution.carry_out import Watch
from engager_sim.designs.execution.executors import Executor
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.study_manifest import study_manifest
from engager_sim.scenarios.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.sensitivity.figures.pictures import pictures_of_sensitivity
from engager_sim.studies.sensitivity.settings import read_sensitivity
from engager_sim.studies.sensitivity.study import (
    Sensitivity,
    sensitivity,
    sensitivity_design,
)

SHOWN = 12


def analyse_and_write(
    study: Path,
    out: Path | None,
    parameters: str,
    threads: int | None,
    cluster: str | None,
    tls: tuple[Path, ...],
    dry_run: bool,
) -> None:
    """Carry out a sensitivity study, print and write what came of it."""
    plan = read_sensitivity(study)
    fitted, replicates = FittedParameters.load(parameters), plan.study.replicates
    refuse_odd_replicates(fitted, replicates)
    _, _, design = sensitivity_design(plan, fitted)
    method = {
        "name": plan.method.name, "samples": plan.samples, "groups": plan.groups,
        "resamples": plan.resamples, "of": plan.study.of_what,
    }  # fmt: skip
    manifest = study_manifest("sensitivity", plan.study.question, design, replicates, method)

    def work(
        folder: StudyFolder, executor: Executor, watch: Watch, tell: Callable[[str], None]
    ) -> Finding:
        found = sensitivity(plan, folder, executor, watch, tell, fitted)
        tell("drawing figures")
        names = ("points", "indices", "second_order", "convergence", "groups", "chance")
        tables = {name: getattr(found, name) for name in names}
        return Finding(
            tables, found.asked, found.done, found.failed, pictures_of_sensitivity(found),
            [
                *(ranking_table(found, column.name) for column in found.columns),
                *draws_described(fitted, design.scenarios, design.factors),
                *(f"{name} was left out: {why}" for name, why in found.left_out.items()),
            ],
        )  # fmt: skip

    asked = Asked(out or RESULTS / plan.study.name, threads, cluster, tls, dry_run)
    carry_through(asked, design, blocks_of(design, replicates), manifest, work)


def _what(found: Sensitivity) -> str:
    return "chance" if found.design.fitted is None else "chance or drawn parameters"


def ranking_table(found: Sensitivity, outcome: str) -> Table:
    """Make the table that is printed for one outcome: the factors that matter most."""
    method = found.plan.method
    label = next(column.label for column in found.design.columns if column.name == outcome)
    shares = found.chance[found.chance["outcome"] == outcome].iloc[0]
    its = found.indices[found.indices["outcome"] == outcome]
    main = its[its["index"] == method.main].sort_values("rank")
    unshown = len(main) - SHOWN
    chance = (
        f"{100 * shares['chance_in_means']:.1f}% of the variance between means is {_what(found)}"
    )
    if np.isnan(shares["chance_in_means"]):
        chance = "with one replicate, chance cannot be told from the factors"
    used, of = int(its["blocks"].iloc[0]), int(its["of"].iloc[0])
    more = "" if used == of else f"; from {used:,} of {of:,} parts of the design, the others failed"
    more += f"; {unshown} more factors in indices.csv" if unshown > 0 else ""
    table = Table(
        title=f"{label}: {method.label}, {method.main} = {method.meanings[method.main]}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        caption=f"simulated; 95% intervals resample replicates and points; {chance}{more}",
        caption_justify="left",
    )
    for heading in ("Rank", "Factor", method.main, "95% interval", "Tied with"):
        justify: Literal["left", "right"] = "right" if heading == "Rank" else "left"
        table.add_column(heading, justify=justify, overflow="fold")
    for row in main.head(SHOWN).to_dict("records"):
        tied = len(str(row["tied_with"]).split(", ")) if row["tied_with"] else 0
        table.add_row(
            str(row["rank"]),
            str(row["factor"]),
            f"{row['value']:.3g}",
            f"[{row['low']:.3g}, {row['high']:.3g}]",
            f"{tied} factors" if tied else "none",
        )
    return table
