"""A small service in a scenario file, for tests to bend."""

from pathlib import Path

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.scenario import Scenario

SERVICE = """\
question = "What happens in a small service?"

[population]
leavers = 20
recruitment_weeks = 10
shortest_to_release = 4
longest_to_release = 8
allocation = [1, 1]

[network]
structure = "hub"
lead = "helpers"

[[agencies]]
name = "helpers"
kind = "voluntary_sector"

[[agencies]]
name = "probation"
kind = "probation"

[[agencies]]
name = "housing north"
kind = "housing"
site = "north"

[[agencies]]
name = "housing south"
kind = "housing"
site = "south"

[[ties]]
between = ["helpers", "probation"]
strength = 0.5
shared_record = true

[[teams]]
name = "red"
arm = "programme"
agency = "helpers"
practitioners = 2
supervisors = 1
peers = 1

[[teams]]
name = "blue"
arm = "usual_care"
agency = "probation"

[theory.supervision]
skill_gain = 0.02

[programme.supervision]
interval = 2
"""


def write(folder: Path, text: str, name: str = "service.toml") -> Path:
    """Write a file and return its path."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def changed(*changes: tuple[str, str]) -> str:
    """Change the small service's text; every old part must be there."""
    text = SERVICE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def may_be_refused(file: Path | str) -> ScenarioError | None:
    """Load a scenario and return the error, if there is one; any other exception passes."""
    try:
        Scenario.load(file)
    except ScenarioError as error:
        return error
    return None


def refusal(file: Path | str) -> ScenarioError:
    """Load what cannot be loaded and return the error, which must say how to mend it."""
    error = may_be_refused(file)
    assert error is not None, "the scenario was accepted"
    assert error.file
    assert error.fix
    assert "\n" not in str(error)
    return error
