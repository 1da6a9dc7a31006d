"""What hypothesis draws: parameters, states and arguments of rules, all within declared ranges.

A rule takes its parameters and states either as instances of the declared classes (plain Python)
or as numpy records (compiled, and plain over records); :func:`as_record` turns the one into the
other with the same values.
"""

import dataclasses
from typing import Any

import numpy as np
from hypothesis import strategies as st

from engager_sim.theory.declaration import parameters_of, record_type, states_of

ROUNDING = 1e-12
"""By how much rounding may spoil a comparison of two computed numbers."""

LARGEST_SCALE = 100.0
"""Fields with a larger range count things; they are drawn from its lower half, so that one more
week stays within it."""

SHARES = st.floats(0.0, 1.0)
UNIFORMS = st.floats(2.0**-53, 1.0 - 2.0**-53)
"""What the dice can give: never 0, never 1."""
SWITCHES = st.integers(0, 1)
HOURS = st.floats(0.0, 40.0)
WEEKS = st.integers(0, 1000)
WEEKS_FROM_RELEASE = st.one_of(st.integers(-104, 260).map(float), st.floats(-104.0, 260.0))
LOG_ODDS = st.floats(-10.0, 10.0)

ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "accepts_above": SHARES,
    "accompanied_log_odds": st.floats(0.0, 1.0),
    "age": st.floats(18.0, 90.0),
    "agencies": st.integers(0, 40),
    "agreed": SWITCHES,
    "all_parts": st.integers(0, 10_000),
    "alliance": SHARES,
    "answer": SWITCHES,
    "arranged": SHARES,
    "asked": st.floats(0.0, 4.0),
    "at_entry": SHARES,
    "at_liberty": SWITCHES,
    "autonomous": SHARES,
    "before": SHARES,
    "between": SHARES,
    "bond": SHARES,
    "both_sides": SWITCHES,
    "bridge": st.floats(1.0, 3.0),
    "burnout": SHARES,
    "burnout_sum": SHARES,
    "burnt_out": st.floats(0.0, 0.2),
    "carried": st.floats(1.0, 60.0),
    "carried_trust": SHARES,
    "caseload": st.integers(0, 200).map(float),
    "cases": st.integers(0, 200),
    "cause": st.integers(0, 12),
    "chance": SHARES,
    "claims": st.integers(0, 6),
    "colocated": SWITCHES,
    "coping": SHARES,
    "coping_at_start": SHARES,
    "coping_gained": st.floats(-0.5, 1.0),
    "count": st.integers(0, 6),
    "coverage": SHARES,
    "covered": st.integers(0, 6),
    "crises": st.integers(0, 200),
    "crisis": SHARES,
    "difficult_week": SHARES,
    "distress": st.floats(0.0, 40.0),
    "distress_sum": st.floats(0.0, 40.0 * 52),
    "enforcer_tie": SHARES,
    "felt": SHARES,
    "fidelity": SHARES,
    "first": UNIFORMS,
    "floor": SHARES,
    "follow_up": SHARES,
    "formulation": SWITCHES,
    "full": st.floats(0.0, 0.15),
    "gate_meetings": st.integers(0, 6),
    "goal_progress": SHARES,
    "handed_on": SWITCHES,
    "happened": SWITCHES,
    "has_it": UNIFORMS,
    "has_lead": SWITCHES,
    "hazard": st.floats(0.0, 5.0),
    "help_factor": st.floats(1.0, 5.0),
    "holding": st.floats(0.0, 10.0),
    "hope": SHARES,
    "hours": HOURS,
    "housed": SWITCHES,
    "in_contact": SWITCHES,
    "in_use": SWITCHES,
    "interval": st.floats(1.0, 26.0),
    "joint_contact": SWITCHES,
    "judgement": st.integers(0, 4),
    "just_released": SWITCHES,
    "kept": SHARES,
    "kind": st.floats(0.0, 0.2),
    "learning": st.floats(0.0, 0.006),
    "left": HOURS,
    "level": SHARES,
    "linked": SWITCHES,
    "load": SHARES,
    "meant": st.floats(0.0, 4.0),
    "median": st.floats(0.01, 0.99),
    "message_lost": SWITCHES,
    "met": SWITCHES,
    "missed_in_a_row": st.integers(0, 50),
    "missed_last": st.integers(0, 50),
    "motivation": SHARES,
    "need": SHARES,
    "needs": SHARES,
    "needs_at_entry": SHARES,
    "normal": st.floats(-8.0, 8.0),
    "number": st.integers(0, 3),
    "on_licence": SWITCHES,
    "open_rupture": SWITCHES,
    "openness": SHARES,
    "otherwise": SHARES,
    "outreach": SHARES,
    "overlap": SWITCHES,
    "own": st.floats(-8.0, 8.0),
    "own_enforces": SWITCHES,
    "own_goals": SHARES,
    "own_trust": SHARES,
    "owned_up": SWITCHES,
    "part": SHARES,
    "parts": st.integers(1, 8),
    "peer_reach": SHARES,
    "perceived_need": SHARES,
    "place": UNIFORMS,
    "planned_contacts": st.floats(0.0, 4.0),
    "possible": st.floats(0.0, 4.0),
    "post": st.integers(0, 2**32 - 1),
    "posts": st.integers(1, 2000),
    "practice": SHARES,
    "prevalence": SHARES,
    "prior_trust": SHARES,
    "quality": SHARES,
    "rapport": SHARES,
    "reach": LOG_ODDS,
    "ready": LOG_ODDS,
    "recorded": SHARES,
    "recovery": SHARES,
    "reference_burnout": SHARES,
    "reference_tie": SHARES,
    "reliability": st.floats(0.7, 0.95),
    "reluctance": UNIFORMS,
    "respect_shown": SHARES,
    "ripe": SHARES,
    "role_conflict": SHARES,
    "second": UNIFORMS,
    "service_trust": SHARES,
    "session": st.floats(0.5, 3.0),
    "severity": SHARES,
    "share_lost": SHARES,
    "shared": st.floats(-8.0, 8.0),
    "shared_experience": SHARES,
    "shared_practice": SHARES,
    "shared_record": SWITCHES,
    "short_sentence": SWITCHES,
    "skill": SHARES,
    "speed": SHARES,
    "spread": SHARES,
    "stage": st.integers(0, 2),
    "statutory": SWITCHES,
    "stirred_up": SHARES,
    "strain": SHARES,
    "strength": SHARES,
    "substance": SHARES,
    "supervised": SWITCHES,
    "supervisees": st.integers(0, 40).map(float),
    "supervision_hours": st.floats(0.0, 6.0),
    "supported_practice": SHARES,
    "tapering": SWITCHES,
    "team_trust": SHARES,
    "then": SHARES,
    "tie": SHARES,
    "together": SHARES,
    "total": st.floats(0.0, 6.0),
    "trust": SHARES,
    "under_order": SWITCHES,
    "understanding": SHARES,
    "unhoused": SWITCHES,
    "uniform": UNIFORMS,
    "unripe_work": SWITCHES,
    "was_planned": SWITCHES,
    "week": WEEKS,
    "week_from_release": WEEKS_FROM_RELEASE,
    "weekly_hours": st.floats(0.5, 40.0),
    "weeks": st.floats(0.0, 52.0),
    "weeks_at_liberty": st.integers(0, 520).map(float),
    "weeks_left": st.floats(-52.0, 104.0),
    "weeks_out": WEEKS_FROM_RELEASE,
    "weeks_out_of_touch": st.integers(0, 520).map(float),
    "weeks_since_release": st.integers(0, 520).map(float),
    "weeks_to_end": st.floats(-260.0, 104.0),
    "weeks_to_wait": st.floats(0.5, 12.0),
    "willing": st.floats(0.1, 8.0),
}
"""By its name, what an argument of a rule may be. The same word means the same thing in every
room; where it does not (``tie`` is a share here and a record there), the declared type decides."""


