"""How rules are compiled, and where compiled code is kept.

A rule is written once, as plain Python on scalars and records. Called from compiled code it is
compiled with numba; called from Python it runs as it is written. Both give the same numbers.

numba's own cache notices an edit in the file of the compiled entry point, not in the files of
the rules that the entry point calls, and would then serve old rules. Compiled code is therefore
kept in a folder named by a hash of every source file that takes part, of the versions of numba
and numpy, and of the processor: changed rules never meet old machine code.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Must be set before numba is first imported: full optimisation takes longer to compile and, on
# code made of many small rules, is no faster to run.
os.environ.setdefault("NUMBA_OPT", "2")

import llvmlite.binding as llvm
import numba
import numpy as np
from numba.core import config as _numba_config
from numba.core.registry import CPUDispatcher

from engager_sim.compiled_cache import compiled_cache
from engager_sim.rule_compiler import EntryCompiler, RuleCompiler

config: Any = _numba_config
COMPILED_ROOMS = ("theory", "world", "week", "outcomes")


def source_fingerprint() -> str:
    """Hash every source file whose text can change a simulated number.

    Returns
    -------
    str
        Hexadecimal BLAKE2b digest (32 characters) over the rooms in ``COMPILED_ROOMS``, in sorted
        order of their paths, and the two files that say how they are compiled.
    """
    package = Path(__file__).parent
    files = [Path(__file__), package / "rule_compiler.py"]
    for room in COMPILED_ROOMS:
        files += sorted((package / room).rglob("*.py"))
    digest = hashlib.blake2b(digest_size=16)
    for file in files:
        digest.update(file.relative_to(package).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _cache_name() -> str:
    machine = f"{llvm.get_host_cpu_name()}-{llvm.get_host_cpu_features().flatten()}"
    digest = hashlib.blake2b(digest_size=12)
    for part in (source_fingerprint(), numba.__version__, np.__version__, machine, str(config.OPT)):
        digest.update(part.encode())
    return digest.hexdigest()


CACHE_FOLDER, NOT_KEPT_BECAUSE = compiled_cache(_cache_name())
"""Where machine code is kept, if anywhere, and why not."""
if CACHE_FOLDER is not None:
    config.CACHE_DIR = str(CACHE_FOLDER)


class Rule(CPUDispatcher):
    """A function that is machine code to its compiled callers and plain Python to all others.

    Only the entry points need wrappers that take arguments from Python; going without them for
    everything else halves the time to compile.
    """

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Run the rule as it is written."""
        return self.py_func(*arguments, **named)


def in_place[F: Callable[..., Any]](function: F) -> F:
    """Make a rule, of a function or of another rule, whose machine code stands where it is called.

    For what runs for every man every week: handing over a world costs more than most rules do.
    """
    made: Any = rule(getattr(function, "py_func", function))
    made.targetoptions["forceinline"] = True
    result: F = made
    return result


def rule[F: Callable[..., Any]](function: F) -> F:
    """Make a rule; keep its plain form as ``.py_func``.

    Floating-point arithmetic stays strict (no ``fastmath``), so that the compiled and the plain
    form agree to the last bit. A rule makes no arrays, so its machine code need not count who
    holds those of the world: the entry point holds them, and counting cost as much as the rules.
    """
    return _made(function, makes_arrays=False)


def compiled_instead_of[F: Callable[..., Any]](plain: F) -> Callable[[F], F]:
    """Make a rule in place of a plain function that gives the same numbers.

    Its compiled callers get what is decorated; Python, and who asks what a rule means, get the
    plain function. For what the processor can do and Python cannot say.
    """

    def make(function: F) -> F:
        made: Any = in_place(function)
        made.py_func = plain
        result: F = made
        return result

    return make


def rule_that_makes_arrays[F: Callable[..., Any]](function: F) -> F:
    """Make a rule that needs arrays of its own; only entry points and its like may call it."""
    return _made(function, makes_arrays=True)


def _made[F: Callable[..., Any]](function: F, makes_arrays: bool) -> F:
    options = {
        "nopython": True,
        "error_model": "numpy",
        "no_cpython_wrapper": True,
        "no_cfunc_wrapper": True,
        "_nrt": makes_arrays,
    }
    made: Any = Rule(function, targetoptions=options, pipeline_class=RuleCompiler)
    result: F = made
    return result


def entry_point[F: Callable[..., Any]](function: F) -> F:
    """Compile a function that Python calls, keep its machine code if it may, release the GIL."""
    keep = CACHE_FOLDER is not None
    made: Any = numba.njit(
        error_model="numpy", nogil=True, cache=keep, pipeline_class=EntryCompiler
    )(function)
    result: F = made
    return result


def is_compiled_on_disk() -> bool:
    """Tell whether an earlier process left machine code for exactly these rules."""
    return CACHE_FOLDER is not None and any(CACHE_FOLDER.rglob("*.nbi"))
