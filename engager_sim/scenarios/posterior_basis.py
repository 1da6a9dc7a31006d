"""What a posterior rests on: the meaning of the rules, the outcomes read, all that was held fixed.

A posterior is valid as long as the same fit would give it again. What its draws replace (the
default, range and texts of a drawn parameter) may change, and so may whatever no fitted run reads:
another outcome, a preset that was not fitted in, a parameter that no rule reads. What a change of a
rule is, :mod:`engager_sim.scenarios.rule_digests` says.

Blind spots: how runs are put into batches and outcomes into columns, and the options with which
rules are compiled.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from engager_sim.costs.price_list import PriceList
from engager_sim.outcomes.declaration import Outcome
from engager_sim.outcomes.measurement import (
    OF_A_LEAVER,
    OF_A_WORLD,
    OUTCOMES,
    add_values,
    make_means,
)
from engager_sim.scenarios.own_data import READING
from engager_sim.scenarios.rule_digests import RuleDigests, asked_of, digest_of
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import preset_files
from engager_sim.scenarios.scenario_text import differences, flat
from engager_sim.theory import parameters
from engager_sim.theory.declaration import not_set
from engager_sim.week import engine
from engager_sim.week.order import steps
from engager_sim.world.setting import PopulationSetting

PRESET = ""
"""Stands for the text of a scenario that ships with the package."""
OF_THE_SETTING = ("leavers", "practitioners", "supervisors", "peers", "teams", "agencies", "ties")
"""The records of a world that its setting decides."""
SAID = {
    "outcomes": "the outcome {key} is measured otherwise",
    "choices": "the choices of {key} were {before}, are {now}",
    "values": "{key} was held fixed at {before}, is {now} (programme, usual care)",
    "settings": "the setting of {key} is another",
}
"""What is said of the first part that differs; rules are spoken of in other words."""


@dataclass(frozen=True)
class PosteriorBasis:
    """What a posterior rests on, part by part, so that the part that differs can be named.

    Attributes
    ----------
    rules : mapping of str to str
        Of each function that a run calls: its digest. A function comes after those it calls.
    outcomes : mapping of str to str
        Of each outcome that the targets read: its digest.
    choices : mapping of str to list of str
        Of each drawn parameter that is a category: its choices.
    values : mapping of str to mapping
        Of each scenario and each parameter that is read and not drawn: its values in both arms.
    settings : mapping of str to mapping
        Of each scenario: digests of its records, and how men enter.
    scenarios : mapping of str to str
        The text of each scenario; that of a preset is empty.
    """

    rules: Mapping[str, str]
    outcomes: Mapping[str, str]
    choices: Mapping[str, list[str]]
    values: Mapping[str, Mapping[str, list[float]]]
    settings: Mapping[str, Mapping[str, Any]]
    scenarios: Mapping[str, str]

    @classmethod
    def of(
        cls, drawn: Collection[str], scenarios: Mapping[str, str], outcomes: Collection[str]
    ) -> Self:
        """Gather what draws of some parameters rest on, with the rules as they are now.

        Parameters
        ----------
        drawn : collection of str
            Paths of the parameters.
        scenarios : mapping of str to str
            In which they were fitted: name, and text as :func:`text_of` writes it.
        outcomes : collection of str
            Which ones the targets read; one that is not declared is left out.

        Raises
        ------
        ScenarioError
            If a scenario cannot be read.
        """
        digests, rules, fields_of_a_run = _rules_of_a_run()
        read = set(fields_of_a_run)
        measured = {}
        for outcome in OUTCOMES:
            if outcome.id in outcomes:
                measured[outcome.id], fields = _outcome(outcome, digests)
                read |= fields
        loaded = {name: _scenario(name, text) for name, text in scenarios.items()}
        return cls(
            rules=dict(rules),
            outcomes=measured,
            choices={p.path: [*p.choices] for p in parameters() if p.choices and p.path in drawn},
            values={name: _values(scenario, drawn, read) for name, scenario in loaded.items()},
            settings={name: _setting(scenario) for name, scenario in loaded.items()},
            scenarios=dict(scenarios),
        )

    def data(self) -> dict[str, Any]:
        """Write it as data that JSON can hold."""
        return asdict(self)

    @property
    def fingerprint(self) -> str:
        """Hash all of it, save for what functions are called."""
        meant = self.data() | {"rules": sorted(self.rules.values())}
        return digest_of(json.dumps(meant, sort_keys=True))

    def differences_from(self, fitted: "PosteriorBasis") -> Iterator[str]:
        """Say what is not as it was when a posterior was fitted, the deepest rule first."""
        known = set(fitted.rules.values())
        if not known.issuperset(self.rules.values()):
            for name, digest in self.rules.items():
                # A function of another name may do what one did that was fitted.
                kept = {fitted.rules[name]} if name in fitted.rules else known
                if digest not in kept:
                    yield f"{name} is another rule"
        for part, said in SAID.items():
            before, now = (dict(flat(getattr(basis, part), "")) for basis in (fitted, self))
            for key, was, is_now in differences(before, now):
                yield said.format(key=key, before=was, now=is_now)


def text_of(scenario: Scenario) -> str:
    """Write a scenario down: nothing for a preset; own data on men and costs are left out."""
    scenario = replace(scenario, costs=PriceList())
    if scenario.name in preset_files() and scenario == Scenario.load(scenario.name):
        return PRESET
    people = scenario.setting.population
    unread = PopulationSetting()
    people = replace(people, **{key: getattr(unread, key) for key in READING})
    return replace(scenario, setting=replace(scenario.setting, population=people)).to_toml()


@cache
def _rules_of_a_run() -> tuple[RuleDigests, dict[str, str], frozenset[str]]:
    """Take the digests of all that a run calls, once: rules do not change within a process."""
    digests = RuleDigests(
        {name: (given, steps(part)) for part, (name, given) in engine.PARTS.items()}
    )
    fields = digests.of(engine.advance).fields
    return digests, {_name(rule): digest.text for rule, digest in digests.taken.items()}, fields


def _name(function: FunctionType) -> str:
    module = function.__module__ or engine.__name__  # what a program wrote has no module
    return f"{module.removeprefix('engager_sim.')}.{function.__qualname__}"


def _outcome(outcome: Outcome, digests: RuleDigests) -> tuple[str, frozenset[str]]:
    """Take the digest of an outcome, and name the fields that it reads."""
    is_mean = outcome.of is not None
    function: Any = outcome.of if is_mean else outcome.measure
    digest = digests.of(function)
    asked = asked_of(OF_A_LEAVER if is_mean else OF_A_WORLD, function)
    averaging = [digests.of(step).text for step in (add_values, make_means) if is_mean]
    return digest_of(repr([digest.text, asked, averaging])), digest.fields


def _values(
    scenario: Scenario, drawn: Collection[str], read: Collection[str]
) -> dict[str, list[float]]:
    theories = scenario.theories()
    return {
        parameter.path: theories[parameter.theme][parameter.name].astype(float).tolist()
        for parameter in parameters()
        if parameter.name in read and parameter.path not in drawn
    }


def _setting(scenario: Scenario) -> dict[str, Any]:
    world = scenario.template()
    records = {name: _records(getattr(world, name)) for name in OF_THE_SETTING}
    others = {"men": len(world.given), "pairs": digest_of(repr(world.pair.tolist()))}
    return records | others | {"entry": repr(scenario.entry()), "weeks": scenario.weeks()}


def _records(records: np.recarray) -> str:
    """Hash the values of every field, whatever the fields' order and the bytes of a number."""
    names = sorted(records.dtype.names or ())
    return digest_of(repr([(name, _wide(records[name]).tolist()) for name in names]))


def _wide(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if values.dtype.kind != "i":
        return values
    wide = values.astype(np.int64)
    wide[values == not_set(values.dtype)] = not_set(wide.dtype)
    return wide


def _scenario(name: str, text: str) -> Scenario:
    if text == PRESET:
        return Scenario.load(name)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.toml"
        file.write_text(text, encoding="utf-8")
        return Scenario.load(file)
