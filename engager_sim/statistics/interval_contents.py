"""What intervals hold, in one line: Monte Carlo error, parameters, rival theories."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from engager_sim.scenarios.fitted_parameters import REPLICATES_PER_DRAW, STRUCTURE, FittedParameters
from engager_sim.scenarios.scenario import Scenario

CENTRAL = "at central values: parameters and rival theories are left out"


@dataclass(frozen=True)
class IntervalContents:
    """What the intervals over some replicates hold.

    Attributes
    ----------
    replicates : int
        How many of each scenario or point.
    draws : int or None
        How many draws the posterior has; None where parameters stand at their central values.
    has_rivals : bool
        Whether rival theories are among what is drawn, and some scenario follows it.
    """

    replicates: int
    draws: int | None = None
    has_rivals: bool = False

    @classmethod
    def of(
        cls, fitted: FittedParameters | None, replicates: int, scenarios: Sequence[Scenario]
    ) -> Self:
        """Take them from what a study asks."""
        if fitted is None:
            return cls(replicates)
        facts = fitted.described(scenarios)
        return cls.of_manifest({"fitted_parameters": facts, "replicates": replicates})

    @classmethod
    def of_manifest(cls, manifest: Mapping[str, Any]) -> Self:
        """Take them from the manifest of a results folder."""
        drawn = manifest.get("fitted_parameters")
        if drawn is None:
            return cls(manifest["replicates"])
        followed = any(STRUCTURE not in paths for paths in drawn["set_aside"].values())
        has_rivals = followed and STRUCTURE in drawn["parameters"]
        draws = 1 if "only" in drawn else drawn["draws"]
        return cls(manifest["replicates"], draws, has_rivals)

    @property
    def draws_used(self) -> int:
        """How many draws have a replicate."""
        return min(self.draws or 0, -(-self.replicates // REPLICATES_PER_DRAW))

    @property
    def named(self) -> str:
        """What intervals hold, without a verb."""
        if self.draws_used < 2:
            return "Monte Carlo error alone"
        if not self.has_rivals:
            return "Monte Carlo error and parameters, not rival theories"
        return "Monte Carlo error, parameters and rival theories"

    @property
    def line(self) -> str:
        """What intervals hold, and why not more, in a sentence."""
        if self.replicates == 1:
            if self.draws is None:
                return f"One replicate has no interval and shows no Monte Carlo error, {CENTRAL}."
            return (
                "One replicate has no interval: Monte Carlo error, parameters and rival theories "
                "cannot be told apart."
            )
        if self.draws is None:
            return f"Intervals hold {self.named}, {CENTRAL}."
        if self.draws_used < 2:
            return (
                f"Intervals hold {self.named}, under one posterior draw: parameters and rival "
                "theories cannot be told from it."
            )
        return f"Intervals hold {self.named}: {self.draws_text}."

    @property
    def index_line(self) -> str:
        """What intervals of indices hold, which are about means over all that is drawn."""
        if self.draws is None:
            return (
                "Intervals of indices hold Monte Carlo error alone: parameters and rival theories "
                "that are not varied stand at central values."
            )
        rivals = " and rival theories" if self.has_rivals else ""
        return (
            "Intervals of indices hold Monte Carlo error; outcomes are means over parameters"
            f"{rivals} ({self.draws_text}), resampled with the points."
        )

    @property
    def surface_line(self) -> str:
        """What a surface is about that is fitted to means and has no interval."""
        if self.draws is None:
            return f"No intervals: means hold Monte Carlo error, {CENTRAL}."
        return (
            "No intervals: means hold Monte Carlo error, and are over parameters and rival "
            f"theories: {self.draws_text}."
        )

    @property
    def draws_text(self) -> str:
        """How many draws are used, and how often."""
        used, pairs = self.draws_used, -(-self.replicates // REPLICATES_PER_DRAW)
        if pairs > used:
            least, over = divmod(pairs, used)
            times = f"{least} or {least + 1}" if over else f"{least}"
            return f"{used:,} draws, each used {times} times, two replicates each time"
        of = "" if used == self.draws else f" of {self.draws:,}"
        last = ", one of the last" if self.replicates % REPLICATES_PER_DRAW else ""
        return f"{used:,}{of} posterior draws, two replicates each{last}"
