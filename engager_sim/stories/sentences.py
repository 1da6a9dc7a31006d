"""A sentence for every event that can be logged, made from the values that decided it."""

import math
from collections.abc import Callable, Sequence

from engager_sim.runs.tables.leavers import PARTS
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event

type Values = Sequence[float]

CERTAIN = 1.0
"""The probability that is logged for a contact that a follow-up brought about."""

SESSION_TOPICS = (
    "",
    "on practical things",
    "on how he feels and copes",
    "on links to other services",
)
"""Topic of a session, by its focus."""

ENDING_STAGES = (
    "Support goes on; its end has not been raised.",
    "His practitioner raised that support will end.",
    "Contacts are tapering towards the end.",
    "Support ended as planned.",
    "Support ended without a plan.",
)
"""Sentences about the stages of an ending."""

EXIT_DRIVERS: dict[Exit, str] = {
    Exit.CRISIS: "crisis without coping",
    Exit.RESIGNED: "lack of hope and of motivation",
    Exit.OVERCONFIDENT: "feeling no need of help",
    Exit.WITHDREW: "lack of trust",
}
"""What raises the hazard of each voluntary exit."""


def sentence(event: int, cause: int, values: Values) -> str:
    """Write the sentence about one event of a leaver, his practitioner or his peer.

    Parameters
    ----------
    event, cause : int
        As in the event log (:class:`~engager_sim.week.event_log.Event`, and for an exit
        :class:`~engager_sim.theory.ways_out.Exit`).
    values : sequence of float
        The four values of the row, in the order that the log declares.

    Returns
    -------
    str
        One or more plain sentences.
    """
    if event == Event.EXIT:
        return _exit(Exit(cause), values)
    return SENTENCES[Event(event)](values)


def _exit(cause: Exit, values: Values) -> str:
    rapport, trust, motivation, crisis = values
    driver = EXIT_DRIVERS.get(cause)
    hazard = f" {driver.capitalize()} raises the hazard of this exit." if driver else ""
    return (
        f"Support ended: {EXIT_MEANINGS[cause]}.{hazard} As things stood: rapport {rapport:.2f}, "
        f"trust {trust:.2f}, own motivation {motivation:.2f}, crisis {crisis:.2f}."
    )


def _attended(values: Values) -> str:
    chance, trust, focus, speed = values
    topic = SESSION_TOPICS[int(focus)]
    worked = f" and worked {topic}" if topic else ""
    likely = "" if chance >= CERTAIN else f" (chance of the contact {chance:.0%})"
    return (
        f"Met his practitioner{likely}{worked}. Trust is now {trust:.2f}; the relationship could "
        f"grow at {speed:.0%} of full speed."
    )


def _missed(values: Values) -> str:
    chance, trust, in_a_row, message_lost = values
    why = " A message about him had been lost." if message_lost else ""
    return (
        f"A planned contact was missed (chance of the contact {chance:.0%}, trust "
        f"{trust:.2f}), {_ordinal(in_a_row)} in a row.{why}"
    )


def _met_at_gate(values: Values) -> str:
    rapport, trust, presence, lost = values
    end = "and yet he was lost there" if lost else "and he came along"
    return (
        f"His practitioner met him at the gate (chance {presence:.0%}) {end}. "
        f"Rapport {rapport:.2f}, trust {trust:.2f}."
    )


def _promise_broken(values: Values) -> str:
    tie, owned, lost, trust = values
    admission = "The practitioner said so openly" if owned else "Nobody owned up to it"
    return (
        f"A promise about another agency was broken (tie to his agencies {tie:.2f}). {admission}; "
        f"he lost {lost:.2f} of trust, {trust:.2f} is left."
    )


def _message_wrong(values: Values) -> str:
    contradictory, recorded, lost, trust = values
    if not contradictory:
        return f"A message about him was lost ({recorded:.0%} of his agencies write in one record)."
    return (
        f"Agencies told him contradictory things ({recorded:.0%} of them write in one "
        f"record); he lost {lost:.2f} of trust, {trust:.2f} is left."
    )


def _rupture(values: Values) -> str:
    skill, focus, lost, trust = values
    topic = SESSION_TOPICS[int(focus)] or "with his practitioner"
    return (
        f"A rupture opened in a session {topic} (skill {skill:.2f}); he lost {lost:.2f} of trust, "
        f"{trust:.2f} is left."
    )


def _referred(values: Values) -> str:
    need, tie, arrived, _ = values
    end = "and it arrived" if arrived else "but it did not arrive"
    return f"Handed on to the service for {_need(need)} over a tie of {tie:.2f}, {end}."


def _service_left(values: Values) -> str:
    need, severity, trust, _ = values
    return (
        f"No longer with the service for {_need(need)}: the need stands at {severity:.2f}, trust "
        f"in the service at {trust:.2f}."
    )


def _recalled(values: Values) -> str:
    for_contact, out_of_touch, weeks, _ = values
    why = (
        f"he had been out of touch for {_number_of_weeks(out_of_touch)}"
        if for_contact
        else "a breach was detected"
    )
    return f"Recalled to prison for {_number_of_weeks(weeks)}: {why}."


def _worker_changed(values: Values) -> str:
    before, after, kept, lost = values
    end = " He was lost at that change." if lost else ""
    return (
        f"His practitioner changed: trust fell from {before:.2f} to {after:.2f}, "
        f"{kept:.0%} of the understanding was kept.{end}"
    )


