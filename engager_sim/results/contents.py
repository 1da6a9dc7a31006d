"""What a results folder holds: whether it is finished and unchanged, and how many runs it has."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.designs.execution.blocks import Block
from engager_sim.errors import ResultsError
from engager_sim.results.chunks import block_in, held_of, hull
from engager_sim.results.digests import digest_of, is_chunk_name, noted_digests
from engager_sim.results.study_folder import STANDING
from engager_sim.results.study_results import DICTIONARY, FIGURES

RUN_AGAIN = "run its command again; what is kept is not run twice"


def is_unfinished(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Tell whether a study's command has not ended yet in a folder: its tables are not written."""
    return "runs" in manifest and not (folder / STANDING).exists()


def runs_kept(folder: Path, manifest: Mapping[str, Any]) -> int:
    """Count the runs that chunks, and whole tables of fewer runs, of an unfinished study hold."""
    noted = noted_digests(folder)
    by_table: dict[Path, list[Block]] = {}
    for file in (*_chunks(folder), *folder.glob("*.parquet")):
        is_whole = file.parent == folder
        if (not is_whole or file.name in noted) and (block := block_in(file)) is not None:
            table = file.with_suffix("") if is_whole else file.parent
            by_table.setdefault(table, []).append(block)
    counts = [int(held_of(hull(blocks), blocks).sum()) for blocks in by_table.values()]
    return int(manifest["runs_per_replicate"]) * min(counts, default=0)


def _chunks(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.glob("*/*.parquet")) if is_chunk_name(file))


def refuse_missing_parts(folder: Path) -> None:
    """Refuse a results folder that is not finished, or of which a part was moved away or changed.

    Raises
    ------
    ResultsError
        Naming the parts.
    """
    _refuse(
        [name for name in (STANDING, DICTIONARY, FIGURES) if not (folder / name).exists()], folder
    )
    changed = [
        name
        for name, digest in noted_digests(folder).items()
        if (folder / name).exists() and digest_of(folder / name) != digest
    ]
    changed += [
        file.relative_to(folder).as_posix()
        for file in _chunks(folder)
        if not file.parent.with_suffix(".parquet").exists()  # else nothing reads it any more
        and digest_of(file) != file.stem.partition("-")[2]
    ]
    if changed:
        raise ResultsError(
            f"these files are not as the study wrote them: {', '.join(changed)}",
            file=folder,
            fix=RUN_AGAIN,
        )
    _refuse(
        [
            f"{table}.parquet"
            for table in _described_tables(folder / DICTIONARY)
            if not (folder / f"{table}.parquet").exists() and not (folder / table).is_dir()
        ],
        folder,
    )


def _described_tables(dictionary: Path) -> list[str]:
    try:
        # A table may be called null, which is no missing value here.
        tables = pd.read_csv(dictionary, keep_default_na=False)["table"]
    except (KeyError, ValueError):
        raise ResultsError(
            "this data dictionary cannot be read", file=dictionary, fix=RUN_AGAIN
        ) from None
    return [str(table) for table in tables.unique()]


def _refuse(missing: list[str], folder: Path) -> None:
    if missing:
        raise ResultsError(
            f"this results folder is not finished, or parts of it were moved: it has no "
            f"{', '.join(missing)}",
            file=folder,
            fix=RUN_AGAIN,
        )
