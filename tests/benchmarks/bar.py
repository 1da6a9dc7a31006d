"""What a measured figure must reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """What a measured figure must reach: at least, or at most, so much."""

    figure: float
    at_least: bool
    unit: str = ""

    def judge(self, measured: float) -> str:
        """Say what the bar is and whether it is met."""
        met = measured >= self.figure if self.at_least else measured <= self.figure
        limit = "at least" if self.at_least else "at most"
        return f"{limit} {self.figure:g}{self.unit}: {'met' if met else 'MISSED'}"
