"""Scenario files: found by name or path, read, and laid over the scenarios they build on."""

import difflib
import functools
import os
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.text_file import read_text

MOST_BYTES = 1_000_000
PRESETS = Path(__file__).with_name("presets")
"""The scenario files that ship with the package."""

type KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file, in the words of messages: its name, and what an empty one should say."""

    name: str
    beginning: str


SCENARIO = FileKind(
    "a scenario file", 'give it agencies and teams, or a line such as based_on = "usual_care"'
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One file as it was read: its table and its first line."""

    file: Path
    data: dict[str, Any]
    heading: str


@dataclass(frozen=True)
class LayeredFile:
    """A scenario file on top of those it builds on, and the table that results.

    Attributes
    ----------
    layers : tuple of Layer
        The oldest ancestor first, the file itself last.
    data : dict
        The layers merged: tables are merged key by key, anything else replaces what was below.
    """

    layers: tuple[Layer, ...]
    data: dict[str, Any]

    @property
    def top(self) -> Layer:
        """The file that was asked for."""
        return self.layers[-1]

    def up_to(self, layer: int) -> "LayeredFile":
        """Give one of the files that this one builds on, with all that is below it."""
        return layered(self.layers[: layer + 1])

    def origin(self, path: KeyPath) -> int:
        """Tell which layer has the last word on a key; the top one when none mentions it."""
        keys = _outside_lists(path)
        for length in range(len(keys), 0, -1):
            for index in range(len(self.layers) - 1, -1, -1):
                if _mentions(self.layers[index].data, keys[:length]):
                    return index
        return len(self.layers) - 1

    def origin_file(self, path: KeyPath) -> Path:
        """Tell which file has the last word on a key."""
        return self.layers[self.origin(path)].file

    def error(
        self,
        problem: str,
        path: KeyPath,
        *,
        value: object | None = None,
        allowed: str | None = None,
        fix: str | None = None,
    ) -> ScenarioError:
        """Make an error that names the file that said it and the key it stands under."""
        return ScenarioError(
            problem,
            file=self.origin_file(path),
            key=key_text(path),
            value=printable(value),
            allowed=allowed,
            fix=fix,
        )


def preset_files() -> dict[str, Path]:
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
    layers = [_read(file, kind)]
    seen = [file.resolve()]
    while (basis := layers[0].data.get("based_on")) is not None:
        parent = _find_basis(basis, layers[0].file)
        if parent.resolve() in seen:
            circle = " -> ".join(path.name for path in (*seen, parent))
            raise ScenarioError(
                f"scenarios are based on one another in a circle: {circle}",
                file=layers[0].file,
                key="based_on",
                value=basis,
                fix="remove based_on from one of them",
            )
        seen.append(parent.resolve())
        layers.insert(0, _read(parent, kind))
    return layered(layers)


def layered(layers: Sequence[Layer]) -> LayeredFile:
    """Lay files over one another, the oldest ancestor first."""
    merged: dict[str, Any] = functools.reduce(merge, [layer.data for layer in layers], {})
    return LayeredFile(tuple(layers), merged)


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another: tables merge key by key, all else is replaced, lists whole."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both_tables = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = merge(under or {}, value) if both_tables else value
    return merged


def did_you_mean(name: str, valid: Iterable[str]) -> str | None:
    """Suggest the nearest valid name, or nothing when none is near."""
    close = difflib.get_close_matches(name, list(valid), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else None


def key_text(path: KeyPath) -> str:
    """Write a key as ``teams[2].agency``; entries of a list are counted from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def printable(value: object) -> object:
    """Replace a whole number too long to be written out by a description of it."""
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, dict | list | tuple):
        return f"a {'table' if isinstance(value, dict) else 'list'} of {len(value)}"
    return value


def _read(file: Path, kind: FileKind) -> Layer:
    text = read_text(file, MOST_BYTES, kind.name)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise ScenarioError(
            "brackets are nested too deeply", file=file, fix="write tables and lists one level deep"
        ) from None
    except ValueError as error:  # also whole numbers of more digits than Python reads
        last = text.count("\n") + 1
        reason = str(error).replace("at end of document", f"at the end, line {last}")
        raise ScenarioError(
            f"this is not valid TOML: {reason}",
            file=file,
            fix='a line reads key = value or [table]; text stands in "quotation marks"',
        ) from None
    if not data:
        raise ScenarioError("the file says nothing", file=file, fix=kind.beginning)
    return Layer(file, data, text.split("\n", 1)[0].strip())


def _find_basis(basis: object, file: Path) -> Path:
    presets = preset_files()
    allowed = f"a preset ({', '.join(presets)}) or the path of a scenario file, from {file.parent}"
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
    if not os.path.lexists(path):
        raise ScenarioError(
            "there is no such scenario to build on",
            file=file,
            key="based_on",
            value=basis,
            allowed=allowed,
            fix=did_you_mean(Path(basis).stem, presets) or "check the spelling and the folder",
        )
    return path


def _outside_lists(path: KeyPath) -> list[str]:
    """Cut a key at its first list: lists are replaced whole, so one layer owns all of one."""
    keys: list[str] = []
    for part in path:
        if isinstance(part, int):
            break
        keys.append(part)
    return keys


def _mentions(data: Mapping[str, Any], keys: list[str]) -> bool:
    here: Any = data
    for key in keys:
        if not isinstance(here, dict) or key not in here:
            return False
        here = here[key]
    return True
