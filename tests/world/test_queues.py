"""Places go to the longest wait and, of waits alike, to the least lot."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.theory.circumstances import NEEDS
from engager_sim.theory.justice import AT_LIBERTY
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import Chance, Kind, dice_for, draw, numbered
from engager_sim.world.observed import NOT_YET
from engager_sim.world.queues import in_order, join_queue, take_claim
from engager_sim.world.records import QUEUING
from tests.week.worlds import small_trial

TEMPLATE = small_trial(30).template()
WEEK = 12


@given(
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, NEEDS - 1)), max_size=40, unique=True),
    st.lists(st.integers(1, 4), min_size=30 * NEEDS, max_size=30 * NEEDS),
    st.sets(st.integers(0, 29), max_size=5),
    st.integers(0, 99),
)
def test_claims_come_out_in_the_order_of_waits_and_lots(
    claims: list[tuple[int, int]], waits: list[int], dead: set[int], seed: int
) -> None:
    world, dice = fresh(TEMPLATE), dice_for(seed, 0)
    world.leavers["who"] = [numbered(Kind.LEAVER, man) for man in range(30)]
    world.leavers["weeks_waited"] = np.reshape(waits, (30, NEEDS))
    world.leavers["place"] = AT_LIBERTY
    world.leavers["died_week"] = [3 if man in dead else NOT_YET for man in range(30)]
    for man, need in claims:
        join_queue(world, need % 2, int(world.leavers["who"][man]), need)

    def place(claim: tuple[int, int]) -> tuple[float, float]:
        man, need = claim
        leaver = world.leavers[man]
        return -leaver["weeks_waited"][need], draw(dice, leaver["who"], WEEK, Chance.PLACE, need)

    assert world.clock[QUEUING] == len(claims)
    for agency in (0, 1):
        wanted = [(man, need) for man, need in claims if need % 2 == agency and man not in dead]
        length = in_order(world, agency, dice, WEEK)
        taken = [take_claim(world, length - one, dice, WEEK) for one in range(length)]
        assert taken == sorted(wanted, key=place)
