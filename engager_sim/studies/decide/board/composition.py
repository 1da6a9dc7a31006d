"""How a board's page is put together from a decision's tables, so that it keeps to its words."""

import re
from itertools import product

from engager_sim.figures.line_breaks import unbroken
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.board.answers import answer
from engager_sim.studies.decide.board.charts import charts
from engager_sim.studies.decide.board.choices import FIRST_YEAR, STEADY, Choices, RowOf, Tables
from engager_sim.studies.decide.board.content import MOST_WORDS, TODAY_LOOK, BoardPage, ChoiceRow
from engager_sim.studies.decide.board.grounds import sections
from engager_sim.studies.decide.wording import Facts, begun, pounds, what_is_gained
from engager_sim.studies.decide.worlds import DISTRESS

MOST_ROWS, LEAST_ROWS = 8, (4, 3)
"""Of the table, today's service among them; the fewest before other text goes, and at all."""
NONE = "\N{EN DASH}"
INTERVAL = re.compile(r"\[[^]]*\]")
"""What stays on one line of a narrow cell."""


def board_page(tables: Tables, facts: Facts) -> BoardPage:
    """Make the page, with as many rows as its words allow.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        A decision's tables.
    facts : mapping
        What its manifest keeps of it under ``method``.

    Returns
    -------
    BoardPage
        Of at most 350 words. Where rows alone are too many, what its scenarios ask is left out,
        then a further row, and at last for whom.
    """
    choices = Choices(tables, facts)
    for with_groups, least, with_questions in product((True, False), LEAST_ROWS, (True, False)):
        for count in range(MOST_ROWS, least - 1, -1):
            page = _page(choices, count, with_questions, with_groups)
            if page.words() <= MOST_WORDS:
                return page
    return page


def _page(choices: Choices, count: int, with_questions: bool, with_groups: bool) -> BoardPage:
    shown = _shown(choices, count - 1)
    more = len(choices.ranked) - len(shown)
    return BoardPage(
        question=_question(choices),
        offered=_offered(choices) if with_questions else [],
        answer=answer(choices),
        reading=_reading(choices),
        headings=_headings(choices),
        rows=[
            _row(choices, choices.today, TODAY_LOOK),
            *(_row(choices, name, look) for look, name in enumerate(shown)),
        ],
        more=f"{more} more in the report." if more else "",
        charts=charts(choices, shown),
        sections=sections(choices, with_groups),
    )


def _shown(choices: Choices, count: int) -> list[str]:
    """Take the best, what a board may well prefer to it, what was offered singly, then the rest."""
    preferred = [
        *choices.alike,
        choices.cheaper.name if choices.cheaper else None,
        choices.cheapest_gain(FIRST_YEAR),
        choices.cheapest_gain(STEADY),
    ]
    single = [name for name in choices.ranked if len(choices.parts(name)) == 1]
    order = dict.fromkeys([choices.foremost, *preferred, *single, *choices.ranked])
    taken = [name for name in order if name in choices.ranked][:count]
    return [name for name in choices.ranked if name in taken]


def _question(choices: Choices) -> str:
    what = "What should we buy" if len(choices.ranked) > 1 else "Should we buy this"
    budget = choices.facts["budget"]
    with_it = "" if budget is None else f" with {pounds(budget)} more in the first year"
    return f"{what}{with_it}?"


def _offered(choices: Choices) -> list[tuple[str, str]]:
    """Give what each single option's scenario asks; nothing of more than a page has room for."""
    offered = [
        (choices.label(name), str(choices.facts["questions"][name]))
        for name in choices.rows
        if name != choices.today and len(choices.parts(name)) == 1
    ]
    return offered if len(offered) < MOST_ROWS else []


def _headings(choices: Choices) -> tuple[str, ...]:
    return (
        "Choice",
        begun(what_is_gained(choices.facts)),
        "Better off",
        "Worse off",
        "Spend a year, GBP",
        "Chance of best",
    )


def _reading(choices: Choices) -> str:
    """Say over whom the table counts, and who is better off."""
    men, changed = f"{choices.facts['men_a_year']:.0f}", "5 percentage points of chance"
    if _judged_by(choices) == DISTRESS:
        changed = "1 point of distress"
    return f"Of {men} men a year [95% interval]; better or worse off by {changed}."


def _row(choices: Choices, name: str, look: int) -> ChoiceRow:
    row = choices.rows[name]
    chance = float(row["chance_best"])
    best = "over budget" if chance != chance else chance_text(chance)
    if name == choices.today:
        cells: tuple[str, ...] = (choices.todays_level, NONE, NONE, NONE, best)
    else:
        men = choices.men(name).get(_judged_by(choices))
        cells = (
            choices.gain_text(name),
            *(_men(choices, men, side) for side in ("better", "worse")),
            _spend(float(row["first_year"]), float(row["per_year"])),
            best,
        )
    label = choices.todays_label if name == choices.today else choices.label(name)
    cells = tuple(INTERVAL.sub(lambda found: unbroken(found[0]), cell) for cell in cells)
    return ChoiceRow(label, cells, look, choices.is_affordable(name), choices.alike == [name])


def _spend(first: float, then: float) -> str:
    """Write what is spent in the first year and, if that is another sum, in every year after."""
    one, other = (pounds(amount).replace("GBP ", "") for amount in (first, then))
    return one if one == other else f"{one}, then {other}"


def _judged_by(choices: Choices) -> str:
    """Name the outcome by which men are better off: the decision's own, else distress."""
    own = str(choices.facts["outcome"])
    return own if own in choices.men(choices.foremost) else DISTRESS


def _men(choices: Choices, row: RowOf | None, side: str) -> str:
    """Write men of a year on one side, with the interval of their share."""
    if row is None:
        return NONE
    whole, low, high = (
        _counted(choices.facts["men_a_year"] * float(row[f"{side}{end}"]))
        for end in ("", "_low", "_high")
    )
    return f"{whole} [{low}, {high}]"


def _counted(men: float) -> str:
    return f"{men:.0f}" if men >= 10.0 or men < 0.05 else f"{men:.1f}"
