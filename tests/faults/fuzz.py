"""A hundred thousand files made wrong, each read: ``make fuzz``.

What is made wrong, and how, follows from one integer (``--replay N`` shows it again). A reader
accepts what holds all that was declared, or refuses it in one clear line: nothing else may happen.
"""

import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

from engager_sim.errors import EngagerError
from engager_sim.scenarios.scenario import Scenario
from engager_sim.visible_text import visible
from tests.faults.fuzz_inputs import Case, cases, results_cases, run_of
from tests.faults.fuzz_results import make_results

INPUTS = 100_000
CLOSELY_EVERY, RUN_EVERY = 5, 100
"""One accepted scenario in so many is written and read again, and run."""
RESULTS_SHARE = 0.03
LONGEST = 10.0
"""Seconds of a processor that reading one file may take."""
SHORTEST_MESSAGE = 20
MEMORY = Path("/dev/shm")


class Fuzzer:
    """Reads files made wrong, in a folder of its own."""

    def __init__(self, folder: Path, results: Path | None) -> None:
        self.weights, self.cases = zip(*cases(folder), strict=True)
        self.results = [] if results is None else [*results_cases(folder, results)]
        self.counted: Counter[str] = Counter()
        self.violations: list[str] = []
        self.made = b""

    def case_of(self, random: Random) -> Case | None:
        """Choose which file is made wrong; nothing where it is of results that were not made."""
        if random.random() < RESULTS_SHARE:
            return random.choice(self.results) if self.results else None
        case: Case = random.choices(self.cases, self.weights)[0]
        return case

    def read(self, number: int) -> str:
        """Make one file wrong and read it; say how it ended."""
        random = Random(number)
        case = self.case_of(random)
        if case is None:
            return "left out"
        content = case.file.read_bytes()
        case.change(random, case.file, content)
        self.made = case.file.read_bytes()
        try:
            ended, wrong = self._ended(number, case)
        finally:
            case.file.write_bytes(content)
        self.counted[f"{case.name}: {ended.partition(':')[0]}"] += 1
        told = f"input {number}, {case.name}, {case.file.name}: {ended}"
        if wrong:
            self.violations.append("\n".join([told, *wrong]))
        return "\n".join([told, *wrong])

    def _ended(self, number: int, case: Case) -> tuple[str, list[str]]:
        started = time.process_time()
        try:
            accepted = case.read()
            if (seconds := time.process_time() - started) > LONGEST:
                return "accepted", [f"it took {seconds:.0f} seconds"]
        except EngagerError as error:
            text = str(error)
            is_clear = len(text) >= SHORTEST_MESSAGE and visible(text, kept="") == text
            return f"refused: {text}", [] if is_clear else [f"no clear message: {text!r}"]
        except Exception:
            return "another exception", [traceback.format_exc()]
        try:
            wrong = list(case.hold(accepted, number % CLOSELY_EVERY == 0))
            if isinstance(accepted, Scenario):
                self.counted["scenarios accepted"] += 1
                if number % RUN_EVERY == 0:
                    self.counted["scenarios run"] += 1
                    wrong += run_of(accepted)
        except Exception:
            return "accepted", [traceback.format_exc()]
        return "accepted", wrong


def fuzz(numbers: range, results: Path | None = None) -> tuple[Counter[str], list[str]]:
    """Read files made wrong; count how they ended, and tell what must not happen."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as parent:
        fuzzer = Fuzzer(Path(parent), results)
        for number in numbers:
            fuzzer.read(number)
        return fuzzer.counted, fuzzer.violations


def main(count: int) -> None:
    """Read so many files on every processor; fail if anything happens that must not."""
    workers = os.cpu_count() or 1
    step = -(-count // (8 * workers))
    parts = [range(first, min(first + step, count)) for first in range(0, count, step)]
    counted: Counter[str] = Counter()
    violations: list[str] = []
    with tempfile.TemporaryDirectory() as parent, ProcessPoolExecutor(workers) as pool:
        make_results(Path(parent))
        for some, wrong in pool.map(partial(fuzz, results=Path(parent)), parts):
            counted += some
            violations += wrong
    for name, times in sorted(counted.items()):
        print(f"{times:8,} {name}")
    print(f"{count - len(violations):,} of {count:,} files were read as they must be")
    print("\n\n".join(violations))
    if violations:
        raise SystemExit(1)


def replay(number: int) -> None:
    """Make one file wrong again and tell how it ends."""
    with tempfile.TemporaryDirectory() as parent:
        results, folder = Path(parent) / "results", Path(parent) / "inputs"
        make_results(results)
        folder.mkdir()
        fuzzer = Fuzzer(folder, results)
        told = fuzzer.read(number)
        print(f"{fuzzer.made[:20_000].decode(errors='replace')}\n\n{told}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--replay"]:
        replay(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS)
