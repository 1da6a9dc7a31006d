"""A sentence for every event that can be logged, made from the values that decided it."""

import math
from collections.abc import Callable, Sequence

from engager_sim.runs.tables.leavers import PARTS
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event

type Values = Sequence[float]

CERTAIN = 1.0
"""The chance that is logged for a contact that a follow-up brought about."""

MET_ABOUT = ("", "on practical things", "on how he feels and copes", "on links to other services")
"""What a session was about, by its focus."""

ENDINGS = (
    "Support goes on; its end has not been raised.",
    "His practitioner raised that support will end.",
    "Contacts are tapering towards the end.",
    "Support ended as planned.",
    "Support ended without a plan.",
)
"""What happened, by the stage of the ending."""

ROUTES: dict[Exit, str] = {
    Exit.CRISIS: "crisis without coping",
    Exit.RESIGNED: "lack of hope and of motivation",
    Exit.OVERCONFIDENT: "feeling no need of help",
    Exit.WITHDREW: "lack of trust",
}
"""What opens each route by which a man leaves by himself: it raises a hazard, no threshold."""


def sentence(event: int, cause: int, values: Values) -> str:
    """Tell one event of a man's, or of his practitioner's.

    Parameters
    ----------
    event, cause : int
        As the event log has them (:class:`~engager_sim.week.event_log.Event`, and for an exit
        :class:`~engager_sim.theory.ways_out.Exit`).
    values : sequence of float
        The four values of the row, in the order that the log declares.
    """
    if event == Event.EXIT:
        return _exit(Exit(cause), values)
    return TELLING[Event(event)](values)


def _exit(cause: Exit, values: Values) -> str:
    rapport, trust, motivation, crisis = values
    route = f" {ROUTES[cause].capitalize()} opens this route." if cause in ROUTES else ""
    return (
        f"Support ended: {EXIT_MEANINGS[cause]}.{route} As things stood: rapport {_two(rapport)}, "
        f"trust {_two(trust)}, own motivation {_two(motivation)}, crisis {_two(crisis)}."
    )


def _attended(values: Values) -> str:
    chance, trust, focus, speed = values
    about = MET_ABOUT[int(focus)]
    worked = f" and worked {about}" if about else ""
    likely = "" if chance >= CERTAIN else f" (chance of the contact {_percent(chance)})"
    return (
        f"Met his practitioner{likely}{worked}. Trust is now {_two(trust)}; the relationship could "
        f"grow at {_percent(speed)} of full speed."
    )


def _missed(values: Values) -> str:
    chance, trust, in_a_row, message_lost = values
    why = " A message about him had been lost." if message_lost else ""
    return (
        f"A planned contact was missed (chance of the contact {_percent(chance)}, trust "
        f"{_two(trust)}), {_times(in_a_row)} in a row.{why}"
    )


def _gate(values: Values) -> str:
    rapport, trust, presence, lost = values
    end = "and yet he was lost there" if lost else "and he came along"
    return (
        f"His practitioner met him at the gate (chance {_percent(presence)}) {end}. "
        f"Rapport {_two(rapport)}, trust {_two(trust)}."
    )


def _promise(values: Values) -> str:
    tie, owned, lost, trust = values
    said = "The practitioner said so openly" if owned else "Nobody owned up to it"
    return (
        f"A promise about another agency was broken (tie to his agencies {_two(tie)}). {said}; "
        f"he lost {_two(lost)} of trust, {_two(trust)} is left."
    )


def _message(values: Values) -> str:
    contradictory, recorded, lost, trust = values
    if not contradictory:
        return (
            f"A message about him was lost ({_percent(recorded)} of his agencies write in one "
            "record)."
        )
    return (
        f"Agencies told him contradictory things ({_percent(recorded)} of them write in one "
        f"record); he lost {_two(lost)} of trust, {_two(trust)} is left."
    )


def _rupture(values: Values) -> str:
    skill, focus, lost, trust = values
    return (
        f"A rupture opened in a session {MET_ABOUT[int(focus)] or 'with his practitioner'} (skill "
        f"{_two(skill)}); he lost {_two(lost)} of trust, {_two(trust)} is left."
    )


def _referred(values: Values) -> str:
    need, tie, arrived, _ = values
    end = "and it arrived" if arrived else "but it did not arrive"
    return f"Handed on to the service for {_need(need)} over a tie of {_two(tie)}, {end}."


def _service_left(values: Values) -> str:
    need, severity, trust, _ = values
    return (
        f"No longer with the service for {_need(need)}: the need stands at {_two(severity)}, trust "
        f"in the service at {_two(trust)}."
    )


def _recalled(values: Values) -> str:
    for_contact, out_of_touch, weeks, _ = values
    why = (
        f"he had been out of touch for {_weeks(out_of_touch)}"
        if for_contact
        else "a breach was detected"
    )
    return f"Recalled to prison for {_weeks(weeks)}: {why}."


def _worker_changed(values: Values) -> str:
    before, after, kept, lost = values
    end = " He was lost at that change." if lost else ""
    return (
        f"His practitioner changed: trust fell from {_two(before)} to {_two(after)}, "
        f"{_percent(kept)} of the understanding was kept.{end}"
    )


