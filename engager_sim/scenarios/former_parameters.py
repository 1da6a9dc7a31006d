"""Parameters that scenarios once could set, and what stands in their place."""

FIXED = "it is fixed in the rules: take the line out"
PRESENT = "which needs count as present is fixed in the rule is_present: take the line out"

FORMER_PARAMETERS: dict[str, str] = {
    "relationship.candour_skill": "candour_base is the chance at full skill: set it instead",
    "relationship.candour_conflict": FIXED,
    "collaboration.serving_need": PRESENT,
    "supervision.habit_share": "practice falls back to what a worker did before training: set "
    "reference_skill instead",
    "supervision.habit_fidelity": "practice falls back to what a worker did before training: set "
    "reference_fidelity instead",
    "supervision.burnout_at_start": FIXED,
    "supervision.burnout_wear": "only overload and crises wear staff out: set burnout_overload or "
    "burnout_crises instead",
    "turnover.change_loss_overlap": "set overlap_averts instead, the part of the loss that a "
    "handover averts",
    "turnover.lost_at_change_overlap": "set overlap_averts instead, the part of the loss that a "
    "handover averts",
    "therapeutic_approach.premature": "practitioners misjudge what is ripe: set misjudgement "
    "instead",
    "therapeutic_approach.premature_rupture": FIXED,
    "therapeutic_approach.settling_practical": "emotional work waits until it is ripe: set "
    "ripe_bond or ripe_weeks instead",
    "therapeutic_approach.reflection_median": FIXED,
    "therapeutic_approach.repair_base": "repair is the chance at full skill, half of it without: "
    "set it instead",
    "therapeutic_approach.repair_skill": "repair is the chance at full skill, half of it without: "
    "set it instead",
    "client_engagement.attend_lost_message": "a lost message counts as a missed contact: set "
    "attend_missed instead",
    "client_engagement.reference_attendance": "without the theme men come as to a stranger: take "
    "the line out",
    "client_motivation.progress_per_win": "set goal_pace instead",
    "client_motivation.controlled_worth": "controlled_on_licence holds both: set it instead",
    "client_motivation.reference_need": FIXED,
    "client_motivation.felt_distress": FIXED,
    "client_motivation.need_pace": FIXED,
    "client_motivation.coercion_loss": FIXED,
    "peers.hope_fade": FIXED,
    "preparations_for_ending.raise_weeks": FIXED,
    "preparations_for_ending.reference_weeks": "support_weeks holds with the theme off too: set "
    "it instead",
    "circumstances.crisis_size": FIXED,
    "justice.risk_reference": FIXED,
    "services.pick_up_need": PRESENT,
    "services.prison_referral_need": PRESENT,
}
"""By the old path, what to do about it now."""
