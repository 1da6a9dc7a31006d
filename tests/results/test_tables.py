"""Tables on disk: equal tables give equal bytes; stacked ones keep rows, columns and words."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from engager_sim.results.tables import ROWS_PER_GROUP, parquet_bytes, stacked, write_csv
from engager_sim.results.tables import write_parquet as write

FIRST = pd.DataFrame({"arm": pd.Categorical(["a", "b"]), "n": [1, 2]})
SECOND = pd.DataFrame({"arm": pd.Categorical(["c"]), "n": [3], "more": [0.5]})


def test_equal_tables_give_equal_bytes(tmp_path: Path) -> None:
    write(FIRST, tmp_path / "one")
    write(FIRST.copy(), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_rows_are_grouped_by_a_fixed_number(tmp_path: Path) -> None:
    write(pd.DataFrame({"n": range(ROWS_PER_GROUP + 1)}), tmp_path / "long")
    groups = pq.ParquetFile(tmp_path / "long").metadata
    assert [groups.row_group(index).num_rows for index in range(2)] == [ROWS_PER_GROUP, 1]


def test_stacked_tables_keep_every_row_and_the_widest_ones_columns() -> None:
    whole = stacked([FIRST, SECOND])
    assert list(whole.columns) == ["arm", "n", "more"]
    assert whole["arm"].tolist() == ["a", "b", "c"]
    assert isinstance(whole["arm"].dtype, pd.CategoricalDtype)
    assert whole["more"].isna().tolist() == [True, True, False]
    assert stacked([FIRST]) is FIRST


def test_the_bytes_of_a_table_are_counted_as_written(tmp_path: Path) -> None:
    write(FIRST, tmp_path / "file")
    assert parquet_bytes(FIRST) == (tmp_path / "file").stat().st_size


def test_a_missing_value_is_an_empty_cell(tmp_path: Path) -> None:
    write_csv(stacked([FIRST, SECOND]), tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes() == b"arm,n,more\na,1,\nb,2,\nc,3,0.5\n"
