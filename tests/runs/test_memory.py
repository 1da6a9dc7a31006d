"""What closed pages held goes back to the machine."""

import psutil

from engager_sim.runs.memory import give_back

PIECE, COUNT = 4_000, 20_000


def test_memory_that_was_freed_in_pieces_goes_back() -> None:
    process = psutil.Process()
    pieces = [bytes(PIECE) for _ in range(COUNT)]
    full = process.memory_info().rss
    kept = pieces[::100] + pieces[-1:]  # the C library gives back only what lies above all pieces
    pieces.clear()
    give_back()
    assert full - process.memory_info().rss > 0.5 * PIECE * COUNT
    assert len(kept) > COUNT // 100
