"""Kill a run at chosen moments and go on with it: ``python -m tests.faults.run_kills 20``.

Some kills come when so many chunks are kept, others when a certain file of the end appears: while
chunks become whole tables, while pictures are drawn, while chunks are removed.
"""

import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.faults.kills import SEED, files_of, finish
from tests.own_process import begin
from tests.scenarios.services import SERVICE, write

REPLICATES, PER_BLOCK = 12, 1
LAST_TABLE = "events"
"""A block is kept when its chunk of this table is."""
FILES = (
    "weekly.parquet",
    "events.parquet",
    "digests.json",
    "staff.csv",
    "standing.json",
    "figures/exits_by_cause.png",
    "report.html",
    "provenance.jsonl",
)
"""What a run writes after its chunks, in this order."""


@dataclass(frozen=True)
class KilledRun:
    """What a kill left, and what the next session did.

    Attributes
    ----------
    moment : str
        What was waited for.
    kept : int
        Whole blocks at the kill, of ``REPLICATES / PER_BLOCK``.
    ended : bool
        Whether the run had ended by itself.
    made_after : int
        Runs made in the next session.
    equal : bool
        Whether the folder ended with the bytes of an undisturbed run.
    """

    moment: str
    kept: int
    ended: bool
    made_after: int
    equal: bool


def carry_out(scenario: Path, out: Path) -> None:
    """Carry a run out in many small blocks, or go on with it, by its command."""
    from engager_sim.command_line.main import app
    from engager_sim.designs.execution import blocks
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.run.course_runs import CourseRuns

    once = CourseRuns((Scenario.load(scenario),), 3, events=True).leaver_weeks
    blocks.LEAVER_WEEKS_PER_BLOCK = PER_BLOCK * once
    command = ["run", scenario, "--replicates", REPLICATES, "--seed", 3, "--threads", 2]
    command += ["--leavers", "--events", "--format", "csv", "--out", out]
    app([str(part) for part in command])


def moments(times: int) -> list[str | int]:
    """Choose what is waited for: in turn a file of the end, and a number of chunks."""
    numbers = random.Random(SEED)
    blocks = REPLICATES // PER_BLOCK
    return [
        FILES[index // 2 % len(FILES)] if index % 2 else numbers.randint(1, blocks - 1)
        for index in range(times)
    ]


def has_come(out: Path, moment: str | int) -> bool:
    """Tell whether what is waited for is there."""
    if isinstance(moment, str):
        return (out / moment).exists()
    return whole_blocks(out) >= moment


def whole_blocks(out: Path) -> int:
    """Count the blocks of which every chunk is kept."""
    if (out / "digests.json").exists():
        return REPLICATES // PER_BLOCK
    return len(list(out.glob(f"{LAST_TABLE}/*.parquet")))


def kill_and_resume(
    scenario: Path, out: Path, whole: dict[str, bytes], moment: str | int
) -> KilledRun:
    """Kill the run at a moment, go on with it, and compare."""
    process = begin(carry_out, scenario, out)
    while process.is_alive() and not has_come(out, moment):
        time.sleep(0.001)
    process.kill()
    process.join()
    kept = whole_blocks(out)
    finish(carry_out, scenario, out)
    sessions = (out / "provenance.jsonl").read_text(encoding="utf-8").splitlines()
    made = json.loads(sessions[-1])["runs_made"]
    return KilledRun(str(moment), kept, process.exitcode == 0, made, files_of(out) == whole)


def kill_often(times: int, folder: Path) -> list[KilledRun]:
    """Kill at so many moments, each in a folder of its own."""
    scenario = write(folder, SERVICE)
    finish(carry_out, scenario, folder / "whole")
    whole = files_of(folder / "whole")
    return [
        kill_and_resume(scenario, folder / f"killed_{number}", whole, moment)
        for number, moment in enumerate(moments(times))
    ]


def main(times: int) -> None:
    """Kill, report, and fail if anything was lost."""
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_often(times, Path(folder))
    for run in killed:
        print(
            f"killed at {run.moment:>28}: {run.kept:3} of {REPLICATES // PER_BLOCK} blocks kept, "
            f"{run.made_after:3} of {REPLICATES} runs made afterwards, "
            f"{'equal' if run.equal else 'DIFFERENT'}"
        )
    lost = [run for run in killed if not run.equal]
    print(f"{len(killed) - len(lost)} of {len(killed)} runs ended with the undisturbed bytes")
    if lost:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
