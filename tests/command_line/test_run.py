"""``engager-sim run``: what it prints, what it writes, what it refuses."""

from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from matplotlib.figure import Figure

from engager_sim.console import preparation
from engager_sim.figures.picture import Picture
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.run.course_runs import CourseRuns
from tests.command_line.command import REFUSED, engager_sim, one_message
from tests.scenarios.services import changed, write

FIGURES = {
    f"figures/{name}.png"
    for name in ("agency_network", "contact_over_time", "exits_by_cause", "relationship_over_time")
}
ALWAYS = FIGURES | {
    "agencies.parquet",
    "agency_network.graphml",
    "data_dictionary.csv",
    "datapackage.json",
    "manifest.json",
    "provenance.jsonl",
    "report.html",
    "runs.parquet",
    "staff.parquet",
    "standing.json",
    "summary.csv",
    "summary.parquet",
    "ties.parquet",
    "weekly.parquet",
    "digests.json",
}
OWN = {".lock", "provenance.jsonl"}
"""Files that say when and where, and so may differ."""


def files_in(folder: Path) -> set[str]:
    """List the files of a folder but the lock."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix() for path in paths}


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file that must not depend on when and where it was made."""
    return {name: (folder / name).read_bytes() for name in sorted(files_in(folder) - OWN)}


def run(scenario: Scenario, out: Path, *more: object, draws: bool = False) -> Any:
    return engager_sim("run", scenario.file, "--replicates", 2, "--out", out, *more, draws=draws)


@pytest.fixture
def no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save the time to draw where a test is about something else."""
    empty = Picture("nothing", "Nothing", "An empty picture in place of the others.", Figure())
    monkeypatch.setattr("engager_sim.studies.run.figures.pictures", lambda _: [empty])


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a block of every run."""
    monkeypatch.setattr("engager_sim.designs.execution.blocks.LEAVER_WEEKS_PER_BLOCK", 1)


def never(*_: object) -> None:
    pytest.fail("nothing may be simulated")


def test_a_run_prints_the_headline_and_writes_a_folder(
    small_service: Scenario, tmp_path: Path
) -> None:
    result = run(small_service, tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert files_in(tmp_path / "out") == ALWAYS
    for part in (small_service.question, "Programme", "Usual care", "Difference", "2 of 2"):
        assert part in result.stdout
    assert "2 of 2 runs done" in result.stdout


@pytest.mark.usefixtures("no_figures")
def test_flags_add_tables(small_service: Scenario, tmp_path: Path) -> None:
    result = run(small_service, tmp_path / "out", "--leavers", "--events", "--format", "csv")
    assert result.exit_code == 0, result.output
    tables = ("agencies", "events", "leavers", "runs", "staff", "ties", "weekly")
    expected = ALWAYS | {f"{name}.{ending}" for name in tables for ending in ("parquet", "csv")}
    expected = expected - FIGURES | {"figures/nothing.png"}
    assert files_in(tmp_path / "out") == expected


def test_tables_and_figures_are_equal_whatever_the_threads_and_the_place(
    small_service: Scenario, tmp_path: Path
) -> None:
    for threads, folder in ((1, "here"), (2, "there")):
        result = run(small_service, tmp_path / folder, "--threads", threads, "--check", draws=True)
        assert result.exit_code == 0, result.output
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


@pytest.mark.usefixtures("no_figures", "small_blocks")
def test_the_same_command_on_a_finished_folder_simulates_nothing_and_changes_nothing(
    small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = ("--leavers", "--events", "--format", "csv")
    assert run(small_service, tmp_path / "out", *more).exit_code == 0
    before = contents(tmp_path / "out")
    assert not (tmp_path / "out" / "runs").exists()
    monkeypatch.setattr(CourseRuns, "run_block", never)
    again = run(small_service, tmp_path / "out", *more)
    assert again.exit_code == 0, again.output
    assert "2 of 2 runs done" in again.stdout
    assert contents(tmp_path / "out") == before


@pytest.mark.usefixtures("no_figures")
def test_csv_can_be_asked_for_later(small_service: Scenario, tmp_path: Path) -> None:
    assert run(small_service, tmp_path / "one").exit_code == 0
    assert run(small_service, tmp_path / "one", "--format", "csv").exit_code == 0
    assert run(small_service, tmp_path / "two", "--format", "csv").exit_code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.usefixtures("no_figures")
@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--seed", "7"), "seed was 1, is 7"),
        (("--check",), "ranges_checked was False, is True"),
        (("--leavers",), "tables"),
    ],
)
def test_other_inputs_in_the_same_folder_are_refused(
    more: tuple[str, ...], told: str, small_service: Scenario, tmp_path: Path
) -> None:
    assert run(small_service, tmp_path / "out").exit_code == 0
    before = contents(tmp_path / "out")
    assert told in one_message(run(small_service, tmp_path / "out", *more))
    assert contents(tmp_path / "out") == before


