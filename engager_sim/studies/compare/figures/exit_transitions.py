"""Whose first exit differs from that in the base: from which first exit to which."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from engager_sim.figures import style
from engager_sim.figures.drawn_text import fitting_lines
from engager_sim.figures.exit_names import exit_name
from engager_sim.figures.picture import Picture
from engager_sim.figures.scales import counted
from engager_sim.scenarios.scenario_names import file_names
from engager_sim.studies.compare.exit_transitions import EXIT_NAMES
from engager_sim.studies.compare.study import Comparison
from engager_sim.theory.ways_out import Exit

EXIT_LABELS = {name: exit_name(cause) for name, cause in zip(EXIT_NAMES, Exit, strict=True)}
"""How each exit is written; in the order of the rows."""

CELL, NAMES_WIDTH, NAMES_HEIGHT = 0.37, 2.2, 1.62
"""Inches."""

LEAST_SIDE = 2.4
"""Inches that a heading needs beside the names, however few exits there are."""

BEFORE_TOTALS = 0.2
"""Cells between the table and its totals."""

COLOURS = LinearSegmentedColormap.from_list("men", ["#F1F6FA", style.SKY, style.BLUE])
GAP = 1.2
SAME, UNCHANGED = "#F0F0F0", "#757575"
HEAD: dict[str, Any] = {"size": 9.0, "weight": "bold"}
DARK = 0.62
"""Share of the colour scale above which letters are white."""

MOST_SAID = 5
CELLS = ["fate_in_base", "fate_in_other", "men"]


def exit_transitions(comparison: Comparison) -> list[Picture]:
    """Draw a table of exits for each other scenario: in the base by row, in it by column."""
    questions = {scenario.name: scenario.question for scenario in comparison.design.scenarios}
    exits = comparison.fates
    moved = exits.loc[exits["fate_in_base"] != exits["fate_in_other"], "men"]
    most = float(moved.max()) if len(moved) else 1.0
    pictures: list[Picture] = []
    others = exits["other"].unique().tolist()
    # Files keep the name that readers of results know.
    for other, name in zip(others, file_names("fate_transitions", others), strict=True):
        changed = comparison.changed[comparison.changed["other"] == other]
        rows = exits[exits["other"] == other]
        picture = _picture(name, rows, changed, questions, comparison.intervals.line, most)
        pictures.append(picture)
    return pictures


def _picture(
    name: str, exits: pd.DataFrame, changed: pd.DataFrame, questions: dict[str, str], line: str,
    most: float,
) -> Picture:  # fmt: skip
    """Draw the exits in one other scenario, an arm below the other where both have changes."""
    base, other = str(exits["base"].iloc[0]), str(exits["other"].iloc[0])
    differ = changed["men_whose_fate_differs"] > 0.0
    shown = changed[differ] if differ.any() else changed.iloc[:1]
    of_shown = exits[exits["arm"].isin(shown["arm"])]
    happened = set(of_shown["fate_in_base"]) | set(of_shown["fate_in_other"])
    names = [name for name in EXIT_LABELS if name in happened]
    side = CELL * (len(names) + 1 + BEFORE_TOTALS)
    layout = style.Panels(
        len(shown), 1, width=side, height=side,
        left=NAMES_WIDTH, above=0.5, below=NAMES_HEIGHT, beside_all=max(0.0, LEAST_SIDE - side),
    )  # fmt: skip
    before, after = (style.spaced(name, (base, other)) for name in (base, other))
    title = f"{_how_many(exits, changed)} have another first exit in {after} than in {before}"
    with style.styled():
        page = style.page(
            layout, title, {name: questions[name] for name in (base, other)}, _note(changed, line)
        )
        for axes, row in zip(page.panels, shown.itertuples(), strict=True):
            men = _table(exits[exits["arm"] == row.arm], names)
            _draw_table(axes, men, names, most)
            _head(axes, row, men.sum(), side)
            _name_sides(axes, before, after, side)
    return Picture(name, title, _words(exits, changed, base, other), page.figure)


def _how_many(exits: pd.DataFrame, changed: pd.DataFrame) -> str:
    """Count the men of both arms whose first exit differs, a mean over replicates."""
    differ, men = changed["men_whose_fate_differs"].sum(), exits["men"].sum()
    return f"{differ:.1f} of {men:.0f} men" if differ > 0.0 else f"None of {men:.0f} men"


def _table(exits: pd.DataFrame, names: list[str]) -> npt.NDArray[np.float64]:
    """Make a square table of men: exit in the base by row, in the other scenario by column."""
    men = np.zeros((len(names), len(names)))
    for before, after, count in exits[CELLS].to_numpy(object):
        men[names.index(before), names.index(after)] = count
    return men


def _draw_table(axes: Axes, men: npt.NDArray[np.float64], names: list[str], most: float) -> None:
    """Write men into cells; colour those whose first exit differs, and leave the others grey."""
    count = len(names)
    others = np.where(np.eye(count, dtype=bool), 0.0, men)
    axes.pcolormesh(
        np.ma.masked_equal(others, 0.0), cmap=COLOURS, vmin=0.0, vmax=most,
        edgecolors=style.PAPER, linewidth=GAP,
    )  # fmt: skip
    for index in range(count):
        axes.add_patch(Rectangle((index, index), 1.0, 1.0, fc=SAME, ec=style.PAPER, linewidth=GAP))
    for (row, column), value in np.ndenumerate(men):
        colour = style.INK if others[row, column] < DARK * most else style.PAPER
        _write(axes, column, row, value, UNCHANGED if row == column else colour)
    for index in range(count):
        _write(axes, count + BEFORE_TOTALS, index, men[index].sum(), style.INK)
        _write(axes, index, count + BEFORE_TOTALS, men[:, index].sum(), style.INK)
    _name_cells(axes, names)


def _write(axes: Axes, column: float, row: float, men: float, colour: str) -> None:
    if men > 0.0:
        text = "<0.1" if men < 0.05 else f"{men:.1f}"
        axes.text(column + 0.5, row + 0.5, text, size=7.0, color=colour, ha="center", va="center")


def _name_cells(axes: Axes, names: list[str]) -> None:
    count = len(names)
    middles = [*np.arange(count) + 0.5, count + BEFORE_TOTALS + 0.5]
    words = [*(EXIT_LABELS[name] for name in names), "all"]
    axes.set_xticks(middles, words, rotation=42, ha="right", rotation_mode="anchor")
    axes.set_yticks(middles, words)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    whole = count + 1 + BEFORE_TOTALS
    axes.set(xlim=(0.0, whole), ylim=(whole, 0.0))


def _head(axes: Axes, row: Any, men: float, side: float) -> None:
    """Say above a table how many men have another exit."""
    whose = style.spaced(row.arm).capitalize()
    left = (style.MARGIN - NAMES_WIDTH) / side
    at = axes.transAxes
    axes.text(left, 1.0 + 0.25 / side, f"{whose}: {_changed(row, men)}", transform=at, **HEAD)
    text = "; ".join(["Men per replicate", *_interval(row), counted(row.n)])
    axes.text(left, 1.0 + 0.1 / side, text, transform=at, color=style.FAINT, **style.SMALL)


def _changed(row: Any, men: float) -> str:
    return f"{row.men_whose_fate_differs:.1f} of {men:.0f} men ({row.share:.1%}) have another exit"


def _interval(row: Any) -> list[str]:
    """Write the interval of the men whose exit differs, if there is one."""
    known = not np.isnan(row.low)
    return [f"95% interval {max(0.0, row.low):.1f} to {row.high:.1f}"] if known else []


def _name_sides(axes: Axes, before: str, after: str, side: float) -> None:
    """Say whose exits the rows and the columns are."""
    rows, columns = (
        "\n".join(fitting_lines(f"First exit in {name}", side, {"size": 8.0}))
        for name in (before, after)
    )
    left = -(NAMES_WIDTH - 2.0 * style.MARGIN) / side
    at = axes.transAxes
    axes.text(left, 0.5, rows, transform=at, rotation=90, ha="center", va="center")
    axes.text(0.5, -NAMES_HEIGHT / side, columns, transform=at, ha="center", va="bottom")


def _note(changed: pd.DataFrame, line: str) -> str:
    note = (
        "Cells: men (mean per replicate) whose first exit within follow-up is the row's in one "
        "scenario and the column's in the other. Grey: the same in both. Colour: more men, on one "
        "scale for all scenarios that are compared. Differences include what spills over to other "
        f"men through shared staff and agencies. {line}"
    )
    same = changed.loc[changed["men_whose_fate_differs"] == 0.0, "arm"]
    if len(same) == 0 or len(changed) == 1:
        return note
    arms = " or ".join(f"the {style.spaced(arm)} arm" for arm in same)
    return f"{note} No leaver's first exit differs in {arms}."


def _words(exits: pd.DataFrame, changed: pd.DataFrame, base: str, other: str) -> str:
    """Say how many leavers' first exit differs, and the commonest changes."""
    rows: list[Any] = list(changed.itertuples())
    parts = [f"Exits in {style.words(other)} against {style.words(base)}."]
    for row in rows:
        of_arm = exits[exits["arm"] == row.arm]
        men = ", ".join([_changed(row, of_arm["men"].sum()), *_interval(row)])
        moved = of_arm[of_arm["fate_in_base"] != of_arm["fate_in_other"]]
        moved = moved.sort_values("men", ascending=False, kind="stable").head(MOST_SAID)
        changes = [
            f"from {EXIT_LABELS[before]} to {EXIT_LABELS[after]} {count:.1f} men"
            for before, after, count in moved[CELLS].to_numpy(object)
        ]
        often = f"; most often {', '.join(changes)}" if changes else ""
        parts.append(f"{style.spaced(row.arm).capitalize()}: {men}{often}.")
    return " ".join(parts)
