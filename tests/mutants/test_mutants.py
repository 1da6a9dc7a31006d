"""Faults are put where the operators say, one at a time, and tests that notice them kill them."""

import ast
from pathlib import Path

import pytest

from tests.mutants.judging import KILLED, PLUGIN, SURVIVED, Copy, Verdicts
from tests.mutants.mutants import TREE, sampled
from tests.mutants.operators import Mutant, mutants_of, no_fault
from tests.mutants.rooms import ROOMS, Room

SOURCE = '''\
def settle(tie: Tie, gain: float) -> float:
    """Say 1 + 1."""
    share: Literal[3] = -tie.joint / (2 + gain)
    if share < 0.5 and gain:
        tie.failures = 0
        note(f"{gain + 1}")
    tie.strength += share
    return share
'''
FAULTS = {
    "-tie.joint * (2 + gain)", "tie.joint / (2 + gain)", "-tie.joint / (3 + gain)",
    "-tie.joint / (2 - gain)", "share > 0.5 and gain", "share <= 0.5 and gain",
    "share < 1.0 and gain", "share < 0.5 or gain", "(not (share < 0.5 and gain))",
    "tie.failures = 1", "pass", "tie.strength -= share", "return gain", "return -(share)",
}  # fmt: skip


def changed_line(mutant: Mutant) -> str:
    before, after = SOURCE.splitlines(), mutant.put_into(SOURCE.encode()).decode().splitlines()
    (line,) = (new for old, new in zip(before, after, strict=True) if old != new)
    return line.strip().removeprefix("if ").removeprefix("share: Literal[3] = ").removesuffix(":")


def test_every_fault_changes_one_line_of_what_runs() -> None:
    mutants = mutants_of("ties.py", SOURCE.encode())
    assert {changed_line(mutant) for mutant in mutants} == FAULTS
    assert len(mutants) == len({mutant.name for mutant in mutants}) == len(FAULTS) + 2
    assert [mutant.kind for mutant in mutants].count("statement deleted") == 3


def test_a_mutant_keeps_its_name_where_other_functions_change() -> None:
    names = {mutant.name for mutant in mutants_of("ties.py", SOURCE.encode())}
    longer = f"def first() -> int:\n    return 1\n\n\n{SOURCE}"
    assert names < {mutant.name for mutant in mutants_of("ties.py", longer.encode())}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_mutant_is_python_and_has_tests_that_judge_it(room: Room) -> None:
    cases = sampled(room, TREE)
    assert len(cases) == room.sample
    for case in cases:
        source = (TREE / case.mutant.file).read_bytes()
        changed = case.mutant.put_into(source)
        assert ast.unparse(ast.parse(changed)) != ast.unparse(ast.parse(source))
        assert case.tests


def test_a_fault_is_killed_by_the_tests_that_notice_it_and_taken_out_again(tmp_path: Path) -> None:
    file, tests = "engager_sim/statistics/shapley.py", ("tests/statistics/test_shapley.py",)
    source = (TREE / file).read_bytes()
    fault = next(m for m in mutants_of(file, source) if m.kind == "arithmetic swapped")
    copy = Copy(TREE, tmp_path)
    assert copy.judge(fault, tests) == KILLED
    assert copy.judge(no_fault(file), tests) == SURVIVED
    assert (tmp_path / file).read_bytes() == source


def test_a_verdict_holds_until_file_or_tests_change(tmp_path: Path) -> None:
    for name in ("rule.py", "test_rule.py", PLUGIN):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    verdicts, mutant = Verdicts(tmp_path, tmp_path / "kept" / "verdicts"), no_fault("rule.py")
    key = verdicts.key(mutant, ("test_rule.py",))
    verdicts.add(key, KILLED)
    with verdicts.file.open("a", encoding="utf-8") as lines:
        lines.write('["half')
    assert verdicts.known() == {key: KILLED}
    (tmp_path / "test_rule.py").write_text("x = 2\n", encoding="utf-8")
    assert verdicts.key(mutant, ("test_rule.py",)) != key
