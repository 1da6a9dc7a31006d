"""Which outcomes are better the more, and which the less; of others neither can be said."""

MORE_IS_BETTER = (
    "community_contact",
    "any_service_contact",
    "engaged_6w",
    "engaged_12w",
    "engaged_26w",
    "engaged_52w",
    "weeks_engaged",
    "seen_1w",
    "trust_12w",
    "rapport_12w",
    "understanding_12w",
    "motivation_12w",
    "planned_ending",
    "onward_service_52w",
    "settled_housing_13w",
    "qaly_52w",
    "weeks_lived_52w",
)
LESS_IS_BETTER = (
    "lost_waiting",
    "core_om_0w",
    "core_om_4w",
    "core_om_13w",
    "core_om_26w",
    "core_om_52w",
    "distress_true_0w",
    "distress_true_26w",
    "distress_lived_52w",
    "core_om_change_26w",
    "attrition",
    "lost_waiting_52w",
    "reoffended_4w",
    "reoffended_13w",
    "reoffended_26w",
    "reoffended_52w",
    "recalled_52w",
    "custody_weeks_52w",
    "died_52w",
)
"""Means over all men. One over some of them moves with who they are: more contact may leave those
in contact worse, and nobody is worse off."""

DIRECTIONS: dict[str, int] = dict.fromkeys(MORE_IS_BETTER, 1) | dict.fromkeys(LESS_IS_BETTER, -1)
"""1 if more of an outcome is better, -1 if less is, by its id."""
