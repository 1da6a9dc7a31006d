"""A sentence for every event that can be logged, made from the values that decided it."""

from collections.abc import Mapping
from types import SimpleNamespace

from engager_sim.stories.quantities import (
    need,
    number_of_men,
    number_of_places,
    number_of_weeks,
    ordinal,
)
from engager_sim.stories.staff_sentences import STAFF_SENTENCES, Sentence
from engager_sim.theory.preparations_for_ending import RAISED
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event

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

JUDGEMENTS = (
    "has not judged whether the time is ripe for emotional work",
    "judged that the time is not ripe for emotional work",
    "wrongly judged that the time is not ripe for emotional work",
    "wrongly judged that the time is ripe for emotional work",
    "judged that the time is ripe for emotional work",
)
"""What a practitioner did about emotional work, by judgement."""

EXIT_DRIVERS: dict[Exit, str] = {
    Exit.CRISIS: "crisis without coping",
    Exit.RESIGNED: "lack of hope and of motivation",
    Exit.OVERCONFIDENT: "feeling no need of help",
    Exit.WITHDREW: "lack of trust",
}
"""What raises the hazard of each voluntary exit."""


def sentence(event: int, cause: int, values: Mapping[str, float]) -> str:
    """Write the sentence about one event of a leaver, his practitioner or his peer.

    Parameters
    ----------
    event, cause : int
        As in the event log (:class:`~engager_sim.week.event_log.Event`, and for an exit
        :class:`~engager_sim.theory.ways_out.Exit`).
    values : mapping of str to float
        The four values of the row by name (see :func:`~engager_sim.week.event_log.values_of`).
    """
    if event == Event.EXIT:
        return _exit(Exit(cause), SimpleNamespace(**values))
    words = SENTENCES[Event(event)]
    return words.format(**values) if isinstance(words, str) else words(SimpleNamespace(**values))


def _exit(cause: Exit, v: SimpleNamespace) -> str:
    driver = EXIT_DRIVERS.get(cause)
    hazard = f" {driver.capitalize()} raises the hazard of this exit." if driver else ""
    return (
        f"Support ended: {EXIT_MEANINGS[cause]}.{hazard} As things stood: rapport "
        f"{v.rapport:.2f}, trust {v.trust:.2f}, own motivation {v.autonomous:.2f}, crisis "
        f"{v.crisis:.2f}."
    )


def _attended(v: SimpleNamespace) -> str:
    topic = SESSION_TOPICS[int(v.focus)]
    worked = f" and worked {topic}" if topic else ""
    chance = v.chance_of_attending
    likely = "" if chance >= CERTAIN else f" (chance of the contact {chance:.0%})"
    return (
        f"Met his practitioner{likely}{worked}. Trust is now {v.trust:.2f}; the relationship "
        f"could grow at {v.growth_speed:.0%} of full speed."
    )


def _missed(v: SimpleNamespace) -> str:
    why = " A message about him had been lost." if v.message_lost else ""
    return (
        f"A planned contact was missed (chance of the contact {v.chance_of_attending:.0%}, "
        f"trust {v.trust:.2f}), {ordinal(v.missed_in_a_row)} in a row.{why}"
    )


def _met_at_gate(v: SimpleNamespace) -> str:
    end = "and yet he was lost there" if v.lost else "and he came along"
    return (
        f"His practitioner met him at the gate (chance {v.gate_presence:.0%}) {end}. "
        f"Rapport {v.rapport:.2f}, trust {v.trust:.2f}."
    )


def _promise_broken(v: SimpleNamespace) -> str:
    admission = "The practitioner said so openly" if v.owned_up else "Nobody owned up to it"
    return (
        f"A promise about another agency was broken (tie to his agencies {v.effective_tie:.2f}). "
        f"{admission}; he lost {v.trust_lost:.2f} of trust, {v.trust:.2f} is left."
    )


def _message_wrong(v: SimpleNamespace) -> str:
    if not v.contradictory:
        return (
            f"A message about him was lost ({v.recorded:.0%} of his agencies write in one record)."
        )
    return (
        f"Agencies told him contradictory things ({v.recorded:.0%} of them write in one "
        f"record); he lost {v.trust_lost:.2f} of trust, {v.trust:.2f} is left."
    )


