"""Every law, declared once: what may not make men worse off, and how that is looked at."""

from collections.abc import Mapping

from engager_sim.laws.declaration import Law, LawWorld, Measure
from engager_sim.laws.measures import (
    BACK_SOON,
    CONTACTS,
    CORE_OM_AT_RELEASE,
    CORE_OM_AT_WEEK_26,
    MOTIVATION,
    NEXT_SERVICE,
    SEEN_AT_FIRST,
    SEEN_OUTSIDE,
    STARTS,
    TRUST,
)
from engager_sim.laws.worlds import (
    levers_at_work,
    on_both_sides,
    with_more_men,
    with_peers,
    without_the_agency,
)
from engager_sim.scenarios.theory_values import Value
from engager_sim.theory import THEMES
from engager_sim.world.setting import AgencyKind

NEEDS: Mapping[str, AgencyKind] = {
    "housing": "housing",
    "substance use": "substance_misuse",
    "work": "employment",
    "relationships": "mental_health",
}
SHOWN_BY: Mapping[str, tuple[Measure, ...]] = {
    "collaboration": (TRUST, STARTS),
    "client_engagement": (SEEN_OUTSIDE,),
    "client_motivation": (MOTIVATION, SEEN_OUTSIDE),
    "supervision": (TRUST,),
    "therapeutic_approach": (CORE_OM_AT_WEEK_26,),
    "peers": (SEEN_OUTSIDE,),
    "preparations_for_ending": (NEXT_SERVICE,),
}
"""What each theme is about, as far as a law can see it."""

SESSION_HOURS = "sessions take contact hours (client_engagement.hours_for_a_man)"
ENFORCERS = "a tie to an enforcing agency is a conflict of roles (collaboration.role_conflict)"
MORE_STAY = "men who stay share the same hours (client_engagement.hours_for_a_man)"
SHORTER = "twice the contacts of the same hours are shorter (client_engagement.contact_length)"
"""What competes with a change where the same hours are all there is, and the rule that says so."""


def _of_levers(
    name: str, statement: str, worse: Mapping[str, Value], as_good: Mapping[str, Value],
    trade_off: str, *measures: Measure, settings: tuple[str, ...] = (),
) -> tuple[Law, ...]:  # fmt: skip
    """State a law of levers for each of some measures."""
    return tuple(
        Law(
            f"{name}_{measure.name}",
            statement,
            measure,
            LawWorld(worse),
            LawWorld(as_good),
            trade_off=trade_off,
            settings=settings,
        )
        for measure in measures
    )


