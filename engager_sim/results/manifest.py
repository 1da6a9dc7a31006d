"""The manifest of a results folder: its name, its form, and the versions it depends on."""

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engager_sim import __version__

MANIFEST = "manifest.json"
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
