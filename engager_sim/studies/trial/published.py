"""What the Engager trial's abstracts published, to hold simulated trials against.

The direction of the difference in CORE-OM is not visible in the abstract, so both are possible.

References
----------
Byng 2022, doi 10.1192/bjp.2022.93: CORE-OM at six months, 280 men, 92 in each arm analysed.
Hunter 2021, doi 10.1007/s10198-021-01360-7: access to substance misuse services at 12 months.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedTrial:
    """Published figures: a difference with its interval, and an odds ratio with its own."""

    difference: float
    low: float
    high: float
    analysed_in_each_arm: int
    odds_ratio: float
    odds_ratio_low: float
    odds_ratio_high: float
    citation: str

    def holds(self, estimate: float) -> bool:
        """Tell whether an estimate lies in the published interval or in its mirror image."""
        return self.low <= estimate <= self.high or self.low <= -estimate <= self.high

    def is_held_by(self, low: float, high: float) -> bool:
        """Tell whether an interval holds the published difference, in either direction."""
        return low <= self.difference <= high or low <= -self.difference <= high


PUBLISHED = PublishedTrial(
    difference=1.1,
    low=-1.1,
    high=3.2,
    analysed_in_each_arm=92,
    odds_ratio=2.244,
    odds_ratio_low=1.304,
    odds_ratio_high=3.861,
    citation="Byng 2022, doi 10.1192/bjp.2022.93; Hunter 2021, doi 10.1007/s10198-021-01360-7",
)
