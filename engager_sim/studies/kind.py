"""What a kind of study is: one object that names a folder, and the parts that folder must have."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:  # a command that prints help waits for none of these
    import pandas as pd

    from engager_sim.designs.effect_check import TriedChange
    from engager_sim.designs.execution.blocks import Block
    from engager_sim.designs.execution.carry_out import Execution
    from engager_sim.designs.execution.workload import Workload
    from engager_sim.reports.report_table import ReportTable
    from engager_sim.runs.tables.column import Column
    from engager_sim.scenarios.fitted_parameters import FittedParameters
    from engager_sim.scenarios.scenario import Scenario

PARTS: Mapping[str, Mapping[str, str]] = {
    "settings": {},
    "study": {"prepare": "prepare(settings) gives a PreparedStudy"},
    "columns": {"declared": "declared(result) gives the columns of every table"},
    "figures": {"pictures": "pictures(result) gives a list of Picture"},
    "narrative": {
        "answer": "answer(folder, manifest) gives the findings in sentences",
        "uncertainty": "uncertainty(manifest) says what its intervals hold",
        "report_tables": "report_tables(folder) gives the tables of the report",
    },
    "printout": {"printed": "printed(result) gives what the command prints"},
    "command": {
        "command": "command(...) is the command with its options",
        "EXAMPLES": "EXAMPLES is what the command's help ends with",
    },
}
"""The files of a kind's folder, and what each must define."""


type WritesPage = Callable[[Path], None]


class IncompleteKindError(Exception):
    """A kind of study lacks a part: a mistake in the program, not of its user."""


@dataclass(frozen=True, eq=False, kw_only=True)
class StudyResult:
    """What a study comes to: its derived tables, and how many runs it rests on.

    Attributes
    ----------
    table_names : tuple of str
        The derived tables, each a field of the result; the first ones first.
    asked, done : int
        Runs that were asked for, and those of them that were done.
    failed : mapping of str to int
        Reasons of runs that failed, and how many.
    """

    table_names: ClassVar[tuple[str, ...]]
    asked: int
    done: int
    failed: Mapping[str, int] = field(default_factory=dict)

    def tables(self) -> dict[str, "pd.DataFrame"]:
        """Give the derived tables by name."""
        return {name: getattr(self, name) for name in self.table_names}

    def with_rows(
        self, declared: "Mapping[str, Sequence[Column]]"
    ) -> "dict[str, Sequence[Column]]":
        """Take, of declared derived tables, the columns of those that have rows."""
        tables = self.tables()
        return {name: declared[name] for name in tables if name in declared and len(tables[name])}


@dataclass(frozen=True)
class PreparedStudy[R: StudyResult]:
    """A study that has been checked and can run.

    Attributes
    ----------
    question : str
        What it asks.
    name : str
        Of its results folder, unless another is named.
    scenarios : sequence of Scenario
        What it is about; with several, differences from the first are told.
    seed, replicates : int
        Random seed, and replicates of each point.
    fitted : FittedParameters or None
        Where parameters are drawn from.
    workload : Workload
        What is run.
    blocks : sequence of Block
        Its blocks, those that are certain from the beginning.
    facts : mapping
        What else the numbers depend on, as data that JSON can hold.
    analyse : callable
        Takes an execution, runs the workload in it and computes the result.
    files : callable, optional
        Takes the result; gives further files of the results folder, by name, each as a function
        that writes it.
    intervals : str
        What its intervals hold, in a line that stands below every table and picture; made from
        ``fitted`` and ``replicates`` unless given, and empty where each table says its own.
    remark : str
        What a forecast adds about runs that are not certain.
    whole_tables : bool
        Whether the blocks' tables become one file each, ``NAME.parquet``.
    csv : bool
        Whether those are written as CSV too.
    changes : callable
        Gives what is tried before it runs, because it may have no effect.
    points_digest : callable, optional
        Gives a digest of what some points set, for studies to which points can be added.
    """

    question: str
    name: str
    scenarios: "Sequence[Scenario]"
    seed: int
    replicates: int
    fitted: "FittedParameters | None"
    workload: "Workload"
    blocks: "Sequence[Block]"
    facts: Mapping[str, Any]
    analyse: "Callable[[Execution], R]"
    files: Callable[[R], Mapping[str, Callable[[Path], None]]] = lambda _: {}
    intervals: str | None = None
    remark: str = ""
    whole_tables: bool = False
    csv: bool = False
    changes: "Callable[[], Sequence[TriedChange]]" = tuple
    points_digest: Callable[[range], str] = lambda _: ""

    @property
    def interval_line(self) -> str:
        """What its intervals hold."""
        if self.intervals is not None:
            return self.intervals
        from engager_sim.statistics.interval_contents import IntervalContents

        return IntervalContents.of(self.fitted, self.replicates, self.scenarios).line


