"""The results folder of a study that is written when it is done: tables, pictures, manifest."""

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.compilation import source_fingerprint
from engager_sim.results.data_dictionary import described
from engager_sim.results.manifest import (
    MANIFEST,
    PROVENANCE,
    fingerprints,
    versions,
    write_json,
)
from engager_sim.results.of_a_run import DICTIONARY, FIGURES, Provenance, provenance_facts
from engager_sim.results.tables import write_csv, write_parquet
from engager_sim.runs.tables.column import Column


def write_at_once(
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    declared: Mapping[str, Sequence[Column]],
    draw: Callable[[Path], None],
    facts: Mapping[str, Any],
    provenance: Provenance,
) -> None:
    """Fill a results folder.

    Parameters
    ----------
    folder : Path
        An empty folder.
    tables : mapping of str to pandas.DataFrame
        Tables by name; empty ones are left out.
    declared : mapping of str to sequence of Column
        The columns of every table.
    draw : callable
        Draws the figures into the folder that it is given.
    facts : mapping
        What the numbers depend on, for ``manifest.json``; versions and fingerprints are added.
    provenance : Provenance
        For ``provenance.json``.
    """
    kept = {name: frame for name, frame in tables.items() if len(frame)}
    for name, frame in kept.items():
        write_parquet(frame, folder / f"{name}.parquet")
        write_csv(frame, folder / f"{name}.csv")
    write_csv(described(kept, declared), folder / DICTIONARY)
    figures = folder / FIGURES
    figures.mkdir()
    draw(figures)
    made_with = {
        "versions": versions() | {"statsmodels": version("statsmodels")},
        "fingerprint_of_the_rules": source_fingerprint(),
        "files": fingerprints(folder),
    }
    write_json({**facts, **made_with}, folder / MANIFEST)
    write_json(provenance_facts(provenance), folder / PROVENANCE)
