"""A sentence for every event that can be logged, made from the values that decided it."""

import math
from collections.abc import Callable, Mapping
from types import SimpleNamespace

from engager_sim.runs.tables.leavers import PARTS
from engager_sim.theory.ways_out import EXIT_MEANINGS, Exit
from engager_sim.week.event_log import Event

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


def sentence(event: int, cause: int, values: Mapping[str, float]) -> str:
    """Tell one event of a man's, or of his practitioner's.

    Parameters
    ----------
    event, cause : int
        As the event log has them (:class:`~engager_sim.week.event_log.Event`, and for an exit
        :class:`~engager_sim.theory.ways_out.Exit`).
    values : mapping of str to float
        The four values of the row by name (see :func:`~engager_sim.week.event_log.values_of`).
    """
    named = SimpleNamespace(**values)
    if event == Event.EXIT:
        return _exit(Exit(cause), named)
    return TELLING[Event(event)](named)


def _exit(cause: Exit, v: SimpleNamespace) -> str:
    route = f" {ROUTES[cause].capitalize()} opens this route." if cause in ROUTES else ""
    return (
        f"Support ended: {EXIT_MEANINGS[cause]}.{route} As things stood: rapport "
        f"{_two(v.rapport)}, trust {_two(v.trust)}, own motivation {_two(v.autonomous)}, crisis "
        f"{_two(v.crisis)}."
    )


def _attended(v: SimpleNamespace) -> str:
    about = MET_ABOUT[int(v.focus)]
    worked = f" and worked {about}" if about else ""
    chance = v.chance_of_attending
    likely = "" if chance >= CERTAIN else f" (chance of the contact {_percent(chance)})"
    return (
        f"Met his practitioner{likely}{worked}. Trust is now {_two(v.trust)}; the relationship "
        f"could grow at {_percent(v.growth_speed)} of full speed."
    )


def _missed(v: SimpleNamespace) -> str:
    why = " A message about him had been lost." if v.message_lost else ""
    return (
        f"A planned contact was missed (chance of the contact {_percent(v.chance_of_attending)}, "
        f"trust {_two(v.trust)}), {_times(v.missed_in_a_row)} in a row.{why}"
    )


def _gate(v: SimpleNamespace) -> str:
    end = "and yet he was lost there" if v.lost else "and he came along"
    return (
        f"His practitioner met him at the gate (chance {_percent(v.gate_presence)}) {end}. "
        f"Rapport {_two(v.rapport)}, trust {_two(v.trust)}."
    )


def _promise(v: SimpleNamespace) -> str:
    said = "The practitioner said so openly" if v.owned_up else "Nobody owned up to it"
    return (
        f"A promise about another agency was broken (tie to his agencies {_two(v.effective_tie)}). "
        f"{said}; he lost {_two(v.trust_lost)} of trust, {_two(v.trust)} is left."
    )


def _message(v: SimpleNamespace) -> str:
    if not v.contradictory:
        return (
            f"A message about him was lost ({_percent(v.recorded)} of his agencies write in one "
            "record)."
        )
    return (
        f"Agencies told him contradictory things ({_percent(v.recorded)} of them write in one "
        f"record); he lost {_two(v.trust_lost)} of trust, {_two(v.trust)} is left."
    )


def _rupture(v: SimpleNamespace) -> str:
    return (
        f"A rupture opened in a session {MET_ABOUT[int(v.focus)] or 'with his practitioner'} "
        f"(skill {_two(v.skill)}); he lost {_two(v.trust_lost)} of trust, {_two(v.trust)} is left."
    )


def _referred(v: SimpleNamespace) -> str:
    end = "and it arrived" if v.arrived else "but it did not arrive"
    return f"Handed on to the service for {_need(v.need)} over a tie of {_two(v.tie)}, {end}."


def _recalled(v: SimpleNamespace) -> str:
    why = (
        f"he had been out of touch for {_weeks(v.weeks_out_of_touch)}"
        if v.for_lost_contact
        else "a breach was detected"
    )
    return f"Recalled to prison for {_weeks(v.weeks)}: {why}."


def _worker_changed(v: SimpleNamespace) -> str:
    end = " He was lost at that change." if v.lost else ""
    return (
        f"His practitioner changed: trust fell from {_two(v.trust_before)} to {_two(v.trust)}, "
        f"{_percent(v.understanding_kept)} of the understanding was kept.{end}"
    )


def _ending(v: SimpleNamespace) -> str:
    left = f" Support left: {_weeks(v.weeks_to_end)}." if v.weeks_to_end > 0 else ""
    link = " The next service joined in." if v.joint_ending else ""
    return ENDINGS[int(v.stage)] + left + link


