"""What to find out first: never what changes no run, the same on every page."""

import numpy as np
import pytest

from engager_sim.studies.decide.benefits import Benefits
from engager_sim.studies.decide.information import FEWEST_DRAWS, INERT, PARAMETER, information_table
from engager_sim.studies.decide.information_words import TOLD, information_sentences
from engager_sim.studies.decide.study import Decision
from tests.studies.decide.board_tables import PEERS, TODAY, WEEKLY, case, with_information

LEAD, HOPE = "collaboration.lead_relief", "peers.hope_gain"
"""No agency leads the network of the service; one of its options has peers."""


def planted(decision: Decision, path: str) -> Benefits:
    """Let what weekly supervision gains follow one parameter, above and below 0."""
    fitted = decision.settings.fitted
    assert fitted is not None
    place = [each.path for each in fitted.parameters].index(path)
    values = fitted.numbers[:FEWEST_DRAWS, place]
    gain = np.zeros((4, FEWEST_DRAWS, 2))
    gain[1] = ((values - np.median(values)) / values.std())[:, np.newaxis]
    gain += np.random.default_rng(5).normal(0.0, 0.05, gain.shape)
    none = np.zeros_like(gain)
    return Benefits(
        gain, none, none, (), (), np.stack([part.mean(axis=2) for part in (gain, none, none)])
    )


@pytest.mark.parametrize(("path", "kind"), [(LEAD, INERT), (HOPE, PARAMETER)])
def test_a_number_is_worth_knowing_only_if_it_changes_a_run(
    decision: Decision, path: str, kind: str
) -> None:
    table = information_table(decision.settings, planted(decision, path), np.arange(FEWEST_DRAWS))
    (found,) = table.loc[(table["name"] == path) & (table["criterion"] == "gain"), "kind"]
    assert found == kind


def test_board_and_sentences_name_the_same_numbers_in_the_order_of_their_worth() -> None:
    known = with_information(
        case(WEEKLY, PEERS),
        {
            "meaning": "little",
            "threshold": 1.0,
            "side": "below",
            "instead": TODAY,
            "frequency": 1.0,
        },
        {"meaning": "some", "worth": 1.0},
        {"meaning": "less", "worth": 0.5},
        {"meaning": "most", "worth": 2.0},
        {"kind": "theme", "name": "peers"},
    )
    first, *_ = [
        said for said in information_sentences(known.tables, known.facts) if "first" in said
    ]
    assert first == "What to find out first: most (a.b); some (a.b); less (a.b)."
    sections = {each.heading: list(each.sentences) for each in known.page.sections}
    assert sections["Find out first"] == ["Most.", "Some.", "Less."][:TOLD]


def test_how_many_numbers_change_no_run_is_said_once() -> None:
    known = with_information(
        case(WEEKLY, PEERS), {"kind": "theme", "name": "peers"}, {"kind": INERT}, {"kind": INERT}
    )
    said = [each for each in information_sentences(known.tables, known.facts) if "no run" in each]
    assert len(said) == 1
    assert said[0].startswith("2 numbers of the theory are left out here")
