"""Parameters that scenarios once could set, and what stands in their place."""

FORMER_PARAMETERS: dict[str, str] = {
    "progress_per_win": "goal_pace stands in its place, in [{table}.client_motivation]",
    "controlled_worth": "controlled_on_licence holds both, in [{table}.client_motivation]",
    "reference_need": "it is fixed in the rules, at 0.5: take the line out",
    "felt_distress": "it is fixed in the rules, at 0.5: take the line out",
    "need_pace": "it is fixed in the rules, at 0.3: take the line out",
    "coercion_loss": "it is fixed in the rules, at 0.05: take the line out",
    "crisis_size": "it is fixed in the rules, at 0.6: take the line out",
}
"""What to do instead, by the former parameter's name."""


def instead_of(name: str, table: str) -> str | None:
    """Say what stands in the place of a former parameter; nothing if it never was one."""
    said = FORMER_PARAMETERS.get(name)
    return None if said is None else said.format(table=table)
