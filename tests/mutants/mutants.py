"""Small faults put into rules, events and statistics: do tests notice? ``make mutants``.

A sample of all faults is drawn by their names, so that it stays the same while the code does. Each
is put into a copy of the package, never into the package itself, and judged by the tests of its
own file. Verdicts are kept in ``results/mutants`` as they come; the same command goes on.
"""

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.judging import ENDLESS, SURVIVED, Copy, Verdicts
from tests.mutants.operators import Mutant, mutants_of, no_fault
from tests.mutants.rooms import ROOMS, Room

TREE = Path(__file__).parents[2]
VERDICTS = TREE / "results" / "mutants" / "verdicts.jsonl"
LEAST_KILLED = 0.85


@dataclass(frozen=True)
class Case:
    """A mutant, and the tests that judge it."""

    mutant: Mutant
    tests: tuple[str, ...]


def sampled(room: Room, tree: Path) -> list[Case]:
    """Draw a room's mutants."""
    every = [
        Case(mutant, tests)
        for file, tests in room.files(tree)
        for mutant in mutants_of(file, (tree / file).read_bytes())
    ]
    return sorted(every, key=lambda case: case.mutant.name)[: room.sample]


def judged(cases: list[Case], verdicts: Verdicts) -> list[str]:
    """Give a verdict on each mutant, on every processor, without repeating what is known."""
    known = verdicts.known()
    keys = [verdicts.key(case.mutant, case.tests) for case in cases]
    missing = {key: case for key, case in zip(keys, cases, strict=True) if key not in known}
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as parent, ThreadPoolExecutor(workers) as pool:
        free: SimpleQueue[Copy] = SimpleQueue()
        for number in range(workers if missing else 0):
            free.put(Copy(verdicts.tree, Path(parent) / str(number)))

        def judge(item: tuple[str, Case]) -> None:
            key, case = item
            copy = free.get()
            known[key] = copy.judge(case.mutant, case.tests)
            free.put(copy)
            verdicts.add(key, known[key])

        list(pool.map(judge, missing.items()))
    return [known[key] for key in keys]


def refuse_unsound(cases: list[Case], verdicts: Verdicts) -> None:
    """See that the tests pass where nothing is changed; otherwise they judge nothing."""
    files = {case.tests: case.mutant.file for case in cases}
    unchanged = [Case(no_fault(file), tests) for tests, file in files.items()]
    for case, verdict in zip(unchanged, judged(unchanged, verdicts), strict=True):
        if verdict != SURVIVED:
            raise SystemExit(f"{case.mutant.file}: its tests fail as it is: {' '.join(case.tests)}")


def report(room: Room, cases: list[Case], ended: list[str]) -> bool:
    """Print a room's counts and its survivors; tell whether enough were killed."""
    killed = len(cases) - ended.count(SURVIVED)
    is_enough = killed >= LEAST_KILLED * len(cases)
    print(
        f"\n{room.name}: {killed} of {len(cases)} killed, {ended.count(ENDLESS)} of them endless;"
    )
    print(f"at least {LEAST_KILLED:.0%}: {'met' if is_enough else 'MISSED'}")
    for case, verdict in zip(cases, ended, strict=True):
        if verdict == SURVIVED:
            print("\n" + case.mutant.told((TREE / case.mutant.file).read_bytes()))
    return is_enough


def main(names: list[str]) -> None:
    """Judge the rooms of these names, or all; fail if too many of one survive."""
    # Threads of algebra that wait for each other use up the time that ends an endless test.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    verdicts = Verdicts(TREE, VERDICTS)
    enough = True
    for room in ROOMS:
        if not names or room.name in names:
            cases = sampled(room, TREE)
            refuse_unsound(cases, verdicts)
            enough &= report(room, cases, judged(cases, verdicts))
    if not enough:
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
