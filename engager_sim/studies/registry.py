"""The registry of kinds of study: every folder of this room whose package defines ``KIND``."""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path

import engager_sim.studies
from engager_sim.errors import ResultsError
from engager_sim.studies.kind import StudyKind


@cache
def kinds() -> tuple[StudyKind, ...]:
    """List the kinds of study in the order of their ``order``."""
    packages = (
        import_module(f"{engager_sim.studies.__name__}.{module.name}")
        for module in pkgutil.iter_modules(engager_sim.studies.__path__)
        if module.ispkg
    )
    return tuple(sorted((package.KIND for package in packages), key=lambda kind: kind.order))


def kind_of(folder: Path) -> StudyKind:
    """Find the kind of study that wrote a results folder.

    Raises
    ------
    ResultsError
        If it has no manifest, its manifest names no kind of study, or it was written by a version
        that laid folders out otherwise.
    """
    from engager_sim.results.manifest import read_manifest

    manifest = read_manifest(folder)
    named = {kind.name: kind for kind in kinds()}
    wrote = str(manifest.get("what", "")).rpartition(" ")[2]
    if wrote not in named:
        raise ResultsError(
            "this folder's manifest names no command that reports are made of",
            file=folder,
            value=manifest.get("what"),
            allowed=", ".join(named),
        )
    if "command" not in manifest:
        versions, version = manifest.get("versions"), "an unknown version"
        if isinstance(versions, dict):
            version = versions.get("engager_sim", version)
        raise ResultsError(
            f"this folder has a former layout: engager_sim {version} wrote it",
            file=folder,
            fix="run its command again with this version, or read it with that one",
        )
    return named[wrote]
