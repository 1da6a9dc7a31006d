"""Ask the processor for a man's record, but for what is kept of him, some men before his turn.

In a large world a man's record has left the processor's caches when his turn comes round again,
and waiting for it would cost as much as his week does. Reading ahead changes no value.
"""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from engager_sim.theory.declaration import record_type
from engager_sim.world.observed import KeptState

MEN_AHEAD = 2
"""How many men ahead records are fetched: with one, they came late; with four, they were gone."""
LINE = 64
"""Bytes that a processor fetches at a time."""
TO_READ, NEAREST, DATA = 0, 3, 1
"""What LLVM's prefetch is told: for reading, into the nearest cache, data and not code."""
KEPT_BYTES = record_type(KeptState).itemsize
"""How far into a man's record the part reaches that hardly any week looks at."""


def _fetch(_typing: Any, record: Any) -> Any:
    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        start = builder.bitcast(arguments[0], byte)
        options = [ir.Constant(number, option) for option in (TO_READ, NEAREST, DATA)]
        # Records do not begin where lines do, so the last byte may be in a line of its own.
        for offset in (*range(KEPT_BYTES, record.size, LINE), record.size - 1):
            builder.call(fetch, [builder.gep(start, [ir.Constant(number, offset)]), *options])
        return context.get_dummy_value()

    return types.void(record), generate


read_ahead: Callable[[Any], None] = cast(Any, intrinsic(_fetch))
"""Fetch a man's record into the processor's nearest cache; for compiled callers only."""
