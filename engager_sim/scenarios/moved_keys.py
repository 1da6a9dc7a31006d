"""Parameters of earlier editions of the theory, and what took their place."""

MOVED: dict[str, str] = {
    "supervision.habit_share": "practice falls back to what a worker did before training: set "
    "reference_skill instead",
    "supervision.habit_fidelity": "practice falls back to what a worker did before training: set "
    "reference_fidelity instead",
    "supervision.burnout_at_start": "it is fixed in the rule take_post: leave the line out",
    "supervision.burnout_wear": "only overload and crises wear staff out: set burnout_overload or "
    "burnout_crises instead",
    "turnover.change_loss_overlap": "set overlap_averts instead, the part of the loss that a "
    "handover averts",
    "turnover.lost_at_change_overlap": "set overlap_averts instead, the part of the loss that a "
    "handover averts",
    "peers.hope_fade": "it is fixed in the rule hope_after_week: leave the line out",
}
"""By the old path, what to do about it now."""
