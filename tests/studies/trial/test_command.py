"""``engager-sim trial``: its folder, its report, how it goes on, its refusals."""

import json
from pathlib import Path

import pandas as pd
import pytest

from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.studies.trial.replicate_tables import REPLICATE_TABLES
from engager_sim.studies.trial.study import TABLES, trial
from tests.command_line.command import engager_sim, one_message
from tests.studies.trial.made_up import STUDY, study_in

NOT_THE_SAME = ("provenance.jsonl", ".lock")


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in NOT_THE_SAME
    }


def read(folder: Path, name: str) -> pd.DataFrame:
    """Read a table, or what is kept of the replicates."""
    file = folder / f"{name}.parquet"
    return pd.read_parquet(file if file.exists() else folder / name)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trial")
    text = STUDY.replace("service.toml", "engager_trial").replace("[20, 40]", "[40, 80]")
    text = text.replace("primary =", "size = 80\nprimary =")
    result = engager_sim("trial", study_in(folder, text), "--out", folder / "out", draws=True)
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    for part in (
        "Why a trial of 80 men looks null",
        "In this simulated world the programme as delivered",
        "Every simulated trial stands in trials.parquet.",
    ):
        assert part in said
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
        "What would trials of each design have seen?", "What does each analysis see?",
        "What does each design cost?", "What do shared agencies do?",
        "rests on", "120 of 120 runs done",
    ):  # fmt: skip
        assert part in page


def test_every_column_is_described(out: Path) -> None:
    described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
    known = set(zip(described["table"], described["column"], strict=True))
    columns = {
        (name, str(column))
        for name in (*TABLES, *REPLICATE_TABLES)
        for column in read(out, name).columns
    }
    assert columns == known


def test_nothing_is_missing_that_is_said_never_to_be(out: Path) -> None:
    described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
    for name, rows in described.groupby("table"):
        table = read(out, str(name))
        never = rows[rows["missing"] == "never missing"]["column"]
        assert not table[list(never)].isna().any().any()


def test_the_same_study_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    study = out.parent / "study.toml"
    again = engager_sim("trial", study, "--threads", 1, "--out", tmp_path / "again", draws=True)
    assert again.exit_code == 0, again.output
    assert files(tmp_path / "again") == files(out)


def test_the_report_can_be_written_anew(out: Path) -> None:
    before = (out / "report.html").read_bytes()
    result = engager_sim("report", out)
    assert result.exit_code == 0, result.output
    assert (out / "report.html").read_bytes() == before


def test_a_study_that_lost_chunks_goes_on_and_ends_with_the_same_bytes(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 200_000)
    study, folder = out.parent / "study.toml", tmp_path / "out"
    assert engager_sim("trial", study, "--out", folder).exit_code == 0
    whole = files(folder)
    chunks = {name: sorted((folder / name).iterdir()) for name in REPLICATE_TABLES}
    assert {len(each) for each in chunks.values()} == {3}
    chunks["analyses"][0].unlink()
    chunks["leaver_effects"][2].write_bytes(b"damaged")
    (folder / "power.parquet").unlink()
    result = engager_sim("trial", study, "--out", folder)
    assert result.exit_code == 0, result.output
    assert "1 damaged chunks were noticed and run again" in result.stdout
    assert files(folder) == whole
    last = (folder / "provenance.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert json.loads(last)["runs_made"] == 80


def test_tables_do_not_depend_on_how_replicates_are_divided_into_chunks(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 300_000)
    engager_sim("trial", out.parent / "study.toml", "--out", tmp_path / "out")
    for name in TABLES:
        file = f"{name}.parquet"
        assert (tmp_path / "out" / file).read_bytes() == (out / file).read_bytes()


def test_a_folder_of_other_inputs_is_refused(out: Path) -> None:
    before = files(out)
    study = out.parent / "other.toml"
    text = (out.parent / "study.toml").read_text(encoding="utf-8")
    study.write_text(text.replace("trust = 0.5", "trust = 0.6"), encoding="utf-8")
    refused = engager_sim("trial", study, "--out", out)
    assert "method.loss.trust was 0.5, is 0.6" in one_message(refused)
    assert files(out) == before


def test_a_dry_run_says_the_cost_and_writes_nothing(out: Path, tmp_path: Path) -> None:
    study = out.parent / "study.toml"
    result = engager_sim("trial", study, "--dry-run", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    assert "120 runs (20 per replicate) in 1 chunks" in said
    assert "6 pilot runs" in said
    assert "Nothing was written" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "part"), [(("--threads", 0), "threads"), (("--threads", 5000), "1 to 4096")]
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


def test_a_spread_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    text = STUDY.replace("residual_sd = 7.0", "residual_sd = 0.5")
    assert "asked to vary by 0.50 points" in " ".join(
        trial(study_in(tmp_path, text), parameters="defaults").in_words()
    )
    wide = STUDY.replace("residual_sd = 7.0", "residual_sd = 12.0")
    said = " ".join(trial(study_in(tmp_path, wide), parameters="defaults").in_words())
    assert "points about what is adjusted for, as was asked" in said


def test_a_trial_that_follows_up_nobody_says_what_is_not_known(tmp_path: Path) -> None:
    text = STUDY.replace("[20, 40]", "[20]").replace("replicates = 6", "replicates = 2")
    text = text.replace("[0.9, 0.8, 0.7]", "[0.05, 0.05, 0.05]")
    result = engager_sim("trial", study_in(tmp_path, text), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "nan" not in result.stdout
