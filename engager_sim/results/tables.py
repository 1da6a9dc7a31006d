"""Tables on disk: equal tables give equal bytes."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.api.types import union_categoricals

ROWS_PER_GROUP = 65_536
"""Fixed, because the same rows in other groups are other bytes."""


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of several scenarios one below the other.

    Columns of words keep to codes inside; a column that only some tables have is missing in the
    others.
    """
    if len(frames) == 1:
        return frames[0]
    kinds = {
        name: union_categoricals([frame[name] for frame in frames]).dtype
        for name, kind in frames[0].dtypes.items()
        if isinstance(kind, pd.CategoricalDtype) and all(name in frame for frame in frames)
    }
    whole = pd.concat([frame.astype(kinds) for frame in frames], ignore_index=True, sort=False)
    widest = max(frames, key=lambda frame: len(frame.columns))
    order = [*widest.columns, *(name for name in whole if name not in widest.columns)]
    return whole[order]


def write_parquet(frame: pd.DataFrame, file: Path, label: Mapping[str, str] | None = None) -> None:
    """Write a table as Parquet, without anything that differs between equal tables."""
    write_arrow(pa.Table.from_pandas(frame, preserve_index=False), file, label)


def write_arrow(table: pa.Table, file: Path, label: Mapping[str, str] | None = None) -> None:
    """Write a table as Parquet; its metadata are the label alone, if there is one."""
    labelled = table.replace_schema_metadata(None if label is None else dict(label))
    pq.write_table(labelled, file, row_group_size=ROWS_PER_GROUP, compression="zstd")


def parquet_bytes(frame: pd.DataFrame) -> int:
    """Count the bytes that a table takes as Parquet."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="zstd")
    return stream.tell()


def write_csv(frame: pd.DataFrame, file: Path | TextIO, header: bool = True) -> None:
    """Write a table as CSV, or more rows of one: a missing value is an empty cell."""
    frame.to_csv(file, index=False, header=header, lineterminator="\n", encoding="utf-8")
