"""What is derived from a study's runs: tables, data dictionary, standing, sessions."""

import json
import platform
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd

from engager_sim.results.data_dictionary import described
from engager_sim.results.data_package import data_package
from engager_sim.results.digests import digest_of, noted_digests
from engager_sim.results.folder_checks import as_results_error
from engager_sim.results.manifest import write_json
from engager_sim.results.study_folder import STANDING, StudyFolder
from engager_sim.results.tables import write_csv
from engager_sim.runs.tables.column import Column

DICTIONARY, PACKAGE, FIGURES = "data_dictionary.csv", "datapackage.json", "figures"
SESSIONS = "provenance.jsonl"


@dataclass(frozen=True)
class Standing:
    """How complete a study is.

    Attributes
    ----------
    asked, done : int
        Runs.
    failed : dict of str to int
        Reasons of runs that failed, and how many.
    notes : list of str
        What was said before it ran: what has no room, and what was found to have no effect.
    intervals : str
        What its intervals hold.
    """

    asked: int
    done: int
    failed: dict[str, int]
    notes: list[str]
    intervals: str = ""


@dataclass(frozen=True)
class Session:
    """When one command began to work on a folder, on two clocks."""

    started: datetime
    clock: float = field(default_factory=time.perf_counter)


def write_results(
    folder: StudyFolder,
    tables: Mapping[str, pd.DataFrame],
    declared: Mapping[str, Sequence[Column]],
    standing: Standing,
    question: str,
) -> None:
    """Write everything that is derived from a study's runs, except pictures and report.

    Parameters
    ----------
    folder : StudyFolder
        Holds the runs.
    tables : mapping of str to pandas.DataFrame
        Derived tables by name; empty ones are left out.
    declared : mapping of str to sequence of Column
        The columns of every table, those of the runs first.
    standing : Standing
        How complete the study is.
    question : str
        What the study asks.
    """
    kept = {name: frame for name, frame in tables.items() if len(frame)}
    for name, frame in kept.items():
        folder.write_table(frame, name)
    folder.write(DICTIONARY, partial(write_csv, described(kept, declared)))
    folder.write(PACKAGE, partial(write_json, data_package(folder.folder, question, declared)))
    folder.write(STANDING, partial(write_json, asdict(standing)))


def notes_kept(folder: Path) -> list[str] | None:
    """Read the notes of a finished study; nothing where there are none, or they were changed."""
    file = folder / STANDING
    with as_results_error(file):
        if not file.exists() or digest_of(file) != noted_digests(folder).get(STANDING):
            return None
        notes: list[str] = json.loads(file.read_text(encoding="utf-8"))["notes"]
        return notes


def note_session(folder: StudyFolder, session: Session, runs: int) -> None:
    """Add a line on when, where and how long, apart from all that must not depend on it."""
    line = {
        "command": sys.argv,
        "started": session.started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - session.clock, 3),
        "runs_made": runs,
        "damaged_chunks_run_again": folder.repaired,
        "host": platform.node(),
        "platform": platform.platform(),
        "processor": platform.processor() or platform.machine(),
    }
    file = folder.folder / SESSIONS
    before = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    folder.write(SESSIONS, lambda draft: _write_text(draft, before + json.dumps(line) + "\n"))


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
