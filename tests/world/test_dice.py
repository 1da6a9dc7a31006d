"""Chance: the published answers, evenness, independence of neighbours, names that cannot clash."""

import ast
import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engager_sim.errors import ScenarioError
from engager_sim.world import dice as dice_room
from engager_sim.world.deployment import deploy
from engager_sim.world.dice import (
    MAX_SEED,
    Chance,
    Dice,
    Kind,
    dice_for,
    draw,
    identity,
    numbered,
    philox,
    staff_week,
)
from engager_sim.world.setting import (
    AgencySetting,
    NetworkSetting,
    PopulationSetting,
    Setting,
    TeamSetting,
)

WORDS = st.integers(0, 2**32 - 1)
HALF_WORDS = st.integers(0, 2**16 - 1)
SEEDS = st.integers(0, MAX_SEED)

PUBLISHED = {
    "zeros": (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    "ones": (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    "digits of pi": (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
}
"""Counter and key, and the answer: the vectors published with Random123 for Philox4x32-10."""

DRAWS = 100_000
CORRELATION = 4.5 / np.sqrt(DRAWS)
"""Correlations of independent draws stay below this in all but seven cases of a million."""


@numba.njit(error_model="numpy")
def compiled_philox(a: int, b: int, c: int, d: int, low: int, high: int) -> Any:
    """Call the rule from compiled code."""
    return philox(a, b, c, d, low, high)


@numba.njit(error_model="numpy")
def compiled_draw(dice: Dice, who: int, week: int, event: int, occasion: int) -> float:
    """Call the rule from compiled code."""
    return draw(dice, who, week, event, occasion)


@numba.njit(error_model="numpy")
def many_draws(keys: np.ndarray) -> np.ndarray:
    """Draw for many keys: seed low, seed high, replicate, who, week, event, occasion."""
    drawn = np.empty(len(keys))
    for row in range(len(keys)):
        key = keys[row]
        drawn[row] = draw(Dice(key[0], key[1], key[2], key[2]), key[3], key[4], key[5], key[6])
    return drawn


COLUMNS = ("seed_low", "seed_high", "replicate", "who", "week", "event", "occasion")
LARGEST = dict(zip(COLUMNS, (2**32, 2**32, 1000, 2**32, 600, max(Chance) + 1, 100), strict=True))


def random_keys(number: int) -> np.ndarray:
    """Take keys at random from all over their ranges, the same on every run."""
    generator = np.random.default_rng(20210331)
    columns = [generator.integers(0, LARGEST[name] - 1, number) for name in COLUMNS]
    return np.column_stack(columns).astype(np.int64)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("generate", [philox, compiled_philox], ids=["plain", "compiled"])
def test_philox_gives_the_published_answers(generate: Callable[..., Any], name: str) -> None:
    words, answer = PUBLISHED[name]
    assert tuple(int(word) for word in generate(*words)) == answer


@given(SEEDS, HALF_WORDS, WORDS, HALF_WORDS, HALF_WORDS, HALF_WORDS)
def test_plain_and_compiled_draws_agree_to_the_last_bit(
    seed: int, replicate: int, who: int, week: int, event: int, occasion: int
) -> None:
    dice = dice_for(seed, replicate)
    plain = draw(dice, who, week, event, occasion)
    assert float(plain).hex() == float(compiled_draw(dice, who, week, event, occasion)).hex()


@given(SEEDS, WORDS, WORDS, HALF_WORDS, HALF_WORDS, HALF_WORDS)
def test_a_draw_lies_strictly_between_zero_and_one(
    seed: int, replicate: int, who: int, week: int, event: int, occasion: int
) -> None:
    assert 0.0 < draw(dice_for(seed, replicate), who, week, event, occasion) < 1.0


def test_even_the_extreme_words_give_draws_inside_zero_and_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = {}
    for end, word in (("low", np.uint64(0)), ("high", np.uint64(2**32 - 1))):
        monkeypatch.setattr(dice_room, "philox", lambda *_key, word=word: (word,) * 4)
        words[end] = draw(dice_for(0, 0), 1, 1, Chance.ATTEND)
    assert words == {"low": 2.0**-53, "high": 1.0 - 2.0**-53}


@given(SEEDS, HALF_WORDS, WORDS, HALF_WORDS)
def test_the_same_key_gives_the_same_draw_and_no_occasion_means_the_first(
    seed: int, replicate: int, who: int, week: int
) -> None:
    first = draw(dice_for(seed, replicate), who, week, Chance.ATTEND)
    assert draw(dice_for(seed, replicate), who, week, Chance.ATTEND, 0) == first


@given(SEEDS)
def test_every_bit_of_a_seed_is_used(seed: int) -> None:
    dice = dice_for(seed, 0)
    assert dice.seed_low + (dice.seed_high << 32) == seed


@pytest.mark.parametrize("name", COLUMNS)
def test_changing_any_one_part_of_the_key_changes_the_draw(name: str) -> None:
    keys = random_keys(2000)
    neighbours = keys.copy()
    neighbours[:, COLUMNS.index(name)] += 1
    assert np.all(many_draws(keys) != many_draws(neighbours))


@pytest.mark.parametrize("name", COLUMNS)
def test_draws_along_any_one_part_of_the_key_are_uniform(name: str) -> None:
    number = min(LARGEST[name], DRAWS)
    keys = np.repeat(random_keys(1), number, axis=0)
    keys[:, COLUMNS.index(name)] = np.arange(number)
    assert stats.kstest(many_draws(keys), "uniform").pvalue > 0.001


def test_many_draws_are_uniform_in_every_bin() -> None:
    counts, _ = np.histogram(many_draws(random_keys(DRAWS)), bins=1000, range=(0.0, 1.0))
    assert stats.chisquare(counts).pvalue > 0.001


def test_the_low_bits_of_draws_are_even() -> None:
    bits = np.floor(many_draws(random_keys(DRAWS)) * 2.0**52).astype(np.int64)
    ones = [int(np.sum((bits >> place) & 1)) for place in range(52)]
    expected, spread = DRAWS / 2.0, np.sqrt(DRAWS) / 2.0
    assert np.max(np.abs(np.array(ones) - expected)) < 4.5 * spread


@pytest.mark.parametrize("name", COLUMNS)
def test_neighbours_are_independent(name: str) -> None:
    keys = random_keys(DRAWS)
    neighbours = keys.copy()
    neighbours[:, COLUMNS.index(name)] += 1
    first, second = many_draws(keys), many_draws(neighbours)
    assert abs(np.corrcoef(first, second)[0, 1]) < CORRELATION
    together, _, _ = np.histogram2d(first, second, bins=16, range=((0, 1), (0, 1)))
    assert stats.chisquare(together.ravel()).pvalue > 0.001


def test_swapping_event_and_occasion_gives_an_independent_draw() -> None:
    keys = random_keys(DRAWS)
    swapped = keys.copy()
    swapped[:, [COLUMNS.index("event"), COLUMNS.index("occasion")]] = keys[
        :, [COLUMNS.index("occasion"), COLUMNS.index("event")]
    ]
    differ = np.any(keys != swapped, axis=1)
    first, second = many_draws(keys[differ]), many_draws(swapped[differ])
    assert abs(np.corrcoef(first, second)[0, 1]) < CORRELATION


def test_event_numbers_are_unique_and_fit_their_half_of_the_word() -> None:
    numbers = [int(chance) for chance in Chance]
    assert len(set(numbers)) == len(Chance.__members__)
    assert all(0 < number < 2**16 for number in numbers)


def test_every_named_event_is_drawn_somewhere() -> None:
    package = Path(dice_room.__file__).parents[1]
    drawn = {
        node.attr
        for file in package.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Chance"
    }
    assert drawn == set(Chance.__members__)


@given(
    st.tuples(st.sampled_from(Chance), HALF_WORDS), st.tuples(st.sampled_from(Chance), HALF_WORDS)
)
def test_no_two_events_or_occasions_share_a_word(
    first: tuple[Chance, int], second: tuple[Chance, int]
) -> None:
    words = {int(event) * 65536 + occasion for event, occasion in (first, second)}
    assert len(words) == len({first, second})
    assert max(words) < 2**32


@given(st.sampled_from(Kind), st.text(max_size=60))
def test_an_identity_carries_its_kind_and_fits_a_word(kind: Kind, name: str) -> None:
    number = identity(kind, name)
    assert 0 <= number < 2**32
    assert number >> 29 == kind


@given(st.tuples(st.sampled_from(Kind), st.integers(0, 2**29 - 1)), st.sampled_from(Kind))
def test_kinds_never_collide(first: tuple[Kind, int], other: Kind) -> None:
    kind, number = first
    assert numbered(kind, number) >> 29 == kind
    assert numbered(kind, number) & (2**29 - 1) == number
    if other != kind:
        assert identity(other, "north/0") != numbered(kind, number)


def test_identities_are_permanent() -> None:
    assert identity(Kind.POST, "north/0") == 1270133269
    assert identity(Kind.POST, "north/1") != identity(Kind.POST, "north/0")


@given(st.tuples(HALF_WORDS, HALF_WORDS), st.tuples(HALF_WORDS, HALF_WORDS))
def test_every_holder_of_a_post_has_weeks_of_his_own(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    words = {int(staff_week(week, incumbent)) for week, incumbent in (first, second)}
    assert len(words) == len({first, second})
    assert max(words) < 2**32


def setting_with(agencies: list[str], teams: list[str]) -> Setting:
    """Make a small setting from names alone."""
    return Setting(
        population=PopulationSetting(leavers=4),
        network=NetworkSetting("alliance"),
        agencies=[AgencySetting(name, "voluntary_sector") for name in agencies],
        teams=[TeamSetting(name, "programme", agencies[0], 2) for name in teams],
        ties=[],
    )


def test_adding_an_agency_or_a_team_renumbers_nobody() -> None:
    few = deploy(setting_with(["harbour", "station"], ["north"]))
    more = deploy(setting_with(["harbour", "market", "station"], ["east", "north"]))
    for records in ("practitioners", "supervisors", "ties"):
        before, after = (set(getattr(world, records).who.tolist()) for world in (few, more))
        assert before < after


def test_the_order_of_names_changes_no_number() -> None:
    forth = deploy(setting_with(["harbour", "market", "station"], ["east", "north"]))
    back = deploy(setting_with(["station", "market", "harbour"], ["north", "east"]))
    for records in ("practitioners", "supervisors", "ties"):
        there, here = (sorted(getattr(world, records).who) for world in (forth, back))
        assert there == here


def test_two_names_with_one_number_are_refused() -> None:
    seen: dict[int, str] = {}
    for count in itertools.count():
        name = f"team {count}"
        other = seen.setdefault(identity(Kind.POST, f"{name}/0"), name)
        if other != name:
            break
    with pytest.raises(ScenarioError, match="same permanent number") as refused:
        deploy(setting_with(["harbour"], [name, other]))
    assert refused.value.fix
