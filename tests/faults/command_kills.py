"""Kill a command at chosen moments and go on: ``python -m tests.faults.command_kills decide 20``.

Some kills come when so many blocks are kept, others when a certain file of the end appears: while
tables are written, while pictures and pages are drawn, while chunks are removed.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from tests.faults.kills import SEED, files_of, finish
from tests.own_process import begin
from tests.scenarios.services import SERVICE, write
from tests.studies.decide.offers import write_offer

BLOCKS = 12
"""Into about how many blocks a command's runs are divided."""


@dataclass(frozen=True)
class Killable:
    """A command that can be killed.

    Attributes
    ----------
    write : callable
        Writes what it is asked about into a folder, and gives the file.
    carry_out : callable
        Carries it out into a results folder, or goes on there, in so many small blocks.
    runs : int
        That it makes.
    last_table : str
        A block is kept when its chunk of this table is.
    folders : tuple of str
        Folders that are left in its results folder at last.
    files : tuple of str
        What it writes after its chunks, for kills to wait for: the first is waited for first.
    """

    write: Callable[[Path], Path]
    carry_out: Callable[[Path, Path], None]
    runs: int
    last_table: str
    folders: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class KilledCommand:
    """What a kill left, and what the next session did.

    Attributes
    ----------
    moment : str
        What was waited for.
    kept : int
        Runs of whole blocks at the kill.
    ended : bool
        Whether the command had ended by itself.
    made_after : int
        Runs made in the next session.
    equal : bool
        Whether the folder ended with the bytes of an undisturbed command.
    """

    moment: str
    kept: int
    ended: bool
    made_after: int
    equal: bool


def run(scenario: Path, out: Path) -> None:
    """Carry a run out, or go on with it, a replicate per block."""
    from engager_sim.designs.execution import blocks
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.run.course_runs import CourseRuns

    once = CourseRuns((Scenario.load(scenario),), 3, events=True).leaver_weeks
    blocks.LEAVER_WEEKS_PER_BLOCK = once
    command = ["run", scenario, "--replicates", BLOCKS, "--seed", 3, "--threads", 2]
    command += ["--leavers", "--events", "--format", "csv", "--out", out]
    _call(command)


DECIDED = {"--replicates": 40, "--populations": 10, "--lives": 8}
WHOLE, WITHOUT_A_THEME = 40 + 10 * 8, 7 * 10 * 4
"""Runs of a world that is whole, and of one whose themes are off in turn."""
FEW_MEN = 8


def decide(today: Path, out: Path) -> None:
    """Decide about peers for a few men, or go on with it."""
    from engager_sim.designs.execution import blocks
    from engager_sim.scenarios.scenario import Scenario

    once = 2 * Scenario.load(today).leaver_weeks(FEW_MEN)
    blocks.LEAVER_WEEKS_PER_BLOCK = (WHOLE + WITHOUT_A_THEME) * once // BLOCKS
    command = ["decide", today, today.with_name("peers.toml"), "--threads", 2, "--out", out]
    command += [part for option in DECIDED.items() for part in option]
    _call(command)


def _call(command: Sequence[object]) -> None:
    """Call the command; what is killed is how files are written, not how pixels are drawn."""
    from engager_sim.command_line.main import app
    from tests.command_line.command import dots_for_pixels

    with dots_for_pixels():
        app([str(part) for part in command])


def small_offer(folder: Path) -> Path:
    """Write an offer for a few men, and give today's file."""
    today = write_offer(folder) / "today.toml"
    text = today.read_text(encoding="utf-8")
    today.write_text(text.replace("leavers = 60", f"leavers = {FEW_MEN}"), encoding="utf-8")
    return today


KILLABLE = {
    "run": Killable(
        lambda folder: write(folder, SERVICE),
        run,
        BLOCKS,
        "events",
        ("figures",),
        (
            "weekly.parquet",
            "events.parquet",
            "digests.json",
            "staff.csv",
            "standing.json",
            "figures/exits_by_cause.png",
            "report.html",
            "provenance.jsonl",
        ),
    ),
    "decide": Killable(
        small_offer,
        decide,
        2 * (WHOLE + WITHOUT_A_THEME),
        "runs",
        ("figures", "runs"),
        (
            "board.html",
            "options.parquet",
            "standing.json",
            "figures/cost_effectiveness.png",
            "digests.json",
            "board.pdf",
            "report.html",
            "provenance.jsonl",
        ),
    ),
}


def moments(killable: Killable, times: int) -> list[str | int]:
    """Choose what is waited for: in turn a number of chunks, and a file of the end."""
    numbers = random.Random(SEED)
    return [
        killable.files[index // 2 % len(killable.files)]
        if index % 2
        else numbers.randint(1, BLOCKS - 1)
        for index in range(times)
    ]


def has_come(killable: Killable, out: Path, moment: str | int) -> bool:
    """Tell whether what is waited for is there."""
    if isinstance(moment, str):
        return (out / moment).exists()
    return len(whole_blocks(killable, out)) >= moment


def whole_blocks(killable: Killable, out: Path) -> set[str]:
    """Give the numbers of the blocks of which every chunk is kept."""
    return {file.name.partition("-")[0] for file in out.glob(f"{killable.last_table}/*.parquet")}


def runs_kept(killable: Killable, out: Path) -> int:
    """Count the runs of whole blocks; all are, once tables are."""
    if (out / "digests.json").exists():
        return killable.runs
    whole = whole_blocks(killable, out)
    return sum(
        pq.read_metadata(file).num_rows
        for file in out.glob("runs/*.parquet")
        if file.name.partition("-")[0] in whole
    )


def kill_and_resume(
    killable: Killable, asked: Path, out: Path, whole: dict[str, bytes], moment: str | int
) -> KilledCommand:
    """Kill the command at a moment, go on with it, and compare."""
    process = begin(killable.carry_out, asked, out)
    while process.is_alive() and not has_come(killable, out, moment):
        time.sleep(0.001)
    process.kill()
    process.join()
    kept = runs_kept(killable, out)
    finish(killable.carry_out, asked, out)
    sessions = (out / "provenance.jsonl").read_text(encoding="utf-8").splitlines()
    made = json.loads(sessions[-1])["runs_made"]
    return KilledCommand(str(moment), kept, process.exitcode == 0, made, files_of(out) == whole)


def kill_often(name: str, times: int, folder: Path) -> list[KilledCommand]:
    """Kill at so many moments, each in a folder of its own."""
    killable = KILLABLE[name]
    asked = killable.write(folder)
    finish(killable.carry_out, asked, folder / "whole")
    whole = files_of(folder / "whole")
    return [
        kill_and_resume(killable, asked, folder / f"killed_{number}", whole, moment)
        for number, moment in enumerate(moments(killable, times))
    ]


def main(name: str, times: int) -> None:
    """Kill, report, and fail if anything was lost."""
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_often(name, times, Path(folder))
    for command in killed:
        print(
            f"killed at {command.moment:>30}: {command.kept:3} of {KILLABLE[name].runs} runs kept, "
            f"{command.made_after:3} made afterwards, "
            f"{'equal' if command.equal else 'DIFFERENT'}"
        )
    lost = [command for command in killed if not command.equal]
    print(f"{len(killed) - len(lost)} of {len(killed)} ended with the undisturbed bytes")
    if lost:
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run", int((sys.argv[2:] or ["20"])[0]))
