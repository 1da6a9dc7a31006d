"""The columns of a sensitivity study's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import HIGH, LOW, OUTCOME, columns
from engager_sim.studies.factor_study import NO_EFFECT
from engager_sim.studies.sensitivity.study import Sensitivity
from engager_sim.studies.sensitivity.tables import SHARE_COLUMNS

FACTOR = Column("factor", "path of the factor, or name of the group", "name")
INDEX = Column("index", "name of the index", "name")
USED_PARTS = "parts of the design with an outcome at every point, which it uses"
NO_INDEX = "factors that are taken together have no such index"
SHARES = (
    "share of single runs' variance that the factors make",
    "share of Monte Carlo noise that is alike at every point",
    "share of Monte Carlo noise that points do not share",
    "share that a posterior draw makes at every point alike",
    "share that a posterior draw makes otherwise at other points",
    "share of the variance between points' means that other replicates or draws would change",
)
"""What the table of variance divides, in the order of its columns."""
NO_SHARES = "fewer than two points or draws have all their values, or what is divided does not vary"
DERIVED: Mapping[str, Sequence[Column]] = {
    "indices": (
        OUTCOME,
        INDEX,
        FACTOR,
        *columns(
            ("value", "the estimate from all points and replicates", "as the index", NO_INDEX)
        ),
        LOW,
        HIGH,
        *columns(
            ("rank", "by size of this index, 1 for the largest", "number", NO_EFFECT),
            ("tied_with", "factors whose intervals overlap this one's, if any do", "names"),
            ("note", "what to make of a value that no true index has, or of 0", "text"),
            ("blocks", USED_PARTS, "number"),
            ("of", "parts that the design has", "number"),
        ),
    ),
    "second_order": (
        OUTCOME,
        *columns(
            ("factor", "one factor", "name"),
            ("other", "another", "name"),
            ("value", "share of variance that the two have only together", "share"),
        ),
        LOW,
        HIGH,
    ),
    "convergence": (
        OUTCOME,
        Column("samples", "samples used, from the first", "number"),
        INDEX,
        FACTOR,
        Column("value", "the estimate from so many samples", "as the index"),
        LOW,
        HIGH,
    ),
    "groups": (
        OUTCOME,
        *columns(
            ("by", "theme or role", "name"),
            ("group", "name of the theme or role", "name"),
            ("value", "sum of its factors' first-order shares", "share"),
        ),
        LOW,
        HIGH,
    ),
    "remarks": (OUTCOME, Column("remark", "why it was not analysed", "text")),
    "chance": (
        OUTCOME,
        *(
            Column(name, meaning, "share", missing=NO_SHARES)
            for name, meaning in zip(SHARE_COLUMNS, SHARES, strict=True)
        ),
        *columns(
            ("points", "points used: those with a value in every replicate used", "number"),
            ("replicates", "replicates used, so that most runs are", "number"),
        ),
    ),
}


def declared(sensitivity: Sensitivity) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of the runs, of the points and of every derived table."""
    return sensitivity.columns_with(DERIVED)
