"""A copy of the package to edit, and to run in a process of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import engager_sim

PACKAGE = Path(engager_sim.__file__).parent
RULE_ROOMS = ("theory", "world", "week", "outcomes")


def copied(folder: Path, *beside: str) -> Path:
    """Copy the package, and files or folders beside it, into a folder; give the copied package."""
    for name in (PACKAGE.name, *beside):
        source = PACKAGE.parent / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder / PACKAGE.name


def edit(file: Path, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} has changed: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def comment_everywhere(package: Path) -> None:
    """Append a comment to every file of the rooms that rules are compiled from."""
    for room in RULE_ROOMS:
        for file in (package / room).rglob("*.py"):
            file.write_text(file.read_text(encoding="utf-8") + "\n# A comment.\n", encoding="utf-8")


def run_copied(package: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside a copied package."""
    return subprocess.run(
        [sys.executable, *arguments], env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True, text=True, check=False, cwd=package.parent,
    )  # fmt: skip
