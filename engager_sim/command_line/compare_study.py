"""What ``engager-sim compare`` does; imported only when it is asked for."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from engager_sim.command_line.spread_tables import said_of, spread_of_differences
from engager_sim.command_line.study_session import RESULTS, Asked, Finding, carry_through
from engager_sim.errors import UsageError
from engager_sim.figures.of_a_comparison import pictures_of_comparison
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.study_manifest import study_manifest
from engager_sim.studies.comparison.compare import Comparison, compare, comparison_design
from engager_sim.studies.comparison.precision import MOST_FOR_PRECISION, checked_precision
from engager_sim.studies.execution.blocks import blocks_of
from engager_sim.studies.execution.carry_out import Watch
from engager_sim.studies.execution.executors import Executor
from engager_sim.studies.fitted_parameters import FittedParameters, refuse_odd_replicates
from engager_sim.studies.scenario import Scenario
from engager_sim.studies.simulation import refuse_unusable_numbers
from engager_sim.studies.summary import HEADLINE

LONGEST_NAME = 90


@dataclass(frozen=True)
class Wanted:
    """What the command line asked for."""

    base: str
    others: tuple[str, ...]
    replicates: int
    seed: int
    precision: tuple[str, ...]
    unpaired: bool
    parameters: str


def compare_and_write(
    wanted: Wanted,
    out: Path | None,
    threads: int | None,
    cluster: str | None,
    tls: tuple[Path, ...],
    dry_run: bool,
) -> None:
    """Compare scenarios, print and write what came of it."""
    refuse_unusable_numbers(wanted.replicates, wanted.seed, threads)
    precision = _read_precision(wanted.precision)
    scenarios = [Scenario.load(name) for name in (wanted.base, *wanted.others)]
    fitted = FittedParameters.load(wanted.parameters)
    refuse_odd_replicates(fitted, wanted.replicates)
    design = comparison_design(scenarios, wanted.seed, wanted.unpaired, fitted)
    checked_precision(precision, design, wanted.replicates)
    names = [scenario.name for scenario in scenarios]
    asked = Asked(out or RESULTS / "compare" / _folder_name(names), threads, cluster, tls, dry_run)
    method = {"paired": not wanted.unpaired, "precision": precision}
    shown = [name.replace("_", " ") for name in names]
    question = f"What changes from {shown[0]} to {', '.join(shown[1:])}?"
    manifest = study_manifest("compare", question, design, wanted.replicates, method)

    def work(
        folder: StudyFolder, executor: Executor, watch: Watch, tell: Callable[[str], None]
    ) -> Finding:
        found = compare(
            *scenarios, replicates=wanted.replicates, seed=wanted.seed, precision=precision,
            unpaired=wanted.unpaired, store=folder, executor=executor, watch=watch,
            parameters=fitted,
        )  # fmt: skip
        tell("drawing figures")
        tables = {
            "differences": found.differences, "fates": found.fates, "changed": found.changed,
        }  # fmt: skip
        return Finding(
            tables, found.asked, found.done, found.failed, pictures_of_comparison(found),
            [
                *(difference_table(found, name) for name in names[1:]),
                *spread_of_differences(found.differences, names[1:]),
                *said_of(fitted, scenarios, (), wanted.replicates),
                *_fates_in_words(found),
                *_precision_in_words(found),
            ],
        )  # fmt: skip

    later = f" To reach the precision, up to {MOST_FOR_PRECISION:,} replicates may follow."
    carry_through(
        asked, design, blocks_of(design, wanted.replicates), manifest, work,
        later if precision else "",
    )  # fmt: skip


def _folder_name(names: list[str]) -> str:
    """Name a folder after what is compared; where that is long, after how many and a digest."""
    name = "_and_".join(names)
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.blake2b(name.encode(), digest_size=3).hexdigest()
    return f"{names[0]}_and_{len(names) - 1}_more_{digest}"


def _read_precision(given: tuple[str, ...]) -> dict[str, float]:
    precision: dict[str, float] = {}
    for text in given:
        name, equals, width = text.partition("=")
        try:
            number = float(width)
        except ValueError:
            number = math.nan
        if not equals or not number > 0.0 or math.isinf(number):
            raise UsageError(
                "this is no precision",
                key="precision",
                value=text,
                allowed="OUTCOME=WIDTH with a width above 0",
                fix="write for example --precision core_om_change_26w=0.5",
            )
        precision[name] = number
    return precision


def difference_table(found: Comparison, other: str) -> Table:
    """Make the table that is printed: headline outcomes in both worlds and their difference."""
    declared = {outcome.id: outcome for outcome in OUTCOMES}
    its = found.differences[found.differences["other"] == other]
    whom = next(each for each in ("programme", "all") if (its["whom"] == each).any())
    base = found.design.scenarios[0].name
    how = "of paired replicates" if found.paired else "independent luck"
    how += "" if found.design.fitted is None else ", over parameters and theories"
    table = Table(
        title=f"{other} less {base}: {'all men' if whom == 'all' else f'men of the {whom}'}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        caption=f"simulated; difference [95% interval, {how}]",
        caption_justify="left",
    )
    table.add_column("Outcome")
    for heading in ("Base", "Other", "Difference", "n"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = {str(row["outcome"]): row for row in its[its["whom"] == whom].to_dict("records")}
    for name in HEADLINE:
        outcome, row = declared[name], rows[name]
        means = [outcome.text(float(row[key])) for key in ("mean_in_base", "mean_in_other")]
        difference, low, high = (
            outcome.text(float(row[key]), finer=True) for key in ("difference", "low", "high")
        )
        counted = f"{row['n']} of {row['of']}"
        table.add_row(outcome.label_with_unit, *means, f"{difference} [{low}, {high}]", counted)
    return table


def _precision_in_words(found: Comparison) -> list[str]:
    said = []
    rows: list[Any] = found.differences.to_dict("records")
    for name, width in found.precision.items():
        for row in rows:
            whom = "" if row["whom"] == "all" else f"_{row['whom']}"
            if f"{row['outcome']}{whom}" != name:
                continue
            half = (float(row["high"]) - float(row["low"])) / 2.0
            reached = half <= width * (1.0 + 1e-9)
            said.append(
                f"{row['other']}: {name} is known to within {half:.3g} from {found.replicates:,} "
                f"replicates; {width:g} was wanted" + ("." if reached else ", and is NOT reached.")
            )
    return said


def _fates_in_words(found: Comparison) -> list[str]:
    changed: list[Any] = list(found.changed[found.changed["share"] > 0.0].itertuples())
    said = [
        f"{row.other}: of the {str(row.arm).replace('_', ' ')} men, "
        f"{row.men_whose_fate_differs:.1f} ({100 * row.share:.1f}%) end their first episode "
        "otherwise than in the base."
        for row in changed
    ]
    spill = "Differences include what spills over through shared staff and agencies."
    return [*said, spill] if said else said
