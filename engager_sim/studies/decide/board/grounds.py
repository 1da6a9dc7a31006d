"""How sure a decision is, who may be harmed, for whom it does more, what to find out first."""

import re
from collections.abc import Iterator

from engager_sim.figures.line_breaks import unbroken
from engager_sim.reports.descriptions import cited_parameters
from engager_sim.reports.outcome_text import chance_text
from engager_sim.studies.decide.board.choices import Choices
from engager_sim.studies.decide.board.content import Section
from engager_sim.studies.decide.doubts import CERTAIN, GAIN
from engager_sim.studies.decide.group_words import told_groups
from engager_sim.studies.decide.harm import NOTABLE, harm_assumed_away, notable_harm
from engager_sim.studies.decide.information_words import TOLD, is_settled, to_find_out
from engager_sim.studies.decide.standings import best_by_net_benefit
from engager_sim.studies.decide.wording import begun, pounds, theme_words, worse_share
from engager_sim.studies.decide.worlds import CONTACT, DISTRESS, RECALL

WORSE = {
    DISTRESS: "more distress",
    RECALL: "a higher chance of recall",
    CONTACT: "a lower chance of contact",
}
PLAIN = {"prior": "earlier"}
"""Words of the field that meanings of parameters use, and what a board reads in their place."""
MOST_NAMED = 2
"""Things that are named one after the other."""


def sections(choices: Choices, with_groups: bool) -> list[Section]:
    """Write the sections that have something to say."""
    found = (
        Section("How sure", list(_how_sure(choices))),
        Section("Who may be harmed", list(_harmed(choices))),
        Section("For whom", list(_for_whom(choices)) if with_groups else []),
        Section("Find out first", list(_find_out(choices))),
    )
    return [section for section in found if section.sentences]


def _how_sure(choices: Choices) -> Iterator[str]:
    cited, every = cited_parameters()
    yield f"{cited} of {every} numbers cite a study."
    levers = choices.tables["levers"]
    if len(levers) and (levers["laws"] != "").any():
        yield "That options help the theory assumes; only how much was computed."
    if choices.alike == [choices.best] and choices.best != choices.today:
        yield from _doubt(choices)
    budget, best = choices.facts["budget"], choices.rows[choices.best]
    if budget is not None and choices.best != choices.today and best["first_year_high"] > budget:
        most = unbroken(pounds(float(best["first_year_high"])))
        yield f"Its first year may cost {most}."
    if any(choices.facts["unpriced"].values()):
        yield "Some changes have no price; the report says which."


def _doubt(choices: Choices) -> Iterator[str]:
    """Say how much doubt of which theme would change the answer."""
    table = choices.tables["doubts"]
    if table.empty:
        return
    gains = table[table["criterion"] == GAIN]
    whole = gains.groupby("option")["with_theme"].first()
    if whole[choices.affordable].idxmax() != choices.best:
        return  # the fewer lives without a theme rank the options otherwise: nothing can be said
    rows = gains[(gains["option"] == choices.best) & gains["doubt"].notna()].to_dict("records")
    if not rows:
        yield "Doubting any one theme changes no choice."
        return
    row = min(rows, key=lambda row: float(row["doubt"]))
    if row["doubt"] == CERTAIN:
        yield "Doubting any one theme, short of certainty, changes no choice."
        return
    yield (
        f"Above {chance_text(float(row['doubt']))} doubt that {theme_words(row['theme'])} works at "
        f"all, {choices.label(str(row['instead']))} is better."
    )


def _harmed(choices: Choices) -> Iterator[str]:
    """Say how many men may expect to be worse off with each choice that the page calls best."""
    by_health = (
        best_by_net_benefit(choices.tables, float(worth))[0] for worth in choices.facts["worth"]
    )
    told = [name for name in dict.fromkeys([choices.foremost, *by_health]) if name != choices.today]
    for name in told:
        yield from _harmed_by(choices, name, f"with {choices.label(name)} " if told[1:] else "")


def _harmed_by(choices: Choices, name: str, named: str) -> Iterator[str]:
    men = choices.tables["men"]
    rows = men[men["option"] == name]
    worse = [
        f"{worse_share(row)} of men may expect "
        f"{WORSE.get(str(row['outcome']), f'a worse chance: {choices.outcome_words}')}"
        for row in notable_harm(rows).to_dict("records")
    ]
    fewer = f"fewer than {NOTABLE:.1%} of men may expect more distress, recall or lost contact"
    if len(rows):
        assumed = harm_assumed_away(choices.tables["levers"], choices.parts(name))
        yield begun(f"{assumed}{named}{'; '.join(worse) or fewer}.")


def _for_whom(choices: Choices) -> Iterator[str]:
    """Name the groups for whom the best option does more, or less."""
    if choices.best == choices.today:
        return
    rows = told_groups(choices.tables["groups"], choices.best).to_dict("records")
    if not rows:
        yield "No group was found for whom it clearly does more than for others."
    for row in rows:
        through = f", through {theme_words(row['mechanism'])}" if row["mechanism"] else ""
        yield (
            f"{'More' if row['difference'] > 0.0 else 'Less'} for {row['group']} "
            f"({chance_text(float(row['men']))} of men): "
            f"{choices.mean_gains(row['inside'], row['outside'])}{through}."
        )


def _find_out(choices: Choices) -> Iterator[str]:
    """Name numbers worth knowing, or that turn the choice; else levels that were judged."""
    known = list(_worth_knowing(choices))
    yield from known
    levers = choices.tables["levers"]
    if known or levers.empty:
        return
    if len(choices.tables["information"]) and is_settled(choices.tables):
        yield "To know more would hardly change the choice."
        return
    judged = levers[levers["guess"] & levers["option"].isin(choices.parts(choices.foremost))]
    if len(judged):
        meanings = [plain(meaning) for meaning in dict.fromkeys(judged["meaning"])]
        yield f"Judged, not counted: {'; '.join(meanings[:MOST_NAMED])}."


def _worth_knowing(choices: Choices) -> Iterator[str]:
    for row in to_find_out(choices.tables).head(TOLD).to_dict("records"):
        meaning = plain(str(row["meaning"]))
        turns = ""
        if row["threshold"] == row["threshold"]:
            instead = choices.label(str(row["instead"]))
            turns = f"; {row['side']} {row['threshold']:.2g}, {instead} is better"
        yield f"{begun(meaning)}{turns}."


def plain(meaning: str) -> str:
    """Write what a number is without the field's words that a board does not know."""
    for word, instead in PLAIN.items():
        meaning = re.sub(rf"\b{word}\b", instead, meaning)
    return meaning
