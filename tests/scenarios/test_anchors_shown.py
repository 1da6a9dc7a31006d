"""What anchored levels look like is said wherever a lever is chosen."""

from pathlib import Path

from engager_sim.scenarios.new_scenario import write_new_scenario
from engager_sim.theory import parameters
from engager_sim.theory.declaration import ANCHORED
from tests.command_line.command import engager_sim

QUALITY = next(p for p in parameters() if p.path == "supervision.quality")


def test_the_printed_table_and_the_csv_say_it() -> None:
    assert "0.8: protected time" in " ".join(
        engager_sim("parameters", "--format", "csv", "--theme", "supervision").stdout.split()
    )
    assert "0.2:" in engager_sim("parameters", "--theme", "supervision").stdout


def test_a_new_scenario_file_says_it_below_the_lever(tmp_path: Path) -> None:
    file = tmp_path / "new.toml"
    write_new_scenario(file, "engager_trial")
    lines = file.read_text(encoding="utf-8").splitlines()
    lever = next(n for n, line in enumerate(lines) if line.startswith("# quality ="))
    levels = [
        f"# #   {level:g}: {words}" for level, words in zip(ANCHORED, QUALITY.anchors, strict=True)
    ]
    assert lines[lever + 1 : lever + 4] == levels
