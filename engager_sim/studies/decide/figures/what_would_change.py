"""What it is worth to know before choosing: the numbers that could change the answer."""

from engager_sim.figures import style
from engager_sim.figures.interval_rows import rows_layout
from engager_sim.figures.picture import Picture
from engager_sim.studies.decide.doubts import GAIN
from engager_sim.studies.decide.information import EVERYTHING, FEWEST_DRAWS
from engager_sim.studies.decide.information_words import are_numbers_told, is_settled, to_find_out
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import gain_text, what_is_gained

MOST = 10
"""Numbers that are drawn."""


def what_would_change(decision: Decision) -> Picture:
    """Draw what a year gains from knowing single numbers before choosing, and everything."""
    facts, table = decision.facts, decision.information
    everything = table[(table["criterion"] == GAIN) & (table["kind"] == EVERYTHING)]
    whole = float(everything["worth"].iloc[0])
    rows = to_find_out(decision.tables()).head(MOST).to_dict("records")
    names = ["everything", *(_name(row) for row in rows)]
    values = [whole, *(float(row["worth"]) for row in rows)]
    title = "No single number is worth finding out before choosing"
    if is_settled(decision.tables()):
        title = "To know more before choosing would hardly change the choice"
    elif not are_numbers_told(decision.tables()):
        title = f"With fewer than {FEWEST_DRAWS} draws nothing is told of single numbers"
    elif rows:
        title = f"Worth finding out first: {rows[0]['meaning']}"
    note = (
        f"Gain in a year from knowing a number before choosing: {what_is_gained(facts)}. A theme's "
        "numbers together may be worth more than each. Stands beside: the value at which another "
        "choice becomes the better one."
    )
    with style.styled():
        layout = rows_layout(names, 3.2, 0.24, 0.066)
        page = style.page(layout, title, {facts["today"]: decision.settings.question}, note)
        axes = page.panels[0]
        axes.barh(
            range(len(names)), values, height=0.62, color=[style.FAINT, *[style.BLUE] * len(rows)]
        )
        axes.set(ylim=(len(names) - 0.5, -0.5), xlim=(0.0, max(1.15 * max(values), 1e-9)))
        axes.set_yticks(range(len(names)), names)
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("Gain from knowing it")
    described = "; ".join(
        f"{name}: {gain_text(facts, value)}" for name, value in zip(names, values, strict=True)
    )
    return Picture("what_would_change", title, f"{title}. {described}. {note}", page.figure)


def _name(row: "dict[object, object]") -> str:
    name = str(row["name"])
    if row["side"]:
        return f"{name} ({row['side']} {float(str(row['threshold'])):.3g})"
    return name
