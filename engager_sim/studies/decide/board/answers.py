"""The answer on a board's page, in three sentences at most."""

from collections.abc import Iterator

from engager_sim.figures.line_breaks import unbroken
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.board.choices import Choices
from engager_sim.studies.decide.options import TODAYS_SERVICE
from engager_sim.studies.decide.standings import best_by_net_benefit, may_be_none
from engager_sim.studies.decide.wording import begun, listed, pounds

NONE_CAN_BE_TOLD = "No option can be told from the others"


def answer(choices: Choices) -> list[str]:
    """Say which choice is best, or that none can be told; and by health against spending."""
    return [*_choice(choices), _health_against_spending(choices)]


def _choice(choices: Choices) -> Iterator[str]:
    best = choices.best
    if len(choices.alike) > 1:
        yield _told_alike(choices)
        yield _highest_and_cheapest(choices)
    elif best == choices.today:
        yield f"Nothing on offer is expected to give more than {TODAYS_SERVICE}."
        nearest = choices.foremost
        yield (
            f"{begun(choices.label(nearest))} comes nearest: {choices.gain_phrase(nearest)}, "
            f"{_cost(choices, nearest)}."
        )
    else:
        most = "most" if len(choices.affordable) > 1 else f"more than {TODAYS_SERVICE}"
        sure = " on average, perhaps none" if may_be_none(choices.rows[best]) else ""
        yield (
            f"{begun(choices.label(best))} gives {most}{sure}: {choices.gain_phrase(best)}, "
            f"{_cost(choices, best)}."
        )
        chance = chance_text(float(choices.rows[best]["chance_best"]))
        said = f"Its chance of being best is {chance}"
        if (cheaper := choices.cheaper) is not None:
            saved = unbroken(pounds(cheaper.saved))
            said += f"; {choices.label(cheaper.name)} may give as much for {saved} less"
        yield f"{said}."


def _told_alike(choices: Choices) -> str:
    alike = choices.alike
    options = [name for name in alike if name != choices.today]
    if len(options) == len(choices.affordable):
        among = "" if len(options) == len(alike) else f", nor from {TODAYS_SERVICE}"
        if len(options) == 1:
            return f"{begun(choices.label(options[0]))} cannot be told from {TODAYS_SERVICE}."
        return f"{NONE_CAN_BE_TOLD}{among}."
    return (
        f"{begun(listed([choices.label(name) for name in alike]))} cannot be told from each other."
    )


def _highest_and_cheapest(choices: Choices) -> str:
    best = choices.best
    cheapest = min(choices.alike, key=choices.spend)
    said = f"{begun(TODAYS_SERVICE)} has the highest mean and costs nothing more"
    if best != choices.today:
        said = (
            f"{begun(choices.label(best))} has the highest mean: {choices.gain_phrase(best)}, "
            f"{_cost(choices, best)}"
        )
        if cheapest == best:
            return f"{said}, and is the cheapest."
        if cheapest == choices.today:
            return f"{said}; {TODAYS_SERVICE} costs nothing more."
    if cheapest == best:
        return f"{said}."
    return (
        f"{said}; {choices.label(cheapest)} is the cheapest: {choices.gain_text(cheapest)}, "
        f"{_cost(choices, cheapest)}."
    )


def _health_against_spending(choices: Choices) -> str:
    """Say what is best where health is weighed against spending, and nothing else."""
    found: dict[str, list[float]] = {}
    for worth in choices.facts["worth"]:
        found.setdefault(_best_by_health(choices, float(worth)), []).append(float(worth))
    best = "; ".join(
        f"at {_range(worths)} a quality-adjusted life year, {said}"
        for said, worths in found.items()
    )
    return f"Weighing health against spending, {best}."


def _best_by_health(choices: Choices, worth: float) -> str:
    first, *others = best_by_net_benefit(choices.tables, worth)
    if not others:
        return f"{choices.label(first)} is best"
    if len(others) == len(choices.affordable):  # these and today's service are all but the best
        return "no choice can be told from the others"
    return f"{listed([choices.label(name) for name in (first, *others)])} cannot be told apart"


def _range(worths: list[float]) -> str:
    low, high = pounds(min(worths)), pounds(max(worths))
    return unbroken(low) if low == high else unbroken(low) + f" to {high.removeprefix('GBP ')}"


def _cost(choices: Choices, name: str) -> str:
    return choices.spend_phrase(name)
