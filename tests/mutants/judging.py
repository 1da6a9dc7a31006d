"""Each mutant is put into a copy of the package, and tests that notice it kill it."""

import hashlib
import json
import os
import resource
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.operators import Mutant
from tests.own_process import begin

LONGEST = 60
"""Seconds of a processor that tests may take over a mutant; a fault that never ends is noticed."""
PLUGIN = "tests/mutants/plain.py"
"""How the tests of a mutant are run."""
KILLED, SURVIVED, ENDLESS = "killed", "survived", "endless"
VERDICTS = {0: SURVIVED, 1: KILLED, 2: KILLED, -signal.SIGXCPU: ENDLESS}
"""By what pytest returns: all passed, one failed, the tests could not even be read; or stopped."""


class Copy:
    """A copy of package and tests, in which faults are put one after another."""

    def __init__(self, tree: Path, folder: Path) -> None:
        self.folder = folder
        for name in ("engager_sim", "tests"):
            shutil.copytree(tree / name, folder / name)
        shutil.copy(tree / "pyproject.toml", folder)

    def judge(self, mutant: Mutant, tests: tuple[str, ...]) -> str:
        """Put one fault in, run the tests up to the first that fails, take it out again."""
        file = self.folder / mutant.file
        source = file.read_bytes()
        file.write_bytes(mutant.put_into(source))
        try:
            process = begin(_run_tests, self.folder, tests)
            process.join()
            return VERDICTS[process.exitcode or 0]
        finally:
            file.write_bytes(source)


def _run_tests(folder: Path, tests: tuple[str, ...]) -> None:
    """Run tests in a process of their own, with what was read of the package read again."""
    for name in [name for name in sys.modules if name.split(".")[0] in ("engager_sim", "tests")]:
        del sys.modules[name]
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 1))
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True  # of a file that two faults may leave equally long
    os.environ["ENGAGER_SIM_CACHE_DIR"] = str(folder / "compiled")
    import pytest

    plugins = ("-p", "tests.mutants.plain", "-p", "no:cacheprovider")
    sys.exit(pytest.main(["-qx", "--assert=plain", *plugins, *tests]))


@dataclass(frozen=True)
class Verdicts:
    """Verdicts of earlier processes, a line each.

    One holds while the file, its tests and how these are run are the same.
    """

    tree: Path
    file: Path

    def key(self, mutant: Mutant, tests: tuple[str, ...]) -> str:
        """Name a mutant among the tests that judge it."""
        digest = hashlib.blake2b(mutant.name.encode(), digest_size=12)
        for path in (mutant.file, *tests, PLUGIN):
            digest.update((self.tree / path).read_bytes())
        return digest.hexdigest()

    def known(self) -> dict[str, str]:
        """Read what is known; a line that was not written whole is none."""
        if not self.file.exists():
            return {}
        lines = self.file.read_text(encoding="utf-8").split("\n")[:-1]
        return dict(map(json.loads, lines))

    def add(self, key: str, verdict: str) -> None:
        """Keep one verdict more."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps([key, verdict]) + "\n")
