"""Why an outcome was left out of a sensitivity study."""

from collections.abc import Iterable, Mapping

import pandas as pd

from engager_sim.reports.outcome_text import outcome_label

SAME_EVERYWHERE = "it is the same at every point: nothing that was varied changed it in any run"


def remarks_table(left_out: Mapping[str, str]) -> pd.DataFrame:
    """Make the table of outcomes that were not analysed, and why."""
    remarks = [(name, f"not analysed: {why}") for name, why in left_out.items()]
    return pd.DataFrame(remarks, columns=["outcome", "remark"])


def remark_sentences(remarks: pd.DataFrame) -> Iterable[str]:
    """Name the outcomes that were not analysed, and say why."""
    for name, remark in remarks.itertuples(index=False):
        yield f"{outcome_label(name)}: {remark}."
