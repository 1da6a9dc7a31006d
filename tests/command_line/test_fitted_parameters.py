"""``--parameters``: what the commands do with a posterior, and what they refuse."""

import html
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engager_sim.figures.picture import text_of
from engager_sim.scenarios.posterior_file import write_posterior
from tests.command_line.command import engager_sim, one_message
from tests.designs.study_files import SENSITIVITY, SWEEP, write_study
from tests.scenarios.services import SERVICE, write

OTHER = 'question = "Weekly?"\nbased_on = "service.toml"\n[programme.supervision]\ninterval = 1\n'


@pytest.fixture
def posterior(tmp_path: Path) -> Path:
    rng = np.random.default_rng(8)
    file = tmp_path / "posterior.parquet"
    draws = pd.DataFrame(
        {
            "relationship.coupling": rng.choice(["gated", "additive"], 40),
            "relationship.trust_growth": rng.uniform(0.1, 0.3, 40),
        }
    )
    write_posterior(draws, {"made_by": "engager-sim calibrate a_test.toml"}, file)
    return file


def command(kind: str, folder: Path) -> tuple[object, ...]:
    service = write(folder, SERVICE)
    if kind == "run":
        return ("run", service, "--replicates", 8)
    if kind == "compare":
        return ("compare", service, write(folder, OTHER, "other.toml"), "--replicates", 8)
    text = SWEEP if kind == "sweep" else SENSITIVITY
    return (kind, write_study(folder, text.replace("replicates = 3", "replicates = 4")
                              .replace("replicates = 2", "replicates = 4")))  # fmt: skip


@pytest.mark.parametrize("kind", ["run", "compare", "sweep", "sensitivity"])
def test_every_study_draws_from_a_posterior_and_says_so(
    kind: str, tmp_path: Path, posterior: Path
) -> None:
    out = tmp_path / "out"
    result = engager_sim(*command(kind, tmp_path), "--parameters", posterior, "--out", out)
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    assert "2 parameters were drawn from posterior.parquet (40 draws)" in said
    facts = json.loads((out / "manifest.json").read_text())["fitted_parameters"]
    assert facts["parameters"] == ["relationship.coupling", "relationship.trust_growth"]
    assert facts["made_by"] == "engager-sim calibrate a_test.toml"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "2 parameters were drawn from a posterior" in page
    assert "Monte Carlo error alone" not in page


@pytest.mark.parametrize("kind", ["run", "compare", "sweep", "sensitivity"])
@pytest.mark.parametrize("drawn", [True, False], ids=["posterior", "defaults"])
def test_every_table_picture_and_page_says_what_its_intervals_hold(
    kind: str, drawn: bool, tmp_path: Path, posterior: Path
) -> None:
    out = tmp_path / "out"
    parameters = posterior if drawn else "defaults"
    result = engager_sim(*command(kind, tmp_path), "--parameters", parameters, "--out", out)
    line = json.loads((out / "standing.json").read_text())["intervals"]
    assert all(word in line for word in ("Monte Carlo error", "parameters", "rival theories"))
    assert ("Monte Carlo error alone" in line) != drawn
    said = " ".join(result.stdout.split())
    tables = sum(set(row.strip()) == {"\N{BOX DRAWINGS LIGHT HORIZONTAL}"} for row in
                 result.stdout.splitlines())  # fmt: skip
    assert said.count(line) == tables > 0
    pictures = list((out / "figures").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert line in text_of(picture)[2], picture.name
    assert line in html.unescape((out / "report.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", ["run", "compare"])
def test_why_single_runs_differ_is_shown_where_parameters_are_drawn(
    kind: str, tmp_path: Path, posterior: Path
) -> None:
    out = tmp_path / "out"
    result = engager_sim(*command(kind, tmp_path), "--parameters", posterior, "--out", out)
    assert "why " in result.stdout
    assert "rival theories" in result.stdout
    assert "Why single runs differ" in (out / "report.html").read_text(encoding="utf-8")
    central = ("--parameters", "defaults", "--out", tmp_path / "defaults")
    again = engager_sim(*command(kind, tmp_path), *central)
    assert again.exit_code == 0, again.output
    assert "why " not in again.stdout
    assert "Intervals hold Monte Carlo error alone" in " ".join(again.stdout.split())
    assert "fitted_parameters" not in json.loads((tmp_path / "defaults/manifest.json").read_text())


def test_results_under_a_posterior_are_not_mixed_with_those_under_defaults(
    tmp_path: Path, posterior: Path
) -> None:
    out = tmp_path / "out"
    asked = command("compare", tmp_path)
    assert engager_sim(*asked, "--parameters", "defaults", "--out", out).exit_code == 0
    message = one_message(engager_sim(*asked, "--parameters", posterior, "--out", out))
    assert "fitted_parameters" in message


@pytest.mark.parametrize("kind", ["run", "compare", "sweep", "sensitivity"])
def test_a_missing_posterior_is_refused(kind: str, tmp_path: Path) -> None:
    asked = command(kind, tmp_path)
    missing = ("--parameters", tmp_path / "none.parquet", "--out", tmp_path / "out")
    assert "there is no such posterior" in one_message(engager_sim(*asked, *missing))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["run", "compare", "sweep", "sensitivity"])
def test_the_posterior_that_ships_is_drawn_from_unless_another_is_named(
    kind: str, tmp_path: Path
) -> None:
    result = engager_sim(*command(kind, tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    facts = json.loads((tmp_path / "out/manifest.json").read_text())["fitted_parameters"]
    assert facts["name"] == "posterior"
