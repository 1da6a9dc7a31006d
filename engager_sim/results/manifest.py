"""What a results folder says of itself: what made it, and the fingerprint of every file."""

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engager_sim import __version__
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario

MANIFEST, PROVENANCE = "manifest.json", "provenance.json"
LIBRARIES = ("numpy", "numba", "pandas", "pyarrow", "matplotlib", "scipy", "SALib")
BLOCK = 1 << 20


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
