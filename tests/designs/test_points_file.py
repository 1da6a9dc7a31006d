"""A sweep over a table of points written by hand: its own order, and every mistake named."""

from pathlib import Path

import pytest

from engager_sim.errors import ScenarioError
from engager_sim.studies.sweep.settings import read_sweep
from tests.command_line.command import engager_sim
from tests.designs.study_files import SWEEP, write_study

TABLED = SWEEP.partition("[design]")[0] + '[design]\npoints = "points.csv"\n'
HEADER = "supervision.interval,programme.collaboration.initial_tie,supervision.mode"
ROWS = ["8,0.1,shared", "1,0.9,managerial", "4,0.5,shared", "2,0.3,managerial", "1,0.2,shared",
        "3,0.7,managerial", "6,0.4,shared"]  # fmt: skip


def tabled(folder: Path, header: str = HEADER, rows: list[str] = ROWS, text: str = TABLED) -> Path:
    table = "\n".join([header, *rows]) + "\n"
    (folder / "points.csv").write_text(table, encoding="utf-8")
    return write_study(folder, text)


def test_points_keep_their_order_and_run(tmp_path: Path) -> None:
    settings = read_sweep(tabled(tmp_path))
    assert [factor.path for factor in settings.study.factors] == HEADER.split(",")
    interval, tie, mode = settings.study.factors
    texts = [
        f"{interval.text(row[0])},{tie.text(row[1])},{mode.text(row[2])}" for row in settings.values
    ]
    assert texts == ROWS
    assert (tie.low, tie.high) == (0.1, 0.9)
    out = tmp_path / "out"
    result = engager_sim("sweep", tmp_path / "study.toml", "--out", out)
    assert result.exit_code == 0, result.output
    assert (out / "figures").exists()
    study = tabled(tmp_path, rows=[*ROWS, "12,0.05,shared"])
    result = engager_sim("sweep", study, "--out", out)
    assert result.exit_code == 0, result.output
    assert "as in the table of points" in (out / "report.html").read_text(encoding="utf-8")


OPEN = "or remove the row"


@pytest.mark.parametrize(
    ("header", "rows", "parts"),
    [
        (HEADER, [*ROWS, "1,,shared"], ("give it a value in every row", OPEN)),
        (HEADER, [*ROWS, "1,NaN,shared"], ("not a finite number", "correct it", OPEN)),
        (HEADER, [*ROWS, "NA,0.5,shared"], ("should be a number", "correct it", OPEN)),
        (HEADER, [*ROWS, "99,0.5,shared"], ("out of range", "correct it", OPEN)),
        (HEADER, [*ROWS, "1,0.5,NA"], ("none of the choices", "choose one of the names")),
        ("supervision.interval", list("1234567"), ("points.csv", "add a column", "'factorial'")),
        (HEADER.replace(",", ";"), ROWS, ("separate columns by commas",)),
        ("", [], ("the table of points is empty", "a heading")),
    ],
)
def test_the_advice_fits_a_table_in_which_every_cell_is_needed(
    header: str, rows: list[str], parts: tuple[str, ...], tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as refused:
        read_sweep(tabled(tmp_path, header, rows))
    for part in parts:
        assert part in str(refused.value)
    for misfit in ("leave the cell empty", "nothing where unknown", "missing value", "add another"):
        assert misfit not in str(refused.value)


@pytest.mark.parametrize("before", ["sep=,\n", "\n", ",,\n", "sep=,\n\n"])
def test_what_spreadsheets_add_is_no_factor(before: str, tmp_path: Path) -> None:
    plain = read_sweep(tabled(tmp_path))
    rows = [f"{row}," for row in ROWS]
    settings = read_sweep(tabled(tmp_path, f"{before}{HEADER},", rows))
    assert settings.study.factors == plain.study.factors
    assert settings.values.tolist() == plain.values.tolist()
    with pytest.raises(ScenarioError, match="row 2, column 1"):
        read_sweep(tabled(tmp_path, "sep=,\nsupervision.intervall,"))


@pytest.mark.parametrize(
    ("header", "rows", "text", "told"),
    [
        (HEADER.replace("mode", "mood"), ROWS, TABLED, "row 1, column 3"),
        (HEADER, [*ROWS, "999,0.5,shared"], TABLED, "row 9, column supervision.interval"),
        (HEADER, [*ROWS, "x,0.5,shared"], TABLED, "row 9, column supervision.interval"),
        (HEADER, [*ROWS, "1,1.5,shared"], TABLED, "row 9, column programme.collaboration"),
        (HEADER, [*ROWS, "1,0.5,share"], TABLED, "row 9, column supervision.mode"),
        (HEADER, [*ROWS, "1,,shared"], TABLED, "row 9, column programme.collaboration"),
        (HEADER, [*ROWS, "1,0.5"], TABLED, "row 9"),
        (HEADER, ROWS[:3], TABLED, "too few points"),
        (HEADER, [f"{row.rpartition(',')[0]},shared" for row in ROWS], TABLED, "one value only"),
        (HEADER, ROWS, TABLED + 'kind = "sobol"\n', "design.kind"),
        (HEADER, ROWS, TABLED + '[[factors]]\nparameter = "supervision.interval"\n', "factors"),
        (HEADER, ROWS, TABLED.replace("points.csv", "none.csv"), "none.csv"),
    ],
)
def test_a_mistake_in_the_table_is_named(
    header: str, rows: list[str], text: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as refused:
        read_sweep(tabled(tmp_path, header, rows, text))
    assert told in str(refused.value)
