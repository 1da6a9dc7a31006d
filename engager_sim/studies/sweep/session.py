"""What ``engager-sim sweep`` does; imported only when it is asked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

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
from engager_sim.studies.sweep.figures.pictures import pictures_of_sweep
from engager_sim.studies.sweep.settings import read_sweep
from engager_sim.studies.sweep.study import Sweep, sweep, sweep_design


def sweep_and_write(
    study: Path,
    out: Path | None,
    parameters: str,
    threads: int | None,
    cluster: str | None,
    tls: tuple[Path, ...],
    dry_run: bool,
) -> None:
    """Carry out a sweep, print and write what came of it."""
    plan = read_sweep(study)
    fitted, replicates = FittedParameters.load(parameters), plan.study.replicates
    refuse_odd_replicates(fitted, replicates)
    design = sweep_design(plan, fitted)
    axes = {
        name: None if factor is None else factor.path
        for name, factor in (("across", plan.across), ("down", plan.down), ("panels", plan.panels))
    }
    method = {"kind": plan.kind, **axes}
    manifest = study_manifest("sweep", plan.study.question, design, replicates, method)

    def work(
        folder: StudyFolder, executor: Executor, watch: Watch, tell: Callable[[str], None]
    ) -> Finding:
        found = sweep(plan, folder, executor, watch, fitted)
        tell("drawing figures")
        names = ("points", "surface", "cells", "interactions", "presets")
        tables = {name: getattr(found, name) for name in names}
        return Finding(
            tables, found.asked, found.done, found.failed, pictures_of_sweep(found),
            [
                *([interaction_table(found)] if len(found.interactions) else []),
                *draws_described(fitted, design.scenarios, design.factors),
            ],
        )  # fmt: skip

    asked = Asked(out or RESULTS / plan.study.name, threads, cluster, tls, dry_run)
    carry_through(asked, design, blocks_of(design, replicates), manifest, work)


def interaction_table(found: Sweep) -> Table:
    """Make the table that is printed: themes alone and together."""
    columns = {column.name: column for column in found.design.columns}
    table = Table(
        title=found.plan.study.question,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        caption="simulated; themes at their first levels (without) and their last (with); "
        "95% interval of paired replicates"
        + ("" if found.design.fitted is None else ", over parameters and theories"),
        caption_justify="left",
    )
    headings = ("Outcome", "Themes", "Neither", "First", "Second", "Both", "Whole less sum")
    for heading in headings:
        justify: Literal["left", "right"] = "left" if heading in headings[:2] else "right"
        table.add_column(heading, justify=justify, overflow="fold")
    for row in found.interactions.to_dict("records"):
        column = columns[str(row["outcome"])]
        numbers = [
            column.outcome.text(float(row[name]))
            for name in ("neither", "first_alone", "second_alone", "both")
        ]
        less, low, high = (
            column.outcome.text(float(row[name]), finer=True)
            for name in ("whole_less_sum", "low", "high")
        )
        themes = f"{row['first']}, {row['second']}".replace("_", " ")
        table.add_row(column.label, themes, *numbers, f"{less} [{low}, {high}]")
    return table
