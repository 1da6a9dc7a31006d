"""The model rebuilt from its document lives the same weeks as the engine, in every preset."""

import ast
from pathlib import Path

import pytest

from engager_sim.scenarios.scenario import Scenario
from tests.replication.comparison import weeks_compared

LEAVER_WEEKS = 10_000
FROM_THE_PACKAGE = {
    "engager_sim.compilation",
    "engager_sim.week.event_log",
    "engager_sim.world",
    "engager_sim.world.dice",
}
HARNESS = ("comparison.py", "test_replication.py", "__main__.py")


@pytest.mark.parametrize("preset", Scenario.presets())
def test_a_week_told_from_the_document_is_the_week_of_the_engine(preset: str) -> None:
    agreement = weeks_compared(preset, LEAVER_WEEKS)
    assert agreement.differences == []
    assert agreement.leaver_weeks >= LEAVER_WEEKS


def test_the_replication_reads_records_and_uniforms_and_no_rule() -> None:
    for file in Path(__file__).parent.glob("*.py"):
        if file.name not in HARNESS:
            modules = {
                node.module or ""
                for node in ast.walk(ast.parse(file.read_text()))
                if isinstance(node, ast.ImportFrom)
            }
            package = {module for module in modules if module.startswith("engager_sim")}
            assert package <= FROM_THE_PACKAGE, file.name