def _housing(v: SimpleNamespace) -> str:
    if v.housed:
        return "Found a stable place to live" + (", with the housing service." if v.helped else ".")
    return f"Lost his place to live (crisis {_two(v.crisis)})."


TELLING: dict[Event, Callable[[SimpleNamespace], str]] = {
    Event.ENTERED: lambda v: (
        f"Entered, {_weeks(v.weeks_to_release)} before his release. Trust in helpers from earlier "
        f"life {_two(v.prior_trust)}, needs {_two(v.needs_mean)}, distress {v.distress:.0f} of 40."
    ),
    Event.ALLOCATED: lambda v: (
        f"A practitioner took him on, who then held {_men(v.cases)} of this simulation."
    ),
    Event.RELEASED: lambda v: (
        f"Released {'to a place to live' if v.housed else 'without a place to live'}; needs "
        f"{_two(v.needs_mean)}, crisis {_two(v.crisis)}."
    ),
    Event.MET_AT_GATE: _gate,
    Event.ATTENDED: _attended,
    Event.MISSED: _missed,
    Event.FOLLOWED_UP: lambda v: (
        f"{'A peer' if v.by_peer else 'His practitioner'} went after him, and they met after all "
        f"(rapport {_two(v.rapport)}, trust {_two(v.trust)})."
    ),
    Event.PROMISE_BROKEN: _promise,
    Event.MESSAGE_WRONG: _message,
    Event.RUPTURE: _rupture,
    Event.REPAIR: lambda v: (
        f"A rupture was repaired (skill {_two(v.skill)}); trust is now {_two(v.trust)}."
    ),
    Event.SMALL_WIN: lambda v: (
        f"A small win (understanding {_two(v.understanding)}); own motivation is now "
        f"{_two(v.autonomous)}."
    ),
    Event.JOINT_FORMULATION: lambda v: (
        f"His agencies made one plan with him (tie {_two(v.effective_tie)}); until then they "
        f"shared {_percent(v.shared_practice)} of their practice."
    ),
    Event.REFERRED: _referred,
    Event.SERVICE_STARTED: lambda v: (
        f"The service for {_need(v.need)} took him on{', handed on' if v.handed_on else ''} (need "
        f"{_two(v.severity)})."
    ),
    Event.SERVICE_LEFT: lambda v: (
        f"No longer with the service for {_need(v.need)}: the need stands at {_two(v.severity)}, "
        f"trust in the service at {_two(v.service_trust)}."
    ),
    Event.CRISIS: lambda v: (
        f"A crisis broke out: it stands at {_two(v.crisis)}, needs at {_two(v.needs_mean)}, coping "
        f"at {_two(v.coping)}; distress {v.distress:.0f} of 40."
    ),
    Event.OFFENCE: lambda v: (
        f"Offended (hazard {v.hazard:.3f} per week, "
        f"{'housed' if v.housed else 'without a place to live'}, substance need "
        f"{_two(v.substance_need)})."
    ),
    Event.CUSTODY: lambda v: f"Went back to custody for {_weeks(v.weeks)}.",
    Event.RECALLED: _recalled,
    Event.WORKER_CHANGED: _worker_changed,
    Event.ENDING_STAGE: _ending,
    Event.CAME_BACK: lambda v: (
        f"Came back (trust {_two(v.trust)}, hope {_two(v.hope)}, outreach {_percent(v.outreach)})."
    ),
    Event.HOUSING_CHANGED: _housing,
    Event.PEER_LINKED: lambda v: (
        f"Linked with a peer: trust rose from {_two(v.trust_before)} to {_two(v.trust)}, hope is "
        f"{_two(v.hope)}."
    ),
    Event.WORKER_LEFT: lambda v: (
        f"His practitioner left the job (burnout {_two(v.burnout)}); the post is vacant for "
        f"{_weeks(v.vacancy)}."
        if v.vacancy > 0
        else f"His practitioner left (burnout {_two(v.burnout)}) and a successor started at once."
    ),
    Event.POST_FILLED: lambda v: (
        f"A new practitioner started: skill {_two(v.skill)}, fidelity {_two(v.fidelity)}."
    ),
    Event.SUPERVISED: lambda v: (
        f"His practitioner was supervised (quality {_two(v.quality)}): skill {_two(v.skill)}, "
        f"fidelity {_two(v.fidelity)}, burnout {_two(v.burnout)}."
    ),
    Event.SESSION_NOT_HELD: lambda v: (
        f"His practitioner's supervision did not take place (chance "
        f"{_percent(v.chance_of_session)}, burnout {_two(v.burnout)})."
    ),
    Event.PEER_STOPPED: lambda v: f"His peer stopped (strain {_two(v.strain)}).",
    Event.PEER_STARTED: lambda v: f"A new peer started (support {_two(v.support)}).",
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
