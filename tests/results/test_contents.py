"""What a results folder says of itself: dictionary, data package, and what is missing from it."""

from pathlib import Path

import pandas as pd
import pytest

from engager_sim.errors import ResultsError
from engager_sim.results.contents import refuse_missing_parts
from engager_sim.results.data_dictionary import described
from engager_sim.results.data_package import data_package
from engager_sim.results.manifest import write_json
from engager_sim.results.tables import write_csv, write_parquet
from engager_sim.runs.tables.column import Column

DECLARED = {
    "runs": (Column("replicate", "number of the replicate", "number"),),
    "share": (
        Column("name", "of an outcome", "name"),
        Column("mean", "mean over replicates", "share", "all men", "no man"),
        Column("low", "lower end", "share"),
        Column("clear", "whether it is not 0", "true/false"),
    ),
}
SHARE = pd.DataFrame({"name": ["a"], "mean": [0.5], "clear": [True]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small finished folder."""
    (tmp_path / "runs").mkdir()
    (tmp_path / "figures").mkdir()
    for number in range(2):
        chunk = pd.DataFrame({"replicate": [number]})
        write_parquet(chunk, tmp_path / "runs" / f"{number:06d}-digest.parquet")
    write_parquet(SHARE, tmp_path / "share.parquet")
    write_csv(described({"share": SHARE}, DECLARED), tmp_path / "data_dictionary.csv")
    write_json(data_package(tmp_path, "How many?", DECLARED), tmp_path / "datapackage.json")
    (tmp_path / "standing.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_the_dictionary_describes_the_columns_that_a_table_has() -> None:
    rows = described({"share": SHARE}, DECLARED)
    assert list(rows["table"] + "." + rows["column"]) == [
        "runs.replicate",
        "share.name",
        "share.mean",
        "share.clear",
    ]
    mean = rows[rows["column"] == "mean"].iloc[0]
    assert (mean["meaning"], mean["unit"]) == ("mean over replicates", "share")
    assert (mean["denominator"], mean["missing"]) == ("all men", "no man")


def test_a_column_that_nobody_declared_is_an_error() -> None:
    with pytest.raises(KeyError, match="other"):
        described({"share": SHARE.assign(other=1)}, DECLARED)


def test_the_data_package_names_files_fields_and_types(folder: Path) -> None:
    package = data_package(folder, "How many?", DECLARED)
    assert package["title"] == "How many?"
    runs, share = package["resources"]
    assert runs["path"] == ["runs/000000-digest.parquet", "runs/000001-digest.parquet"]
    assert share["path"] == "share.parquet"
    fields = {field["name"]: field for field in share["schema"]["fields"]}
    assert {name: field["type"] for name, field in fields.items()} == {
        "name": "string",
        "mean": "number",
        "clear": "boolean",
    }
    assert fields["mean"]["description"] == "mean over replicates"


def test_a_whole_folder_lacks_nothing(folder: Path) -> None:
    refuse_missing_parts(folder)


@pytest.mark.parametrize("header", ["tabl,column", ""])
def test_a_dictionary_that_says_no_tables_is_refused_by_name(header: str, folder: Path) -> None:
    (folder / "data_dictionary.csv").write_text(f"{header}\nshare,name\n", encoding="utf-8")
    with pytest.raises(ResultsError, match=r"data_dictionary\.csv|share"):
        refuse_missing_parts(folder)


@pytest.mark.parametrize(
    "part",
    [
        "standing.json",
        "data_dictionary.csv",
        "datapackage.json",
        "share.parquet",
        "figures",
        "runs",
        "runs/000001-digest.parquet",
    ],
)
def test_a_part_that_was_moved_away_is_named(part: str, folder: Path) -> None:
    (folder / part).rename(folder.parent / f"moved {folder.name}")
    with pytest.raises(ResultsError, match=part):
        refuse_missing_parts(folder)
