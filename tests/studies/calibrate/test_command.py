"""``engager-sim calibrate``: its folder, its pictures, its report."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.scenarios.fitted_parameters import FittedParameters
from tests.command_line.command import engager_sim, one_message
from tests.studies.calibrate.small_study import study_in

TABLES = (
    "draws", "prior_conflicts", "parameters", "ties", "rivals", "targets", "correlated_errors",
    "coverage", "ranks",
)  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in (".lock", "provenance.jsonl")
    }


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calibration")
    result = engager_sim("calibrate", study_in(folder), "--out", folder / "out")
    assert result.exit_code == 0, result.output
    assert "3,072 of 3,072 runs done" in result.stdout
    assert "relationship.coupling gated: probability" in result.stdout
    return folder / "out"


def test_it_writes_tables_pictures_and_a_report(out: Path) -> None:
    for name in TABLES:
        assert len(pd.read_parquet(out / f"{name}.parquet"))
    names = {file.stem for file in (out / "figures").glob("*.png")}
    assert names == {"targets_met", "priors_and_posteriors", "tied_pairs", "ranks_of_truths"}
    page = (out / "report.html").read_text(encoding="utf-8")
    for heading in (
        "Does the fitted model predict what was published?",
        "What the targets say of each parameter", "Rival explanations",
        "Do the intervals hold what they promise?",
    ):  # fmt: skip
        assert heading in page
    assert "2 of 2 fitted figures lie in their 90% predictive intervals." in page
    assert "every point has independent random numbers" in page
    assert "all points share the same luck" not in page


def test_the_posterior_that_it_writes_can_be_named_and_rests_on_its_scenario(out: Path) -> None:
    fitted = FittedParameters.load(out / "posterior.parquet")
    assert fitted is not None
    draws = pd.read_parquet(out / "draws.parquet")
    assert [parameter.path for parameter in fitted.parameters] == list(draws.columns)
    assert len(fitted.numbers) == len(draws)
    assert fitted.facts["made_by"] == f"engager-sim calibrate {(out.parent / 'study.toml')}"
    basis = fitted.facts["basis"]
    assert set(basis["outcomes"]) == {"community_contact", "reoffended_52w", "attendance_rate"}
    assert "[[teams]]" in basis["scenarios"]["service"]
    assert set(draws.columns).isdisjoint(basis["values"]["service"])
    described = fitted.described(())
    assert described["fingerprint_of_the_rules"] == fitted.facts["fingerprint_of_the_rules"]
    assert {"basis", "result"}.isdisjoint(described)


def test_every_column_is_described(out: Path) -> None:
    described = pd.read_csv(out / "data_dictionary.csv", keep_default_na=False)
    known = set(zip(described["table"], described["column"], strict=True))
    for name in TABLES:
        for column in pd.read_parquet(out / f"{name}.parquet").columns:
            assert (name, column) in known


def test_the_same_command_goes_on_to_the_same_bytes(out: Path) -> None:
    before = files(out)
    next((out / "runs").glob("*.parquet")).unlink()
    study = out.parent / "study.toml"
    again = engager_sim("calibrate", study, "--threads", 1, "--out", out)
    assert again.exit_code == 0, again.output
    assert files(out) == before


def test_other_targets_in_the_same_folder_are_refused(out: Path) -> None:
    targets = out.parent / "targets.toml"
    kept = targets.read_text(encoding="utf-8")
    try:
        targets.write_text(kept.replace("values = [0.75]", "values = [0.8]"), encoding="utf-8")
        refused = engager_sim("calibrate", out.parent / "study.toml", "--out", out)
        assert "holds results of other inputs" in one_message(refused)
    finally:
        targets.write_text(kept, encoding="utf-8")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = engager_sim("calibrate", study_in(tmp_path), "--dry-run", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "3,072 runs" in result.stdout
    assert "300 runs of the posterior's draws follow" in " ".join(result.stdout.split())
    assert not (tmp_path / "out").exists()
