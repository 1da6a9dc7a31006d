"""Chunks become whole files with the bytes of a table written at once, come what may."""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from engager_sim.designs.execution.blocks import Block
from engager_sim.errors import ResultsError
from engager_sim.results import disk, whole_tables
from engager_sim.results import tables as table_files
from engager_sim.results.chunks import StudyMark
from engager_sim.results.digests import DIGESTS
from engager_sim.results.growth import study_digest
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.tables import write_csv, write_parquet
from engager_sim.results.whole_tables import make_whole, remove_chunks
from engager_sim.runs.tables.column import words

MANIFEST = {"what": "results of engager-sim run", "seed": 1}
NAMES = ("runs", "men")
GROUP = 100
"""Rows of a row group, in these tests."""


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (table_files, whole_tables):
        monkeypatch.setattr(module, "ROWS_PER_GROUP", GROUP)


def table(rows: int) -> pd.DataFrame:
    """Make a table with columns of every kind, some values missing."""
    numbers = np.arange(rows)
    return pd.DataFrame(
        {
            "scenario": words(np.zeros(rows, np.int64), ["a", "b"]),
            "replicate": numbers // 7,
            "seed": np.full(rows, 2**63, np.uint64),
            "cause": words(numbers % 4 - 1, ["crisis", "recall", "never seen"]),
            "share": np.where(numbers % 5 == 0, np.nan, numbers / 3.0),
            "week": pd.arrays.IntegerArray(numbers.copy(), numbers % 3 == 0),
            "open": numbers % 2 == 0,
        }
    )


def blocks(cuts: list[int]) -> list[Block]:
    return [
        Block(number, 0, 1, first, end)
        for number, (first, end) in enumerate(itertools.pairwise(cuts))
    ]


def fill(folder: StudyFolder, whole: dict[str, pd.DataFrame], cuts: list[int]) -> None:
    """Keep tables in chunks that end at these shares of their rows, in thousandths."""
    kept = folder.kept(blocks(cuts), NAMES)
    for block in blocks(cuts):
        if block.number not in kept:
            parts = {
                name: frame.iloc[
                    len(frame) * block.first_replicate // 1000 :
                    len(frame) * block.end_replicate // 1000
                ].reset_index(drop=True)
                for name, frame in whole.items()
            }  # fmt: skip
            folder.keep(block, parts)


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".lock"
    }


@pytest.mark.parametrize("rows", [(0, 3), (GROUP, 3 * GROUP), (99, 2 * GROUP + 1), (731, 1)])
@pytest.mark.parametrize("cuts", [[0, 1000], [0, 400, 1000], [0, 1, 2, 500, 501, 999, 1000]])
def test_whole_files_have_the_bytes_of_tables_written_at_once(
    rows: tuple[int, int], cuts: list[int], tmp_path: Path
) -> None:
    whole = {name: table(count) for name, count in zip(NAMES, rows, strict=True)}
    with StudyFolder.opened(tmp_path / "out", MANIFEST) as folder:
        fill(folder, whole, cuts)
        make_whole(folder, NAMES, csv=True)
        remove_chunks(folder, NAMES)
    for name, frame in whole.items():
        label = StudyMark(study_digest(MANIFEST), lambda _: "").label(Block(0, 0, 1, 0, 1000))
        write_parquet(frame, tmp_path / "at_once.parquet", label)
        write_csv(frame, tmp_path / "at_once.csv")
        for ending in ("parquet", "csv"):
            made = (tmp_path / "out" / f"{name}.{ending}").read_bytes()
            assert made == (tmp_path / f"at_once.{ending}").read_bytes(), (name, ending)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        *(f"{name}.{ending}" for name in NAMES for ending in ("parquet", "csv")),
        "manifest.json",
        DIGESTS,
        ".lock",
    }


CUTS = [0, 300, 600, 1000]


@pytest.fixture
def whole() -> dict[str, pd.DataFrame]:
    return {"runs": table(250), "men": table(730)}


def finished(out: Path, whole: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """Make a folder of whole tables, or go on with one."""
    with StudyFolder.opened(out, MANIFEST) as folder:
        fill(folder, whole, CUTS)
        make_whole(folder, NAMES, csv=True)
        remove_chunks(folder, NAMES)
    return files(out)


def test_a_finished_folder_needs_no_block_again_and_reads_the_same(
    tmp_path: Path, whole: dict[str, pd.DataFrame]
) -> None:
    before = finished(tmp_path, whole)
    with StudyFolder.opened(tmp_path, MANIFEST) as folder:
        assert folder.kept(blocks(CUTS), NAMES) == {0, 1, 2}
        for name, frame in whole.items():
            columns = ["cause", "share"]
            read = pd.concat(list(folder.tables(columns, name)), ignore_index=True)
            pd.testing.assert_frame_equal(read[columns], frame[columns], check_exact=True)
    assert finished(tmp_path, whole) == before


@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_a_whole_table_that_was_damaged_is_noticed_and_made_again(
    harm: str, tmp_path: Path, whole: dict[str, pd.DataFrame]
) -> None:
    before = finished(tmp_path, whole)
    victim = tmp_path / "men.parquet"
    if harm == "remove":
        victim.unlink()
    else:
        data = victim.read_bytes()
        victim.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
    with StudyFolder.opened(tmp_path, MANIFEST) as folder:
        assert folder.kept(blocks(CUTS), NAMES) == set()
        assert folder.repaired == 1
    assert finished(tmp_path, whole) == before


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("moment", range(8))
def test_a_process_that_dies_while_tables_are_made_goes_on_to_the_same_bytes(
    moment: int, tmp_path: Path, whole: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = finished(tmp_path / "undisturbed", whole)
    steps = itertools.count()

    def deadly(module: object, name: str) -> None:
        real = getattr(module, name)

        def step(*given: object, **named: object) -> object:
            if next(steps) == moment:
                raise Killed
            return real(*given, **named)

        monkeypatch.setattr(module, name, step)

    # Two tables as Parquet, the note, two tables as CSV in three parts each, two removals.
    deadly(whole_tables, "_write_parquet")
    deadly(StudyFolder, "settle_whole")
    deadly(whole_tables, "_write_csv")
    deadly(disk, "remove_folder")
    died = False
    try:
        finished(tmp_path / "out", whole)
    except Killed:
        died = True
    assert died is (moment < 7)
    monkeypatch.undo()
    for module in (table_files, whole_tables):
        monkeypatch.setattr(module, "ROWS_PER_GROUP", GROUP)
    with StudyFolder.opened(tmp_path / "out", MANIFEST) as folder:
        assert folder.kept(blocks(CUTS), NAMES) == {0, 1, 2}
        assert folder.repaired == 0
    assert finished(tmp_path / "out", whole) == undisturbed


def test_a_note_that_cannot_be_read_counts_for_nothing(
    tmp_path: Path, whole: dict[str, pd.DataFrame]
) -> None:
    before = finished(tmp_path, whole)
    (tmp_path / DIGESTS).write_text("{", encoding="utf-8")
    with StudyFolder.opened(tmp_path, MANIFEST) as folder:
        assert folder.kept(blocks(CUTS), NAMES) == set()
    assert finished(tmp_path, whole) == before


def test_a_full_disk_keeps_the_chunks(
    tmp_path: Path, whole: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_tables, "_write_parquet", full)
    with pytest.raises(ResultsError, match="No space left"):
        finished(tmp_path, whole)
    monkeypatch.undo()
    with StudyFolder.opened(tmp_path, MANIFEST) as folder:
        assert folder.kept(blocks(CUTS), NAMES) == {0, 1, 2}
