"""The results folder of ``engager-sim validate``: tables, data dictionary, pictures, manifest."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engager_sim.compilation import source_fingerprint
from engager_sim.results.data_dictionary import described
from engager_sim.results.manifest import (
    MANIFEST,
    PROVENANCE,
    fingerprints,
    of_parameters,
    versions,
    write_json,
)
from engager_sim.results.of_a_run import DICTIONARY, FIGURES, Provenance, provenance_facts
from engager_sim.results.tables import write_csv, write_parquet
from engager_sim.results.validation_columns import OF_VALIDATIONS
from engager_sim.studies.patterns.validate import PRESETS, QUESTION, Validation
from engager_sim.studies.scenario import Scenario


def write_validation(
    folder: Path,
    found: Validation,
    provenance: Provenance,
    draw: Callable[[Validation, Path], None],
) -> None:
    """Fill a results folder.

    Parameters
    ----------
    folder : Path
        An empty folder.
    found : Validation
        What came of it.
    provenance : Provenance
        For ``provenance.json``.
    draw : callable
        Draws the figures into the folder that it is given.
    """
    tables = {name: frame for name, frame in found.tables().items() if len(frame)}
    for name, frame in tables.items():
        write_parquet(frame, folder / f"{name}.parquet")
        write_csv(frame, folder / f"{name}.csv")
    write_csv(described(tables, OF_VALIDATIONS), folder / DICTIONARY)
    figures = folder / FIGURES
    figures.mkdir()
    draw(found, figures)
    write_json(_manifest(folder, found), folder / MANIFEST)
    write_json(provenance_facts(provenance), folder / PROVENANCE)


def _manifest(folder: Path, found: Validation) -> dict[str, Any]:
    scenarios = [Scenario.load(name) for name in PRESETS]
    return {
        "what": "results of engager-sim validate",
        "question": QUESTION,
        "scenarios": {each.name: each.resolved() for each in scenarios},
        "replicates": found.replicates,
        "runs": found.runs,
        "seed": found.seed,
        **of_parameters(found.fitted, scenarios),
        "versions": versions() | {"statsmodels": version("statsmodels")},
        "fingerprint_of_the_rules": source_fingerprint(),
        "files": fingerprints(folder),
    }
