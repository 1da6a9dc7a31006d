"""``engager-sim validate``: its folder, its pictures, its report, its refusals."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.figures.picture import text_of
from engager_sim.studies.validate.columns import OF_VALIDATIONS
from tests.command_line.command import engager_sim, one_message


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validate") / "out"
    result = engager_sim("validate", "--replicates", "80", "--out", folder)
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    assert "Of 19 patterns" in said
    assert "published figures that were held out" in said
    assert "25 parameters were drawn from the posterior that ships with the package" in said
    return folder


def test_it_writes_tables_pictures_and_a_report_that_answers_in_words(out: Path) -> None:
    for name, columns in OF_VALIDATIONS.items():
        table = pd.read_parquet(out / f"{name}.parquet")
        assert table.columns.tolist() == [column.name for column in columns] or name == "parts"
        assert set(table.columns) == {column.name for column in columns}
        assert len(pd.read_csv(out / f"{name}.csv")) == len(table)
    assert len(pd.read_parquet(out / "patterns.parquet")) == 19
    assert {file.stem for file in (out / "figures").glob("*.png")} == {
        "patterns_met", "figures_predicted",
    }  # fmt: skip
    page = (out / "report.html").read_text(encoding="utf-8")
    for part in (
        "How far can the fitted model be believed?",
        "Of 19 patterns",
        "Parts of patterns",
    ):
        assert part in page


def test_pictures_say_what_they_show(out: Path) -> None:
    _, title, words = text_of(out / "figures" / "patterns_met.png")
    assert title == "Which patterns does the fitted model show?"
    assert "Met: " in words
    assert "missed" in words.lower()


def test_verdicts_in_tables_agree(out: Path) -> None:
    order = ["met", "near", "missed"]
    parts = pd.read_parquet(out / "parts.parquet")
    worst = parts.groupby("number")["verdict"].agg(lambda each: max(each, key=order.index))
    patterns = pd.read_parquet(out / "patterns.parquet").set_index("number")["verdict"]
    assert worst.to_dict() == patterns.to_dict()
    inside = (parts["off"] == 0.0) == (parts["verdict"] == "met")
    assert inside.all()


def test_a_folder_that_is_there_is_left_alone(out: Path) -> None:
    result = engager_sim("validate", "--replicates", "80", "--out", out)
    assert one_message(result)
    assert (out / "report.html").exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--parameters", "defaults"), "what is validated is the fitted model"),
        (("--parameters", "nowhere.parquet"), "there is no such posterior"),
        (("--replicates", "7"), "replicates come in pairs"),
        (("--threads", "0"), "out of range"),
    ],
)
def test_bad_requests_end_with_one_message(
    tmp_path: Path, options: tuple[str, ...], expected: str
) -> None:
    result = engager_sim("validate", "--out", tmp_path / "out", *options)
    assert expected in one_message(result)
    assert not (tmp_path / "out").exists()
