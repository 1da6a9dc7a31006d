"""The model rebuilt from its document lives the same weeks as the engine, in every preset."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from engager_sim.scenarios.scenario import Scenario
from tests.replication.comparison import Changes, weeks_compared, worlds_compared

LEAVER_WEEKS = 10_000
FEWER, LONGER_STRIDE, WORLDS = 1_500, 24, 4
ELSEWHERE: tuple[tuple[str, Changes], ...] = (
    ("engager_trial", {"collaboration.on": False}),
    ("peer_led", {"client_engagement.on": False}),
    ("engager_trial", {"client_motivation.on": False}),
    ("engager_trial", {"supervision.on": False}),
    ("therapy_led", {"therapeutic_approach.on": False}),
    ("peer_led", {"peers.on": False}),
    ("engager_trial", {"preparations_for_ending.on": False}),
    ("peer_led", {"turnover.overlap": True, "supervision.mode": "shared"}),
    ("engager_trial", {"relationship.coupling": "additive"}),
)
"""What no preset does."""
FROM_THE_PACKAGE = {
    "engager_sim.compilation.entry_point",
    "engager_sim.week.event_log.Event",
    "engager_sim.world.dice.Chance",
    "engager_sim.world.dice.Dice",
    "engager_sim.world.dice.draw",
    "engager_sim.world.records",
}
HARNESS = ("anywhere.py", "comparison.py", "test_replication.py", "__main__.py")


@pytest.mark.parametrize("preset", Scenario.presets())
def test_a_week_told_from_the_document_is_the_week_of_the_engine(preset: str) -> None:
    agreement = weeks_compared(preset, LEAVER_WEEKS)
    assert agreement.differences == []
    assert agreement.leaver_weeks >= LEAVER_WEEKS


@pytest.mark.parametrize(("preset", "changes"), ELSEWHERE)
def test_it_is_where_no_preset_goes(preset: str, changes: Changes) -> None:
    agreement = weeks_compared(preset, FEWER, changes, LONGER_STRIDE)
    assert agreement.differences == []
    assert agreement.leaver_weeks >= FEWER


@pytest.mark.parametrize("number", range(WORLDS))
def test_it_is_wherever_parameters_lie(number: int) -> None:
    agreement = worlds_compared(number, FEWER, LONGER_STRIDE)
    assert agreement.differences == []


def test_the_replication_reads_records_and_uniforms_and_no_rule() -> None:
    for file in Path(__file__).parent.glob("*.py"):
        if file.name not in HARNESS:
            assert set(taken_from_the_package(file)) <= FROM_THE_PACKAGE, file.name


def taken_from_the_package(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom | ast.Import):
            module = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            names = (module + alias.name for alias in node.names)
            yield from (name for name in names if name.startswith("engager_sim"))
