"""The panels of a sweep's pictures: titles, how many stand in a row, their axes."""

from matplotlib.axes import Axes

from engager_sim.designs.factors import Factor
from engager_sim.figures import style
from engager_sim.figures.factor_labels import is_descending, level_names, name_with_unit
from engager_sim.figures.line_breaks import wrapped
from engager_sim.studies.sweep.settings import SweepSettings

RULE = "#E4E4E4"


def panel_title(settings: SweepSettings, panel: int) -> str:
    """Write which level of the panels' factor a panel shows; nothing where there is none."""
    factor = settings.panels
    if factor is None or not settings.is_factorial:
        return ""
    name = name_with_unit(factor)
    return f"{name[:1].upper()}{name[1:]}: {factor.text(factor.levels[panel])}"


def columns_for(panels: int) -> int:
    """Say how many panels stand in a row."""
    return 2 if panels in (2, 4) else min(3, panels)


def room_before(name: str, height: float) -> float:
    """Find how many inches the values and the name of the vertical axis need."""
    return 0.5 + 0.14 * len(wrapped(name, height).splitlines())


def show_levels(axes: Axes, factor: Factor, room: float = 0.0) -> None:
    """Name a factor's levels across, in the order of the study, with room beside the outer ones."""
    low, high = min(factor.levels), max(factor.levels)
    margin = room + 0.06 * (high - low) or 1.0
    ends = (low - margin, high + margin)
    axes.set_xticks(factor.levels, level_names(factor))
    axes.set_xlim(ends[::-1] if is_descending(factor) else ends)


def rule(axes: Axes) -> None:
    """Draw lines across, behind everything."""
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def share_value_axis(page: style.Page, name: str) -> None:
    """Give all panels one vertical axis, named at the first of each row."""
    low = min(axes.dataLim.y0 for axes in page.panels)
    high = max(axes.dataLim.y1 for axes in page.panels)
    margin = 0.08 * (high - low) or 1.0
    for panel, axes in enumerate(page.panels):
        axes.set_ylim(low - margin, high + margin)
        rule(axes)
        if panel % page.layout.columns == 0:
            axes.set_ylabel(wrapped(name, page.layout.height))
        else:
            axes.tick_params(labelleft=False)
