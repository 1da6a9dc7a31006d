"""The file of a service as it is today: what was said of it, and guesses marked as such."""

from collections.abc import Iterator, Mapping

from engager_sim.costs.prices import LOCAL, PRICE_YEAR, PRICES
from engager_sim.scenarios.lever_lines import lever_line, written
from engager_sim.scenarios.needs_of_men import as_written, usual_needs
from engager_sim.scenarios.part_time import ITEM, Posts
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.service_answers import OWN_KIND, AgencyAnswer, Answers, needs_served
from engager_sim.scenarios.service_narrative import counted, every, number
from engager_sim.scenarios.theory_values import declared
from engager_sim.scenarios.today_levers import GUESSES, lever_tables, preset_levers

TODAY = "today.toml"
TEAM = "our team"
YEARS = 2
"""How long men are recruited, so that the service is full for most of it (assumption)."""
HEADING = f"""\
# Written by engager-sim new. What you were asked stands as you said it. "A guess" was not asked
# (its value is that of the preset {GUESSES}): put in what is true of your service.
# Where a guess takes judgement, lines below it say what some levels look like."""


def today_text(answers: Answers) -> str:
    """Write the scenario file of a service as it is.

    Parameters
    ----------
    answers : Answers
        What was said of it.

    Returns
    -------
    str
        A scenario file that builds on no other.
    """
    preset = Scenario.load(GUESSES)
    people = preset.setting.population
    men_a_year = people.leavers / people.recruitment_weeks * 52.0
    places: dict[str, float] = {
        agency.kind: agency.places / men_a_year
        for agency in preset.setting.agencies
        if agency.places is not None
    }
    parts = [
        f"question = {written(_question(answers))}\n\n{HEADING}",
        _population(answers),
        _men(answers),
        _agencies(answers, places),
        ties_text(answers),
        _team(answers),
        *lever_tables(answers, preset_levers(GUESSES)),
        _costs(),
        *_part_time(answers.posts),
    ]
    return "\n\n".join(parts) + "\n"


def ties_text(answers: Answers, shared_record: str = "", colocated: str = "") -> str:
    """Write the service's ties; name the agency with which it shares a record, or a roof."""
    return "\n\n".join(
        f"[[ties]]\nbetween = {written([answers.name, agency.name])}\n"
        f"shared_record = {written(agency.name == shared_record)}\n"
        f"colocated = {written(agency.name == colocated)}"
        for agency in answers.agencies
    )


def part_time_item(posts: Posts) -> str:
    """Write the item of costs that takes off what part-time practitioners do not work."""
    if posts.share == 1.0:
        return f"[[costs.items]] # nobody is part-time now\nname = {written(ITEM)}\nposts = 0"
    return (
        f"[[costs.items]] # {number(posts.people)} people hold {posts.whole_time:g} posts, and "
        "practitioner_post prices each as whole\n"
        f"name = {written(ITEM)}\nposts = {-posts.not_worked:.3g} # at the price of a post"
    )


def _question(answers: Answers) -> str:
    posts = answers.posts
    practitioners = counted(posts.people, "practitioner")
    part_time = f" for {posts.whole_time:g} posts" if posts.share < 1.0 else ""
    return (
        f"What do we get today: {practitioners}{part_time}, supervision "
        f"{every(answers.interval)}, {counted(answers.peers, 'peer')}, {answers.men} men a year?"
    )


def _population(answers: Answers) -> str:
    weeks = 52 * YEARS
    return (
        f"[population]\nleavers = {answers.men * YEARS} # {answers.men} men a year\n"
        f"recruitment_weeks = {weeks} # {YEARS} years\n"
        "shortest_to_release = 4 # a guess: weeks to release when a man enters, at least\n"
        "longest_to_release = 20 # a guess: at most\n"
        "allocation = [1, 0] # every man is offered the service"
    )


def _men(answers: Answers) -> str:
    circumstances, said = declared()["circumstances"], as_written(answers.needs)
    lines = [
        lever_line(circumstances[name], value, before="" if name in said else "a guess: ")
        for name, value in (as_written(usual_needs()) | said).items()
    ]
    return "\n".join(["[theory.circumstances] # your men, whatever any service does", *lines])


def _agencies(answers: Answers, places: Mapping[str, float]) -> str:
    known = [_agency(agency, answers, places) for agency in answers.agencies]
    own = f"[[agencies]]\nname = {written(answers.name)}\nkind = {written(OWN_KIND)} # a guess"
    network = '[network]\nstructure = "fragmented" # only the ties that are listed below'
    return "\n\n".join([network, own, *known])


def _agency(agency: AgencyAnswer, answers: Answers, places: Mapping[str, float]) -> str:
    needs = needs_served(agency.kind)
    lines = ["[[agencies]]", f"name = {written(agency.name)}", f"kind = {written(agency.kind)}"]
    if needs:
        lines[-1] += f" # may serve {' and '.join(needs)}"
        lines.append(
            "both_sides = false # a guess: whether it works inside the prison as well, as one "
            "provider on both sides of the wall"
        )
    if agency.kind in places:
        count = max(1, round(places[agency.kind] * answers.men))
        lines.append(f"places = {count} # a guess: men of yours that it can hold at a time")
    return "\n".join(lines)


def _team(answers: Answers) -> str:
    return (
        f'[[teams]]\nname = "{TEAM}"\narm = "programme"\nagency = {written(answers.name)}\n'
        f"practitioners = {answers.posts.people} # people, part-time or not\n"
        f"supervisors = {answers.supervisors}\npeers = {answers.peers}"
    )


def _costs() -> str:
    lines = [
        f"[costs] # pounds of {PRICE_YEAR}: take away the # before what you know, and put it in.",
        "# One number is certain; three are the 5%, the median and the 95%.",
    ]
    for price in PRICES.values():
        if price.payer == LOCAL:
            numbers = ", ".join(f"{amount:g}" for amount in price.quantiles)
            lines.append(f"# {price.id} = [{numbers}] # {price.meaning} ({price.unit})")
    return "\n".join(lines)


def _part_time(posts: Posts) -> Iterator[str]:
    if posts.share < 1.0:
        yield part_time_item(posts)
