"""Four uniform numbers at once, in the lanes of the processor's vectors.

They are the numbers that four draws one after another would give, to the last bit, in about a third
of the time: what is drawn for many men every week is worth drawing together.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from engager_sim.compilation import compiled_instead_of
from engager_sim.world.dice import (
    HALF,
    MULTIPLIER_0,
    MULTIPLIER_1,
    ROUNDS,
    WEYL_0,
    WEYL_1,
    WORD,
    Dice,
    draw,
)

LANES = 4
WHOLE = ir.IntType(64)
MANY = ir.VectorType(WHOLE, LANES)
REAL = ir.VectorType(ir.DoubleType(), LANES)
BITS = 52
AS_REAL = 0x4330000000000000
"""Set above 52 bits, it makes them a double that lies so much above their number: 2^52."""


class _Vectors:
    """Writes arithmetic on four whole numbers."""

    def __init__(self, builder: Any) -> None:
        self.builder = builder

    def same(self, number: int) -> Any:
        """Write a constant in all lanes."""
        return ir.Constant(MANY, [int(number)] * LANES)

    def word(self, numbers: Sequence[Any]) -> Any:
        """Gather four numbers, and keep the lower half of each."""
        gathered = ir.Constant(MANY, ir.Undefined)
        for lane, number in enumerate(numbers):
            place = ir.Constant(ir.IntType(32), lane)
            gathered = self.builder.insert_element(gathered, number, place)
        return self.low(gathered)

    def low(self, numbers: Any) -> Any:
        """Keep the lower half."""
        return self.builder.and_(numbers, self.same(int(WORD)))

    def high(self, numbers: Any) -> Any:
        """Shift the upper half down."""
        return self.builder.lshr(numbers, self.same(int(HALF)))

    def mixed(self, first: Any, second: Any, third: Any) -> Any:
        """Combine three by exclusive or."""
        return self.builder.xor(self.builder.xor(first, second), third)

    def added(self, numbers: Any, constant: int) -> Any:
        """Add a constant, and keep the lower half."""
        return self.low(self.builder.add(numbers, self.same(constant)))

    def philox(self, counter: list[Any], key: list[Any]) -> tuple[Any, Any]:
        """Write ten rounds of Philox4x32 (see :func:`engager_sim.world.dice.philox`)."""
        c0, c1, c2, c3 = counter
        k0, k1 = key
        for _ in range(ROUNDS):
            product_0 = self.builder.mul(self.same(int(MULTIPLIER_0)), c0)
            product_1 = self.builder.mul(self.same(int(MULTIPLIER_1)), c2)
            c0, c1 = self.mixed(self.high(product_1), c1, k0), self.low(product_1)
            c2, c3 = self.mixed(self.high(product_0), c3, k1), self.low(product_0)
            k0, k1 = self.added(k0, int(WEYL_0)), self.added(k1, int(WEYL_1))
        return c0, c1

    def uniforms(self, high: Any, low: Any) -> list[Any]:
        """Make 52 bits of two words each a number between 0 and 1, as a single draw does."""
        build = self.builder
        upper = build.shl(high, self.same(20))
        bits = build.or_(upper, build.lshr(low, self.same(12)))
        bits = build.and_(bits, self.same(2**BITS - 1))
        numbers = build.bitcast(build.or_(bits, self.same(AS_REAL)), REAL)
        numbers = build.fsub(numbers, ir.Constant(REAL, [2.0**BITS] * LANES))
        numbers = build.fadd(numbers, ir.Constant(REAL, [0.5] * LANES))
        numbers = build.fmul(numbers, ir.Constant(REAL, [2.0**-BITS] * LANES))
        places = (ir.Constant(ir.IntType(32), lane) for lane in range(LANES))
        return [build.extract_element(numbers, place) for place in places]


def _uniforms(
    _typing: Any, low: Any, high: Any, replicate: Any, who: Any, week: Any,
    first: Any, second: Any, third: Any, fourth: Any,
) -> Any:  # fmt: skip
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vectors = _Vectors(builder)
        low, high, replicate, who, week, *words = arguments
        key = [vectors.word([number] * LANES) for number in (low, high)]
        counter = [vectors.word([number] * LANES) for number in (who, week)]
        counter += [vectors.word(words), vectors.word([replicate] * LANES)]
        uniforms = vectors.uniforms(*vectors.philox(counter, key))
        return context.make_tuple(builder, signature.return_type, uniforms)

    given = (low, high, replicate, who, week, first, second, third, fourth)
    four = types.UniTuple(types.float64, LANES)  # type: ignore[no-untyped-call] # numba has few
    return four(*(types.int64 for _ in given)), generate


_in_lanes: Callable[..., tuple[float, float, float, float]] = cast(Any, intrinsic(_uniforms))


def _four_in_turn(
    dice: Dice, who: int, week: int, first: int, second: int, third: int, fourth: int
) -> tuple[float, float, float, float]:
    """Draw the uniform numbers of four events of one man in one week."""
    return (
        draw(dice, who, week, first),
        draw(dice, who, week, second),
        draw(dice, who, week, third),
        draw(dice, who, week, fourth),
    )


@compiled_instead_of(_four_in_turn)
def draw_four(
    dice: Dice, who: int, week: int, first: int, second: int, third: int, fourth: int
) -> tuple[float, float, float, float]:
    """Draw the uniform numbers of four events of one man in one week (see :func:`dice.draw`).

    Parameters
    ----------
    dice : Dice
        Seed and replicate of the run.
    who, week : int
        Permanent number of the man, and week of the run.
    first, second, third, fourth : int
        Members of :class:`~engager_sim.world.dice.Chance`.

    Returns
    -------
    tuple of float
        As four single draws give them; plain Python makes just those.
    """
    words = (first * 65536, second * 65536, third * 65536, fourth * 65536)
    return _in_lanes(
        dice.seed_low, dice.seed_high, dice.replicate, who, week,
        words[0], words[1], words[2], words[3],
    )  # fmt: skip


def _three_in_turn(
    dice: Dice, who: int, week: int, first: int, second: int, third: int
) -> tuple[float, float, float]:
    """Draw the uniform numbers of three events of one man in one week."""
    return draw(dice, who, week, first), draw(dice, who, week, second), draw(dice, who, week, third)


@compiled_instead_of(_three_in_turn)
def draw_three(
    dice: Dice, who: int, week: int, first: int, second: int, third: int
) -> tuple[float, float, float]:
    """Draw the uniform numbers of three events, as :func:`draw_four` does; one lane is idle."""
    drawn = draw_four(dice, who, week, first, second, third, third)
    return drawn[0], drawn[1], drawn[2]
