"""What a scenario file may not say, and the one message that answers it."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.former_parameters import FORMER_PARAMETERS
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.theory_values import declared
from tests.scenarios.bad_agencies import BAD_AGENCIES
from tests.scenarios.bad_values import BAD_VALUES, Bad
from tests.scenarios.services import SERVICE, changed, may_be_refused, refusal, write

BAD = BAD_VALUES | BAD_AGENCIES


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_a_bad_value_is_refused_with_file_key_value_and_a_way_out(tmp_path: Path, bad: Bad) -> None:
    file = write(tmp_path, changed((bad.old, bad.new)))
    error = refusal(file)
    assert error.key == bad.key
    assert str(error).startswith(f"{file}: {bad.key}: ")
    for part in bad.parts:
        assert part in str(error)


def test_what_a_file_says_of_a_former_parameter_is_not_declared_any_more() -> None:
    for path in FORMER_PARAMETERS:
        group, _, name = path.partition(".")
        assert name not in declared()[group]


def test_the_service_that_the_bad_ones_are_made_from_is_good(tmp_path: Path) -> None:
    assert Scenario.load(write(tmp_path, SERVICE)).name == "service"


@pytest.mark.parametrize("table", ["agencies", "teams"])
@pytest.mark.parametrize("line", ["", "{table} = []", '{table} = "many"', "{table} = [1]"])
def test_a_scenario_needs_agencies_and_teams(tmp_path: Path, table: str, line: str) -> None:
    kept = "".join(f"[[{block}" for block in SERVICE.split("[[")[1:] if not block.startswith(table))
    file = write(tmp_path, line.format(table=table) + '\nquestion = "?"\n[[' + kept[2:])
    error = refusal(file)
    assert (error.key or "").startswith(table)
    assert f"[[{table}]]" in str(error)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("question = \n", "line 1"),
        ("question = 'x'\nquestion = 'y'", "at the end, line 2"),
        ("question = 'x'\nquestion = 'y'\n", "line 2"),
        ('question = "never closed\n', "line 1"),
        ("leavers = " + "9" * 5000, "digits"),
        ("", "says nothing"),
        ("# only a comment\n", "says nothing"),
        (" \n\n", "says nothing"),
    ],
)
def test_text_that_is_no_scenario_is_refused(tmp_path: Path, text: str, part: str) -> None:
    assert part in str(refusal(write(tmp_path, text)))


def test_a_missing_file_is_refused_with_the_nearest_preset() -> None:
    error = refusal("usual_car")
    assert 'did you mean "usual_care"' in str(error)
    assert "engager_trial" in str(error)


def test_text_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "old.toml"
    file.write_bytes('question = "a"\n# café'.encode("latin-1"))
    error = refusal(file)
    assert error.key == "line 2"
    assert "UTF-8" in str(error)


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large.toml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(os, "open", never)
    error = refusal(file)
    assert "50,000,000 bytes" in str(error)
    assert "1,000,000 bytes" in str(error)


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, SERVICE)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert "Permission denied" in str(refusal(file))


@pytest.mark.parametrize("name", ["", "\0", "no/such/place.toml", "x" * 5000])
def test_a_name_that_can_be_no_file_is_refused(name: str) -> None:
    assert refusal(name)


def test_too_many_agencies_are_refused(tmp_path: Path) -> None:
    more = "".join(f'[[agencies]]\nname = "a{n}"\nkind = "gp"\n' for n in range(300))
    error = refusal(write(tmp_path, changed(("[[ties]]", more + "[[ties]]"))))
    assert error.key == "agencies"
    assert "at most 300" in str(error)


def test_what_the_deployment_refuses_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clash(*_: object) -> None:
        raise ScenarioError("two names clash", fix="rename one")

    monkeypatch.setattr("engager_sim.scenarios.scenario.deploy", clash)
    scenario = Scenario.load(write(tmp_path, SERVICE))
    with pytest.raises(ScenarioError, match=r"service\.toml: two names clash; rename one"):
        scenario.template()


LINES = SERVICE.split("\n")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    line=st.integers(0, len(LINES) - 1),
    value=st.sampled_from(["", "= 3", "x", "[", "]]", "= true", "= [[1]]", "= {a = 1}", '= "é"']),
)
def test_a_spoilt_line_gives_a_scenario_or_one_error(tmp_path: Path, line: int, value: str) -> None:
    spoilt = list(LINES)
    spoilt[line] = spoilt[line].split("=")[0] + value
    file = write(tmp_path, "\n".join(spoilt))
    assert may_be_refused(file) is None or refusal(file).fix
