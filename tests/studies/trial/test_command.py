"""``engager-sim trial``: its folder, its pictures, its report, its refusals."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.figures.picture import text_of
from engager_sim.studies.trial.figures.pictures import pictures_of_trials
from engager_sim.studies.trial.study import TABLES, trial
from tests.command_line.command import engager_sim, one_message
from tests.figures.test_figures import assert_all_on_the_page
from tests.studies.trial.made_up import STUDY, study_in

NOT_THE_SAME = ("provenance.json",)


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in NOT_THE_SAME
    }


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trial")
    text = STUDY.replace("service.toml", "engager_trial").replace("[20, 40]", "[40, 80]")
    text = text.replace("primary =", "size = 80\nprimary =")
    result = engager_sim("trial", study_in(folder, text), "--out", folder / "out")
    assert result.exit_code == 0, result.output
    assert "Why a trial of 80 men looks null" in result.stdout
    assert "In this simulated world the programme as delivered" in " ".join(result.stdout.split())
    return folder / "out"


def test_it_writes_tables_pictures_and_a_report(out: Path) -> None:
    for name in TABLES:
        table = pd.read_parquet(out / f"{name}.parquet")
        assert len(table)
        assert len(pd.read_csv(out / f"{name}.csv")) == len(table)
    names = {file.stem for file in (out / "figures").glob("*.png")}
    assert names == {"estimates", "why_null", "power_by_size", "own_effects"}
    page = (out / "report.html").read_text(encoding="utf-8")
    for part in (
        "In this simulated world the programme as delivered", "Why did the trial look null?",
        "What would trials of each size have seen?", "What do shared agencies do?",
        "rests on", "trials.parquet", "6 of 6 runs done",
    ):  # fmt: skip
        assert part in page


def test_every_column_is_described(out: Path) -> None:
    described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
    known = set(zip(described["table"], described["column"], strict=True))
    found = {
        (name, str(column))
        for name in TABLES
        for column in pd.read_parquet(out / f"{name}.parquet").columns
    }
    assert found == known


def test_nothing_is_missing_that_is_said_never_to_be(out: Path) -> None:
    described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
    for name, its in described.groupby("table"):
        table = pd.read_parquet(out / f"{name}.parquet")
        never = its[its["missing"] == "never missing"]["column"]
        assert not table[list(never)].isna().any().any()


def test_the_same_study_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    study = out.parent / "study.toml"
    again = engager_sim("trial", study, "--threads", 1, "--out", tmp_path / "again")
    assert again.exit_code == 0, again.output
    assert files(tmp_path / "again") == files(out)


def test_the_report_can_be_written_anew(out: Path) -> None:
    before = (out / "report.html").read_bytes()
    result = engager_sim("report", out)
    assert result.exit_code == 0, result.output
    assert (out / "report.html").read_bytes() == before


def test_a_folder_in_use_is_refused(out: Path) -> None:
    before = files(out)
    refused = engager_sim("trial", out.parent / "study.toml", "--out", out)
    assert "never overwritten" in one_message(refused)
    assert files(out) == before


@pytest.mark.parametrize(
    ("arguments", "part"),
    [(("--threads", 0), "threads"), (("--threads", 5000), "1 to 4096")],
)
def test_threads_that_cannot_be_used_are_refused(
    arguments: tuple[object, ...], part: str, tmp_path: Path
) -> None:
    refused = engager_sim("trial", study_in(tmp_path), "--out", tmp_path / "out", *arguments)
    assert part in one_message(refused)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused = engager_sim("trial", tmp_path / "none.toml", "--out", tmp_path / "out")
    assert "none.toml" in one_message(refused)


@pytest.mark.parametrize("replicates", [2, 6])
def test_pictures_lie_on_their_pages_and_say_what_they_show(
    replicates: int, tmp_path: Path
) -> None:
    text = STUDY.replace("replicates = 6", f"replicates = {replicates}")
    found = trial(study_in(tmp_path, text))
    for place, picture in enumerate(pictures_of_trials(found)):
        assert_all_on_the_page(picture.figure)
        picture.save(tmp_path / "picture.png", place)
        told, title, words = text_of(tmp_path / "picture.png")
        assert (told, title) == (place, picture.title)
        assert len(words) > 60


def test_a_spread_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    text = STUDY.replace("residual_sd = 7.0", "residual_sd = 0.5")
    assert "asked to vary by 0.50 points" in " ".join(trial(study_in(tmp_path, text)).in_words())
    wide = STUDY.replace("residual_sd = 7.0", "residual_sd = 12.0")
    said = " ".join(trial(study_in(tmp_path, wide)).in_words())
    assert "points about what is adjusted for, as was asked" in said


def test_a_trial_that_finds_nobody_again_says_what_is_not_known(tmp_path: Path) -> None:
    text = STUDY.replace("[20, 40]", "[20]").replace("replicates = 6", "replicates = 2")
    text = text.replace("[0.9, 0.8, 0.7]", "[0.05, 0.05, 0.05]")
    result = engager_sim("trial", study_in(tmp_path, text), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "nan" not in result.stdout
