"""What to buy, for whom, who may be harmed and how sure that is: sentences from the tables."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from engager_sim.reports.finding import Finding, TableRow, recorded, rows_of, table_rows
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.doubts import CERTAIN, GAIN
from engager_sim.studies.decide.group_words import group_sentences
from engager_sim.studies.decide.harm import harm_assumed_away, notable_harm
from engager_sim.studies.decide.information_words import information_sentences
from engager_sim.studies.decide.men_table import EXPECTED, REALISED
from engager_sim.studies.decide.options import DIVIDER, TODAYS_SERVICE
from engager_sim.studies.decide.standings import (
    best_by_net_benefit,
    carriers,
    cheaper_alike,
    idle_options,
    may_be_none,
    recommended,
    rivals,
)
from engager_sim.studies.decide.wording import (
    Facts,
    begun,
    gain_text,
    label_of,
    left_text,
    listed,
    men_share,
    outcome_of,
    outcome_words,
    pounds,
    theme_words,
    tie_text,
    what_is_gained,
    worse_share,
    yearly_text,
)
from engager_sim.studies.decide.worlds import DISTRESS, RECALL

type Tables = Mapping[str, pd.DataFrame]
type Row = Mapping[Any, Any]

ASSUMED = (
    "That this helps is what the theory assumes; only how much was computed: in every draw of the "
    "parameters the theory's laws hold."
)


def findings(tables: Tables, facts: Facts) -> list[str]:
    """Say what to buy, for whom, who may be harmed, and how sure that is."""
    best = recommended(tables)
    said = [
        *answer_sentences(tables, facts),
        *_idle(tables, facts),
        *_net_benefit(tables, facts, best),
        *harm_sentences(tables, facts, best),
        *group_sentences(tables["groups"], facts, best),
        *_doubts(tables, facts, best),
        *information_sentences(tables, facts),
        *_cannot_be_said(tables, facts, best),
        *facts["left_out"],
    ]
    return [Finding(begun(sentence), *rows_of(sentence)) for sentence in said]


def answer_sentences(tables: Tables, facts: Facts) -> Iterator[Finding]:
    """Say which choice is best, by how much and for how much, or that none can be told."""
    found = recorded("options", tables["options"])
    rows = {str(row["option"]): row for _, row in found}
    places = {str(row["option"]): place for place, row in found}
    best, others = recommended(tables), rivals(tables)
    if others:
        yield from _not_told_apart([best, *others], rows, places, facts)
    elif best == facts["today"]:
        yield Finding(
            "Nothing that could be bought is expected to give more than today's service: "
            f"{what_is_gained(facts)}.",
            *places.values(),
        )
    else:
        gives = f"{label_of(facts, best)} gives most of all that can be bought"
        if may_be_none(rows[best]):
            gives += f" on average, and may give none or less than {TODAYS_SERVICE}"
        yield Finding(f"{gives}. {_gain_and_cost(best, rows, facts)}.", places[best])
        chance = chance_text(rows[best]["chance_best"])
        yield Finding(f"It is best in {chance} of the draws of what is not known.", places[best])
        if (cheaper := cheaper_alike(tables)) is not None:
            less = gain_text(facts, cheaper.less, cheaper.low, cheaper.high)
            yield Finding(
                f"{label_of(facts, cheaper.name)} costs {pounds(cheaper.saved)} less in the first "
                f"year and may well give as much: {less} less.",
                places[cheaper.name],
            )


def _not_told_apart(
    same: list[str], rows: Mapping[str, Row], places: Mapping[str, TableRow], facts: Facts
) -> Iterator[Finding]:
    """Say which choices cannot be told apart, the first being best; and which is the cheapest."""
    best = same[0]
    named = listed([label_of(facts, name) for name in same])
    all_places = [places[name] for name in same]
    yield Finding(
        f"{named} cannot be told from each other: they differ by less than is known of them.",
        *all_places,
    )
    highest = f"{label_of(facts, best)} has the highest mean"
    yield Finding(f"{highest}. {_gain_and_cost(best, rows, facts)}.", places[best])
    cheapest = min(same, key=lambda name: _first_year(rows[name]))
    if cheapest not in (best, facts["today"]):
        is_cheapest = f"{label_of(facts, cheapest)} is the cheapest of them"
        yield Finding(f"{is_cheapest}. {_gain_and_cost(cheapest, rows, facts)}.", places[cheapest])
    chances = (f"{label_of(facts, name)} {chance_text(rows[name]['chance_best'])}" for name in same)
    yield Finding(f"How likely each is the best: {'; '.join(chances)}.", *all_places)


def _gain_and_cost(name: str, rows: Mapping[str, Row], facts: Facts) -> str:
    if name == facts["today"]:
        return "It costs nothing more"
    row = rows[name]
    gain = gain_text(facts, float(row["gain"]), float(row["gain_low"]), float(row["gain_high"]))
    spent = yearly_text(row["first_year"], row["per_year"])
    return f"{begun(what_is_gained(facts))}: {gain} {_per(facts)}, {spent}"


def _idle(tables: Tables, facts: Facts) -> Iterator[str]:
    if idle := idle_options(tables):
        leave = "leaves" if len(idle) == 1 else "leave"
        words = outcome_words(outcome_of(facts))
        options = tables["options"]
        yield Finding(
            f"{listed([label_of(facts, name) for name in idle])} {leave} it as it is today in "
            f"every draw ({words}).",
            *table_rows("options", options[options["option"].isin(idle)]),
        )


def harm_sentences(tables: Tables, facts: Facts, best: str) -> Iterator[str]:
    """Say how many men are better and worse off with the best choice."""
    men, options = tables["men"], tables["options"]
    rows = men[men["option"] == best]
    parts = str(options.loc[options["option"] == best, "parts"].iloc[0]).split(DIVIDER)
    if len(rows) and (assumed := harm_assumed_away(tables["levers"], parts)):
        yield f"{assumed.partition(';')[0]}; what was computed follows."
    for place, row in recorded("men", rows[rows["measure"] == EXPECTED]):
        yield Finding(f"{label_of(facts, best)}: {expected_text(row)}", place)
    yield from _harm_of_others(tables, facts, best)
    for place, row in recorded("men", rows[rows["measure"] == REALISED]):
        yield Finding(
            f"In one and the same life {men_share(row['better'])} of the men are better and "
            f"{men_share(row['worse'])} worse off by {row['threshold']:g} points of distress; this "
            "depends on how the two worlds' random numbers are paired. Two unrelated lives of "
            f"today differ by as much in {men_share(row['by_noise'])} each way.",
            place,
        )


def _harm_of_others(tables: Tables, facts: Facts, best: str) -> Iterator[Finding]:
    """Say what is notable of men worse off with other choices that are best by net benefit."""
    others = dict.fromkeys(best_by_net_benefit(tables, worth)[0] for worth in facts["worth"])
    for name in others:
        if name not in (best, facts["today"]):
            men = tables["men"]
            for place, row in recorded("men", notable_harm(men[men["option"] == name])):
                yield Finding(f"{label_of(facts, name)}: {expected_text(row)}", place)


def expected_text(row: Row) -> str:
    """Say how many men are expected to be better and worse off, by one outcome."""
    if row["outcome"] == DISTRESS:
        by = f"distress at least {row['threshold']:g} point lower"
    elif row["outcome"] == RECALL:
        by = f"a chance of recall at least {100 * row['threshold']:g} percentage points lower"
    else:
        words = outcome_words(outcome_of({"outcome": row["outcome"]}))
        by = f"a chance ({words}) at least {100 * row['threshold']:g} percentage points better"
    return (
        f"{men_share(row['better'])} [{men_share(row['better_low'])}, "
        f"{men_share(row['better_high'])}] of the men may expect {by}, and {worse_share(row)} "
        "the opposite."
    )


def _net_benefit(tables: Tables, facts: Facts, best: str) -> Iterator[str]:
    table = tables["net_benefit"]
    for worth in facts["worth"]:
        first, *others = best_by_net_benefit(tables, worth)
        of_first = table[(table["worth"] == worth) & (table["option"] == first)]
        ((place, row),) = recorded("net_benefit", of_first)
        found = (
            f"{label_of(facts, first)} is best by net benefit "
            f"{'as well' if first == best else 'instead'}, in {chance_text(row['chance_best'])} of "
            "the draws"
        )
        if others:
            same = listed([label_of(facts, name) for name in (first, *others)])
            found = f"{same} cannot be told from each other by net benefit"
        yield Finding(f"If a quality-adjusted life year is worth {pounds(worth)}, {found}.", place)


def _doubts(tables: Tables, facts: Facts, best: str) -> Iterator[str]:
    table = tables["doubts"]
    if table.empty or best == facts["today"]:
        return
    rows = table[table["option"] == best]
    gains = rows[(rows["criterion"] == GAIN) & (rows["with_theme"] > 0.0)]
    if len(gains):
        yield _rests_on(gains, facts)
    for place, row in recorded("doubts", rows[rows["doubt"].notna()]):
        if row["doubt"] == CERTAIN:
            yield Finding(begun(tie_text(facts, row)), place)
            continue
        by = "it stands" if row["criterion"] == GAIN else _net_words(str(row["criterion"]))
        yield Finding(
            f"{begun(by)} unless one doubts by more than {chance_text(row['doubt'])} that the "
            f"mechanism of {theme_words(row['theme'])} works at all: then "
            f"{label_of(facts, row['instead'])} is the better choice.",
            place,
        )


def _rests_on(gains: pd.DataFrame, facts: Facts) -> Finding:
    """Name the theme without which least is left, if it can be told from the others."""
    places = {row["theme"]: place for place, row in recorded("doubts", gains)}
    least, *alike = carriers(gains.to_dict("records"))
    if alike:
        themes = listed([theme_words(row["theme"]) for row in (least, *alike)])
        words = f"On which of the themes it rests most cannot be told: {themes} are alike in that."
        return Finding(words, *(places[row["theme"]] for row in (least, *alike)))
    left = left_text(facts, least["without_theme"], least["with_theme"])
    return Finding(
        f"It rests most on {theme_words(least['theme'])}: were that to do nothing, {left} would "
        "be left.",
        places[least["theme"]],
    )


def _net_words(criterion: str) -> str:
    return f"by net benefit at {pounds(float(criterion.rpartition('_')[2]))} it stands"


def _cannot_be_said(tables: Tables, facts: Facts, best: str) -> Iterator[str]:
    levers = tables["levers"]
    guesses = levers[levers["guess"]] if len(levers) else levers
    for option, rows in guesses.groupby("option", sort=False) if len(guesses) else ():
        changes = [
            f"{row['meaning']} from {row['today']} to {row['with_option']}"
            for row in rows.to_dict("records")
        ]
        yield Finding(
            f"{label_of(facts, str(option))} rests on levels that are judged, not counted: "
            f"{listed(changes)}.",
            *table_rows("levers", rows),
        )
    if best != facts["today"] and len(levers) and (levers["laws"] != "").any():
        yield ASSUMED
    for sentences in facts["unpriced"].values():
        yield from (f"{sentence}." for sentence in sentences)
    for option, prices in facts["own_prices"].items():
        yield (
            f"{label_of(facts, option)} is reckoned at prices of its own ({listed(prices)}): what "
            "today's service employs as well costs otherwise with it, and that counts as spend."
        )


def _per(facts: Facts) -> str:
    if facts["counts_men"]:
        return f"of the {facts['men_a_year']:.0f} men of a year"
    return "per man, mean of all"


def _first_year(row: Row) -> float:
    spent = float(row["first_year"])
    return 0.0 if spent != spent else spent
