"""Supervisors: people with a diary, a strain and a skill of their own, who choose whom to see.

A part of the supervision theme, which holds every parameter: what it says of practitioners' wear,
rest and turnover holds of supervisors too. They see those in most difficulty first; whoever they do
not reach stays due.
"""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import state
from engager_sim.theory.supervision import BEGINNING_BURNOUT
from engager_sim.theory.traits import spread_around


@dataclass
class SupervisorState:
    """What a supervisor brings and has left."""

    # fmt: off
    quality: float = state("how good this supervisor's sessions are",
        "share", 0, 1, "hold_supervision", "drawn")
    supervisees: int = state("practitioners supervised", "people", 0, 1e6, "enter", "given")
    strain: float = state("strain of the work", "share", 0, 1, "settle_supervisors",
        BEGINNING_BURNOUT)
    hours_left: float = state("hours for sessions not yet used",
        "hours", 0, 1e4, "hold_supervision")


@rule
def take_on_supervision(
    supervisor: SupervisorState, quality: float, spread: float, uniform: float
) -> None:
    """Let a new person supervise, with a quality drawn around the median that a service can have.

    Claims that supervisors differ as practitioners do, by a logistic spread (assumption); what the
    one before learnt is lost.
    """
    median = min(0.99, max(0.01, quality))
    supervisor.quality = spread_around(median, spread, uniform)
    supervisor.strain = BEGINNING_BURNOUT


@rule
def share_asked(supervisees: float, session: float, interval: float, weekly_hours: float) -> float:
    """Share of a supervisor's time that planned sessions ask for: ``n h / (i H)``; above 1, lack.

    Parameters
    ----------
    supervisees : float
        n, practitioners in post.
    session, interval, weekly_hours : float
        Hours h of a session, weeks i from one to the next, hours H a week of the supervisor.

    Notes
    -----
    Arithmetic; it claims nothing about people.
    """
    return supervisees * session / (interval * weekly_hours)


@rule
def hours_at_hand(left: float, session: float, interval: float, weekly_hours: float) -> float:
    """Hours for sessions this week: ``min(left + H, max(h, H i))``.

    Claims that unused hours carry over for one interval at most, or until one session fits; more
    hours are never fewer sessions (assumption).
    """
    return min(left + weekly_hours, max(session, weekly_hours * interval))


@rule
def gain_experience(supervisor: SupervisorState, learning: float) -> None:
    """Let a session held teach the supervisor: ``dq = a (1 - q)``.

    Assumption: quality rises with sessions held, ever more slowly, and goes with the person.
    """
    supervisor.quality += learning * (1.0 - supervisor.quality)


@rule
def strain_of_supervisor(
    supervisor: SupervisorState, asked: float, burnout: float, full: float, burnt_out: float,
    recovery: float,
) -> None:  # fmt: skip
    """Let the hours given and the troubles heard in them strain a supervisor, and rest restore.

    ``ds = u (o + c B)(1 - s) - r s`` with u the share of the time asked for, 1 at most, and B the
    mean burnout of the supervisees; u (o + c B) counts as 1 at most.

    Parameters
    ----------
    full, burnt_out, recovery : float
        o, c and r, as they hold of practitioners.

    Notes
    -----
    Claims that supervising wears as practice does (assumption). Strain grows more slowly than the
    sessions that cause it, so that more sessions are never less supervision.
    """
    load = min(1.0, asked) * (full + burnt_out * burnout)
    strain = supervisor.strain
    supervisor.strain = strain + min(1.0, load) * (1.0 - strain) - recovery * strain


@rule
def mean_burnout(burnout_sum: float, supervisees: int) -> float:
    """Mean burnout of those supervised; none where nobody is in post.

    Arithmetic; it claims nothing about people.
    """
    return burnout_sum / supervisees if supervisees > 0 else 0.0