def _ending(values: Values) -> str:
    stage, weeks, joint, _ = values
    left = f" Support left: {_number_of_weeks(weeks)}." if weeks > 0 else ""
    link = " The next service joined in." if joint else ""
    return ENDING_STAGES[int(stage)] + left + link


def _housing(values: Values) -> str:
    housed, crisis, helped, _ = values
    if housed:
        return "Found a stable place to live" + (", with the housing service." if helped else ".")
    return f"Lost his place to live (crisis {crisis:.2f})."


SENTENCES: dict[Event, Callable[[Values], str]] = {
    Event.ENTERED: lambda v: (
        f"Entered, {_number_of_weeks(v[0])} before his release. Trust in helpers from earlier life "
        f"{v[1]:.2f}, needs {v[2]:.2f}, distress {v[3]:.0f} of 40."
    ),
    Event.ALLOCATED: lambda v: (
        f"A practitioner took him on, who then held {_number_of_men(v[1])} of this simulation."
    ),
    Event.RELEASED: lambda v: (
        f"Released {'to a place to live' if v[0] else 'without a place to live'}; needs "
        f"{v[1]:.2f}, crisis {v[2]:.2f}."
    ),
    Event.MET_AT_GATE: _met_at_gate,
    Event.ATTENDED: _attended,
    Event.MISSED: _missed,
    Event.FOLLOWED_UP: lambda v: (
        f"{'A peer' if v[0] else 'His practitioner'} went after him, and they met after all "
        f"(rapport {v[1]:.2f}, trust {v[2]:.2f})."
    ),
    Event.PROMISE_BROKEN: _promise_broken,
    Event.MESSAGE_WRONG: _message_wrong,
    Event.RUPTURE: _rupture,
    Event.REPAIR: lambda v: f"A rupture was repaired (skill {v[0]:.2f}); trust is now {v[1]:.2f}.",
    Event.SMALL_WIN: lambda v: (
        f"A small win (understanding {v[0]:.2f}); own motivation is now {v[1]:.2f}."
    ),
    Event.JOINT_FORMULATION: lambda v: (
        f"His agencies made one plan with him (tie {v[0]:.2f}); until then they shared "
        f"{v[2]:.0%} of their practice."
    ),
    Event.REFERRED: _referred,
    Event.SERVICE_STARTED: lambda v: (
        f"The service for {_need(v[0])} took him on{', handed on' if v[1] else ''} (need "
        f"{v[2]:.2f})."
    ),
    Event.SERVICE_LEFT: _service_left,
    Event.CRISIS: lambda v: (
        f"A crisis broke out: it stands at {v[0]:.2f}, needs at {v[1]:.2f}, coping at "
        f"{v[2]:.2f}; distress {v[3]:.0f} of 40."
    ),
    Event.OFFENCE: lambda v: (
        f"Offended (hazard {v[0]:.3f} per week, {'housed' if v[1] else 'without a place to live'}, "
        f"substance need {v[2]:.2f})."
    ),
    Event.CUSTODY: lambda v: f"Went back to custody for {_number_of_weeks(v[0])}.",
    Event.RECALLED: _recalled,
    Event.WORKER_CHANGED: _worker_changed,
    Event.ENDING_STAGE: _ending,
    Event.CAME_BACK: lambda v: (
        f"Came back (trust {v[0]:.2f}, hope {v[1]:.2f}, outreach {v[2]:.0%})."
    ),
    Event.HOUSING_CHANGED: _housing,
    Event.PEER_LINKED: lambda v: (
        f"Linked with a peer: trust rose from {v[0]:.2f} to {v[1]:.2f}, hope is {v[2]:.2f}."
    ),
    Event.WORKER_LEFT: lambda v: (
        f"His practitioner left the job (burnout {v[0]:.2f}); the post is vacant for "
        f"{_number_of_weeks(v[3])}."
        if v[3] > 0
        else f"His practitioner left (burnout {v[0]:.2f}) and a successor started at once."
    ),
    Event.POST_FILLED: lambda v: (
        f"A new practitioner started: skill {v[0]:.2f}, fidelity {v[1]:.2f}."
    ),
    Event.SUPERVISED: lambda v: (
        f"His practitioner was supervised (quality {v[0]:.2f}): skill {v[1]:.2f}, fidelity "
        f"{v[2]:.2f}, burnout {v[3]:.2f}."
    ),
    Event.SESSION_NOT_HELD: lambda v: (
        f"His practitioner's supervision did not take place (chance {v[0]:.0%}, burnout "
        f"{v[1]:.2f})."
    ),
    Event.PEER_STOPPED: lambda v: f"His peer stopped (strain {v[0]:.2f}).",
    Event.PEER_STARTED: lambda v: f"A new peer started (support {v[3]:.2f}).",
}
"""The sentence about each event, except an exit, which needs its cause."""


def _number_of_weeks(value: float) -> str:
    weeks = math.ceil(value)
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _number_of_men(value: float) -> str:
    return "1 man" if value == 1 else f"{value:.0f} men"


def _ordinal(value: float) -> str:
    return "the first" if value <= 1 else f"number {value:.0f}"


def _need(index: float) -> str:
    return PARTS["need"][int(index)].replace("_", " ")
