"""The arrows of the theory's diagram over replicates: their weight, their sign, and how sure."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engager_sim.browser.ensemble.background import Answer
from engager_sim.browser.ensemble.influence_runs import MOVES, PAIRS, WeeklyInfluences
from engager_sim.browser.theory_diagram import (
    MIN_STRENGTH,
    Weighed,
    arrow,
    node_label,
    state_meaning,
)
from engager_sim.mesa_model.influences import full_range
from engager_sim.statistics.intervals import estimate

INFLUENCE_REPLICATES = 20
TWELVE_WEEKS, WHOLE_RUN = "twelve", "run"
SPAN = 12
AGREEMENT = 0.9
"""A direction is told if at least this share of replicates, each under its own draw, has it. An
interval of the mean would hold 0 where effects are skewed, though no draw doubts the direction."""

type Floats = npt.NDArray[np.float64]


class _Move(NamedTuple):
    """The mean change of a state, as a share of its range, and in how many replicates it was so."""

    state: str
    mean: float
    agree: int
    known: int

    @property
    def sign(self) -> int:
        """Which way it moved, if nearly all replicates agree; 0 if they do not."""
        return int(np.sign(self.mean)) if self.agree >= AGREEMENT * self.known else 0


def averaged_arrows(
    answer: Answer[WeeklyInfluences], window: str, week: int
) -> list[dict[str, Any]]:
    """Give every arrow that is strong enough to be drawn, thinnest first.

    Parameters
    ----------
    window : str
        ``run``: all weeks that were looked at; ``twelve``: those within the twelve up to ``week``.
    week : int
        The week that the page shows.
    """
    found = answer.worlds[0]
    chosen = _weeks(found, window, week)
    fitted = answer.question.fitted
    drawn = None if fitted is None else fitted.drawn(answer.done)
    strengths, men, moved = (
        _over_weeks(part[:, chosen]) for part in (found.strength, found.men, found.moved)
    )
    arrows = []
    for pair, (source, target) in enumerate(PAIRS):
        mean, low, high, *_ = estimate(strengths[:, pair], drawn)
        if not mean >= MIN_STRENGTH:
            continue
        move = _most_moved(pair, moved)
        weighed = Weighed(mean, move.sign, men=float(np.nanmean(men[:, pair])))
        text = _text(source, target, (mean, max(low, 0.0), high), weighed, move)
        arrows.append((mean, arrow(source, target, weighed, text)))
    return [drawn_arrow for _, drawn_arrow in sorted(arrows, key=lambda pair: pair[0])]


def _weeks(found: WeeklyInfluences, window: str, week: int) -> npt.NDArray[np.bool_]:
    if window == WHOLE_RUN:
        return np.ones(len(found.weeks), np.bool_)
    last = max(week, SPAN)
    return (last - SPAN < found.weeks) & (found.weeks <= last)


def _over_weeks(values: npt.NDArray[np.float32]) -> Floats:
    """Average over weeks in which somebody is followed; shape (replicates, ...)."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0).sum(axis=1, dtype=np.float64)
    count = known.sum(axis=1)
    means: Floats = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return means


def _most_moved(pair: int, moved: Floats) -> _Move:
    """Find the state that moved most, as a share of its range."""
    places = [place for place, (of_pair, _) in enumerate(MOVES) if of_pair == pair]
    means = np.abs(np.nan_to_num(moved[:, places]).mean(axis=0))
    place = places[int(means.argmax())]
    values = moved[:, place][~np.isnan(moved[:, place])]
    mean = float(values.mean())
    return _Move(MOVES[place][1], mean, int((values * mean > 0.0).sum()), len(values))


def _text(
    source: str, target: str, strength: tuple[float, float, float], weighed: Weighed, move: _Move
) -> str:
    percents = [f"{100.0 * part:.2f}" for part in strength]
    text = (
        f"{node_label(source)} to {node_label(target).lower()}: a week moved {percents[0]}% "
        f"[{percents[1]}, {percents[2]}] of the full range"
    )
    if weighed.men:
        text += f", in {weighed.men:.0f} men on average"
    size = full_range(target, move.state) * move.mean
    return (
        f"{text}; most of all {state_meaning(target, move.state)} {size:+.3f}, "
        f"{'up' if size > 0.0 else 'down'} in {move.agree} of {move.known} replicates."
    )