def within(low: float, high: float, whole: bool) -> st.SearchStrategy[Any]:
    """Draw a number within a closed range, a whole one or any, and often one of its ends.

    What goes wrong goes wrong first where several parameters are at an end of their ranges.
    """
    if whole:
        return st.integers(round(low), round(high))
    return st.one_of(st.floats(float(low), float(high)), st.sampled_from((float(low), float(high))))


def parameters[Theme](theme: type[Theme], **fixed: Any) -> st.SearchStrategy[Theme]:
    """Draw a theme's parameters, each within its declared range.

    Parameters
    ----------
    theme : type
        A class of declared parameters.
    **fixed : object
        Values that are not drawn, or strategies to draw them from.
    """
    drawn: dict[str, st.SearchStrategy[Any]] = {
        parameter.name: within(parameter.low, parameter.high, parameter.kind != "real")
        for parameter in parameters_of(theme, theme.__name__)
    }
    return st.builds(theme, **(drawn | _strategies(drawn, fixed)))


def at_ends[Theme](theme: type[Theme], low: str = "", high: str = "") -> Theme:
    """Give a theme's defaults with some parameters at the low, some at the high end of a range.

    Parameters
    ----------
    low, high : str
        Names of parameters, with spaces between them.
    """
    declared = {p.name: p for p in parameters_of(theme, theme.__name__)}
    ends = {name: declared[name].low for name in low.split()}
    return theme(**ends, **{name: declared[name].high for name in high.split()})


def states[Record](record: type[Record], **fixed: Any) -> st.SearchStrategy[Record]:
    """Draw an agent's record, each field within its declared range; vectors become arrays.

    Parameters
    ----------
    record : type
        A class of declared states.
    **fixed : object
        Values that are not drawn, or strategies to draw them from.
    """
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    kinds = record_type(record)
    for field in states_of(record):
        high = field.high if field.high <= LARGEST_SCALE else field.high / 2.0
        number = kinds[field.name].base
        values = within(field.low, high, np.issubdtype(number, np.integer))
        if field.length > 0:
            drawn[field.name] = _arrays(values, field.length, number)
        else:
            drawn[field.name] = values
    return st.builds(record, **(drawn | _strategies(drawn, fixed)))


def _arrays(
    values: st.SearchStrategy[Any], length: int, number: np.dtype[Any]
) -> st.SearchStrategy[Any]:
    several = st.lists(values, min_size=length, max_size=length)
    return several.map(lambda drawn: np.array(drawn, number))


def _strategies(
    drawn: dict[str, st.SearchStrategy[Any]], fixed: dict[str, Any]
) -> dict[str, st.SearchStrategy[Any]]:
    unknown = set(fixed) - set(drawn)
    if unknown:
        raise KeyError(f"not declared: {sorted(unknown)}")
    return {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fixed.items()
    }


def as_record(declared: Any) -> Any:
    """Copy an instance of a declared class into a numpy record with the same values."""
    records = np.zeros(1, record_type(type(declared))).view(np.recarray)
    for field in dataclasses.fields(declared):
        records[field.name][0] = getattr(declared, field.name)
    return records[0]


def fields_out_of_range(state: Any) -> list[str]:
    """Name the fields of a record that have left their declared range."""
    return [
        field.name
        for field in states_of(type(state))
        if not np.all(
            (field.low <= np.asarray(getattr(state, field.name)))
            & (np.asarray(getattr(state, field.name)) <= field.high)
        )
    ]


def ordered(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    """Draw two values, the smaller first."""
    return st.tuples(values, values).map(lambda pair: (min(pair), max(pair)))
