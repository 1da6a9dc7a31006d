"""The columns of a validation's tables, declared once for its data dictionary."""

from engager_sim.runs.tables.column import Column


def _columns(*facts: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*fact) for fact in facts)


OF_VALIDATIONS: dict[str, tuple[Column, ...]] = {
    "patterns": _columns(
        ("number", "number of the pattern", "number"),
        ("pattern", "its name", "text"),
        ("claim", "what it says", "text"),
        ("source", "who saw it", "text"),
        ("fitted", "whether its own figure was among the targets of the fit", "true/false"),
        ("shaped", "whether rules were changed after a look at it", "true/false"),
        ("verdict", "the worst of its parts: met, near or missed", "name"),
        ("verdict_gated", "the same under the gated theory alone", "name"),
        ("verdict_additive", "the same under the additive theory alone", "name"),
    ),
    "parts": (
        *_columns(
            ("number", "number of the pattern", "number"),
            ("pattern", "its name", "text"),
            ("measure", "name of what is measured", "name"),
            ("label", "what it is, with its unit", "text"),
            ("take", "over all runs (whole), or an end of its 95% interval (low, high)", "name"),
            ("figure", "what the fitted model shows", "as the label"),
            ("low", "lower end of its 95% interval by leaving out draws", "as the label"),
            ("high", "upper end of the same", "as the label"),
        ),
        Column("at_least", "it is met from here", "as the label", missing="no lower bound"),
        Column("at_most", "it is met up to here", "as the label", missing="no upper bound"),
        *_columns(
            ("near_within", "how far outside it is near", "as the label"),
            ("verdict", "met, near or missed", "name"),
            ("off", "how far outside; below 0 if too low", "as the label"),
            ("why", "what the bounds rest on", "text"),
            ("gated", "the figure under the gated theory alone", "as the label"),
            ("verdict_gated", "its verdict", "name"),
            ("additive", "the figure under the additive theory alone", "as the label"),
            ("verdict_additive", "its verdict", "name"),
        ),
    ),
    "figures": _columns(
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
"""The columns of every table of a validation."""
