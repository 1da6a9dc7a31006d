"""A posterior is bound to what the rules mean: what makes it unusable, and what does not."""

from dataclasses import replace
from pathlib import Path

import pytest

from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.posterior_basis import PRESET, PosteriorBasis, text_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import parameters
from tests.edited_package import comment_everywhere, copied, edit, run_copied
from tests.scenarios.services import SERVICE, write

LOAD = """
from engager_sim.errors import EngagerError
from engager_sim.scenarios.fitted_parameters import FittedParameters
try:
    print(len(FittedParameters.load("posterior").numbers), "draws")
except EngagerError as error:
    print(error)
"""
LAST_TWO_SWAPPED = "WEEK = (*WEEK[:-2], *reversed(WEEK[-2:]))"
MEANS = "MEANS: tuple[Outcome, ...] = (\n"
OUTCOME = 'Outcome("missed", "Missed", "share", "missed a contact", of=_dropout_after_missed),\n'


def loaded(package: Path) -> str:
    """Load the posterior that ships with a copied package."""
    done = run_copied(package, "-c", LOAD)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_the_fit_does_not_rest_on_may_change(tmp_path: Path) -> None:
    package = copied(tmp_path)
    relationship, costs = package / "theory/relationship.py", package / "theory/costs.py"
    comment_everywhere(package)
    edit(package / "outcomes/engagement.py", MEANS, f"{MEANS}    {OUTCOME}")
    edit(relationship, '"""Speed that a condition allows', '"""How fast a relationship may grow')
    drawn = "    trust_growth: float = uncertainty(0.16, 0.08, 0.32"
    edit(relationship, drawn, drawn.replace("0.16, 0.08", "0.17, 0.07"))
    read_by_no_target = "practitioner_hour: float = setting(45.0"
    edit(costs, read_by_no_target, read_by_no_target.replace("45", "50"))
    edit(package / "scenarios/presets/therapy_led.toml", "\nquality = 0.8", "\nquality = 0.7")
    assert loaded(package) == "1000 draws"


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            "theory/relationship.py", "floor + (1.0 - floor) * openness", "floor * openness",
            "theory.relationship.gate is another rule",
        ),
        ("world/dice.py", "ROUNDS = 10", "ROUNDS = 9", "world.dice.philox is another rule"),
        (
            "week/order.py", "def steps(", f"{LAST_TWO_SWAPPED}\n\ndef steps(",
            "week.engine.close_week is another rule",
        ),
        (
            "theory/supervision.py", "session_hours: float = setting(1.5,",
            "session_hours: float = setting(2.0,",
            "supervision.session_hours was held fixed at [1.5, 1.5], is [2.0, 2.0]",
        ),
        (
            "scenarios/presets/engager_trial.toml", "quality = 0.55", "quality = 0.6",
            "supervision.quality was held fixed at [0.55, 0.2], is [0.6, 0.2]",
        ),
        (
            "scenarios/presets/engager_trial.toml", "to_release = 20", "to_release = 21",
            "the setting of engager_trial.entry is another",
        ),
        (
            "outcomes/engagement.py", "if leaver.attended_free > 0 else",
            "if leaver.attended_free > 1 else",
            "the outcome community_contact is measured otherwise",
        ),
        (
            "theory/relationship.py", '("gated", "additive")', '("additive", "gated")',
            "the choices of relationship.coupling were",
        ),
    ],
)  # fmt: skip
def test_what_the_fit_rests_on_may_not_change(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    package = copied(tmp_path)
    edit(package / name, old, new)
    message = loaded(package)
    assert "this posterior was fitted to other rules" in message
    assert says in message
    assert "fit it again: engager-sim calibrate experiments/calibrate.toml" in message


def test_a_preset_that_is_gone_is_told(tmp_path: Path) -> None:
    package = copied(tmp_path)
    (package / "scenarios" / "presets" / "engager_trial.toml").unlink()
    assert "this posterior was fitted to other rules: there is no preset" in loaded(package)


def basis(scenario: Scenario, *drawn: str) -> PosteriorBasis:
    return PosteriorBasis.of(drawn, {scenario.name: text_of(scenario)}, ["engaged_6w"])


def test_a_preset_is_known_by_name_and_any_other_scenario_by_its_text(tmp_path: Path) -> None:
    trial = Scenario.load("engager_trial")
    assert text_of(trial) == PRESET
    other = changed(trial, {"supervision.interval": 3.0})
    assert text_of(other) != PRESET
    assert basis(other).values == {"engager_trial": _values(other)}
    own = Scenario.load(write(tmp_path, SERVICE))
    assert basis(own).settings != basis(trial).settings
    assert basis(own).values[own.name] == _values(own)


def _values(scenario: Scenario) -> dict[str, list[float]]:
    theories = scenario.theories()
    return {
        parameter.path: theories[parameter.theme][parameter.name].tolist()
        for parameter in parameters()
        if parameter.theme != "costs"
    }


def test_drawn_parameters_are_not_held_fixed(tmp_path: Path) -> None:
    own = Scenario.load(write(tmp_path, SERVICE))
    drawn = basis(own, "relationship.trust_growth", "relationship.coupling")
    assert "relationship.trust_growth" not in drawn.values[own.name]
    assert drawn.choices == {"relationship.coupling": ["gated", "additive"]}
    assert drawn.fingerprint != basis(own).fingerprint


def test_what_differs_is_told_the_deepest_rule_first(tmp_path: Path) -> None:
    fitted = basis(Scenario.load(write(tmp_path, SERVICE)))
    assert list(fitted.differences_from(fitted)) == []
    names = list(fitted.rules)
    assert names.index("theory.relationship.gate") < names.index("week.engine.live_week")
    assert names[-1] == "week.engine.advance"
    other = replace(fitted, rules={**fitted.rules, names[3]: "new", names[9]: "new"})
    assert list(other.differences_from(fitted)) == [
        f"{names[3]} is another rule",
        f"{names[9]} is another rule",
    ]


def test_names_of_functions_do_not_count_in_the_fingerprint(tmp_path: Path) -> None:
    fitted = basis(Scenario.load(write(tmp_path, SERVICE)))
    renamed = replace(fitted, rules={f"{name}_": text for name, text in fitted.rules.items()})
    assert renamed.fingerprint == fitted.fingerprint
    assert list(renamed.differences_from(fitted)) == []
    swapped = dict(zip(fitted.rules, reversed(fitted.rules.values()), strict=True))
    assert list(replace(fitted, rules=swapped).differences_from(fitted)) == []
