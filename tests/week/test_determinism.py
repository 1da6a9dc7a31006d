"""The same scenario and seed give the same bytes, of machine code and of rules as written."""

import os
import subprocess
import sys

import numpy as np

from engager_sim.studies.run.study import simulate
from tests.week.worlds import lived, small_trial

SCRIPT = """
import hashlib
from engager_sim.compilation import config
from engager_sim.week import engine
from tests.week.worlds import lived, small_trial
if config.DISABLE_JIT:
    engine.read_ahead = lambda _: None  # for machine code only
world, rows = lived(small_trial(30))
print(hashlib.sha256(rows.tobytes() + world.leavers.tobytes()).hexdigest())
"""


def digest_in_a_new_process(**variables: str) -> str:
    environment = {**os.environ, **variables}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_processes_with_different_hash_seeds_give_the_same_bytes() -> None:
    one = digest_in_a_new_process(PYTHONHASHSEED="1")
    assert one == digest_in_a_new_process(PYTHONHASHSEED="2")


def test_a_run_as_it_is_written_stays_inside_its_arrays_and_gives_the_compiled_bytes() -> None:
    """Machine code does not notice when it leaves an array; numpy raises where that happens."""
    assert digest_in_a_new_process(NUMBA_DISABLE_JIT="1") == digest_in_a_new_process()


def test_a_run_repeats_bit_for_bit_in_the_same_process() -> None:
    scenario = small_trial(30)
    world, rows = lived(scenario)
    again, same_rows = lived(scenario)
    assert rows.tobytes() == same_rows.tobytes()
    assert world.leavers.tobytes() == again.leavers.tobytes()


def test_threads_do_not_matter() -> None:
    scenario = small_trial(30)
    one = simulate(scenario, 8, seed=3, threads=1, leavers=True, parameters="defaults")
    two = simulate(scenario, 8, seed=3, threads=2, leavers=True, parameters="defaults")
    assert one.runs.equals(two.runs)
    assert one.leavers is not None
    assert two.leavers is not None
    assert one.leavers.equals(two.leavers)


def test_a_replicate_does_not_depend_on_how_many_there_are() -> None:
    scenario = small_trial(30)
    few = simulate(scenario, 2, seed=3, parameters="defaults").runs
    many = simulate(scenario, 6, seed=3, parameters="defaults").runs
    assert few.equals(many.iloc[:2])


def test_large_seeds_differ_in_their_high_word() -> None:
    scenario = small_trial(30)
    _, low = lived(scenario, seed=5)
    _, high = lived(scenario, seed=5 + 2**32)
    assert not np.array_equal(low[:50], high[:50])
