"""The results folder of ``engager-sim trial``: tables, data dictionary, pictures, manifest."""

from collections.abc import Callable
from dataclasses import asdict
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
from engager_sim.results.trial_columns import OF_TRIALS
from engager_sim.studies.trials.trial import Trials


def write_trials(
    folder: Path, found: Trials, provenance: Provenance, draw: Callable[[Trials, Path], None]
) -> None:
    """Fill a results folder.

    Parameters
    ----------
    folder : Path
        An empty folder.
    found : Trials
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
    write_csv(described(tables, OF_TRIALS), folder / DICTIONARY)
    figures = folder / FIGURES
    figures.mkdir()
    draw(found, figures)
    write_json(_manifest(folder, found), folder / MANIFEST)
    write_json(provenance_facts(provenance), folder / PROVENANCE)


def _manifest(folder: Path, found: Trials) -> dict[str, Any]:
    study = found.study
    return {
        "what": "results of engager-sim trial",
        "question": study.question,
        "scenarios": {study.scenario.name: study.scenario.resolved()},
        "method": {
            "men": list(study.men),
            "size": study.size,
            "follow_up": list(study.follow_up),
            "primary": study.primary,
            "measurement_error": study.measurement_error,
            "residual_sd": study.residual_sd,
            "left_out": found.measurement.left_out,
            "adjusted_for": list(study.adjusted_for),
            "level": study.level,
            "loss": asdict(study.loss),
            "ideal": study.ideal,
        },
        "replicates": study.replicates,
        "seed": study.seed,
        **of_parameters(found.fitted, [study.scenario]),
        "versions": versions() | {"statsmodels": version("statsmodels")},
        "fingerprint_of_the_rules": source_fingerprint(),
        "files": fingerprints(folder),
    }
