"""Digests of files, by which one that is changed later is noticed."""

import hashlib
import json
from functools import partial
from pathlib import Path

from engager_sim.results import disk

DIGITS = 16
DIGEST = partial(hashlib.blake2b, digest_size=DIGITS // 2)
DIGESTS = "digests.json"
"""Names files of a results folder, each with its digest."""


def digest_of(file: Path) -> str:
    """Compute the digest of a file's bytes."""
    with disk.opened(file) as stream:
        return hashlib.file_digest(stream, DIGEST).hexdigest()


def noted_digests(folder: Path) -> dict[str, str]:
    """Read which files a folder had, each with its digest; nothing where none are noted."""
    try:
        noted = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def is_chunk_name(file: Path) -> bool:
    """Tell whether a file is called as a chunk is: a number, and a digest."""
    number, _, digest = file.stem.partition("-")
    return number.isdecimal() and number.isascii() and len(digest) == DIGITS
