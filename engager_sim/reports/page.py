"""The report: one HTML file with everything inside it, made from what a results folder says."""

import base64
import json
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from engager_sim.errors import EngagerError, ResultsError
from engager_sim.figures.picture import text_of
from engager_sim.reports import descriptions
from engager_sim.reports.finding import TableRow, rows_of
from engager_sim.reports.html_text import page_environment
from engager_sim.reports.report_table import ReportTable
from engager_sim.results.atomic_write import write_whole
from engager_sim.results.contents import (
    RUN_AGAIN,
    is_unfinished,
    refuse_foreign_files,
    refuse_missing_parts,
    runs_kept,
)
from engager_sim.results.folder_checks import as_results_error
from engager_sim.results.manifest import read_manifest
from engager_sim.results.study_folder import STANDING
from engager_sim.results.study_results import FIGURES

REPORT = "report.html"
UNFINISHED = "Its command goes on from here and writes this page again when every run is done."
UNREADABLE = (OSError, ValueError, RecursionError)
"""What readers of files raise."""


class Narrator(Protocol):
    """Tells what a results folder holds: the part of a report that its kind of study knows."""

    @property
    def name(self) -> str:
        """The name of the command that writes such folders."""

    def answer(self, folder: Path, manifest: Mapping[str, Any]) -> list[str]:
        """Answer the question in sentences."""

    def uncertainty(self, manifest: Mapping[str, Any]) -> str:
        """Say what the intervals of such a study hold besides what every report says."""

    def report_tables(self, folder: Path) -> Iterable[ReportTable]:
        """Give the tables that answer the question."""

    def pages(
        self, folder: Path, manifest: Mapping[str, Any]
    ) -> Mapping[str, Callable[[Path], None]]:
        """Give further pages for readers: by name, each as a function that writes it."""


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A picture on the page: its title, what it shows in words, and its bytes as text."""

    title: str
    description: str
    data: str


class RowLink(NamedTuple):
    """Where a sentence leads, and what stands there to be followed."""

    address: str
    text: str


def write_report(folder: Path, kind: Narrator, is_checked: bool = False) -> Path:
    """Write the report of a results folder into it.

    Parameters
    ----------
    folder : Path
        Written by a study command.
    kind : Narrator
        The kind of study that wrote it.
    is_checked : bool
        Whether its files are known to be as the study wrote them.

    Returns
    -------
    Path
        The page, ``report.html``.

    Raises
    ------
    ResultsError
        If a part of the folder is missing or cannot be read, or it cannot be written to.
    """
    unfinished = False
    try:
        manifest = read_manifest(folder)
        unfinished = is_unfinished(folder, manifest)
        if not (unfinished or is_checked):
            refuse_missing_parts(folder)
        if not is_checked:
            refuse_foreign_files(folder, manifest)
        told = _unfinished(folder, manifest) if unfinished else _finished(folder, kind, manifest)
        page = _page(kind, manifest, told)
    except EngagerError:
        raise
    except Exception as error:
        # No digest guards what is not finished; elsewhere other kinds are mistakes in the program.
        if not (unfinished or isinstance(error, UNREADABLE)):
            raise
        reason = f"{type(error).__name__}: {str(error).strip()}"
        raise ResultsError(
            f"a part of this results folder cannot be read ({reason})", file=folder, fix=RUN_AGAIN
        ) from error
    with as_results_error(folder):
        write_whole(folder / REPORT, lambda file: _write(file, page))
    return folder / REPORT


def write_pages(folder: Path, kind: Narrator) -> list[Path]:
    """Write the pages that a kind of study has beside its report; none before it is finished.

    Parameters
    ----------
    folder : Path
        Written by a study command, and known to be as the study wrote it.
    kind : Narrator
        The kind of study that wrote it.

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    ResultsError
        If the folder cannot be written to.
    """
    manifest = read_manifest(folder)
    if is_unfinished(folder, manifest):
        return []
    pages = kind.pages(folder, manifest)
    with as_results_error(folder):
        for name, write in pages.items():
            write_whole(folder / name, write)
    return [folder / name for name in pages]


def _finished(folder: Path, kind: Narrator, manifest: dict[str, Any]) -> dict[str, Any]:
    """Take what a finished study found."""
    tables = [table for table in kind.report_tables(folder) if table.rows]
    shown = {TableRow(table.source, number) for table in tables for number in table.numbers}
    return {
        "answer": [(said, _links(said, shown)) for said in kind.answer(folder, manifest)],
        "standing": json.loads((folder / STANDING).read_text(encoding="utf-8")),
        "tables": tables,
        "pictures": _pictures(folder / FIGURES),
    }


def _links(sentence: str, shown: Container[TableRow]) -> list[RowLink]:
    """Lead from a sentence to the rows it rests on: on the page, or in the table's file."""
    return [
        RowLink(
            f"#{row.table}-{row.number}" if row in shown else f"{row.table}.csv",
            f"{row.table} {row.number}",
        )
        for row in rows_of(sentence)
    ]


def _unfinished(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Say how far a study is whose tables are not written yet."""
    standing = {"asked": manifest["runs"], "done": runs_kept(folder, manifest), "failed": {}}
    said = ("This study is not finished, so nothing is told of what it found.", UNFINISHED)
    answer: list[tuple[str, list[RowLink]]] = [(sentence, []) for sentence in said]
    return {"answer": answer, "standing": standing, "tables": [], "pictures": []}


def _page(kind: Narrator, manifest: dict[str, Any], told: dict[str, Any]) -> str:
    differences = manifest.get("differences", {})
    provenance = descriptions.provenance_of_factors(manifest.get("factors", []))
    for changes in differences.values():
        provenance += descriptions.provenance_of_changes(changes)
    cited, total = descriptions.cited_parameters()
    scenarios = manifest["scenarios"]
    return (
        page_environment(__package__)
        .get_template("report.html.j2")
        .render(
            question=manifest["question"],
            scenarios=[
                (
                    name,
                    resolved["question"],
                    descriptions.scenario_description(resolved),
                    resolved.get("notes", []),
                )
                for name, resolved in scenarios.items()
            ],
            changes=[
                (name, descriptions.described_changes(changes))
                for name, changes in differences.items()
                if changes
            ],
            factors=manifest.get("factors", []),
            method=manifest.get("method", {}),
            uncertainty=kind.uncertainty(manifest),
            fitted=manifest.get("fitted_parameters"),
            replicates=manifest["replicates"],
            points=manifest.get("points", 1),
            seed=manifest["seed"],
            provenance=list(dict.fromkeys(provenance)),
            sourced=cited,
            every=total,
            references=descriptions.references(),
            versions=manifest["versions"],
            fingerprint=manifest["fingerprint_of_the_rules"],
            **told,
        )
    )


def _pictures(folder: Path) -> list[EmbeddedPicture]:
    told = sorted((*text_of(file), file) for file in folder.glob("*.png"))
    return [
        EmbeddedPicture(title, words, base64.b64encode(file.read_bytes()).decode("ascii"))
        for _, title, words, file in told
    ]


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