def _rupture(v: SimpleNamespace) -> str:
    topic = SESSION_TOPICS[int(v.focus)] or "with his practitioner"
    return (
        f"A rupture opened in a session {topic} "
        f"(skill {v.skill:.2f}); he lost {v.trust_lost:.2f} of trust, {v.trust:.2f} is left."
    )


def _referred(v: SimpleNamespace) -> str:
    end = "and it arrived" if v.arrived else "but it did not arrive"
    return f"Handed on to the service for {need(v.need)} over a tie of {v.tie:.2f}, {end}."


def _referred_from_prison(v: SimpleNamespace) -> str:
    end = "and the referral arrived" if v.arrived else "but the referral did not arrive"
    return (
        f"Prison referred him for {need(v.need)} (need {v.severity:.2f}; closeness of prison "
        f"healthcare and the service {v.tie:.2f}), {end}."
    )


def _not_accepted(v: SimpleNamespace) -> str:
    if v.declined:
        return (
            f"The service for {need(v.need)} declined him: his need of {v.severity:.2f} was too "
            "slight for it."
        )
    return f"The service for {need(v.need)} put him off in a crisis of {v.crisis:.2f}."


def _consent(v: SimpleNamespace) -> str:
    does = "Agreed that" if v.consents else "No longer agreed that"
    return (
        f"{does} agencies write about him in a shared record (trust {v.trust:.2f}, reluctance "
        f"{v.reluctance:.2f})."
    )


def _recalled(v: SimpleNamespace) -> str:
    why = (
        f"he had been out of touch for {number_of_weeks(v.weeks_out_of_touch)}"
        if v.for_lost_contact
        else "a breach was detected"
    )
    return f"Recalled to prison for {number_of_weeks(v.weeks)}: {why}."


def _worker_changed(v: SimpleNamespace) -> str:
    end = " He was lost at that change." if v.lost else ""
    return (
        f"His practitioner changed: trust fell from {v.trust_before:.2f} to {v.trust:.2f}, "
        f"{v.understanding_kept:.0%} of the understanding was kept.{end}"
    )


def _ending(v: SimpleNamespace) -> str:
    left = f" Support left: {number_of_weeks(v.weeks_to_end)}." if v.weeks_to_end > 0 else ""
    link = " The next service joined in." if v.joint_ending else ""
    return ENDING_STAGES[int(v.stage)] + left + link


def _ending_raised(v: SimpleNamespace) -> str:
    link = " The next service joined in." if v.joint_ending else ""
    return (
        f"{ENDING_STAGES[RAISED]} Progress on his goals: {v.goal_progress:.0%}. Support left: "
        f"{number_of_weeks(v.weeks_to_end)} at most.{link}"
    )


def _judged(v: SimpleNamespace) -> str:
    return (
        f"His practitioner {JUDGEMENTS[int(v.judgement)]} (crisis {v.crisis:.2f}, bond "
        f"{v.depth:.2f}, {number_of_weeks(v.weeks_left)} left)."
    )


def _housing(v: SimpleNamespace) -> str:
    if v.housed:
        return "Found a stable place to live" + (", with the housing service." if v.helped else ".")
    return f"Lost his place to live (crisis {v.crisis:.2f})."


