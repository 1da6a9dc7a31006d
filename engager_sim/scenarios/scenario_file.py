"""Scenario files: found by name or path, read, and laid over the scenarios they build on."""

import functools
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.layered_file import (
    SCENARIO,
    FileKind,
    Layer,
    LayeredFile,
    did_you_mean,
    layered,
    printable,
)
from engager_sim.scenarios.toml_file import read_toml
from engager_sim.scenarios.uploaded_file import UploadedFile, only_scenario

PRESETS = Path(__file__).with_name("presets")
"""The scenario files that ship with the package."""


@functools.cache
def preset_files() -> Mapping[str, Path]:
    """List the presets that ship with the package, by name."""
    return {file.stem: file for file in sorted(PRESETS.glob("*.toml"))}


def find_scenario(name_or_path: str | os.PathLike[str]) -> Path:
    """Find a scenario by a preset's name or by a path.

    A plain name means the preset, even if a file of that name lies in the working folder; write
    ``./name`` for the file.

    Raises
    ------
    ScenarioError
        If it is neither a preset nor a path that exists.
    """
    presets = preset_files()
    if isinstance(name_or_path, str) and name_or_path in presets:
        return presets[name_or_path]
    path = Path(name_or_path)
    if not os.path.lexists(str(path).replace("\0", "")):
        raise ScenarioError(
            "there is no preset and no file of this name",
            file=str(path).replace("\0", "\\0"),
            allowed=f"a preset ({', '.join(presets)}) or the path of a scenario file",
            fix=did_you_mean(path.stem, presets) or "check the spelling and the folder",
        )
    return path


def read_layers(file: Path, kind: FileKind = SCENARIO) -> LayeredFile:
    """Read a scenario file and, from it down, every file it is based on.

    Parameters
    ----------
    file : Path
        The file.
    kind : FileKind
        What it should be, for messages.

    Raises
    ------
    ScenarioError
        If a file cannot be read, is not TOML, says nothing, or is based on itself.
    """
    return _with_bases(_layer(file, kind), kind)


def read_upload(files: Sequence[UploadedFile]) -> LayeredFile:
    """Read a scenario that was sent, with the files of own data that it names.

    It may build on a preset, and reaches no file of this machine.

    Parameters
    ----------
    files : sequence of UploadedFile
        The scenario file, and what was sent with it.

    Raises
    ------
    ScenarioError
        As for files of these names in the working folder, or if it names one that was not sent.
    """
    return _with_bases(_layer(only_scenario(files), SCENARIO), SCENARIO, files)


def _with_bases(top: Layer, kind: FileKind, sent: Sequence[UploadedFile] = ()) -> LayeredFile:
    layers, seen = [top], [Path(os.path.realpath(top.file))]
    while (basis := layers[0].data.get("based_on")) is not None:
        parent = _find_basis(basis, layers[0].file, bool(sent))
        real = Path(os.path.realpath(parent))
        if real in seen:
            circle = " -> ".join(path.name for path in (*seen, parent))
            raise ScenarioError(
                f"scenarios are based on one another in a circle: {circle}",
                file=layers[0].file,
                key="based_on",
                value=basis,
                fix="remove based_on from one of them",
            )
        seen.append(real)
        layers.insert(0, _layer(parent, kind))
    return layered(layers, kind, sent)


def _layer(file: Path, kind: FileKind) -> Layer:
    if file.parent == PRESETS:
        return _preset(file)
    return Layer(file, *read_toml(file, kind.name, kind.beginning))


@functools.cache
def _preset(file: Path) -> Layer:
    """Read a preset once; nothing that is made from its table changes it."""
    return Layer(file, *read_toml(file, SCENARIO.name, SCENARIO.beginning))


def _find_basis(basis: object, file: Path, is_upload: bool) -> Path:
    presets = preset_files()
    allowed = f"a preset ({', '.join(presets)})"
    if not is_upload:
        allowed += f" or the path of a scenario file, from {file.parent}"
    if not isinstance(basis, str) or not basis.strip() or "\0" in basis:
        raise ScenarioError(
            "this is not the name of a scenario",
            file=file,
            key="based_on",
            value=printable(basis),
            allowed=allowed,
            fix='write for example based_on = "usual_care"',
        )
    if basis in presets:
        return presets[basis]
    path = file.parent / basis
    if is_upload or not os.path.lexists(path):
        check = "check the spelling" if is_upload else "check the spelling and the folder"
        raise ScenarioError(
            "there is no such scenario to build on",
            file=file,
            key="based_on",
            value=basis,
            allowed=allowed,
            fix=did_you_mean(Path(basis).stem, presets) or check,
        )
    return path
