"""Compiled code follows the rules: an edit anywhere is never answered by old machine code."""

import os
import subprocess
import sys
from pathlib import Path

from engager_sim.compilation import CACHE_FOLDER
from tests.edited_package import copied, edit

CALLER = """
from engager_sim.compilation import CACHE_FOLDER, entry_point
from engager_sim.theory.relationship import gate


@entry_point
def opened(openness: float) -> float:
    return gate(openness, 0.25)


if __name__ == "__main__":
    print(opened(0.5), CACHE_FOLDER)
"""


def run(folder: Path, script: Path) -> list[str]:
    """Run a script on the package copied into a folder, in a new process."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment["ENGAGER_SIM_CACHE_DIR"] = str(folder / "cache")
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_an_edited_rule_is_seen_by_the_next_process(tmp_path: Path) -> None:
    package = copied(tmp_path)
    script = package / "week" / "caller.py"
    script.write_text(CALLER)
    value, folder = run(tmp_path, script)
    assert float(value) == 0.25 + 0.75 * 0.5
    assert run(tmp_path, script) == [value, folder]

    rule = package / "theory" / "relationship.py"
    edit(rule, "return floor + (1.0 - floor) * openness", "return floor * openness")
    changed, other_folder = run(tmp_path, script)
    assert float(changed) == 0.25 * 0.5
    assert other_folder != folder


def test_without_a_safe_folder_a_process_compiles_for_itself(tmp_path: Path) -> None:
    package = copied(tmp_path)
    script = package / "week" / "caller.py"
    script.write_text(CALLER)
    cache = tmp_path / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    value, folder = run(tmp_path, script)
    assert (float(value), folder) == (0.25 + 0.75 * 0.5, "None")
    assert not list(cache.iterdir())
    assert not list(tmp_path.rglob("*.nbi"))


def test_tests_run_the_machine_code_that_other_processes_have_kept() -> None:
    """Else every worker of pytest would compile the rules anew, ``make test`` or not."""
    asked = "from engager_sim.compilation import CACHE_FOLDER as folder; print(folder)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(CACHE_FOLDER)
