"""Scenario files laid over one another: the table that results, and which file said what."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from engager_sim.errors import EngagerError, ScenarioError
from engager_sim.scenarios.toml_file import too_deep
from engager_sim.scenarios.uploaded_file import UploadedFile
from engager_sim.visible_text import visible

ENTRIES = {"teams": "team", "agencies": "agency"}
"""Lists whose entries go by name, and the tables that change single entries of them."""


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
        The layers merged: tables are merged key by key, anything else replaces what was below; a
        table such as ``[team.NAME]`` changes that entry of the list ``teams``.
    sent : tuple of UploadedFile
        Where a visitor of the page sent it: the file itself, and those that came with it.
    """

    layers: tuple[Layer, ...]
    data: dict[str, Any]
    sent: tuple[UploadedFile, ...] = ()

    @property
    def top(self) -> Layer:
        """The file that was asked for."""
        return self.layers[-1]

    @property
    def name(self) -> str:
        """The file's name without its ending, on one line."""
        return visible(self.top.file.stem, kept="")

    def up_to(self, layer: int) -> "LayeredFile":
        """Give one of the scenarios that this one builds on, with all that is below it."""
        return layered(self.layers[: layer + 1], SCENARIO)

    def origin(self, path: KeyPath) -> int:
        """Tell which layer has the last word on a key; the top one when none mentions it."""
        keys = _outside_lists(self._as_written(path))
        for length in range(len(keys), 0, -1):
            if (index := self._last_mention(keys[:length])) >= 0:
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
        path = self._as_written(path)
        return ScenarioError(
            problem,
            file=self.origin_file(path),
            key=key_text(path),
            value=printable(value),
            allowed=allowed,
            fix=fix,
        )

    @contextmanager
    def naming(self, path: KeyPath, before: str = "") -> Iterator[None]:
        """Raise an error about a value of the file as one that names its key."""
        try:
            yield
        except EngagerError as error:
            problem = f"{before}{error.problem}"
            raise self.error(
                problem, path, value=error.value, allowed=error.allowed, fix=error.fix
            ) from None

    def _as_written(self, path: KeyPath) -> KeyPath:
        """Find the key of an entry's value where the file wrote it: in the list, or by name."""
        if len(path) < 3 or path[0] not in ENTRIES:
            return path
        name = entry_name(self.data[str(path[0])][path[1]])
        single = [ENTRIES[str(path[0])], name, str(path[2])]
        by_name = self._last_mention(single)
        return (*single, *path[3:]) if by_name >= max(0, self._last_mention([path[0]])) else path

    def _last_mention(self, keys: list[Any]) -> int:
        indices = range(len(self.layers) - 1, -1, -1)
        return next((i for i in indices if _mentions(self.layers[i].data, keys)), -1)


def entry_name(entry: object) -> str:
    """Give the name of an entry of a list; nothing where it has none."""
    name = entry.get("name") if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""


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


def _outside_lists(path: KeyPath) -> list[str]:
    """Cut a key at its first list: lists are replaced whole, so one layer owns all of one."""
    return [str(part) for part in takewhile(lambda part: isinstance(part, str), path)]


def _mentions(data: Mapping[str, Any], keys: list[str]) -> bool:
    here: Any = data
    for key in keys:
        if not isinstance(here, dict) or key not in here:
            return False
        here = here[key]
    return True


def layered(
    layers: Sequence[Layer], kind: FileKind, sent: Sequence[UploadedFile] = ()
) -> LayeredFile:
    """Lay files over one another, the oldest ancestor first.

    Raises
    ------
    ScenarioError
        If tables are nested too deeply, or a scenario changes an entry that no list has.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        try:
            merged = merge(merged, layer.data)
        except RecursionError:
            raise too_deep(layer.file) from None
        if kind is SCENARIO:
            _change_entries(merged, layer.file)
    return LayeredFile(tuple(layers), merged, tuple(sent))


def _change_entries(merged: dict[str, Any], file: Path) -> None:
    """Lay tables such as ``[team.NAME]`` over the entries they name."""
    for table, one in ENTRIES.items():
        entries, changes = merged.get(table), merged.get(one)
        if not (isinstance(entries, list) and isinstance(changes, dict)):
            continue
        if not all(isinstance(change, dict) for change in changes.values()):
            continue  # refused later: a list that lost a bracket and a letter
        names = [entry_name(entry) for entry in entries]
        for name in changes:
            if name not in names:
                raise ScenarioError(
                    f"none of the {table} has this name",
                    file=file,
                    key=f"{one}.{name}",
                    value=name,
                    allowed=", ".join(names),
                    fix=did_you_mean(name, names) or f"add it as one of the [[{table}]]",
                )
        merged[table] = [
            merge(entry, changes[name]) if name in changes else entry
            for name, entry in zip(names, entries, strict=True)
        ]
        del merged[one]


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
