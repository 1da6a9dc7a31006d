"""What options change is marked where a law of the theory fixes which way it moves men."""

from pathlib import Path

import pytest

from engager_sim.laws.statements import LAWS
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.studies.decide.levers import laws_about, levers_table
from engager_sim.studies.decide.options import offered
from engager_sim.studies.decide.settings import DecideSettings
from tests.studies.decide.offers import TODAY

TIES = '[[ties]]\nbetween = ["service", "substance"]\nshared_record = {record}\n'
OPTIONS = {
    "in_reach": ('[agency."substance"]\nboth_sides = true\n', "agencies.substance.both_sides"),
    "record": (TIES.format(record="true"), "ties.service - substance.shared_record"),
    "peers": ("[team.team]\npeers = 2\n", "teams.team.peers"),
    "another": ("[team.team]\npractitioners = 4\n", "teams.team.practitioners"),
}
WORDS = {
    "in_reach": "One provider on both sides of the prison wall lowers neither trust nor starts.",
    "record": "A shared record lowers neither trust nor starts.",
    "peers": "Peers with time and support do not lower first attendance.",
    "another": "",
}


@pytest.mark.parametrize("name", OPTIONS)
def test_a_setting_is_marked_by_the_laws_that_are_about_it(name: str, tmp_path: Path) -> None:
    text, key = OPTIONS[name]
    today = TODAY.replace("[[teams]]", TIES.format(record="false") + "\n[[teams]]")
    (tmp_path / "today.toml").write_text(today)
    option = tmp_path / f"{name}.toml"
    option.write_text(f'question = "?"\nbased_on = "today.toml"\n{text}')
    found = offered(tmp_path / "today.toml", [option], False, None)
    settings = DecideSettings(found.today, found.options, FittedParameters.of("posterior"))
    levers = levers_table(settings).set_index("key")
    assert levers.loc[key, "laws"] == WORDS[name]


def test_every_pattern_of_a_law_is_of_a_setting() -> None:
    """A key with the name of an agency, team or tie in place of the star is marked."""
    patterns = {pattern for law in LAWS for pattern in law.settings}
    assert patterns
    for pattern in patterns:
        assert pattern.count("*") == 1
        assert list(laws_about(pattern.replace("*", "our team"), None))
