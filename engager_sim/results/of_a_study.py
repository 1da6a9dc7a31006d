"""The results folder of a study: derived tables, data dictionary, standing, sessions."""

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.results.manifest import write_json
from engager_sim.results.of_a_run import DICTIONARY
from engager_sim.results.study_columns import columns_of
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.tables import write_csv
from engager_sim.studies.designs.design import Design

STANDING, SESSIONS = "standing.json", "provenance.jsonl"


@dataclass(frozen=True)
class Standing:
    """How complete a study is.

    Attributes
    ----------
    asked, done : int
        Runs.
    failed : dict of str to int
        Reasons of runs that failed, and how many.
    """

    asked: int
    done: int
    failed: dict[str, int]


def write_study(
    folder: StudyFolder, design: Design, tables: Mapping[str, pd.DataFrame], standing: Standing
) -> None:
    """Write everything that is derived from a study's runs, except pictures and report.

    Parameters
    ----------
    folder : StudyFolder
        Holds the runs.
    tables : mapping of str to pandas.DataFrame
        Derived tables by name; empty ones are left out.
    """
    kept = {name: frame for name, frame in tables.items() if len(frame)}
    for name, frame in kept.items():
        folder.write_table(frame, name)
    rows = [
        {"table": table, "column": column.name, **_facts(column)}
        for table, columns in columns_of(design, kept).items()
        for column in columns
    ]
    folder.write(DICTIONARY, lambda file: write_csv(pd.DataFrame(rows), file))
    folder.write(STANDING, lambda file: write_json(asdict(standing), file))


def note_session(folder: StudyFolder, started: datetime, seconds: float, runs: int) -> None:
    """Add a line on when, where and how long, apart from all that must not depend on it."""
    line = {
        "command": sys.argv,
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "runs_made": runs,
        "damaged_chunks_run_again": folder.repaired,
        "host": platform.node(),
        "platform": platform.platform(),
    }
    file = folder.folder / SESSIONS
    before = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
    text = before + json.dumps(line) + "\n"
    folder.write(SESSIONS, lambda draft: _write_text(draft, text))


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def _facts(column: Any) -> dict[str, Any]:
    facts = asdict(column)
    del facts["name"]
    return facts
