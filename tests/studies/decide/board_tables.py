"""Tables of decisions made by hand, of which a board's page is known."""

import re
from typing import Any, NamedTuple

import pandas as pd

from engager_sim.studies.decide.board.composition import board_page
from engager_sim.studies.decide.board.content import BoardPage
from engager_sim.theory import THEMES

TODAY = "today"
NAN = float("nan")
CHANCE = 0.05


class Offered(NamedTuple):
    """An option of a decision made by hand."""

    name: str
    gain: float
    spend: float
    chance: float
    standing: str = "behind"
    worse: float = 0.0
    then: float | None = None
    """Spend of a steady year, if it is another than the first's."""


WEEKLY = Offered("weekly", 2.0, 5_000.0, 0.2)
PEERS = Offered("two_peers", 3.0, 40_000.0, 0.7, "best")


class Case(NamedTuple):
    """A decision: its tables and its facts."""

    tables: dict[str, pd.DataFrame]
    facts: dict[str, Any]

    @property
    def page(self) -> BoardPage:
        """The page for a board."""
        return board_page(self.tables, self.facts)


def case(
    *options: Offered, todays: str = "behind", chance: float = 0.1, first_by_health: str = TODAY,
    by_health: str = "behind", **facts: Any,
) -> Case:  # fmt: skip
    """Make a decision between today's service and some options."""
    known = _facts(options) | facts
    tables = {
        "options": pd.DataFrame([_todays(todays, chance), *map(_option, options)]),
        "men": pd.DataFrame([row for each in options for row in _men(each, known["outcome"])]),
        "net_benefit": _net_benefit(
            [TODAY, *(each.name for each in options)], first_by_health, by_health
        ),
        "doubts": pd.DataFrame([row for each in options for row in _doubts(each)]),
        "levers": _levers(options),
        "groups": pd.DataFrame(),
        "pairs": pd.DataFrame(columns=["base", "other", "gain", "low", "high"]),
        "information": pd.DataFrame(),
    }
    return Case(tables, known)


def _facts(options: tuple[Offered, ...]) -> dict[str, Any]:
    return {
        "today": TODAY,
        "budget": 60_000.0,
        "outcome": "engaged_12w",
        "counts_men": True,
        "men_a_year": 90.0,
        "worth": [20_000.0, 30_000.0],
        "labels": {
            each.name: each.name.replace("_", " ").replace(" + ", " and ") for each in options
        },
        "questions": {each.name: f"What if {each.name}?" for each in options},
        "unpriced": {},
        "own_prices": {},
    }


def _todays(standing: str, chance: float) -> dict[str, Any]:
    return {
        "option": TODAY, "parts": "", "within_budget": True, "standing": standing,
        "chance_best": chance, "level": 30.0,
    }  # fmt: skip


def _option(offered: Offered) -> dict[str, Any]:
    over = offered.standing == "over budget"
    return {
        "option": offered.name,
        "parts": offered.name.replace(" + ", ", "),
        "within_budget": not over,
        "standing": offered.standing,
        "chance_best": NAN if over else offered.chance,
        "gain": offered.gain,
        "gain_low": offered.gain - 1.0,
        "gain_high": offered.gain + 1.0,
        "first_year": offered.spend,
        "first_year_low": 0.8 * offered.spend,
        "first_year_high": 1.2 * offered.spend,
        "per_year": offered.spend if offered.then is None else offered.then,
        "spend_per_gain": offered.spend / offered.gain if offered.gain > 0.0 else NAN,
        "steady_per_gain": (offered.spend if offered.then is None else offered.then)
        / (offered.gain if offered.gain > 0.0 else NAN),
    }


def _men(offered: Offered, outcome: str) -> list[dict[str, Any]]:
    own = [outcome] if outcome == "engaged_12w" else []
    return [
        {
            "option": offered.name, "outcome": name, "measure": "expected", "threshold": CHANCE,
            "better": 0.2, "better_low": 0.1, "better_high": 0.3,
            "worse": offered.worse, "worse_low": 0.0, "worse_high": 2.0 * offered.worse,
        }
        for name in (*own, "distress_true_26w", "recalled_52w")
    ]  # fmt: skip


