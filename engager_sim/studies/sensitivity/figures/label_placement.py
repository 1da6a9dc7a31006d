"""Where names of marks stand so that they cover no other mark, name or interval."""

from collections.abc import Iterator, Sequence

import numpy as np

from engager_sim.designs.samplers import Numbers

MARK = 4.6
"""Size of a mark in points."""

NEAR = 6.0
"""Points from its mark within which a name needs no line to it."""

AROUND = np.array([-2.0, 0.0, 2.0, 0.0])
"""Points that stay free around a name: to the left, below, to the right, above."""

DISTANCES = np.array([2.0, 5.0, 9.0, 14.0, 20.0, 27.0, 35.0, 45.0, 57.0, 70.0, 85.0, 100.0])
DIRECTIONS = np.arange(24) * np.pi / 12.0
"""Points from its mark, and directions around it, at which a name is tried."""

COVERING, STRIKING, CROSSING = 1000.0, 100.0, 25.0
"""What it costs, in points, that a name covers a mark or another name, that the line to it does,
and that a name covers an interval."""


def name_offsets(
    marks: Numbers, sizes: Sequence[Numbers], intervals: Numbers, frame: Numbers
) -> Iterator[tuple[Numbers, float]]:
    """Yield where each name goes relative to its mark, and how far that is, all in points.

    ``marks`` (shape (marks, 2)) are all marks, those with names first; ``sizes`` widths and heights
    of the names; ``intervals`` (names, 4) and the axes' ``frame`` are left, bottom, right and top.
    """
    distance = np.repeat(DISTANCES, len(DIRECTIONS))
    angle = np.tile(DIRECTIONS, len(DISTANCES))
    towards = np.stack([np.cos(angle), np.sin(angle)], axis=1).round(9)
    taken = np.concatenate([marks - MARK / 2.0, marks + MARK / 2.0], axis=1)
    for mark, size in zip(marks, sizes, strict=False):
        offset = towards * (distance[:, None] + MARK / 2.0 + size / 2.0)
        boxes = np.concatenate([mark + offset - size / 2.0, mark + offset + size / 2.0], axis=1)
        along = mark + offset[:, None] * np.linspace(0.15, 0.75, 8)[None, :, None]
        lines = np.concatenate([along, along], axis=2)
        is_outside = (boxes[:, :2] < frame[:2]) | (boxes[:, 2:] > frame[2:])
        cost = distance + CROSSING * _overlaps(boxes, intervals) + COVERING * is_outside.sum(axis=1)
        cost += COVERING * _overlaps(boxes, taken)
        crossed = _overlaps(lines.reshape(-1, 4), taken).reshape(len(cost), -1).sum(axis=1)
        cost += np.where(distance > NEAR, STRIKING * crossed, 0.0)
        best = int(np.argmin(cost))
        taken = np.concatenate([taken, boxes[best : best + 1] + AROUND])
        if distance[best] > NEAR:
            taken = np.concatenate([taken, lines[best]])
        yield offset[best], float(distance[best])


def _overlaps(boxes: Numbers, others: Numbers) -> Numbers:
    """Count for each box how many others it overlaps; boxes are left, bottom, right, top."""
    one, other = boxes[:, None], others[None]
    apart = (one[..., :2] > other[..., 2:]) | (one[..., 2:] < other[..., :2])
    return np.asarray((~apart.any(axis=2)).sum(axis=1), np.float64)
