"""What is left of the best option's gain where a theme of the theory does nothing."""

from engager_sim.figures import style
from engager_sim.figures.interval_rows import name_rows, rows_layout
from engager_sim.figures.picture import Picture
from engager_sim.studies.decide.doubts import GAIN
from engager_sim.studies.decide.standings import carriers, recommended
from engager_sim.studies.decide.study import Decision
from engager_sim.studies.decide.wording import (
    begun,
    gain_text,
    label_of,
    left_text,
    theme_words,
    what_is_gained,
)


def without_a_theme(decision: Decision) -> Picture:
    """Draw the best option's gain with each theme off, and with all of them."""
    facts = decision.facts
    option = recommended(decision.tables())
    if option == facts["today"]:
        option = decision.settings.options[0].name
    table = decision.doubts
    rows = table[(table["option"] == option) & (table["criterion"] == GAIN)].to_dict("records")
    names = [theme_words(row["theme"]) for row in rows]
    whole = float(rows[0]["with_theme"])
    least, *alike = carriers(rows)
    title = begun(
        f"{label_of(facts, option)} rests most on {theme_words(least['theme'])}: without "
        f"it {left_text(facts, least['without_theme'], whole)} is left"
    )
    if alike:
        title = f"On which theme {label_of(facts, option)} rests most cannot be told"
    note = (
        f"{label_of(facts, option)}, gain over today: {what_is_gained(facts)}. Dots: a theme does "
        "nothing in either world; bars: 95% interval over populations. Dashed: all themes at work."
    )
    with style.styled():
        layout = rows_layout(names, 3.6, 0.24, 0.066)
        page = style.page(layout, title, {facts["today"]: decision.settings.question}, note)
        axes = page.panels[0]
        ends = [abs(float(row[end])) for row in rows for end in ("low", "high")]
        name_rows(axes, names, 1.1 * max(abs(whole), *ends, 1e-9), "Gain over today")
        axes.axvline(whole, color=style.BLUE, linewidth=1.0, linestyle=(0, (4, 2)))
        for at, row in enumerate(rows):
            axes.hlines(at, row["low"], row["high"], color=style.BLUE, linewidth=2.0)
            axes.plot(row["without_theme"], at, marker="o", color=style.BLUE, markersize=5.0)
    described = "; ".join(
        f"without {name}: {gain_text(facts, row['without_theme'], row['low'], row['high'])}"
        for name, row in zip(names, rows, strict=True)
    )
    return Picture("without_a_theme", title, f"{title}. {described}. {note}", page.figure)
