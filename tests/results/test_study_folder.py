"""Results folders of studies: whole or absent, checked, resumable, for one process, refused."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from engager_sim.designs.design import Design
from engager_sim.designs.execution import blocks as blocks_module
from engager_sim.designs.execution.blocks import Block, blocks_of
from engager_sim.designs.execution.carry_out import RunCount, carry_out
from engager_sim.designs.execution.executors import Threads
from engager_sim.designs.execution.outcome_runs import OutcomeRuns
from engager_sim.designs.execution.store import Memory
from engager_sim.errors import ResultsError
from engager_sim.results import folder_checks as module
from engager_sim.results.atomic_write import UNFINISHED
from engager_sim.results.folder_checks import refuse_more_than_the_disk_holds
from engager_sim.results.study_folder import RUNS, StudyFolder
from engager_sim.results.study_manifest import design_facts, study_manifest
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.sweep.settings import read_sweep
from tests.designs.study_files import SWEEP, write_study

MANIFEST = {"what": "results of engager-sim sweep", "seed": 1, "scenarios": {"a": {"x": 1}}}


@pytest.fixture
def workload(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OutcomeRuns:
    """Make a workload of eight points in blocks of a few runs."""
    monkeypatch.setattr(blocks_module, "LEAVER_WEEKS_PER_BLOCK", 3_000)
    settings = read_sweep(write_study(tmp_path, SWEEP))
    return OutcomeRuns(settings.design(settings.values))


def contents(folder: Path) -> dict[str, bytes]:
    """Read every chunk by name."""
    return {file.name: file.read_bytes() for file in sorted((folder / RUNS).iterdir())}


def filled(folder: Path, workload: OutcomeRuns, threads: int = 2) -> dict[str, bytes]:
    """Carry out a design into a folder."""
    with StudyFolder.opened(folder, MANIFEST) as store:
        carry_out(workload, blocks_of(workload, 3), store, Threads(threads))
    return contents(folder)


def test_chunks_are_the_same_bytes_whatever_the_threads(
    tmp_path: Path, workload: OutcomeRuns
) -> None:
    first = filled(tmp_path / "one", workload, threads=1)
    assert len(first) >= 4
    assert filled(tmp_path / "two", workload, threads=2) == first


def test_a_study_cut_short_goes_on_and_ends_the_same(tmp_path: Path, workload: OutcomeRuns) -> None:
    whole = filled(tmp_path / "whole", workload)
    blocks = blocks_of(workload, 3)
    with StudyFolder.opened(tmp_path / "cut", MANIFEST) as store:
        carry_out(workload, blocks[:2], store, Threads(1))
    kept = contents(tmp_path / "cut")
    seen: list[RunCount] = []
    with StudyFolder.opened(tmp_path / "cut", MANIFEST) as store:
        carry_out(workload, blocks, store, Threads(1), seen.append)
    assert seen[0].done == sum(block.size for block in blocks[:2])
    assert contents(tmp_path / "cut") == whole
    assert kept.items() <= whole.items()


@pytest.mark.parametrize("harm", ["flip", "cut", "empty"])
def test_a_damaged_chunk_is_noticed_and_run_again(
    harm: str, tmp_path: Path, workload: OutcomeRuns
) -> None:
    whole = filled(tmp_path / "study", workload)
    victim = sorted((tmp_path / "study" / RUNS).iterdir())[1]
    data = victim.read_bytes()
    harmed = {"flip": data[:40] + bytes([data[40] ^ 1]) + data[41:], "cut": data[:-9], "empty": b""}
    victim.write_bytes(harmed[harm])
    with StudyFolder.opened(tmp_path / "study", MANIFEST) as store:
        carry_out(workload, blocks_of(workload, 3), store, Threads(1))
        assert store.repaired == 1
    assert contents(tmp_path / "study") == whole


def test_what_is_read_back_is_what_was_kept(tmp_path: Path, workload: OutcomeRuns) -> None:
    memory = Memory()
    carry_out(workload, blocks_of(workload, 3), memory, Threads(1))
    columns = ["scenario", "point", "replicate", "trust_12w_programme"]
    with StudyFolder.opened(tmp_path / "study", MANIFEST) as store:
        carry_out(workload, blocks_of(workload, 3), store, Threads(1))
        kept = pd.concat(list(store.tables(columns)), ignore_index=True)
    wanted = pd.concat(list(memory.tables(columns)), ignore_index=True)
    pd.testing.assert_frame_equal(kept, wanted, check_exact=True, check_dtype=False)


def test_chunks_of_a_later_stage_stand_while_an_earlier_one_is_looked_through(
    tmp_path: Path, workload: OutcomeRuns
) -> None:
    with StudyFolder.opened(tmp_path / "study", MANIFEST) as store:
        carry_out(workload, blocks_of(workload, 2, 6), store, Threads(2))
    whole = contents(tmp_path / "study")
    with StudyFolder.opened(tmp_path / "study", MANIFEST) as store:
        store.kept(blocks_of(workload, 2))
        assert store.repaired == 0
        assert store.kept(blocks_of(workload, 2, 6)) == set(range(len(whole)))
    assert contents(tmp_path / "study") == whole


def test_other_inputs_are_refused_and_what_changed_is_said(tmp_path: Path) -> None:
    with StudyFolder.opened(tmp_path / "study", MANIFEST):
        pass
    manifest = (tmp_path / "study" / "manifest.json").read_bytes()
    other = {**MANIFEST, "seed": 2, "scenarios": {"a": {"x": 3}}}
    with (
        pytest.raises(ResultsError, match=r"seed was 1, is 2; scenarios\.a\.x was 1, is 3"),
        StudyFolder.opened(tmp_path / "study", other),
    ):
        pass
    assert (tmp_path / "study" / "manifest.json").read_bytes() == manifest


@pytest.mark.parametrize(
    ("names", "told"),
    [("a", "of other scenarios, made of a, b, and asked for now are a;"),
     ("ba", "in another order, made of a, b, and asked for now are b, a;")],
)  # fmt: skip
def test_other_scenarios_are_refused_by_their_names(names: str, told: str, tmp_path: Path) -> None:
    """Runs are kept by the place of their scenario, so that another order is another study."""
    scenarios = {name: {"x": ord(name)} for name in "ab"}
    with StudyFolder.opened(tmp_path / "study", {**MANIFEST, "scenarios": scenarios}):
        pass
    other = {**MANIFEST, "scenarios": {name: scenarios[name] for name in names}}
    with pytest.raises(ResultsError, match=told), StudyFolder.opened(tmp_path / "study", other):
        pass


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path, tmp_path / "thesis.txt"):
        with (
            pytest.raises(ResultsError, match=r"left alone|in the way"),
            StudyFolder.opened(place, MANIFEST),
        ):
            pass
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="manifest"), StudyFolder.opened(tmp_path, MANIFEST):
        pass


def test_a_second_process_is_told_that_the_folder_is_in_use(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from engager_sim.errors import ResultsError\n"
        "from engager_sim.results.study_folder import StudyFolder\n"
        "try:\n"
        f"    with StudyFolder.opened(Path(sys.argv[1]), {MANIFEST!r}): print('in')\n"
        "except ResultsError as error: print(error.problem)\n"
    )
    folder = str(tmp_path / "study")
    with StudyFolder.opened(Path(folder), MANIFEST):
        told = subprocess.run(
            [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
        )
    assert "another process is working" in told.stdout
    free = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
    )
    assert free.stdout.strip() == "in"


def test_what_a_killed_process_left_unfinished_is_removed(tmp_path: Path) -> None:
    with StudyFolder.opened(tmp_path, MANIFEST) as store:
        pass
    (tmp_path / RUNS).mkdir()
    draft = tmp_path / RUNS / f".half{UNFINISHED}"
    draft.write_bytes(b"half")
    with StudyFolder.opened(tmp_path, MANIFEST) as store:
        assert store.kept([]) == set()
    assert not draft.exists()


@contextmanager
def failing_writes(after: int, number: int) -> Iterator[None]:
    """Let every flush to disk after so many fail with an error of the system."""
    flushed = 0
    real: Callable[[int], None] = os.fsync

    def fsync(handle: int) -> None:
        nonlocal flushed
        flushed += 1
        if flushed > after:
            raise OSError(number, os.strerror(number))
        real(handle)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_fills_or_turns_read_only_loses_nothing_that_was_kept(
    number: int, tmp_path: Path, workload: OutcomeRuns
) -> None:
    whole = filled(tmp_path / "whole", workload)
    folder = tmp_path / "study"
    with StudyFolder.opened(folder, MANIFEST):
        pass
    with (
        pytest.raises(ResultsError, match="what was finished is kept"),
        failing_writes(5, number),
        StudyFolder.opened(folder, MANIFEST) as store,
    ):
        carry_out(workload, blocks_of(workload, 3), store, Threads(1))
    kept = contents(folder)
    assert 0 < len(kept) < len(whole)
    assert kept.items() <= whole.items()
    assert filled(folder, workload) == whole


def test_a_study_that_the_disk_does_not_hold_is_refused_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_more_than_the_disk_holds(tmp_path, 10.0)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: _Free(1_000_000))
    with pytest.raises(ResultsError, match=r"2\.0 MB.*1\.0 MB free"):
        refuse_more_than_the_disk_holds(tmp_path / "new", 2_000_000.0)
    assert not (tmp_path / "new").exists()


class _Free:
    def __init__(self, free: int) -> None:
        self.free = free


def test_a_manifest_names_all_that_numbers_depend_on(small_service: Scenario) -> None:
    def made(seed: int, value: float) -> dict[str, Any]:
        plain = Design((small_service,), (), pd.DataFrame([[value]]).to_numpy(), seed, (), (0,))
        facts = {"seed": seed, **design_facts(plain, {})}
        return study_manifest("sweep", "why?", plain.scenarios, None, facts)

    assert made(1, 2.0) == made(1, 2.0)
    assert made(1, 2.0) != made(2, 2.0)
    assert made(1, 2.0) != made(1, 2.5)
    assert {"versions", "fingerprint_of_the_rules", "scenarios"} <= made(1, 2.0).keys()


def test_a_chunk_holds_its_block_and_is_named_by_its_bytes(
    tmp_path: Path, workload: OutcomeRuns
) -> None:
    with StudyFolder.opened(tmp_path / "study", MANIFEST) as store:
        block = Block(7, 0, 1, 0, 1)
        store.keep(block, workload.run_block(block))
        (chunk,) = (tmp_path / "study" / RUNS).iterdir()
        assert chunk.name.startswith("000007-")
        assert store.kept([block]) == {7}
