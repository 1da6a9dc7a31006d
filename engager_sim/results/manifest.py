"""What a results folder says of itself: what made it, and the fingerprint of every file."""

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engager_sim import __version__
from engager_sim.compilation import source_fingerprint
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.study import Runs

MANIFEST, PROVENANCE = "manifest.json", "provenance.json"
LIBRARIES = ("numpy", "numba", "pandas", "pyarrow", "matplotlib", "scipy", "SALib", "statsmodels")
BLOCK = 1 << 20


def manifest(folder: Path, runs: Sequence[Runs]) -> dict[str, Any]:
    """Describe a folder: the same for the same inputs, wherever and however fast it was made.

    Parameters
    ----------
    folder : Path
        Holds every file except the manifest and the provenance.
    runs : sequence of Runs
        What is in it.
    """
    return {
        "what": "results of engager-sim run",
        "scenarios": {its.scenario.name: its.scenario.resolved() for its in runs},
        "seed": runs[0].seed,
        "replicates": len(runs[0].runs),
        **of_parameters(runs[0].fitted, [its.scenario for its in runs]),
        "versions": versions(),
        "fingerprint_of_the_rules": source_fingerprint(),
        "files": fingerprints(folder),
    }


def fingerprints(folder: Path) -> dict[str, str]:
    """Fingerprint every file of a folder except the manifest and the provenance."""
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, PROVENANCE)
    }


def of_parameters(fitted: FittedParameters | None, scenarios: Sequence[Scenario]) -> dict[str, Any]:
    """Describe where parameters were drawn from; nothing where they stand at their defaults."""
    return {} if fitted is None else {"fitted_parameters": fitted.described(scenarios)}


def versions() -> dict[str, str]:
    """Name the versions that numbers and bytes depend on."""
    return {
        "engager_sim": __version__,
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }


def sha256(file: Path) -> str:
    """Fingerprint one file."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def write_json(facts: dict[str, Any], file: Path) -> None:
    """Write facts as JSON that a person can read."""
    file.write_text(
        json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
