"""The pictures of a decision: on their pages, however many options there are."""

import dataclasses
from collections.abc import Callable

import pandas as pd
import pytest
from matplotlib.figure import Figure

from engager_sim.figures.picture import Picture
from engager_sim.studies.decide.figures import pictures
from engager_sim.studies.decide.figures.acceptability import acceptability
from engager_sim.studies.decide.figures.better_and_worse import better_and_worse
from engager_sim.studies.decide.figures.gain_against_spend import gain_against_spend
from engager_sim.studies.decide.figures.named_options import MOST_NAMED
from engager_sim.studies.decide.figures.plane import plane
from engager_sim.studies.decide.study import Decision
from tests.figures.test_figures import assert_all_on_the_page

MANY = 28
DRAWN_BY_OPTION = (gain_against_spend, plane, acceptability)


def with_many(decision: Decision) -> Decision:
    """Add options that are as peers are, each a little less so than the one before."""

    def more(table: pd.DataFrame, *shrinking: str) -> pd.DataFrame:
        peers = table[table["option"] == "peers"]
        copies = [peers.assign(option=f"more {number}") for number in range(MANY)]
        for number, copy in enumerate(copies):
            copy[[*shrinking]] *= 0.9 ** (number + 1)
        return pd.concat([table, *copies], ignore_index=True)

    options = more(decision.options, "gain", "gain_low", "gain_high").assign(standing="behind")
    options.loc[options["option"] == "peers", "standing"] = "best"
    return dataclasses.replace(
        decision,
        options=options,
        plane=more(decision.plane),
        net_benefit=more(decision.net_benefit, "net_benefit"),
        acceptability=more(decision.acceptability, "chance_best"),
    )


def legend(figure: Figure) -> list[str]:
    (found,) = figure.legends
    return [text.get_text() for text in found.get_texts()]


def test_every_picture_is_on_its_page_and_says_what_it_shows(decision: Decision) -> None:
    for picture in pictures(decision):
        assert_all_on_the_page(picture.figure)
        assert len(picture.description) > len(picture.title) > 20


@pytest.mark.parametrize("draw", DRAWN_BY_OPTION)
def test_of_many_options_the_foremost_are_named(
    draw: Callable[[Decision], Picture], decision: Decision
) -> None:
    figure = draw(with_many(decision)).figure
    assert_all_on_the_page(figure)
    *named, others = legend(figure)
    assert len(named) == MOST_NAMED
    assert others == f"{MANY + len(legend(draw(decision).figure)) - MOST_NAMED} others"


def test_those_that_gain_most_are_named(decision: Decision) -> None:
    assert "peers" in legend(gain_against_spend(with_many(decision)).figure)


def test_few_options_are_all_named(decision: Decision) -> None:
    assert legend(gain_against_spend(decision).figure) == ["weekly", "peers", "nothing"]


def test_who_is_worse_off_is_titled_by_the_upper_end_of_its_interval(decision: Decision) -> None:
    men = decision.men.assign(worse=0.003, worse_low=0.0, worse_high=0.004)
    none = better_and_worse(dataclasses.replace(decision, men=men))
    assert none.title == "With every option fewer than 0.5% of the men may expect to be worse off"
    some = better_and_worse(dataclasses.replace(decision, men=men.assign(worse_high=0.007)))
    assert some.title.startswith("At most 0.3% [0%, 0.7%] of the men may expect to be worse off")