def _ending(values: Values) -> str:
    stage, weeks, joint, _ = values
    left = f" Support left: {_weeks(weeks)}." if weeks > 0 else ""
    link = " The next service joined in." if joint else ""
    return ENDINGS[int(stage)] + left + link


def _housing(values: Values) -> str:
    housed, crisis, helped, _ = values
    if housed:
        return "Found a stable place to live" + (", with the housing service." if helped else ".")
    return f"Lost his place to live (crisis {_two(crisis)})."


TELLING: dict[Event, Callable[[Values], str]] = {
    Event.ENTERED: lambda v: (
        f"Entered, {_weeks(v[0])} before his release. Trust in helpers from earlier life "
        f"{_two(v[1])}, needs {_two(v[2])}, distress {v[3]:.0f} of 40."
    ),
    Event.ALLOCATED: lambda v: (
        f"A practitioner took him on, who then held {_men(v[1])} of this simulation."
    ),
    Event.RELEASED: lambda v: (
        f"Released {'to a place to live' if v[0] else 'without a place to live'}; needs "
        f"{_two(v[1])}, crisis {_two(v[2])}."
    ),
    Event.MET_AT_GATE: _gate,
    Event.ATTENDED: _attended,
    Event.MISSED: _missed,
    Event.FOLLOWED_UP: lambda v: (
        f"{'A peer' if v[0] else 'His practitioner'} went after him, and they met after all "
        f"(rapport {_two(v[1])}, trust {_two(v[2])})."
    ),
    Event.PROMISE_BROKEN: _promise,
    Event.MESSAGE_WRONG: _message,
    Event.RUPTURE: _rupture,
    Event.REPAIR: lambda v: (
        f"A rupture was repaired (skill {_two(v[0])}); trust is now {_two(v[1])}."
    ),
    Event.SMALL_WIN: lambda v: (
        f"A small win (understanding {_two(v[0])}); own motivation is now {_two(v[1])}."
    ),
    Event.JOINT_FORMULATION: lambda v: (
        f"His agencies made one plan with him (tie {_two(v[0])}); until then they shared "
        f"{_percent(v[2])} of their practice."
    ),
    Event.REFERRED: _referred,
    Event.SERVICE_STARTED: lambda v: (
        f"The service for {_need(v[0])} took him on{', handed on' if v[1] else ''} (need "
        f"{_two(v[2])})."
    ),
    Event.SERVICE_LEFT: _service_left,
    Event.CRISIS: lambda v: (
        f"A crisis broke out: it stands at {_two(v[0])}, needs at {_two(v[1])}, coping at "
        f"{_two(v[2])}; distress {v[3]:.0f} of 40."
    ),
    Event.OFFENCE: lambda v: (
        f"Offended (hazard {v[0]:.3f} per week, {'housed' if v[1] else 'without a place to live'}, "
        f"substance need {_two(v[2])})."
    ),
    Event.CUSTODY: lambda v: f"Went back to custody for {_weeks(v[0])}.",
    Event.RECALLED: _recalled,
    Event.WORKER_CHANGED: _worker_changed,
    Event.ENDING_STAGE: _ending,
    Event.CAME_BACK: lambda v: (
        f"Came back (trust {_two(v[0])}, hope {_two(v[1])}, outreach {_percent(v[2])})."
    ),
    Event.HOUSING_CHANGED: _housing,
    Event.PEER_LINKED: lambda v: (
        f"Linked with a peer: trust rose from {_two(v[0])} to {_two(v[1])}, hope is {_two(v[2])}."
    ),
    Event.WORKER_LEFT: lambda v: (
        f"His practitioner left the job (burnout {_two(v[0])}); the post is vacant for "
        f"{_weeks(v[3])}."
        if v[3] > 0
        else f"His practitioner left (burnout {_two(v[0])}) and a successor started at once."
    ),
    Event.POST_FILLED: lambda v: (
        f"A new practitioner started: skill {_two(v[0])}, fidelity {_two(v[1])}."
    ),
    Event.SUPERVISED: lambda v: (
        f"His practitioner was supervised (quality {_two(v[0])}): skill {_two(v[1])}, fidelity "
        f"{_two(v[2])}, burnout {_two(v[3])}."
    ),
    Event.SESSION_NOT_HELD: lambda v: (
        f"His practitioner's supervision did not take place (chance {_percent(v[0])}, burnout "
        f"{_two(v[1])})."
    ),
    Event.PEER_STOPPED: lambda v: f"His peer stopped (strain {_two(v[0])}).",
    Event.PEER_STARTED: lambda v: f"A new peer started (support {_two(v[3])}).",
}
"""How each event is told, save exits, which have a cause."""


def _two(value: float) -> str:
    return f"{value:.2f}"


def _percent(share: float) -> str:
    return f"{100.0 * share:.0f}%"


def _weeks(value: float) -> str:
    weeks = math.ceil(value)
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _men(value: float) -> str:
    return "1 man" if value == 1 else f"{value:.0f} men"


def _times(value: float) -> str:
    return "the first" if value <= 1 else f"number {value:.0f}"


def _need(place: float) -> str:
    return PARTS["need"][int(place)].replace("_", " ")
