"""The outcomes that a first look is about."""

HEADLINE: tuple[str, ...] = (
    "community_contact",
    "any_service_contact",
    "engaged_6w",
    "engaged_12w",
    "engaged_26w",
    "attendance_rate",
    "planned_ending",
    "trust_12w",
    "core_om_change_26w",
    "treated_3w",
    "settled_housing_13w",
    "reoffended_52w",
    "recalled_52w",
    "staff_burnout",
    "caseload",
    "cost_per_leaver",
)
"""The outcomes that a first look is about."""
