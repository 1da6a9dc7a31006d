"""The columns of a decision's tables of money: net benefit, spending, acceptability, the plane."""

from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import HIGH, LOW, columns

OPTION = Column("option", "name of the option, or of today's service", "name")
NOT_BOUGHT = "the budget does not buy it"
STANDINGS = "best, not told from the best, behind, or over budget"
GAIN_UNIT = "men a year, or as the outcome"

NET_BENEFIT = (
    OPTION,
    *columns(
        ("worth", "what a quality-adjusted life year is worth", "GBP"),
        (
            "net_benefit",
            "worth of the health gained in a year's men less what health and social "
            "care spend more in the first year",
            "GBP",
        ),
    ),
    LOW,
    HIGH,
    *columns(
        ("probability_above_0", "how likely it is expected above 0, likewise", "share"),
        (
            "chance_best",
            "share of draws in which it is the highest of all that the budget buys; choices "
            "that are alike in every draw share it whole",
            "share",
            NOT_BOUGHT,
        ),
        (
            "regret",
            "by how much it falls short of the best of a draw, on average",
            "GBP",
            NOT_BOUGHT,
        ),
        ("standing", STANDINGS, "text"),
    ),
)
SPEND = (
    OPTION,
    *columns(
        ("item", "line of the budget, or all of one payer's", "name"),
        ("payer", "who pays; of a sum, whose spending it counts", "name"),
        ("per_year", "more than today in a steady year, at median prices", "GBP"),
        ("per_year_low", "2.5% of the draws", "GBP"),
        ("per_year_high", "97.5% of the draws", "GBP"),
        ("once", "more than today once, at median prices", "GBP"),
        ("once_low", "2.5% of the draws", "GBP"),
        ("once_high", "97.5% of the draws", "GBP"),
    ),
)
ACCEPTABILITY = (
    OPTION,
    *columns(
        ("worth", "what a quality-adjusted life year is worth", "GBP"),
        (
            "chance_best",
            "share of draws in which its expected net benefit is the highest of all "
            "that the budget buys; choices that are alike in every draw share it whole",
            "share",
        ),
    ),
)
PLANE = (
    OPTION,
    *columns(
        ("draw", "number of the draw", "number"),
        ("gain", "expected gain, Monte Carlo error removed", GAIN_UNIT),
        ("health", "quality-adjusted life years of a year's men more than today", "years"),
        ("spend", "more than today in the first year, by health and social care", "GBP"),
    ),
)
