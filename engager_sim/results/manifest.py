"""The manifest of a results folder: its name, its form, and the versions it depends on."""

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engager_sim import __version__
from engager_sim.errors import EngagerError, ResultsError
from engager_sim.scenarios.input_file import read_text

MANIFEST = "manifest.json"
MOST_BYTES = 500_000_000
LIBRARIES = ("numpy", "numba", "pandas", "pyarrow", "matplotlib", "scipy", "SALib", "statsmodels")


def versions() -> dict[str, str]:
    """Name the versions that numbers and bytes depend on."""
    return {
        "engager_sim": __version__,
        "python": platform.python_version(),
        **{library: version(library) for library in LIBRARIES},
    }


def write_json(facts: dict[str, Any], file: Path) -> None:
    """Write facts as JSON that a person can read."""
    file.write_text(
        json.dumps(facts, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read what a results folder says of itself.

    Raises
    ------
    ResultsError
        If it has no manifest that can be read.
    """
    file = folder / MANIFEST
    try:
        text = read_text(file, MOST_BYTES, "a manifest")
        manifest: dict[str, Any] = json.loads(text)
        if not isinstance(manifest, dict):
            raise ValueError("it is no table")
    except (EngagerError, RecursionError, ValueError) as error:
        raise ResultsError(
            f"this is no results folder: its manifest cannot be read ({error})",
            file=file,
            fix="name a folder that a study command has written",
        ) from None
    return manifest
