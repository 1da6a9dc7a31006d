"""What the report and the command say of a sweep, against small tables made by hand."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from rich.console import Console

from engager_sim.designs.outcome_columns import find_columns
from engager_sim.studies.sweep.narrative import answer, report_tables
from engager_sim.studies.sweep.printout import interaction_table

TRUST = "trust_12w_programme"
INTERACTIONS = pd.DataFrame(
    {
        "outcome": [TRUST, TRUST],
        "first": ["collaboration", "collaboration"],
        "second": ["supervision", "peers"],
        "neither": [0.2, 0.2],
        "first_alone": [0.25, 0.25],
        "second_alone": [0.3, 0.2],
        "both": [0.4, 0.2],
        "whole_less_sum": [0.05, -0.05],
        "low": [0.02, float("nan")],
        "high": [0.08, float("nan")],
        "verdict": ["more than the sum", "no interval"],
    }
)
CELLS = pd.DataFrame(
    {
        "outcome": TRUST,
        "across": [0, 0, 1, 1],
        "down": [0, 1, 0, 1],
        "panel": [0, 0, 0, 1],
        "mean": [0.3, 0.2, 0.4, float("nan")],
        "low": [0.28, 0.17, 0.35, float("nan")],
        "high": [0.32, 0.23, 0.45, float("nan")],
    }
)
MANIFEST: dict[str, Any] = {
    "scenarios": {"service": {}},
    "method": {
        "kind": "factorial",
        "across": "collaboration.initial_tie",
        "down": "programme.supervision.mode",
        "panels": "peers.support",
    },
    "factors": [
        {"path": "collaboration.initial_tie", "levels": ["0.1", "0.8"]},
        {"path": "programme.supervision.mode", "levels": ["managerial", "shared"]},
        {"path": "peers.support", "levels": ["0", "1"]},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the tables of a factorial sweep."""
    CELLS.to_parquet(tmp_path / "cells.parquet")
    INTERACTIONS.to_parquet(tmp_path / "interactions.parquet")
    return tmp_path


def test_a_report_says_where_an_outcome_is_lowest_and_highest_and_what_themes_do_together(
    folder: Path,
) -> None:
    label = find_columns([TRUST])[0].label_with_unit
    assert answer(folder, MANIFEST) == [
        f"{label}: from 0.20 [0.17, 0.23] at initial tie 0.1, mode shared, support 0, to "
        "0.40 [0.35, 0.45] at initial tie 0.8, mode managerial, support 0.",
        "Collaboration and supervision do more than the sum of what each does alone: whole less "
        "sum 0.050 [0.020, 0.080].",
        "Collaboration and peers: whole less sum -0.050; too few replicates for an interval.",
    ]


def test_a_factor_that_moves_nothing_has_no_part_in_the_ends(folder: Path) -> None:
    """Each value of trust stands for both modes: which of them is named would be chance."""
    cells = CELLS.assign(panel=0, mean=[0.3, 0.3, 0.4, 0.4])
    cells.to_parquet(folder / "cells.parquet")
    assert "at initial tie 0.1, support 0, to 0.40" in answer(folder, MANIFEST)[0]


def test_what_half_the_cells_say_is_not_said_of_everywhere(folder: Path) -> None:
    nan = float("nan")
    CELLS.assign(panel=0, mean=[0.3, 0.3, nan, nan]).to_parquet(folder / "cells.parquet")
    lacking = INTERACTIONS.assign(whole_less_sum=nan, low=nan, high=nan, verdict="no value")
    lacking.to_parquet(folder / "interactions.parquet")
    trust, first, _ = answer(folder, MANIFEST)
    assert trust.endswith("0.30 at the 2 of 4 combinations of levels that have a value.")
    assert first.endswith("no replicate has a value for neither, each alone and both.")


def test_a_report_of_sampled_points_says_where_the_fitted_surface_is_lowest_and_highest(
    tmp_path: Path,
) -> None:
    surface = pd.DataFrame(
        {
            "outcome": [TRUST, TRUST, "engaged_12w"],
            "across": [0.25, 0.5, 0.5],
            "down": [8.0, 1.0, 1.0],
            "value": [0.3, 0.1, float("nan")],
        }
    )
    surface.to_parquet(tmp_path / "surface.parquet")
    scenarios = {"scenarios": {"service": {}, "usual_care": {}}}
    trust, engaged = answer(tmp_path, MANIFEST | scenarios)
    assert trust.endswith(
        ", service less usual care: from 0.100 at initial tie 0.5, mode 1, to 0.300 at initial tie "
        "0.25, mode 8 on the fitted surface, which has no interval."
    )
    assert engaged.endswith("service less usual care: no value anywhere.")
    assert [list(table.rows) for table in report_tables(tmp_path)] == [[]]


def test_the_table_of_a_report_has_a_row_for_each_pair_of_themes(folder: Path) -> None:
    (table,) = report_tables(folder)
    label = find_columns([TRUST])[0].label_with_unit
    assert table.rows == [
        [label, "collaboration and supervision", "0.20", "0.25", "0.30", "0.40",
         "0.050 [0.020, 0.080]", "more than the sum"],
        [label, "collaboration and peers", "0.20", "0.25", "0.20", "0.20", "-0.050",
         "no interval"],
    ]  # fmt: skip
    assert len(table.headings) == len(table.rows[0])


def test_the_command_prints_themes_alone_and_together() -> None:
    columns = find_columns([TRUST])
    sweep = SimpleNamespace(
        design=SimpleNamespace(columns=columns, fitted=None, scenarios=(None,)),
        settings=SimpleNamespace(study=SimpleNamespace(question="Do they work together?")),
        interactions=INTERACTIONS.head(1),
    )
    console = Console(width=200)
    with console.capture() as capture:
        console.print(interaction_table(sweep))  # type: ignore[arg-type]
    lines = [" ".join(line.split()) for line in capture.get().splitlines()]
    assert lines[0] == "Do they work together?"
    themes = "collaboration, supervision 0.20 0.25 0.30 0.40 0.050 [0.020, 0.080]"
    assert f"{columns[0].label} {themes}" in lines


def test_positions_that_are_written_alike_stay_apart(tmp_path: Path) -> None:
    """Of 100,000 men and a tenth of one more six digits say the same."""
    surface = pd.DataFrame(
        {
            "outcome": TRUST,
            "across": [100000.1, 100000.1, 100000.2, 100000.2],
            "down": [1.0, 8.0, 1.0, 8.0],
            "value": [0.1, 0.1, 0.3, 0.3],
        }
    )
    surface.to_parquet(tmp_path / "surface.parquet")
    said = answer(tmp_path, MANIFEST)[0]
    assert "from 0.10 at initial tie 100000, to 0.30 at initial tie 100000 on the" in said
