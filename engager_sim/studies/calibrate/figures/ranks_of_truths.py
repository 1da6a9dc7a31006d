"""Where simulated truths lie in their own posteriors: rank histograms."""

from scipy.stats import binom

from engager_sim.figures import style
from engager_sim.figures.picture import Picture
from engager_sim.studies.calibrate.coverage import (
    AT_PRIOR,
    BINS,
    NOT_JUDGED,
    PLURALS,
    TOO_OFTEN,
    TOO_RARELY,
    coverage_sentences,
)
from engager_sim.studies.calibrate.study import Calibration

COLUMNS = 2
BAND = 0.98
"""Part of what sampling truths does to a tenth, if intervals are right, that is shaded."""
COLOURS = {TOO_RARELY: style.VERMILLION, TOO_OFTEN: style.ORANGE}


def ranks_of_truths(calibration: Calibration, note: str) -> Picture:
    """Draw, for each kind of quantity, how many truths lie in each tenth of their posterior."""
    coverage, ranks = calibration.coverage, calibration.ranks
    verdicts = coverage.set_index(["kind", "quantity"])["verdict"]
    kinds = list(dict.fromkeys(ranks["kind"]))
    truths = int(coverage["truths"].iloc[0])
    study = calibration.settings.study
    layout = style.Panels(len(kinds), min(COLUMNS, len(kinds)), width=2.7, height=1.3)
    counts = coverage["verdict"].value_counts()
    judged = len(coverage) - counts.get(NOT_JUDGED, 0)
    found = (
        f"Of {judged} quantities 90% intervals hold {counts.get(TOO_RARELY, 0)} too rarely and "
        f"{counts.get(TOO_OFTEN, 0)} too often"
    )
    low, high = (binom.ppf(at, truths, 1.0 / BINS) for at in (0.5 - BAND / 2.0, 0.5 + BAND / 2.0))
    told = (
        f"{truths:,} simulated truths, each fitted as if it were not known: shares in each tenth "
        "of its own posterior, a line per quantity. Level if intervals are right; a hill if they "
        "are too wide, a valley if too narrow, a slope if they lie to one side. Shaded: 98% of "
        "what sampling does to one tenth. Vermillion: held too rarely; orange: too often. "
    )
    with style.styled():
        page = style.page(layout, found, {study.scenario.name: study.question}, told + note)
        for axes, kind in zip(page.panels, kinds, strict=True):
            rows = ranks[ranks["kind"] == kind]
            axes.axhspan(low / truths, high / truths, color="#E4E4E4", linewidth=0)
            axes.axhline(1.0 / BINS, color=style.FAINT, linewidth=0.8)
            for quantity, each in rows.groupby("quantity", sort=False):
                verdict = verdicts.get((kind, quantity), NOT_JUDGED)
                axes.stairs(
                    each["share"].to_numpy(),
                    [tenth / BINS for tenth in range(BINS + 1)],
                    baseline=None,
                    color=COLOURS.get(verdict, style.BLUE if kind != AT_PRIOR else "#9A9A9A"),
                    linewidth=0.8,
                    alpha=0.9 if verdict in COLOURS else 0.45,
                    zorder=3.0 if verdict in COLOURS else 2.0,
                )
            axes.set(xlim=(0, 1), ylim=(0, max(0.2, 1.05 * rows["share"].max())))
            axes.set_title(f"{PLURALS[kind]} ({rows['quantity'].nunique()})")
            axes.set(xlabel="Rank of the truth", ylabel="Share of truths")
    words = " ".join(coverage_sentences(coverage))
    return Picture("ranks_of_truths", found, f"{words} {note}", page.figure)
