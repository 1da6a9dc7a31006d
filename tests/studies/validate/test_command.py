"""``engager-sim validate``: its folder, its pictures, its report, its refusals."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from engager_sim.figures.picture import text_of
from engager_sim.studies.validate import settings
from engager_sim.studies.validate.columns import DERIVED
from tests.command_line.command import engager_sim, one_message

REPLICATES = 8
"""Too few to judge a model by, and enough to write all that is written."""
RUNS = 33 * REPLICATES


@pytest.fixture(scope="module", autouse=True)
def few() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "FEWEST_REPLICATES", REPLICATES)
        yield


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("validate") / "out"
    result = engager_sim("validate", "--replicates", REPLICATES, "--out", folder)
    assert result.exit_code == 0, result.output
    printed = " ".join(result.stdout.split())
    assert "Of 27 patterns" in printed
    assert "published figures that were held out" in printed
    assert "184 parameters were drawn from the posterior that ships with the package" in printed
    assert f"{RUNS:,} of {RUNS:,} runs done" in printed
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in (".lock", "provenance.jsonl")
    }


def test_it_writes_tables_pictures_and_a_report_that_answers_in_words(out: Path) -> None:
    for name, columns in DERIVED.items():
        table = pd.read_parquet(out / f"{name}.parquet")
        assert table.columns.tolist() == [column.name for column in columns] or name == "parts"
        assert set(table.columns) == {column.name for column in columns}
        assert len(pd.read_csv(out / f"{name}.csv")) == len(table)
    assert len(pd.read_parquet(out / "patterns.parquet")) == 27
    assert {file.stem for file in (out / "figures").glob("*.png")} == {
        "patterns_met", "figures_predicted",
    }  # fmt: skip
    page = (out / "report.html").read_text(encoding="utf-8")
    for part in (
        "How far can the fitted model be believed?",
        "Of 27 patterns",
        "Parts of patterns",
    ):
        assert part in page


def test_pictures_say_what_they_show(out: Path) -> None:
    _, title, words = text_of(out / "figures" / "patterns_met.png")
    parts = pd.read_parquet(out / "parts.parquet")["verdict"].value_counts()
    counts = f"{parts['met']} met, {parts['near']} near and {parts['missed']} missed"
    assert title == f"Of {parts.sum()} parts of patterns {counts}"
    assert "Met: " in words
    assert "missed" in words.lower()


def test_verdicts_in_tables_agree(out: Path) -> None:
    order = ["met", "near", "missed"]
    parts = pd.read_parquet(out / "parts.parquet")
    worst = parts.groupby("number")["verdict"].agg(lambda rows: max(rows, key=order.index))
    patterns = pd.read_parquet(out / "patterns.parquet").set_index("number")["verdict"]
    assert worst.to_dict() == patterns.to_dict()
    inside = (parts["off"] == 0.0) == (parts["verdict"] == "met")
    assert inside.all()


def test_every_column_is_described(out: Path) -> None:
    described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
    known = set(zip(described["table"], described["column"], strict=True))
    tables = {"observed": out / "observed", "men": out / "men"}
    derived = {name: out / f"{name}.parquet" for name in (*DERIVED, "missing")}
    tables |= {name: file for name, file in derived.items() if file.exists()}
    columns = {
        (name, column) for name, table in tables.items() for column in pd.read_parquet(table)
    }
    assert columns == known


def test_chunks_that_were_lost_are_run_again_and_all_bytes_are_the_same(out: Path) -> None:
    before = files(out)
    lost, damaged = sorted((out / "men").glob("*"))[0], sorted((out / "observed").glob("*"))[-1]
    lost.unlink()
    damaged.write_bytes(damaged.read_bytes()[:-1])
    again = engager_sim("validate", "--replicates", REPLICATES, "--threads", "1", "--out", out)
    assert again.exit_code == 0, again.output
    assert "1 damaged chunks were noticed and run again" in again.stdout
    assert files(out) == before


def test_a_folder_of_other_inputs_is_left_alone(out: Path) -> None:
    before = files(out)
    result = engager_sim("validate", "--replicates", REPLICATES, "--seed", "7", "--out", out)
    assert "seed was 1, is 7" in one_message(result)
    assert files(out) == before


def test_a_dry_run_says_the_cost_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = engager_sim("validate", "--replicates", REPLICATES, "--dry-run", "--out", out)
    assert result.exit_code == 0, result.output
    printed = " ".join(result.stdout.split())
    assert f"{RUNS:,} runs (1 per replicate, 33 points)" in printed
    assert "Nothing was written" in printed
    assert not out.exists()


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
