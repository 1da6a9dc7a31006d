"""Help and version: at once, with examples, without the heavy libraries."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line.command import REFUSED, engager_sim

COMMANDS: list[list[str]] = [
    [],
    ["new"],
    ["run"],
    ["trial"],
    ["validate"],
    ["scenarios"],
    ["scenarios", "list"],
    ["scenarios", "show"],
    ["scenarios", "check"],
    ["scenarios", "diff"],
    ["scenarios", "new"],
    ["parameters"],
    ["laws"],
    ["screen"],
    ["week"],
]
FULL = Path("/dev/full")
HEAVY = {"numba", "llvmlite", "matplotlib", "mesa", "pandas", "numpy", "scipy", "pyarrow"}

PROGRAM = """
import json, sys
from typer.testing import CliRunner
from engager_sim.command_line.main import app
for command in json.loads(sys.argv[1]):
    assert CliRunner().invoke(app, [*command, "--help"]).exit_code == 0
assert CliRunner().invoke(app, ["--version"]).exit_code == 0
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_help_and_version_import_no_heavy_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(COMMANDS)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY.isdisjoint(json.loads(done.stdout))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_has_an_example(command: list[str]) -> None:
    result = engager_sim(*command, "--help")
    assert result.exit_code == 0
    assert f"engager-sim {' '.join(command)}".strip() in " ".join(result.stdout.split())


def test_version_is_the_packages() -> None:
    import engager_sim as package

    result = engager_sim("--version")
    assert result.stdout.strip() == f"engager-sim {package.__version__}"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [["--version"], ["scenarios", "list"]])
def test_an_output_without_room_is_one_message(command: list[str]) -> None:
    """The first is printed at once, the second when the command ends."""
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "engager_sim", *command],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == REFUSED
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: what is printed has no place: No space left on device")


def test_a_misspelt_command_is_refused() -> None:
    result = engager_sim("runn")
    assert result.exit_code == 2
    assert "runn" in result.stderr
