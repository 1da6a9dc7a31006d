"""Tables kept block by block become one file each, streamed so that memory does not grow.

Row groups have a fixed length whatever the blocks, so that a file has the bytes that it would have
if its whole table were written at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from engager_sim.results import disk
from engager_sim.results.digests import DIGESTS
from engager_sim.results.folder_checks import as_results_error
from engager_sim.results.study_folder import StudyFolder
from engager_sim.results.tables import ROWS_PER_GROUP, write_csv


def make_whole(folder: StudyFolder, tables: Sequence[str], csv: bool) -> None:
    """Write each table of the blocks as ``NAME.parquet``.

    Chunks stand until :func:`remove_chunks`: a process that is killed meanwhile goes on from them.

    Parameters
    ----------
    folder : StudyFolder
        Holds the chunks of every block, or the whole tables already.
    tables : sequence of str
        Names of the tables.
    csv : bool
        Whether to write ``NAME.csv`` too.

    Raises
    ------
    ResultsError
        If one cannot be written; the chunks are kept.
    """
    if not folder.is_whole:
        # Tables of fewer runs may stand here: they must not be taken for damaged ones.
        with as_results_error(folder.folder):
            disk.remove(folder.folder / DIGESTS)
        label = folder.label_of_whole()
        for name in tables:
            write = partial(_write_parquet, folder.parts(name), label=label)
            folder.write(f"{name}.parquet", write)
        folder.settle_whole()
    if csv:
        for name in tables:
            folder.write(f"{name}.csv", partial(_write_csv, folder.parts(name)))


def remove_chunks(folder: StudyFolder, tables: Sequence[str]) -> None:
    """Remove the chunks of tables that stand whole."""
    with as_results_error(folder.folder):
        for name in tables:
            disk.remove_folder(folder.folder / name)


def _write_parquet(parts: Iterable[pa.Table], file: Path, label: Mapping[str, str]) -> None:
    groups = _regrouped(parts)
    first = next(groups)
    schema = first.schema.with_metadata(dict(label))
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        writer.write_table(first, row_group_size=ROWS_PER_GROUP)
        for group in groups:
            writer.write_table(group, row_group_size=ROWS_PER_GROUP)


def _regrouped(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Divide rows into groups of the fixed length, each in one piece; one group if there is no row.

    A group in several pieces would be written in other pages.
    """
    waiting: pa.Table | None = None
    is_first = True
    for part in parts:
        waiting = part if waiting is None else pa.concat_tables([waiting, part])
        while len(waiting) >= ROWS_PER_GROUP:
            yield waiting.slice(0, ROWS_PER_GROUP).combine_chunks()
            waiting, is_first = waiting.slice(ROWS_PER_GROUP), False
    if waiting is not None and (is_first or len(waiting)):
        yield waiting.combine_chunks()


def _write_csv(parts: Iterable[pa.Table], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        for number, part in enumerate(parts):
            # Whole numbers stay whole where some are missing.
            frame = part.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
            write_csv(frame, stream, header=number == 0)
