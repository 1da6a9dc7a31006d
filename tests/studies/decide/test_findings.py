"""A decision's answer in sentences, against tables made by hand, with the rows they rest on."""

from engager_sim.reports.finding import TableRow, rows_of
from engager_sim.studies.decide.findings import answer_sentences
from tests.studies.decide.board_tables import PEERS, WEEKLY, Case, case

ALIKE = "not told from the best"
TODAYS, FIRST, SECOND = (TableRow("options", number) for number in (1, 2, 3))


def answer(known: Case) -> list[str]:
    return list(answer_sentences(known.tables, known.facts))


def test_the_best_option_is_told_with_gain_spending_and_chance() -> None:
    told = answer(case(WEEKLY, PEERS))
    assert told == [
        "two peers gives most of all that can be bought. More men: engaged at week 12: 3.0 [2.0, "
        "4.0] of the 90 men of a year, for GBP 40,000 a year.",
        "It is best in 70% of the draws of what is not known.",
    ]
    assert [rows_of(sentence) for sentence in told] == [(SECOND,), (SECOND,)]


def test_choices_that_cannot_be_told_apart_are_told_with_the_cheapest() -> None:
    first, highest, cheapest, chances = answer(case(WEEKLY._replace(standing=ALIKE), PEERS))
    assert first.startswith("two peers and weekly cannot be told from each other")
    assert rows_of(first) == rows_of(chances) == (SECOND, FIRST)
    assert highest.startswith("two peers has the highest mean. More men")
    assert cheapest.startswith("weekly is the cheapest of them. More men")
    assert cheapest.endswith("for GBP 5,000 a year.")
    assert chances == "How likely each is the best: two peers 70%; weekly 20%."


def test_an_option_that_saves_money_is_told_beside_todays_service() -> None:
    fewer = WEEKLY._replace(gain=-0.1, spend=-5_000.0, standing=ALIKE)
    told = answer(case(fewer, PEERS._replace(standing="behind"), todays="best"))
    assert told[0].startswith("today's service and weekly cannot be told from each other")
    assert told[1] == "today's service has the highest mean. It costs nothing more."
    assert told[2].endswith("saving GBP 5,000 a year.")


def test_an_option_that_changes_nothing_is_no_rival_of_todays_service() -> None:
    known = case(WEEKLY._replace(standing=ALIKE), PEERS._replace(standing="behind"), todays="best")
    options = known.tables["options"]
    options.loc[options["option"] == "weekly", ["gain", "gain_low", "gain_high"]] = 0.0
    (told,) = answer(known)
    assert told.startswith("Nothing that could be bought is expected to give more")
    assert rows_of(told) == (TODAYS, FIRST, SECOND)
