"""A file that a visitor of the page sent: a path without a folder, whose content is in memory."""

import base64
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Self

from engager_sim.errors import ScenarioError

NAMELESS = "scenario.toml"


class UploadedFile(Path):
    """A file that was sent; whoever opens it gets what was sent, and nothing of this machine.

    Parameters
    ----------
    name : str
        Its name, as the browser sends it; folders in it are left out.
    content : bytes
        What it holds.
    """

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(_plain(name))
        self.content = content

    def with_segments(self, *segments: str) -> Path:  # type: ignore[override]
        """Make a path that is derived from this one, which is no file that was sent."""
        return Path(*segments)

    @classmethod
    def decoded(cls, name: str, encoded: str) -> Self:
        """Make one from its bytes in base 64."""
        return cls(name, base64.b64decode(encoded))


def encoded_size(encoded: str) -> int:
    """Count the bytes that a text in base 64 holds, without decoding it."""
    return len(encoded) * 3 // 4 - encoded[-2:].count("=")


def only_scenario(files: Sequence[UploadedFile]) -> UploadedFile:
    """Find the scenario file among files that were sent together.

    Raises
    ------
    ScenarioError
        If there is none or more than one, or two files have the same name.
    """
    names = [file.name for file in files]
    if double := [name for name in names if names.count(name) > 1]:
        raise ScenarioError(
            "two files of this name were sent", file=double[0], fix="rename one of them"
        )
    scenarios = [file for file in files if file.suffix.lower() not in DATA]
    if len(scenarios) != 1:
        raise ScenarioError(
            "these are not one scenario file with the files that it names",
            value=", ".join(names),
            allowed=f"one scenario file, and tables and networks ({', '.join(DATA)})",
            fix="choose one scenario file, with the files that it names",
        )
    return scenarios[0]


DATA = (".csv", ".graphml", ".gexf", ".gml")
"""How files of own data end: tables and networks."""


def _plain(name: str) -> str:
    plain = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    return plain or NAMELESS