SUPERVISION_LAWS = (
    *_of_levers("supervision_more_often", "Supervision more often does not lower trust.",
        {"supervision.interval": 8.0}, {"supervision.interval": 1.0}, SESSION_HOURS, TRUST),
    *_of_levers("supervision_better", "Better supervision does not lower trust.",
        {"supervision.quality": 0.2}, {"supervision.quality": 0.8}, MORE_STAY, TRUST),
    *_of_levers("supervision_more_time", "More of the supervisor's time does not lower trust.",
        {"supervision.interval": 1.0, "supervision.supervisor_hours": 2.0},
        {"supervision.interval": 1.0, "supervision.supervisor_hours": 20.0},
        SESSION_HOURS, TRUST),
)  # fmt: skip
COLLABORATION_LAWS = (
    *_of_levers("ties", "Stronger ties lower neither trust nor starts.",
        {"collaboration.initial_tie": 0.1}, {"collaboration.initial_tie": 0.8}, ENFORCERS,
        TRUST, STARTS, settings=("ties.*.strength",)),
    *_of_levers("shared_record", "A shared record lowers neither trust nor starts.",
        {"collaboration.shared_record": 0.0}, {"collaboration.shared_record": 1.0}, MORE_STAY,
        TRUST, STARTS, settings=("ties.*.shared_record",)),
    *_of_levers("one_roof", "One roof lowers neither trust nor starts.",
        {"collaboration.colocation": 0.0}, {"collaboration.colocation": 1.0}, ENFORCERS,
        TRUST, STARTS, settings=("ties.*.colocated",)),
    *(
        Law(
            f"across_the_wall_{measure.name}",
            "One provider on both sides of the prison wall lowers neither trust nor starts.",
            measure,
            LawWorld(),
            LawWorld(shape=on_both_sides),
            trade_off=MORE_STAY,
            settings=("agencies.*.both_sides",),
        )
        for measure in (TRUST, STARTS)
    ),
    *(
        Law(
            f"only_agency_{need.replace(' ', '_')}_trust",
            f"Without the only agency for {need} trust is not higher, load held equal.",
            TRUST,
            LawWorld(shape=without_the_agency(kind)),
            LawWorld(),
            net=kind == "substance_misuse",  # the trial's agencies for others have a stand-in
        )
        for need, kind in NEEDS.items()
    ),
)  # fmt: skip
CONTACT_LAWS = (
    *(
        Law(
            f"more_men_{measure.name}",
            "With more men for the same staff neither contacts nor the share seen are higher.",
            measure,
            LawWorld(shape=with_more_men(2)),
            LawWorld(),
            base="scarce",
        )
        for measure in (SEEN_OUTSIDE, CONTACTS)
    ),
    *_of_levers("gate", "Somebody at the gate does not lower who is seen at first.",
        {"client_engagement.gate_presence": 0.0}, {"client_engagement.gate_presence": 1.0},
        MORE_STAY, SEEN_AT_FIRST),
    *_of_levers("follow_up", "Following up a miss does not lower contact after it.",
        {"client_engagement.follow_up": 0.0}, {"client_engagement.follow_up": 1.0},
        MORE_STAY, BACK_SOON),
    *_of_levers("preparation", "Preparing endings does not lower who uses the next service.",
        {"preparations_for_ending.preparation": 0.0}, {"preparations_for_ending.preparation": 1.0},
        MORE_STAY, NEXT_SERVICE),
    Law(
        "peers_first_attendance",
        "Peers with time and support do not lower first attendance.",
        SEEN_OUTSIDE,
        LawWorld(),
        LawWorld({"peers.hours": 20.0, "peers.support": 0.8}, with_peers(3)),
        trade_off=MORE_STAY,
        settings=("teams.*.peers",),
    ),
)  # fmt: skip
EMOTIONAL_LAWS = tuple(
    Law(
        f"emotional_work_{measure.name}",
        "Emotional work in addition, by practitioners of good judgement, harms nobody on average.",
        measure,
        LawWorld({"therapeutic_approach.emotional_share": 0.0}),
        LawWorld(
            {
                "therapeutic_approach.emotional_share": 0.5,
                # Twice the contacts leave as many for other work.
                "client_engagement.prison_contacts": 1.6,
                "client_engagement.early_contacts": 4.0,
                "client_engagement.later_contacts": 1.6,
            }
        ),
        base="sound",
        trade_off=SHORTER,
    )
    for measure in (CORE_OM_AT_RELEASE, CORE_OM_AT_WEEK_26)
)
THEME_LAWS = tuple(
    Law(
        f"{theme}_off_{measure.name}",
        f"Without {theme.replace('_', ' ')} men do no better than with its levers at 0.8.",
        measure,
        LawWorld({f"{theme}.on": False}),
        LawWorld(levers_at_work(theme), with_peers(3) if theme == "peers" else None),
        base="sound" if theme == "therapeutic_approach" else "plenty",
        net=False,
    )
    for theme in THEMES
    for measure in SHOWN_BY[theme]
)
LAWS: tuple[Law, ...] = (
    *SUPERVISION_LAWS, *COLLABORATION_LAWS, *CONTACT_LAWS, *EMOTIONAL_LAWS, *THEME_LAWS,
)  # fmt: skip
"""Every law, in the order in which it is tried and told."""
