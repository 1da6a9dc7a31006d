"""The data package: what the data dictionary says, as the Frictionless standard writes it.

References
----------
Frictionless Data (2024). Data Package, version 2. https://datapackage.org/standard/data-package/
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from engager_sim.runs.tables.column import Column

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD_TYPES = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
)


def data_package(
    folder: Path, title: str, declared: Mapping[str, Sequence[Column]]
) -> dict[str, Any]:
    """Describe the tables of a results folder.

    Parameters
    ----------
    folder : Path
        Holds every table, as one Parquet file or as a folder of them.
    title : str
        The question that the study asks.
    declared : mapping of str to sequence of Column
        The declared columns of every table.
    """
    resources = [
        _resource(folder, name, files, {column.name: column for column in columns})
        for name, columns in declared.items()
        if (files := _files(folder, name))
    ]
    return {"$schema": SCHEMA, "title": title, "resources": resources}


def _files(folder: Path, name: str) -> list[Path]:
    whole = folder / f"{name}.parquet"
    return [whole] if whole.exists() else sorted((folder / name).glob("*.parquet"))


def _resource(
    folder: Path, name: str, files: Sequence[Path], columns: Mapping[str, Column]
) -> dict[str, Any]:
    paths = [file.relative_to(folder).as_posix() for file in files]
    fields = [_field(field, columns[field.name]) for field in pq.read_schema(files[0])]
    return {
        "name": name,
        "path": paths[0] if len(paths) == 1 else paths,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": {"fields": fields},
    }


def _field(field: pa.Field, column: Column) -> dict[str, str]:
    kind = next((name for test, name in FIELD_TYPES if test(field.type)), "string")
    return {
        "name": column.name,
        "type": "any" if pa.types.is_binary(field.type) else kind,
        "description": column.meaning,
        "unit": column.unit,
    }
