"""Chunks: Parquet files that say of which study and which runs they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from engager_sim.designs.execution.blocks import Block
from engager_sim.errors import ResultsError

STUDY, RUNS_HELD, POINTS = "engager_sim.study", "engager_sim.runs", "engager_sim.points"
"""What the metadata of a chunk's schema tell."""
OTHER_STUDY = "is of another study: of another seed, scenario or version"
NO_CHUNK = "was not written by the study"
"""What may be wrong with a file among the runs."""

type Held = npt.NDArray[np.bool_]
"""By point and replicate of a block, whether a run is held."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A file, the block of runs in it, and the columns that it has."""

    file: Path
    block: Block
    columns: tuple[str, ...]


@dataclass(frozen=True)
class StudyMark:
    """What tells the chunks of a study from those of any other.

    Attributes
    ----------
    study : str
        Digest of all that the numbers of its runs depend on.
    points_digest : callable
        Gives a digest of what some points set; chunks stand when points are added after theirs.
    """

    study: str
    points_digest: Callable[[range], str]

    def label(self, block: Block) -> dict[str, str]:
        """Describe a block of this study, for the metadata of its chunk."""
        held = (*_ends(block.points), *_ends(block.replicates))
        return {
            STUDY: self.study,
            RUNS_HELD: " ".join(map(str, held)),
            POINTS: self.points_digest(block.points),
        }

    def read(self, file: Path, number: int) -> Chunk:
        """Read which runs of this study a chunk holds.

        Raises
        ------
        ResultsError
            If it is a chunk of another study, or none.
        """
        told, columns = _told(file)
        block = _block_told(told, number)
        if block is None:
            raise foreign_chunk(file, "does not say of which study it is")
        if told.get(STUDY) != self.study:
            raise foreign_chunk(file, OTHER_STUDY)
        if told.get(POINTS) != self.points_digest(block.points):
            raise foreign_chunk(file, "is of another design: its points are others")
        return Chunk(file, block, columns)


def foreign_chunk(file: Path, what: str) -> ResultsError:
    """Make the error that names a chunk which is not this study's."""
    return ResultsError(
        f"this file among the runs {what}; it is left alone, and nothing is averaged",
        file=file,
        fix="move it out of the results folder, and the same command goes on",
    )


def _ends(numbers: range) -> tuple[int, int]:
    return numbers.start, numbers.stop


def block_in(file: Path, study: str) -> Block | None:
    """Read which runs a chunk of a study holds, by the study's digest; nothing if not of it."""
    told, _ = _told(file)
    return _block_told(told, 0) if told.get(STUDY) == study else None


def _told(file: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """Read what the metadata of a file tell, and its columns; nothing where it is no Parquet."""
    try:
        schema = pq.read_schema(file)
    except pa.ArrowInvalid:
        return {}, ()
    metadata: Mapping[bytes, bytes] = schema.metadata or {}
    told = {key.decode(): value.decode(errors="replace") for key, value in metadata.items()}
    return told, tuple(schema.names)


def _block_told(told: Mapping[str, str], number: int) -> Block | None:
    try:
        return Block(number, *map(int, told[RUNS_HELD].split()))
    except (KeyError, TypeError, ValueError):
        return None


def hull(blocks: Sequence[Block]) -> Block:
    """Name the smallest block that holds all these."""
    return Block(
        0,
        min(block.first_point for block in blocks),
        max(block.end_point for block in blocks),
        min(block.first_replicate for block in blocks),
        max(block.end_replicate for block in blocks),
    )


def held_of(block: Block, others: Iterable[Block]) -> Held:
    """Tell which runs of a block other blocks hold."""
    held = np.zeros((len(block.points), len(block.replicates)), np.bool_)
    for other in others:
        held[_overlap(block, other)] = True
    return held


def _overlap(block: Block, other: Block) -> tuple[slice, slice]:
    """Say where, by point and replicate of a block, runs of another lie; an empty slice if none."""
    points, replicates = (
        slice(max(own.start, theirs.start) - own.start, max(0, theirs.stop - own.start))
        for own, theirs in ((block.points, other.points), (block.replicates, other.replicates))
    )
    return points, replicates


def parts_not_held(block: Block, held: Held) -> Iterator[Block]:
    """Divide the runs of a block that are not held into blocks with its number."""
    for row, points in groupby(block.points, lambda point: tuple(held[point - block.first_point])):
        members = list(points)
        # Where what is held begins or ends: in turn the first replicate not held, and its end.
        edges = block.first_replicate + np.flatnonzero(np.diff([True, *row, True]))
        for first, end in edges.reshape(-1, 2).tolist():
            yield Block(block.number, members[0], members[-1] + 1, first, end)


def put_together(block: Block, chunks: Sequence[Chunk], keys: Sequence[str]) -> pa.Table:
    """Take the rows of a block from the chunks that hold its runs, each run from one of them.

    Parameters
    ----------
    keys : sequence of str
        The columns by which rows are in order; the last is the replicate, and the one before it,
        if there is one, tells the point.

    Returns
    -------
    pyarrow.Table
        As if the block had been run at once.
    """
    missing = np.ones((len(block.points), len(block.replicates)), np.bool_)
    parts = []
    for chunk in chunks:
        overlap = _overlap(block, chunk.block)
        if missing[overlap].any():
            taken = np.zeros_like(missing)
            taken[overlap] = missing[overlap]
            parts.append(_rows_of(block, taken, chunk.file, keys))
            missing[overlap] = False
    whole = pa.concat_tables(parts, promote_options="default").unify_dictionaries()
    order = np.lexsort([_numbers(whole[key]) for key in reversed(keys)])
    return whole.take(pa.array(order)).combine_chunks()


def _rows_of(block: Block, taken: Held, file: Path, keys: Sequence[str]) -> pa.Table:
    replicates = block.replicates
    within = [(keys[-1], ">=", replicates.start), (keys[-1], "<", replicates.stop)]
    table = pq.read_table(file, filters=within).unify_dictionaries()
    replicate = _numbers(table[keys[-1]]) - replicates.start
    point = _numbers(table[keys[-2]]) if len(keys) > 1 else np.zeros(len(table), np.int64)
    inside = (point >= block.first_point) & (point < block.end_point)
    row = np.where(inside, point - block.first_point, 0)
    return table.filter(pa.array(inside & taken[row, replicate]))


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Read a key as numbers: of words, their order."""
    array = column.combine_chunks()
    if pa.types.is_dictionary(array.type):
        array = array.indices
    return np.asarray(array.to_numpy(zero_copy_only=False), np.int64)
