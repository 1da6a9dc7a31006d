"""What a results folder holds: whether it is finished and unchanged, and how many runs it has."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from engager_sim.designs.execution.blocks import Block
from engager_sim.errors import ResultsError
from engager_sim.results.chunks import NO_CHUNK, OTHER_STUDY, block_in, foreign_chunk, held_of, hull
from engager_sim.results.digests import digest_of, is_chunk_name, noted_digests
from engager_sim.results.growth import study_digest
from engager_sim.results.study_folder import STANDING
from engager_sim.results.study_results import DICTIONARY, FIGURES, PACKAGE

RUN_AGAIN = "run its command again; what is kept is not run twice"


def is_unfinished(folder: Path, manifest: Mapping[str, Any]) -> bool:
    """Tell whether a study's command has not ended yet in a folder: its tables are not written."""
    return "runs" in manifest and not (folder / STANDING).exists()


def runs_kept(folder: Path, manifest: Mapping[str, Any]) -> int:
    """Count the runs that chunks, and whole tables of fewer runs, of an unfinished study hold."""
    noted, study = noted_digests(folder), study_digest(manifest)
    by_table: dict[Path, list[Block]] = {}
    for file in (*filter(is_chunk_name, _among_runs(folder)), *folder.glob("*.parquet")):
        is_whole = file.parent == folder
        if (not is_whole or file.name in noted) and (block := block_in(file, study)) is not None:
            table = file.with_suffix("") if is_whole else file.parent
            by_table.setdefault(table, []).append(block)
    counts = [int(held_of(hull(blocks), blocks).sum()) for blocks in by_table.values()]
    return int(manifest["runs_per_replicate"]) * min(counts, default=0)


def _among_runs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.parquet"))


def refuse_foreign_files(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse a results folder that has a file of something else among its runs.

    Raises
    ------
    ResultsError
        Naming the first such file.
    """
    study = study_digest(manifest)
    for file in _among_runs(folder):
        if not is_chunk_name(file):
            raise foreign_chunk(file, NO_CHUNK)
        if _is_as_named(file) and block_in(file, study) is None:
            raise foreign_chunk(file, OTHER_STUDY)


def _is_as_named(file: Path) -> bool:
    return digest_of(file) == file.stem.partition("-")[2]


def refuse_missing_parts(folder: Path) -> None:
    """Refuse a results folder that is not finished, or of which a part was moved away or changed.

    Raises
    ------
    ResultsError
        Naming the parts.
    """
    noted = noted_digests(folder)
    parts = (STANDING, DICTIONARY, PACKAGE, FIGURES, *noted)
    _refuse([name for name in dict.fromkeys(parts) if not (folder / name).exists()], folder)
    changed = [name for name, digest in noted.items() if digest_of(folder / name) != digest]
    changed += [
        file.relative_to(folder).as_posix()
        for file in filter(is_chunk_name, _among_runs(folder))
        if not file.parent.with_suffix(".parquet").exists()  # else nothing reads it any more
        and not _is_as_named(file)
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
    _refuse([name for name in _packed(folder) if not (folder / name).exists()], folder)


def _packed(folder: Path) -> Iterator[str]:
    """Name the files of tables, the chunks of runs too, that a folder had when it was written."""
    for resource in json.loads((folder / PACKAGE).read_text(encoding="utf-8"))["resources"]:
        path = resource["path"]
        yield from [path] if isinstance(path, str) else path


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