SENTENCES: dict[Event, Sentence] = {
    **STAFF_SENTENCES,
    Event.ENTERED: lambda v: (
        f"Entered, {number_of_weeks(v.weeks_to_release)} before his release. Trust in helpers "
        f"from earlier life {v.prior_trust:.2f}, needs {v.needs_mean:.2f}, distress "
        f"{v.distress:.0f} of 40."
    ),
    Event.ALLOCATED: lambda v: (
        f"A practitioner took him on, who then held {number_of_men(v.cases)} of this simulation."
    ),
    Event.RELEASED: lambda v: (
        f"Released {'to a place to live' if v.housed else 'without a place to live'}; needs "
        f"{v.needs_mean:.2f}, crisis {v.crisis:.2f}."
    ),
    Event.MET_AT_GATE: _met_at_gate,
    Event.ATTENDED: _attended,
    Event.MISSED: _missed,
    Event.FOLLOWED_UP: lambda v: (
        f"{'A peer' if v.by_peer else 'His practitioner'} went after him, and they met after all "
        f"(rapport {v.rapport:.2f}, trust {v.trust:.2f})."
    ),
    Event.PROMISE_BROKEN: _promise_broken,
    Event.MESSAGE_WRONG: _message_wrong,
    Event.RUPTURE: _rupture,
    Event.REPAIR: "A rupture was repaired (skill {skill:.2f}); trust is now {trust:.2f}.",
    Event.SMALL_WIN: "A small win (understanding {understanding:.2f}); own motivation is now "
    "{autonomous:.2f}.",
    Event.JOINT_FORMULATION: "His agencies made one plan with him (tie {effective_tie:.2f}); until "
    "then they shared {shared_practice:.0%} of their practice.",
    Event.REFERRED: _referred,
    Event.PRISON_REFERRED: _referred_from_prison,
    Event.NOT_ACCEPTED: _not_accepted,
    Event.WAITS_FOR_PLACE: lambda v: (
        f"Accepted by the service for {need(v.need)} after {number_of_weeks(v.weeks_waited)}, "
        f"which has {number_of_places(v.places)}; {number_of_men(v.queue)} waited for one when "
        "the week began."
    ),
    Event.GAVE_UP_WAITING: lambda v: (
        f"Gave up waiting for the service for {need(v.need)} after "
        f"{number_of_weeks(v.weeks_waited)} (tie behind the wait {v.tie:.2f}, trust "
        f"{v.trust:.2f})."
    ),
    Event.CONSENT: _consent,
    Event.SERVICE_STARTED: lambda v: (
        f"The service for {need(v.need)} took him on{', handed on' if v.handed_on else ''} (need "
        f"{v.severity:.2f})."
    ),
    Event.SERVICE_LEFT: lambda v: (
        f"No longer with the service for {need(v.need)}: the need stands at {v.severity:.2f}, "
        f"trust in the service at {v.service_trust:.2f}."
    ),
    Event.CRISIS: "A crisis broke out: it stands at {crisis:.2f}, needs at {needs_mean:.2f}, "
    "coping at {coping:.2f}; distress {distress:.0f} of 40.",
    Event.OFFENCE: lambda v: (
        f"Offended (hazard {v.hazard:.3f} per week, "
        f"{'housed' if v.housed else 'without a place to live'}, substance need "
        f"{v.substance_need:.2f})."
    ),
    Event.CUSTODY: lambda v: f"Went back to custody for {number_of_weeks(v.weeks)}.",
    Event.RECALLED: _recalled,
    Event.WORKER_CHANGED: _worker_changed,
    Event.ENDING_STAGE: _ending,
    Event.ENDING_RAISED: _ending_raised,
    Event.ENDING_AGREED: "He agreed to the end of support (coping {coping:.2f}; what comes after "
    "is arranged to {arranged:.0%}, and his trust in it is {service_trust:.2f}).",
    Event.JUDGED: _judged,
    Event.CAME_BACK: "Came back (trust {trust:.2f}, hope {hope:.2f}, outreach {outreach:.0%}).",
    Event.HOUSING_CHANGED: _housing,
    Event.LOST_WAITING: "Lost while he waited for a practitioner ({weeks_waited:.0f} weeks since "
    "he entered): rapport {rapport:.2f}, trust {trust:.2f}, crisis {crisis:.2f}.",
    Event.MOVED_AWAY: "Released out of reach of the services here (chance "
    "{moved_away:.0%}); rapport {rapport:.2f}, trust {trust:.2f}.",
    Event.DIED: "Died, {weeks_after_release:.0f} weeks after release (hazard {hazard:.5f} per "
    "week).",
    Event.EPISODE_RESUMED: lambda v: (
        f"After the recall his practitioner {'went on with him' if v.resumed else 'did not go on'} "
        f"(chance {v.chance_of_resuming:.0%}: alliance {v.alliance:.2f}, follow-up "
        f"{v.follow_up:.0%})."
    ),
    Event.APPOINTMENT_MISSED: "Missed his appointment with probation (chance of keeping it "
    "{chance_of_appointment:.0%}, crisis {crisis:.2f}, needs {needs_mean:.2f}); out of touch for "
    "{weeks_out_of_touch:.0f} weeks before.",
}
"""The sentence about each event, except an exit, which needs its cause."""