@dataclass(frozen=True)
class StudyKind:
    """A kind of study: its folder holds all that is particular to it.

    Attributes
    ----------
    name : str
        The name of its command, of its folder and of what a manifest says.
    order : int
        Where it stands in lists.
    question : str
        What it answers, in a sentence.
    package : str
        Full name of its folder.
    exports : tuple of str
        Names of its ``study.py`` that the package offers: the function and its result.
    reader : str
        Of a kind that is asked by a study file alone: the function of its ``settings.py`` that
        reads one. Its command follows from this; other kinds have a ``command.py``.
    summary, examples : str
        What the help of that command says first and last.
    draws : bool
        Whether that command, and the reader, take fitted parameters.
    file_tables : tuple of str
        Tables of its study file that no other kind's has, by which such a file is known.
    """

    name: str
    order: int
    question: str
    package: str
    exports: tuple[str, ...] = ()
    reader: str = ""
    summary: str = ""
    examples: str = ""
    draws: bool = True
    file_tables: tuple[str, ...] = ()

    def part(self, name: str) -> ModuleType:
        """Import one of the files of its folder.

        Raises
        ------
        IncompleteKindError
            If the file, or something that it must define, is missing.
        """
        module = f"{self.package}.{name}"
        try:
            part = import_module(module)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            raise IncompleteKindError(
                f"the kind of study {self.name} has no {name}.py: {_wanted(name)}"
            ) from None
        for definition, meaning in PARTS[name].items():
            if not hasattr(part, definition):
                raise IncompleteKindError(
                    f"{name}.py of the kind of study {self.name} lacks {definition}: {meaning}"
                )
        return part

    def check(self) -> None:
        """Import every part, so that one that is missing is told before anything runs.

        Raises
        ------
        IncompleteKindError
            Naming the first part that is missing.
        """
        for name in PARTS:
            if not (name == "command" and self.reader):
                self.part(name)

    def command(self) -> tuple[Callable[..., None], str]:
        """Give its command, and the examples that the command's help ends with."""
        if self.reader:
            from engager_sim.studies.study_file_command import study_file_command

            return study_file_command(self), self.examples
        part = self.part("command")
        return part.command, part.EXAMPLES

    def answer(self, folder: Path, manifest: Mapping[str, Any]) -> list[str]:
        """Answer the question in sentences, from a results folder."""
        sentences: list[str] = self.part("narrative").answer(folder, manifest)
        return sentences

    def uncertainty(self, manifest: Mapping[str, Any]) -> str:
        """Say what the intervals of such a study hold besides what every report says."""
        text: str = self.part("narrative").uncertainty(manifest)
        return text

    def report_tables(self, folder: Path) -> "Iterable[ReportTable]":
        """Give the tables of the report, from a results folder."""
        tables: Iterable[ReportTable] = self.part("narrative").report_tables(folder)
        return tables

    def pages(self, folder: Path, manifest: Mapping[str, Any]) -> Mapping[str, WritesPage]:
        """Give pages for readers beside the report: by name, each as a function that writes it.

        A kind has such pages if its ``narrative.py`` defines ``pages(folder, manifest)``.
        """
        make = getattr(self.part("narrative"), "pages", None)
        pages: Mapping[str, WritesPage] = {} if make is None else make(folder, manifest)
        return pages


def _wanted(part: str) -> str:
    return "; ".join(PARTS[part].values()) or "it says what can be asked"