def test_a_dry_run_says_the_cost_and_writes_nothing(tmp_path: Path) -> None:
    names = ("usual_care", "engager_trial")
    result = engager_sim("run", *names, "--replicates", 3, "--out", tmp_path / "out", "--dry-run")
    assert result.exit_code == 0, result.output
    said = " ".join(result.stdout.split())
    assert "6 runs" in said
    assert "A point is a scenario" in said
    assert "Nothing was written" in said
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_that_does_not_answer_is_refused_before_anything_is_written(
    small_service: Scenario, tmp_path: Path
) -> None:
    message = one_message(run(small_service, tmp_path / "out", "--cluster", "nowhere"))
    assert "no Dask scheduler answers" in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_figures")
def test_an_arm_of_its_own_is_printed_as_all_men(tmp_path: Path) -> None:
    text = changed(("allocation = [1, 1]", "allocation = [1, 0]"))
    result = run(Scenario.load(write(tmp_path, text)), tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "All men" in result.stdout
    assert "Difference" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["usual_care", "--replicates", "0"], "1 to 1,000,000"),
        (["usual_care", "--seed", "-1"], "0 to 18446744073709551615"),
        (["usual_care", "--seed", str(2**64)], "found 18446744073709551616"),
        (["usual_care", "--threads", "0"], "1 to 4096"),
        (["usual_car"], 'did you mean "usual_care"'),
        (["usual_care", "usual_care"], "two scenarios have the name usual_care"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_message(
    arguments: list[str], expected: str, tmp_path: Path
) -> None:
    message = one_message(engager_sim("run", *arguments, "--out", tmp_path / "out"))
    assert expected in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_figures")
@pytest.mark.parametrize("compiled", [True, False])
def test_the_first_compile_says_what_it_is_doing(
    compiled: bool, small_service: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparation, "is_compiled_on_disk", lambda: compiled)
    result = run(small_service, tmp_path / "out")
    assert ("Compiling the rules" in result.stderr) is not compiled


@pytest.mark.usefixtures("no_figures")
def test_brackets_in_names_and_questions_are_printed_as_they_are(tmp_path: Path) -> None:
    text = changed(("What happens in a small service?", "Is [bold]this[/bold] [red]one fine?"))
    result = run(Scenario.load(write(tmp_path, text)), tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "[bold]this[/bold] [red]one fine?" in " ".join(result.stdout.split())


def test_without_a_folder_for_results_nothing_runs() -> None:
    result = engager_sim("run", "usual_care")
    assert result.exit_code == REFUSED
    assert "--out" in result.stderr


@pytest.mark.usefixtures("no_figures")
def test_own_data_come_back_in_the_report_the_table_of_leavers_and_a_network_of_each_scenario(
    tmp_path: Path,
) -> None:
    write(tmp_path, "client,distress,notes\nM & 1,3,x\n,4,\n", "men.csv")
    write(tmp_path, "from,to,strength\nhelpers,housing north,0.4\n", "ties.csv")
    write(tmp_path, changed(), "plain.toml")
    own = '[population]\nmen = "men.csv"\nignore = ["notes"]\n[population.columns]\nid = "client"\n'
    text = f'question = "?"\nbased_on = "plain.toml"\n{own}[network]\nties = "ties.csv"\n'
    scenario = Scenario.load(write(tmp_path, text, "own.toml"))
    assert "columns of men.csv not read, as asked: notes" in scenario.notes
    out = tmp_path / "out"
    result = run(scenario, out, tmp_path / "plain.toml", "--leavers")
    assert result.exit_code == 0, result.output
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "columns of men.csv not read, as asked: notes" in report
    assert "ties.csv: 1 ties were read, 1 with strength" in report
    leavers = pd.read_parquet(out / "leavers.parquet").set_index("scenario")
    assert leavers.loc["own", "id"].dropna().tolist() == ["M & 1", "M & 1"]
    assert leavers.loc["plain", "id"].isna().all()
    names = {"agency_network_own.graphml", "agency_network_plain.graphml"}
    assert names <= files_in(out)
    assert nx.read_graphml(out / "agency_network_own.graphml").number_of_nodes() == 4
    assert engager_sim("report", out).exit_code == 0
