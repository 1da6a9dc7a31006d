"""A kind of study is one folder: the command, its folder and its report follow from it."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from engager_sim.command_line.main import build_app
from engager_sim.designs.execution import blocks as block_room
from engager_sim.reports.page import write_pages, write_report
from engager_sim.studies.kind import PARTS, IncompleteKindError, StudyKind
from engager_sim.studies.registry import kinds
from tests.studies.toy import KIND, narrative

TOY = Path(__file__).parent / "toy"


def toy(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app([*kinds(), KIND]), ["toy", *map(str, arguments)])


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Read every file that must not depend on when, where or how fast it was made."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in ("provenance.jsonl", ".lock")
    }


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a block of every replicate, so that there is something to interrupt and resume."""
    monkeypatch.setattr(block_room, "LEAVER_WEEKS_PER_BLOCK", 1)


def test_a_folder_gives_a_working_command(tmp_path: Path) -> None:
    out = tmp_path / "toy"
    result = toy("usual_care", "--out", out)
    assert result.exit_code == 0, result.output
    share = pd.read_parquet(out / "share.parquet")["mean"].iloc[0]
    assert f"{share:.1%} of the men reoffend." in result.stdout
    assert "4 of 4 runs done" in result.stdout
    dictionary = pd.read_csv(out / "data_dictionary.csv")
    assert list(dictionary["table"].unique()) == ["runs", "share"]
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == ["runs", "share"]
    described = [
        (resource["name"], field["name"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    ]
    assert described == list(dictionary[["table", "column"]].itertuples(index=False, name=None))
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "reoffend, over 4 replicates." in page
    assert "Who reoffends" in page


def test_it_forecasts(tmp_path: Path) -> None:
    result = toy("usual_care", "--dry-run", "--out", tmp_path / "none")
    assert result.exit_code == 0, result.output
    assert "4 runs" in result.stdout
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("small_blocks")
def test_it_resumes_to_equal_bytes(tmp_path: Path) -> None:
    whole, resumed = tmp_path / "whole", tmp_path / "resumed"
    assert toy("usual_care", "--out", whole).exit_code == 0
    shutil.copytree(whole, resumed)
    chunks = sorted((resumed / "runs").glob("*.parquet"))
    assert len(chunks) == 4
    chunks[1].unlink()
    (resumed / "report.html").unlink()
    assert toy("usual_care", "--out", resumed).exit_code == 0
    assert bytes_of(resumed) == bytes_of(whole)


def test_its_report_is_written_again(tmp_path: Path) -> None:
    out = tmp_path / "toy"
    assert toy("usual_care", "--out", out).exit_code == 0
    before = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    assert write_report(out, KIND).read_bytes() == before


def test_its_pages_for_readers_are_written_again_with_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {"page.txt": lambda file: file.write_text("who reoffends")}
    monkeypatch.setattr(narrative, "pages", lambda *_: pages, raising=False)
    out = tmp_path / "toy"
    result = toy("usual_care", "--out", out)
    assert result.exit_code == 0, result.output
    assert "read page.txt, report.html;" in " ".join(result.stdout.split())
    (out / "page.txt").write_text("changed by hand")
    write_report(out, KIND)
    assert write_pages(out, KIND) == [out / "page.txt"]
    assert (out / "page.txt").read_text() == "who reoffends"
    (out / "standing.json").unlink()
    assert write_pages(out, KIND) == []  # its tables may be of other runs


def test_a_page_that_fails_costs_no_table_and_no_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(*_: object) -> dict[str, Callable[[Path], None]]:
        raise ZeroDivisionError

    monkeypatch.setattr(narrative, "pages", pages, raising=False)
    result = toy("usual_care", "--out", tmp_path / "toy")
    assert result.exit_code == 1
    assert "the pages for readers could not be made" in " ".join(result.stderr.split())
    assert (tmp_path / "toy" / "share.parquet").exists()
    assert (tmp_path / "toy" / "report.html").exists()


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Copy the toy's folder to a package that a test may break."""
    folder = tmp_path / "broken_toy"
    shutil.copytree(TOY, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8").replace("tests.studies.toy", "broken_toy")
        file.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "broken_toy"]:
        del sys.modules[name]


def test_a_whole_copy_lacks_nothing(copied: Path) -> None:
    StudyKind("toy", 1, "Who reoffends?", copied.name).check()


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_file_is_named(copied: Path, part: str) -> None:
    (copied / f"{part}.py").unlink()
    with pytest.raises(IncompleteKindError) as refused:
        StudyKind("toy", 1, "Who reoffends?", copied.name).check()
    assert "toy" in str(refused.value)
    assert f"{part}.py" in str(refused.value)


@pytest.mark.parametrize(
    ("part", "definition"),
    [(part, definition) for part, needed in PARTS.items() for definition in needed],
)
def test_a_missing_definition_is_named(copied: Path, part: str, definition: str) -> None:
    file = copied / f"{part}.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace(f"def {definition}(", "def other(").replace(f"{definition} = ", "OTHER = "),
        encoding="utf-8",
    )
    with pytest.raises(IncompleteKindError) as refused:
        StudyKind("toy", 1, "Who reoffends?", copied.name).check()
    assert f"{part}.py" in str(refused.value)
    assert definition in str(refused.value)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_kind_has_all_its_parts(kind: StudyKind) -> None:
    kind.check()
    assert kind.package == f"engager_sim.studies.{kind.name}"
    assert kind.question.endswith("?")
    assert set(kind.exports) <= set(vars(kind.part("study")))


def test_kinds_are_listed_in_an_order_of_their_own() -> None:
    assert len({kind.order for kind in kinds()}) == len(kinds())
