"""The panels of a sweep's pictures: their titles, and how many stand in a row."""

from engager_sim.figures.factor_labels import name_with_unit
from engager_sim.studies.sweep.settings import SweepSettings


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
