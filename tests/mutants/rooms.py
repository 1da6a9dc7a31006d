"""Which functions are given faults, and which tests must notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "engager_sim"
DECLARATIONS = ("__init__", "declaration", "sources")
MACHINERY = ("__init__", "engine", "order", "event_log", "reading_ahead", "tallies")
EVENTS, OWN = "tests/week/test_*_events.py", "tests/statistics/test_{file}.py"


@dataclass(frozen=True)
class Room:
    """A part of the package: how many mutants are drawn of it, and who judges each file.

    ``judges`` holds, by folder of the package, patterns of the tests that judge its files, in
    their order; ``{file}`` is the file's own name.
    """

    name: str
    sample: int
    judges: dict[str, tuple[str, ...]]
    left_out: tuple[str, ...]

    def files(self, tree: Path) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Give every file that is given faults, with the tests that judge it."""
        for folder, patterns in self.judges.items():
            for file in sorted((tree / PACKAGE / folder).glob("*.py")):
                if file.stem not in self.left_out:
                    yield f"{PACKAGE}/{folder}/{file.name}", _tests(tree, patterns, file.stem)


def _tests(tree: Path, patterns: tuple[str, ...], name: str) -> tuple[str, ...]:
    files: list[Path] = []
    for pattern in patterns:
        files += sorted(tree.glob(pattern.format(file=name)))
    return tuple(file.relative_to(tree).as_posix() for file in files)


ROOMS = (
    Room(
        "rules and events",
        100,
        {"theory": ("tests/theory/test_{file}*.py", EVENTS), "week": (EVENTS,)},
        DECLARATIONS + MACHINERY,
    ),
    Room(
        "statistics",
        150,
        {"statistics": (OWN, "tests/statistics/test_intervals.py")},
        ("__init__",),
    ),
)
