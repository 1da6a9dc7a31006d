"""Reports: one file, offline, escaped, with the numbers and words for every picture."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engager_sim.errors import ResultsError
from engager_sim.reports.descriptions import (
    cited_parameters,
    described_changes,
    references,
    scenario_description,
)
from engager_sim.reports.page import write_report
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.registry import kind_of
from tests.command_line.command import engager_sim, one_message
from tests.designs.study_files import SENSITIVITY, SWEEP, write_study
from tests.scenarios.services import SERVICE, write


class Reader(HTMLParser):
    """Notes tags that do not close, what would be fetched, links and pictures' words."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "src" and not str(value).startswith("data:"):
                self.fetched.append(str(value))
            if name == "href":
                self.links.append(str(value))
            if name == "id":
                self.ids.append(str(value))
            if name == "alt":
                self.words.append(str(value))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(folder: Path) -> tuple[str, Reader]:
    """Read a page: its text, and what a browser would make of it."""
    text = (folder / "report.html").read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert reader.fetched == []
    assert len(reader.ids) == len(set(reader.ids))
    for link in reader.links:
        assert link[1:] in reader.ids if link.startswith("#") else (folder / link).is_file(), link
    assert all(len(words) > 30 for words in reader.words)
    return text, reader


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make a results folder of each command."""
    place = tmp_path_factory.mktemp("studies")
    service = write(place, SERVICE)
    better = write(
        place,
        'question = "Does <b>weekly</b> supervision help?"\nbased_on = "service.toml"\n'
        "[programme.supervision]\ninterval = 1\n",
        "better.toml",
    )
    commands = {
        "run": ("run", service, "--replicates", 3),
        "compare": ("compare", service, better, "--replicates", 4),
        "sweep": ("sweep", write_study(place, SWEEP)),
    }
    made = {}
    for name, command in commands.items():
        made[name] = place / "results" / name
        result = engager_sim(*command, "--out", made[name])
        assert result.exit_code == 0, result.output
    made["sensitivity"] = place / "results" / "sensitivity"
    result = engager_sim(
        "sensitivity", write_study(place, SENSITIVITY), "--out", made["sensitivity"]
    )
    assert result.exit_code == 0, result.output
    return made


@pytest.mark.parametrize("command", ["run", "compare", "sweep", "sensitivity"])
def test_every_command_writes_a_page_that_stands_alone(
    command: str, folders: dict[str, Path]
) -> None:
    text, reader = read(folders[command])
    assert "Everything on this page is simulated" in text
    assert "runs done" in text
    assert "How to repeat it" in text
    assert len(reader.words) == len(list((folders[command] / "figures").glob("*.png"))) > 0


def test_text_from_a_scenario_is_escaped(folders: dict[str, Path]) -> None:
    text, _ = read(folders["compare"])
    assert "&lt;b&gt;weekly&lt;/b&gt;" in text
    assert "<b>weekly" not in text


def test_a_comparison_says_what_differs_and_how_many_men_go_another_way(
    folders: dict[str, Path],
) -> None:
    text, _ = read(folders["compare"])
    assert "What differs in better" in text
    assert "Men whose first exit differs" in text
    assert re.search(r"spills over", text)


def test_the_page_can_be_written_again_from_the_folder_alone(folders: dict[str, Path]) -> None:
    before = (folders["sweep"] / "report.html").read_bytes()
    (folders["sweep"] / "report.html").unlink()
    assert engager_sim("report", folders["sweep"]).exit_code == 0
    assert (folders["sweep"] / "report.html").read_bytes() == before


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (None, "no results folder"),
        ("[]", "no results folder"),
        ('{"what": "results of something else"}', "names no command"),
        (
            '{"what": "results of engager-sim run", "versions": {"engager_sim": "0.0.9"}}',
            r"former layout: engager_sim 0\.0\.9 wrote it",
        ),
        (
            '{"what": "results of engager-sim sweep", "command": "sweep"}',
            r"it has no standing\.json, data_dictionary\.csv, datapackage\.json, figures",
        ),
    ],
)
def test_a_folder_that_is_none_of_ours_or_not_finished_is_refused(
    manifest: str | None, problem: str, tmp_path: Path
) -> None:
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ResultsError, match=problem):
        write_report(tmp_path, kind_of(tmp_path))
    assert not (tmp_path / "report.html").exists()


def test_an_error_of_the_program_is_never_told_as_a_damaged_folder(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = kind_of(folders["sweep"])
    narrative = kind.part("narrative")
    for error in (KeyError, TypeError, AttributeError):

        def broken(*_: object, error: type[Exception] = error) -> list[str]:
            raise error("a mistake in the program")

        monkeypatch.setattr(narrative, "answer", broken)
        with pytest.raises(error, match="a mistake in the program"):
            write_report(folders["sweep"], kind)


def test_scenarios_and_changes_are_described(small_service: Scenario) -> None:
    words = scenario_description(small_service.resolved())
    assert "20 men enter over 10 weeks" in words
    assert "2 practitioners, 1 supervisor, 1 peer" in words
    weekly = changed(small_service, {"programme.supervision.interval": 1})
    (change,) = described_changes(small_service.difference(weekly))
    assert change.whom == "programme"
    assert "supervision" in change.meaning
    assert change.there == "1"


def test_sources_are_counted_and_listed() -> None:
    cited, total = cited_parameters()
    assert 0 < cited < total
    assert any("Lennox" in reference for reference in references())


def test_a_file_that_was_changed_since_is_named(folders: dict[str, Path], tmp_path: Path) -> None:
    for name in ("points.csv", "manifest.json", "figures"):
        out = tmp_path / name
        shutil.copytree(folders["sweep"], out)
        file = min((out / name).iterdir()) if name == "figures" else out / name
        file.write_bytes(file.read_bytes() + b" ")
        message = one_message(engager_sim("report", out))
        assert f"not as the study wrote them: {file.relative_to(out).as_posix()};" in message


def test_a_chunk_that_was_taken_away_is_named(folders: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(folders["sweep"], out)
    chunk = min((out / "runs").iterdir())
    chunk.unlink()
    message = one_message(engager_sim("report", out))
    assert f"it has no runs/{chunk.name};" in message


def test_a_copy_of_a_table_that_was_taken_away_is_named(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(folders["sweep"], out)
    copy = min(out.glob("*.csv"))
    copy.unlink()
    assert f"it has no {copy.name};" in one_message(engager_sim("report", out))


@pytest.mark.parametrize("unfinished", [False, True])
def test_a_chunk_of_another_study_is_named(
    unfinished: bool, folders: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(folders["sweep"], out)
    if unfinished:
        (out / "standing.json").unlink()
    chunk = min((folders["compare"] / "runs").iterdir())
    for file, told in (
        (out / "runs" / chunk.name, "is of another study"),
        (out / "runs" / "mine.parquet", "was not written by the study"),
    ):
        shutil.copy(chunk, file)
        message = one_message(engager_sim("report", out))
        assert str(file) in message
        assert told in message
        file.unlink()
    assert engager_sim("report", out).exit_code == 0


def test_an_unfinished_study_has_a_page_that_says_how_far_it_is(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(folders["sweep"], out)
    for file in out.iterdir():
        if file.name not in ("manifest.json", "runs"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
    assert engager_sim("report", out).exit_code == 0
    assert "24 of 24 runs done" in read(out)[0]
    min((out / "runs").iterdir()).unlink()
    assert engager_sim("report", out).exit_code == 0
    text, reader = read(out)
    assert "This study is not finished" in text
    assert "0 of 24 runs done" in text
    assert reader.words == []