def _net_benefit(names: list[str], first: str, others: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "option": name, "worth": worth, "chance_best": 0.5,
                "net_benefit": 1.0 if name == first else -1.0, "low": -2.0, "high": 2.0,
                "standing": "best" if name == first else others,
            }
            for worth in (20_000.0, 30_000.0)
            for name in names
        ]
    )  # fmt: skip


def _doubts(offered: Offered) -> list[dict[str, Any]]:
    """Let supervision carry three quarters of a gain, and other themes none."""
    return [
        {
            "option": offered.name, "theme": theme, "criterion": "gain",
            "with_theme": offered.gain, "without_theme": share * offered.gain,
            "low": share * offered.gain - 0.5, "high": share * offered.gain + 0.5,
            "doubt": 0.4 if theme == "supervision" else NAN,
            "instead": TODAY if theme == "supervision" else "",
        }
        for theme in THEMES
        for share in (0.25 if theme == "supervision" else 1.0,)
    ]  # fmt: skip


def _levers(options: tuple[Offered, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "option": each.name, "key": "supervision.quality",
                "meaning": "median quality of sessions", "guess": True,
                "laws": "Better supervision does not lower trust.",
            }
            for each in options
        ]
    )  # fmt: skip


def with_groups(known: Case, option: str, *lows: float) -> Case:
    """Add groups for whom an option does more, by the lower ends of their differences."""
    rows = [
        {
            "option": option, "group": f"men without {what}", "men": 0.4, "removed": 0.5,
            "inside": 0.081, "inside_low": 0.05, "inside_high": 0.1,
            "outside": 0.02, "outside_low": 0.01, "outside_high": 0.03,
            "difference": 0.061, "difference_low": low, "difference_high": 0.09,
            "mechanism": "peers",
        }
        for low, what in zip(lows, ("a home to go to", "work"), strict=False)
    ]  # fmt: skip
    return Case(known.tables | {"groups": pd.DataFrame(rows)}, known.facts)


def with_information(known: Case, *rows: dict[str, Any], everything: float = 3.0) -> Case:
    """Add what it is worth to know some numbers."""
    whole = [
        {
            "criterion": "gain", "kind": "parameter", "name": "a.b", "worth": 0.0,
            "threshold": NAN, "side": "", "instead": "", "meaning": "", "frequency": NAN,
        }
        | row
        for row in ({"kind": "everything", "worth": everything}, *rows)
    ]  # fmt: skip
    return Case(known.tables | {"information": pd.DataFrame(whole)}, known.facts)


UNKNOWN_TO_A_BOARD = re.compile(
    r"\b(replicates?|posteriors?|levers?|priors?|shapley|arms?|fates?)\b", re.IGNORECASE
)
BOTH = Offered("weekly + two_peers", 4.0, 45_000.0, 0.0, "over budget")
MANY = tuple(
    Offered(f"something_rather_long_to_say {number}", 1.0 + number, 1_000.0 * number, 0.05)
    for number in range(1, 20)
)
CASES = {
    "best told": case(WEEKLY, PEERS),
    "none told": case(
        WEEKLY._replace(standing="not told from the best"), PEERS, first_by_health="weekly"
    ),
    "today is best": case(
        WEEKLY._replace(gain=-1.0), PEERS._replace(gain=-2.0, standing="behind"), todays="best"
    ),
    "today is as good": case(WEEKLY, PEERS, todays="not told from the best"),
    "one option": case(PEERS),
    "no budget": case(WEEKLY, PEERS, budget=None),
    "points of distress": case(WEEKLY, PEERS, outcome="core_om_26w", counts_men=False),
    "over budget": case(WEEKLY, PEERS, BOTH),
    "harm": case(WEEKLY, PEERS._replace(worse=0.04)),
    "many": case(*MANY, PEERS._replace(gain=50.0)),
    "a group": with_groups(case(WEEKLY, PEERS), "two_peers", 0.03),
    "settled": with_information(
        case(WEEKLY, PEERS), {"meaning": "how much trust grows", "worth": 0.01}, everything=0.02
    ),
    "informed": with_information(
        case(*MANY, PEERS._replace(gain=50.0)),
        {"meaning": "how much trust grows", "worth": 2.0},
        {"meaning": "hours of peers", "threshold": 0.3, "side": "below", "instead": TODAY},
    ),
}
