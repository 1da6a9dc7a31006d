"""The columns of a validation's tables."""

from collections.abc import Mapping, Sequence

from engager_sim.designs.missing_values import MISSING
from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import columns
from engager_sim.studies.validate.measures import observed_by
from engager_sim.studies.validate.observations import AT, men_fields
from engager_sim.studies.validate.study import Validation
from engager_sim.studies.validate.workload import MEN, OBSERVED
from engager_sim.theory.declaration import states_of
from engager_sim.world.observed import AT_MARKS, WHILE_IT_RUNS
from engager_sim.world.records import Leaver

RUN = columns(
    ("variant", "name of the variant; what it changes stands in manifest.json", "name"),
    ("replicate", "number of the replicate; common random numbers in all variants", "number"),
)
DERIVED: Mapping[str, Sequence[Column]] = {
    "patterns": columns(
        ("number", "number of the pattern", "number"),
        ("pattern", "its name", "text"),
        ("claim", "what it says", "text"),
        ("source", "who saw it", "text"),
        (
            "standing",
            "fitted: its own figure was among the targets of the fit; built in: a claim of the "
            "theory says it or a rule was changed for it; untouched: neither",
            "name",
        ),
        ("verdict", "the worst of its parts: met, near or missed", "name"),
        ("verdict_gated", "the same under the gated theory alone", "name"),
        ("verdict_additive", "the same under the additive theory alone", "name"),
    ),
    "parts": columns(
        ("number", "number of the pattern", "number"),
        ("pattern", "its name", "text"),
        ("measure", "name of what is measured", "name"),
        ("label", "what it is, with its unit", "text"),
        ("take", "over all runs (whole), or an end of its 95% interval (low, high)", "name"),
        ("figure", "what the fitted model shows", "as the label"),
        ("low", "lower end of its 95% interval by leaving out draws", "as the label"),
        ("high", "upper end of the same", "as the label"),
        ("at_least", "it is met from here", "as the label", "no lower bound"),
        ("at_most", "it is met up to here", "as the label", "no upper bound"),
        ("near_within", "how far outside it is near", "as the label"),
        ("verdict", "met, near or missed", "name"),
        ("off", "how far outside; below 0 if too low", "as the label"),
        ("why", "what the bounds rest on", "text"),
        ("gated", "the figure under the gated theory alone", "as the label"),
        ("verdict_gated", "its verdict", "name"),
        ("additive", "the figure under the additive theory alone", "as the label"),
        ("verdict_additive", "its verdict", "name"),
    ),
    "figures": columns(
        ("target", "name of the published figure", "name"),
        ("label", "what it is", "text"),
        ("role", "fit or hold_out", "name"),
        ("mark", "how it was read: seen, second-hand, derived, remembered", "name"),
        ("value", "the figure; a row for each possible one", "as the label"),
        ("error", "its standard error", "as the label"),
        ("low", "5% quantile of what is predicted to be observed", "as the label"),
        ("middle", "median of the same", "as the label"),
        ("high", "95% quantile of the same", "as the label"),
        ("verdict", "met, near or missed", "name"),
        ("off", "how far it lies outside, in its standard errors", "standard errors"),
    ),
}


def declared(validation: Validation) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of what was observed and of every derived table."""
    observed = (
        *RUN,
        Column("quantity", "an outcome, a weekly mean, or a count of the event log", "name"),
        Column("value", "its value", "as the quantity", missing="as its outcome says"),
    )
    fields = men_fields(observed_by(validation.parts["measure"]))
    leaver = Column("leaver", "number of the leaver, from 0", "number")
    men = (*RUN, leaver, *(_men_column(name) for name in fields))
    return {OBSERVED: observed, MEN: men, **validation.with_rows({**DERIVED, "missing": MISSING})}


def _men_column(name: str) -> Column:
    """Declare the column of one field of men's records."""
    states = {state.name: state for state in states_of(Leaver)}
    if name in states:
        return Column(name, states[name].meaning, states[name].unit)
    kept, _, mark = name.partition(AT)
    state = states[f"{kept}_at"]
    meaning = state.meaning.removesuffix(AT_MARKS).removesuffix(WHILE_IT_RUNS)
    when = mark.replace("_", " ") + ("" if mark == "release" else " after release")
    return Column(name, f"{meaning}at {when}", state.unit)
