"""What a visitor asks about replicates: how many, of which outcome, of which lever."""

from dataclasses import dataclass, field
from functools import cache

from engager_sim.browser.ensemble.influences_view import TWELVE_WEEKS, WHOLE_RUN
from engager_sim.browser.ensemble.lever_effects import Contrast, contrasts
from engager_sim.browser.initial_visit import REPLICATES, initial_replicates
from engager_sim.errors import UsageError
from engager_sim.outcomes.headline import HEADLINE

THIS_WEEK = "week"
WINDOWS = (WHOLE_RUN, TWELVE_WEEKS, THIS_WEEK)
"""Of which weeks the theory's arrows may be: over replicates, or this week of this run."""


@dataclass
class Exploration:
    """What is asked; each setter refuses what a page cannot have sent.

    Attributes
    ----------
    replicates : int
        How many replicates of every world.
    outcome : str
        The outcome that curves and ranking are about.
    lever : str or None
        The lever whose curve is shown, as ``arm.theme.name``.
    ranks : bool
        Whether levers and themes are ranked.
    window : str
        Of which weeks the theory's arrows are.
    theory_is_seen : bool
        Whether the visitor has come to the theory's diagram: before that nobody waits for it.
    """

    replicates: int = field(default_factory=initial_replicates)
    outcome: str = "engaged_12w"
    lever: str | None = None
    ranks: bool = False
    window: str = WHOLE_RUN
    theory_is_seen: bool = False

    def set_replicates(self, replicates: int) -> None:
        """Choose how many replicates."""
        self.replicates = _one_of("replicates", replicates, (*REPLICATES, initial_replicates()))

    def set_outcome(self, outcome: str) -> None:
        """Choose the outcome of curve and ranking."""
        self.outcome = _one_of("outcome", outcome, HEADLINE)

    def open_lever(self, path: str, arm: int) -> None:
        """Show the curve of a lever of an arm; of none, for an empty path."""
        known = [contrast.path for contrast in ranked_contrasts(arm)]
        self.lever = _one_of("lever", path, known) if path else None

    def set_window(self, window: str) -> None:
        """Choose of which weeks the theory's arrows are."""
        self.window = _one_of("window", window, WINDOWS)

    def see_theory(self) -> None:
        """Begin to average the theory's arrows."""
        self.theory_is_seen = True

    def rank(self, ranks: bool) -> None:
        """Begin to rank levers and themes, or stop."""
        self.ranks = bool(ranks)


@cache
def ranked_contrasts(arm: int) -> tuple[Contrast, ...]:
    """List what is ranked for an arm."""
    return tuple(contrasts(arm))


def _one_of[T](name: str, value: T, known: tuple[T, ...] | list[T]) -> T:
    if value not in known:
        allowed = ", ".join(map(str, known))
        raise UsageError("this cannot be chosen", key=name, value=value, allowed=allowed)
    return value
