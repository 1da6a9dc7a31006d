"""Digests of files, by which one that is damaged later is noticed."""

import hashlib
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

DIGITS = 16
DIGEST = partial(hashlib.blake2b, digest_size=DIGITS // 2)
WHOLE_TABLES = "whole_tables.json"
"""Names the whole tables of a results folder, each with its digest."""


def digest_of(file: Path) -> str:
    """Compute the digest of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, DIGEST).hexdigest()


def table_digests(folder: Path, tables: Sequence[str]) -> dict[str, str]:
    """Compute the digest of each whole table in a folder; of one that is missing, nothing."""
    files = {name: folder / f"{name}.parquet" for name in tables}
    return {name: digest_of(file) for name, file in files.items() if file.exists()}


def noted_digests(folder: Path) -> dict[str, str]:
    """Read which whole tables a folder had, each with its digest; nothing where none are noted."""
    try:
        noted = json.loads((folder / WHOLE_TABLES).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}
