"""Four draws at once are four single draws, to the last bit."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.compilation import entry_point
from engager_sim.world.dice import MAX_SEED, Chance, Dice, dice_for, draw
from engager_sim.world.four_draws import draw_four, draw_three

EVENTS = list(Chance)


@entry_point
def _compiled(
    dice: Dice, who: int, week: int, first: int, second: int, third: int, fourth: int
) -> tuple[float, float, float, float]:
    return draw_four(dice, who, week, first, second, third, fourth)


@entry_point
def _three(
    dice: Dice, who: int, week: int, first: int, second: int, third: int
) -> tuple[float, float, float]:
    return draw_three(dice, who, week, first, second, third)


@given(
    st.integers(0, MAX_SEED), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1), st.lists(st.sampled_from(EVENTS), min_size=4, max_size=4),
)  # fmt: skip
def test_each_is_the_single_draw_of_its_event(
    seed: int, replicate: int, who: int, week: int, events: list[Chance]
) -> None:
    dice = dice_for(seed, replicate)
    single = tuple(draw(dice, who, week, event) for event in events)
    assert draw_four(dice, who, week, *events) == single
    assert _compiled(dice, who, week, *map(int, events)) == single
    assert draw_three(dice, who, week, *events[:3]) == single[:3]
    assert _three(dice, who, week, *map(int, events[:3])) == single[:3]


def test_many_are_uniform_in_every_lane() -> None:
    dice = dice_for(4, 2)
    drawn = np.array([_compiled(dice, who, 3, 1, 2, 3, 4) for who in range(20_000)])
    assert abs(drawn.mean(axis=0) - 0.5).max() < 5 * 12**-0.5 / 20_000**0.5
    assert abs(np.corrcoef(drawn, rowvar=False)[np.triu_indices(4, 1)]).max() < 0.04
