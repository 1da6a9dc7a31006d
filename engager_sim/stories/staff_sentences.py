"""A sentence for every event of a man's practitioner, supervisor or peer."""

from collections.abc import Callable
from types import SimpleNamespace

from engager_sim.stories.quantities import number_of_weeks
from engager_sim.week.event_log import Event

type Sentence = str | Callable[[SimpleNamespace], str]
"""The sentence about an event: a template, or what writes it from the values that decided."""

STAFF_SENTENCES: dict[Event, Sentence] = {
    Event.PEER_LINKED: "A peer stands by him (shared experience {shared_experience:.2f}, the "
    "peer's strain {strain:.2f}); trust in the team {team_trust:.2f}, hope {hope:.2f}.",
    Event.WORKER_LEFT: lambda v: (
        f"His practitioner left the job (burnout {v.burnout:.2f}); the post is vacant for "
        f"{number_of_weeks(v.vacancy)}."
        if v.vacancy > 0
        else f"His practitioner left (burnout {v.burnout:.2f}) and a successor started at once."
    ),
    Event.POST_FILLED: "A new practitioner started: skill {skill:.2f}, fidelity {fidelity:.2f}.",
    Event.SUPERVISED: "His practitioner was supervised (quality {quality:.2f}): skill {skill:.2f}, "
    "fidelity {fidelity:.2f}, burnout {burnout:.2f}.",
    Event.SESSION_NOT_HELD: "His practitioner's supervision did not take place (chance "
    "{chance_of_session:.0%}, burnout {burnout:.2f}, the supervisor's strain {strain:.2f}).",
    Event.PEER_STOPPED: "His peer stopped (strain {strain:.2f}).",
    Event.PEER_STARTED: "A new peer started (support {support:.2f}).",
    Event.SUPERVISOR_CHOSE: lambda v: (
        f"His practitioner was due for supervision (difficulty {v.difficulty:.2f}, "
        f"{v.ahead:.0f} seen before) and was {'given time' if v.reached else 'not reached'}: the "
        f"supervisor had {v.hours_left:.1f} hours."
    ),
    Event.SUPERVISOR_LEFT: lambda v: (
        f"His practitioner's supervisor left (strain {v.strain:.2f}, quality {v.quality:.2f})"
        + (f"; nobody supervises for {number_of_weeks(v.vacancy)}." if v.vacancy > 0 else ".")
    ),
    Event.SUPERVISOR_STARTED: "His practitioner has a new supervisor (quality {quality:.2f}).",
    Event.PEER_RELAPSED: "His peer relapsed and is away (strain {strain:.2f}, own recovery "
    "{recovery:.2f}, support {support:.2f}).",
    Event.PEER_RETURNED: "His peer came back (own recovery {recovery:.2f}, support {support:.2f}).",
    Event.PEER_MISSED: "His peer's relapse took trust in the team down to {team_trust:.2f} and "
    "hope to {hope:.2f}.",
    Event.MESSAGE_PUT_RIGHT: "A message about him was lost and put right in a supervision session "
    "with his agencies ({recorded:.0%} of them write in one record).",
}
"""The sentence about each."""
