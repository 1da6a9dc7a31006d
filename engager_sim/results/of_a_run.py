"""The results folder of ``engager-sim run``: tables, data dictionary, figures, manifest."""

import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from engager_sim.results.data_dictionary import data_dictionary
from engager_sim.results.manifest import MANIFEST, PROVENANCE, manifest, write_json
from engager_sim.results.tables import stacked, write_csv, write_parquet
from engager_sim.studies.run.study import TABLES, Runs

DICTIONARY = "data_dictionary.csv"
FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a run was made, kept apart from what must not depend on it.

    Attributes
    ----------
    threads : int
        Runs at a time.
    started : datetime
        When the command began.
    seconds : float
        How long the simulation took.
    """

    threads: int
    started: datetime
    seconds: float


def tables_of(runs: Sequence[Runs]) -> dict[str, pd.DataFrame]:
    """Stack the tables of several scenarios; tables that were not asked for are left out."""
    tables = {}
    for name in TABLES:
        frames = [frame for its in runs if (frame := getattr(its, name)) is not None]
        if frames:
            tables[name] = stacked(frames)
    return tables


def write_run(
    folder: Path,
    runs: Sequence[Runs],
    provenance: Provenance,
    draw: Callable[[dict[str, pd.DataFrame], dict[str, str], Path], None],
    csv: bool = False,
) -> None:
    """Fill a results folder.

    Parameters
    ----------
    folder : Path
        An empty folder.
    runs : sequence of Runs
        One per scenario, all with the same seed and number of replicates.
    provenance : Provenance
        For ``provenance.json``.
    draw : callable
        Draws the figures: takes the tables, each scenario's question, and the folder for figures.
    csv : bool
        Whether to write every table as CSV too.
    """
    tables = tables_of(runs)
    for name, frame in tables.items():
        write_parquet(frame, folder / f"{name}.parquet")
        if csv:
            write_csv(frame, folder / f"{name}.csv")
    write_csv(data_dictionary(tables), folder / DICTIONARY)
    figures = folder / FIGURES
    figures.mkdir()
    draw(tables, {its.scenario.name: its.scenario.question for its in runs}, figures)
    write_json(manifest(folder, runs), folder / MANIFEST)
    write_json(provenance_facts(provenance), folder / PROVENANCE)


def provenance_facts(made: Provenance) -> dict[str, object]:
    """Say how, when, where and how fast something was made."""
    return {
        "command": sys.argv,
        "started": made.started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds_of_simulation": round(made.seconds, 3),
        "threads": made.threads,
        "host": platform.node(),
        "platform": platform.platform(),
        "processor": platform.processor() or platform.machine(),
    }
