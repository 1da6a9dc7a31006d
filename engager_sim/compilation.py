"""How rules are compiled, and where compiled code is kept.

A rule is written once, as plain Python on scalars and records; ``rule`` compiles it with
numba. The plain form stays reachable as ``rule.py_func`` and gives the same numbers.

numba's own cache notices an edit in the file of the compiled entry point, not in the files of
the rules that the entry point calls, and would then serve old rules. Compiled code is therefore
kept in a folder named by a hash of every source file that takes part, of the versions of numba
and numpy, and of the processor: changed rules never meet old machine code.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import llvmlite.binding as llvm
import numba
import numpy as np
import platformdirs
from numba.core import config

COMPILED_ROOMS = ("theory", "world", "week", "outcomes")


def source_fingerprint() -> str:
    """Hash every source file whose text can change a simulated number.

    Returns
    -------
    str
        Hexadecimal BLAKE2b digest (32 characters) over the rooms in ``COMPILED_ROOMS`` and this
        file, in sorted order of their paths.
    """
    package = Path(__file__).parent
    files = [Path(__file__)]
    for room in COMPILED_ROOMS:
        files += sorted((package / room).rglob("*.py"))
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        digest.update(file.relative_to(package).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _cache_folder() -> Path:
    machine = f"{llvm.get_host_cpu_name()}-{llvm.get_host_cpu_features().flatten()}"
    digest = hashlib.blake2b(digest_size=12)
    for part in (source_fingerprint(), numba.__version__, np.__version__, machine):
        digest.update(part.encode())
    chosen = os.environ.get("ENGAGER_SIM_CACHE_DIR")
    root = Path(chosen) if chosen else platformdirs.user_cache_path("engager_sim")
    folder = root / f"compiled-{digest.hexdigest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        # A read-only home: compile afresh for this process rather than fail.
        return Path(tempfile.gettempdir()) / f"engager_sim-{os.getuid()}" / folder.name


CACHE_FOLDER = _cache_folder()
config.CACHE_DIR = str(CACHE_FOLDER)


def rule[F: Callable[..., object]](function: F) -> F:
    """Compile a rule; keep its plain form as ``.py_func``.

    Floating-point arithmetic stays strict (no ``fastmath``), so that the compiled and the plain
    form agree to the last bit.
    """
    compiled: F = numba.njit(error_model="numpy", nogil=True)(function)
    return compiled


def entry_point[F: Callable[..., object]](function: F) -> F:
    """Compile a function that Python calls, keep its machine code on disk, release the GIL."""
    compiled: F = numba.njit(error_model="numpy", nogil=True, cache=True)(function)
    return compiled


def is_compiled_on_disk() -> bool:
    """Tell whether an earlier process left machine code for exactly these rules."""
    return any(CACHE_FOLDER.rglob("*.nbi"))
