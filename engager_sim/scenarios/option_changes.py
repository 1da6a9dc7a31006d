"""What each thing that a service could buy changes of it, as lines of a scenario file."""

from engager_sim.costs.prices import PRICES
from engager_sim.scenarios.lever_lines import anchor_lines, lever_line, written
from engager_sim.scenarios.part_time import PER_POST, Posts
from engager_sim.scenarios.service_answers import Answers
from engager_sim.scenarios.service_vocabulary import MORE_PEERS
from engager_sim.scenarios.theory_values import declared
from engager_sim.scenarios.today_file import TEAM, part_time_item, ties_text
from engager_sim.scenarios.today_levers import (
    GUESSES,
    hours_of_sessions,
    hours_of_supervisors,
    per_person,
    preset_levers,
)

HOURS_OF_A_PEER, SUPPORT_OF_PEERS = 16.0, 0.5
"""The hours a week of each peer on offer, and how well peers are supported (assumption)."""
PRICE_OF_SUPPORT = 2_500.0
"""Pounds a year of that support (assumption)."""
PRICE_INSIDE = 42_000.0
"""Pounds a year of a drug or other service's worker, on-costs and overheads included: less than a
practitioner's post (assumption)."""
MORE_HOURS = "# Nobody is hired: who is part-time today works half a post more."
"""Said where a half post more is held by the people who are there."""
PARTNERS = ("probation", "prison_healthcare", "mental_health", "housing")
"""Kinds of agency with which to share a record or a roof, the first one that is there."""
PROVIDERS = (
    "substance_misuse", "housing", "employment", "mental_health", "voluntary_sector", "gp",
)  # fmt: skip
"""Kinds of agency that could work inside as well: those that serve a need, likewise."""


def weekly(answers: Answers) -> str:
    """Hold supervision every week, reflective, with the hours that it takes."""
    if answers.interval == 1.0 and answers.mode != "managerial":
        return ""
    supervision = declared()["supervision"]
    mode = "reflective" if answers.mode == "managerial" else answers.mode
    today = f"(today: {answers.interval:g})"
    taken = hours_of_sessions(answers.posts.people, answers, 1.0)
    hours = max(taken, hours_of_supervisors(answers, answers.posts))
    return (
        f"[programme.supervision]\ninterval = 1 # weeks {today}\nmode = {written(mode)}\n"
        f"supervisor_hours = {hours} # hours a week of each supervisor\n"
        "# If sessions get better too, say how good, and under [costs] at what price:\n"
        f"# quality = 0.5 # {supervision['quality'].meaning}\n"
        + "\n".join(anchor_lines(supervision["quality"]))
    )


def practitioner(answers: Answers) -> str:
    """Add a whole-time practitioner."""
    return _more_posts(answers, 1.0)


def half_practitioner(answers: Answers) -> str:
    """Add half a practitioner's post."""
    return _more_posts(answers, 0.5)


def peers(answers: Answers) -> str:
    """Add peers, and where there were none their hours and support."""
    lines = [_team(), f"peers = {answers.peers + MORE_PEERS} # today: {answers.peers}"]
    if answers.peers == 0:
        levers = declared()["peers"]
        lines += [
            "\n[programme.peers]",
            lever_line(levers["hours"], HOURS_OF_A_PEER, before="a guess: "),
            lever_line(levers["support"], SUPPORT_OF_PEERS, before="a guess: "),
            *anchor_lines(levers["support"]),
            "\n[[costs.items]] # a guess: what that support takes",
            f'name = "support for peers"\nper_year = {PRICE_OF_SUPPORT:.0f} # pounds',
        ]
    return "\n".join(lines)


def shared_record(answers: Answers) -> str:
    """Write in one record with another agency."""
    partner = _named_first(answers, PARTNERS, otherwise_any=True)
    said = f"# One record with {partner}; all ties stand here, because a list replaces a list."
    return f"{said}\n{ties_text(answers, shared_record=partner)}" if partner else ""


def one_roof(answers: Answers) -> str:
    """Spend a day a week under one roof with another agency."""
    partner = _named_first(answers, PARTNERS, otherwise_any=True)
    if not partner:
        return ""
    days = lever_line(declared()["collaboration"]["days_together"], 1.0)
    return (
        f"# A day a week with {partner}; all ties stand here, because a list replaces a list.\n"
        f"{ties_text(answers, colocated=partner)}\n\n[programme.collaboration]\n{days}"
    )


def one_provider(answers: Answers) -> str:
    """Put a worker of a service into the prison, so that it is on both sides of the wall."""
    provider = _named_first(answers, PROVIDERS)
    if not provider:
        return ""
    recruited = PRICES["recruited_post"].quantiles.median
    return (
        f"# One provider on both sides of the wall: {provider} refers and takes over its own men.\n"
        f"[agency.{written(provider)}]\nboth_sides = true # today: false\n\n"
        "[[costs.items]] # a guess: a worker of that service inside the prison\n"
        'name = "worker inside the prison"\n'
        f"per_year = {PRICE_INSIDE:.0f} # pounds: salary, on-costs and overheads\n"
        f"start_up = {recruited:.0f} # pounds: recruiting and vetting"
    )


def _more_posts(answers: Answers, more: float) -> str:
    """Add posts, the hours that supervising them takes, and what part-time makes of each person."""
    today, then = answers.posts, Posts(answers.practitioners + more)
    tables = [_team(), f"practitioners = {then.people} # people (today: {today.people})"]
    if then.people == today.people:
        tables.append(MORE_HOURS)
    if then.share != today.share:
        tables += ["", *_per_person(answers, then)]
    kept = hours_of_supervisors(answers, today)
    taken = hours_of_sessions(then.people, answers, answers.interval)
    if taken > kept:
        said = f"supervisor_hours = {taken} # hours a week of each supervisor"
        tables += ["", "[programme.supervision]", f"{said} (today: {kept})"]
    if then.not_worked != today.not_worked:
        tables += ["", part_time_item(then)]
    return "\n".join(tables)


def _per_person(answers: Answers, posts: Posts) -> list[str]:
    """Write each practitioner's part of hours and men where some are part-time."""
    whole = preset_levers(GUESSES)["client_engagement"] | {"contact_hours": answers.contact_hours}
    said = f"# {posts.whole_time:g} posts held by {posts.people} people"
    part = "" if posts.share == 1.0 else f"{posts.share:.3g} of "
    lines = [
        f"{name} = {per_person(name, float(whole[name]), posts)} # {part}a post's {whole[name]:g}"
        for name in PER_POST
    ]
    return [f"[programme.client_engagement] {said}", *lines]


def _team() -> str:
    return f"[team.{written(TEAM)}]"


def _named_first(answers: Answers, kinds: tuple[str, ...], otherwise_any: bool = False) -> str:
    """Name the agency of the first kind that is there; nothing where none is."""
    by_kind = {agency.kind: agency.name for agency in reversed(answers.agencies)}
    wanted = (*kinds, *by_kind) if otherwise_any else kinds
    return next((by_kind[kind] for kind in wanted if kind in by_kind), "")
