"""One vertical axis for all panels of a page, named at the first of each row."""

from engager_sim.figures import style
from engager_sim.figures.line_breaks import wrapped

RULE = "#E4E4E4"


def room_before(name: str, height: float) -> float:
    """Find how many inches the values and the name of the vertical axis need."""
    return 0.5 + 0.14 * len(wrapped(name, height).splitlines())


def share_value_axis(page: style.Page, name: str) -> None:
    """Give all panels one vertical axis, named at the first of each row."""
    low = min(axes.dataLim.y0 for axes in page.panels)
    high = max(axes.dataLim.y1 for axes in page.panels)
    margin = 0.08 * (high - low) or 1.0
    for panel, axes in enumerate(page.panels):
        axes.set_ylim(low - margin, high + margin)
        axes.grid(axis="y", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        if panel % page.layout.columns == 0:
            axes.set_ylabel(wrapped(name, page.layout.height))
        else:
            axes.tick_params(labelleft=False)
