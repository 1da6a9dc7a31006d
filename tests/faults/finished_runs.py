"""Which runs the files of a folder hold, counted without the program's own bookkeeping."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from engager_sim.designs.execution.workload import RUNS
from engager_sim.results.digests import digest_of, is_chunk_name, noted_digests
from tests.faults.fake_study import WEEKS

type Run = tuple[str, int, int]
"""Table, point and replicate of a finished run."""


def finished_runs(folder: Path) -> set[Run]:
    """List the runs that whole files of a folder hold."""
    noted = noted_digests(folder)
    wholes = [
        (name, folder / f"{name}.parquet")
        for name in (RUNS, WEEKS)
        if f"{name}.parquet" in noted
        and (folder / f"{name}.parquet").exists()
        and digest_of(folder / f"{name}.parquet") == noted[f"{name}.parquet"]
    ]
    chunks = [
        (file.parent.name, file)
        for file in folder.glob("*/*.parquet")
        if is_chunk_name(file) and digest_of(file) == file.stem.partition("-")[2]
    ]
    return {
        (name, point, replicate)
        for name, file in wholes + chunks
        for point, replicate in _held(file)
    }


def _held(file: Path) -> Iterator[tuple[int, int]]:
    table = pq.read_table(file, columns=["point", "replicate"])
    yield from zip(table["point"].to_pylist(), table["replicate"].to_pylist(), strict=True)
