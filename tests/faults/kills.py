"""Kill a study at random moments and go on with it: ``python -m tests.faults.kills 50``."""

import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.study_in_pieces import STUDY, carry_out
from tests.own_process import begin

SEED = 7
LATEST = 40
"""Of the study's 64 chunks, the last that is waited for."""
OWN = {".lock", "provenance.jsonl"}
"""Files that say when and where, and so may differ."""


@dataclass(frozen=True)
class Killed:
    """What a kill left, and what the next session did."""

    after: float
    chunks_kept: int
    chunks: int
    runs_made_after: int
    runs: int
    equal: bool
    kept_unchanged: bool


def files_of(folder: Path) -> dict[str, bytes]:
    """Read every file of a results folder that must not depend on when it was made."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in OWN
    }


def chunks_in(folder: Path) -> dict[str, bytes]:
    """Read the whole chunks of a results folder."""
    return {name: data for name, data in files_of(folder).items() if name.endswith(".parquet")
            and name.startswith("runs/")}  # fmt: skip


def finish(work: Callable[..., None], asked: Path, out: Path) -> None:
    """Carry out to its end, in a process of its own, what writes a results folder."""
    process = begin(work, asked, out)
    process.join()
    assert process.exitcode == 0, "a study that nothing disturbs did not end well"


def kill_and_resume(
    study: Path, out: Path, whole: dict[str, bytes], moment: float, chunks_seen: int
) -> Killed:
    """Kill the study, go on with it, and compare.

    Parameters
    ----------
    moment : float
        Seconds after which it is killed, unless chunks are waited for.
    chunks_seen : int
        How many chunks are waited for, however long that takes; 0 for none.
    """
    process, begun = begin(carry_out, study, out), time.perf_counter()
    if chunks_seen == 0:
        time.sleep(moment)
    while process.is_alive() and len(list(out.glob("runs/*.parquet"))) < chunks_seen:
        time.sleep(0.002)
    process.kill()
    process.join()
    after = time.perf_counter() - begun
    kept = chunks_in(out) if out.exists() else {}
    finish(carry_out, study, out)
    sessions = (out / "provenance.jsonl").read_text(encoding="utf-8").splitlines()
    made = json.loads(sessions[-1])["runs_made"]
    files = files_of(out)
    chunks = chunks_in(out)
    return Killed(
        after, len(kept), len(chunks), made, 16 * 4, files == whole, kept.items() <= chunks.items()
    )


def kill_often(times: int, folder: Path) -> list[Killed]:
    """Kill at so many random moments, each in a folder of its own.

    Every second kill comes at a random moment; the others at a random number of finished chunks, so
    that some fall into the midst of the runs however slow the machine is.
    """
    study = folder / "study.toml"
    study.write_text(STUDY, encoding="utf-8")
    begun = time.perf_counter()
    finish(carry_out, study, folder / "whole")
    lasts = time.perf_counter() - begun
    whole = files_of(folder / "whole")
    moments = random.Random(SEED)
    kills = []
    for number in range(times):
        out = folder / f"killed_{number}"
        moment, chunks = moments.uniform(0.2, 1.05) * lasts, moments.randint(1, LATEST)
        kills.append(kill_and_resume(study, out, whole, moment, chunks if number % 2 else 0))
        shutil.rmtree(out)
    return kills


def main(times: int) -> None:
    """Kill, report, and fail if anything was lost."""
    with tempfile.TemporaryDirectory() as folder:
        kills = kill_often(times, Path(folder))
    for kill in kills:
        print(
            f"killed after {kill.after:5.2f} s: {kill.chunks_kept:3} of {kill.chunks} chunks kept, "
            f"{kill.runs_made_after:3} of {kill.runs} runs made afterwards, "
            f"{'equal' if kill.equal and kill.kept_unchanged else 'DIFFERENT'}"
        )
    lost = [kill for kill in kills if not (kill.equal and kill.kept_unchanged)]
    print(f"{len(kills) - len(lost)} of {len(kills)} studies ended with the undisturbed bytes")
    if lost:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
