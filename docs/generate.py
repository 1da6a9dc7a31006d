"""Write the tables of the documents from the declarations.

A table stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``; everything else in a
document is written by hand and left alone. Run as ``python -m docs.generate``; with ``--check``
nothing is written, and the exit code is 1 if a table is out of date.

A table of what was fitted cannot be written while the posterior rests on other rules: it is left as
it is and named, the others are written, and the exit code is 1.
"""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

from docs import (
    central_values,
    declarations,
    events,
    fitted,
    laws,
    patterns,
    predictions,
    presets,
    rules,
    studies_table,
    themes,
    tried,
    validated,
    widths,
)
from docs.rival import tables as rival
from engager_sim.errors import EngagerError

DOCUMENTS = Path(__file__).parent

TABLES: dict[str, Callable[[], str]] = {
    "entities": declarations.entities,
    "states": declarations.states,
    "week": declarations.week,
    "parameters": declarations.parameter_tables,
    "parameter counts": declarations.parameter_counts,
    "rules": rules.rules,
    "observation settings": declarations.observation_settings,
    "parameters of events": events.parameters_of_events,
    "outcomes": declarations.outcomes,
    "exits": declarations.exits,
    "prices": declarations.prices,
    "sources": declarations.sources,
    "criteria by preset": presets.criteria_by_preset,
    "kinds of study": studies_table.kinds_of_study,
    "patterns": patterns.patterns,
    "fitted figures": fitted.fitted_figures,
    "fitted parameters": fitted.fitted_parameters,
    "fit in numbers": fitted.fit_in_numbers,
    "prior conflicts": fitted.prior_conflicts,
    "coverage": fitted.coverage,
    "widths": widths.widths_beside_more_draws,
    "correlated errors": fitted.correlated_errors,
    "fitted values": central_values.fitted_values,
    "defaults outside": central_values.defaults_outside,
    "predicted figures": predictions.predicted_figures,
    "predicted continuity": predictions.predicted_continuity,
    "trial by size": tried.trial_by_size,
    "trial in words": tried.trial_in_words,
    "patterns met": validated.patterns_met,
    "parts of patterns": validated.parts_of_patterns,
    "figures held out": validated.figures_held_out,
    "verdicts by theory": validated.verdicts_by_theory,
    "laws": laws.laws_that_hold,
    "net effects": laws.net_effects,
    "screened parameters": laws.screened_parameters,
    "effects of themes": themes.effects_of_themes,
    "interactions of themes": themes.interactions_of_themes,
    "themes without effect": themes.themes_without_effect,
    "rival parameters": rival.rival_parameters,
    "rival beside agents": rival.rival_beside_agents,
    "rival in words": rival.rival_narrative,
    "rival on patterns": rival.rival_on_patterns,
    "rival on patterns in words": rival.patterns_narrative,
}
"""What writes each table, by the name that its marker gives."""

BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def documents() -> list[Path]:
    """List the documents, in the order of their paths, and the README."""
    readme = DOCUMENTS.parent / "README.md"
    return [*sorted(DOCUMENTS.rglob("*.md")), *([readme] if readme.exists() else [])]


def rewritten(text: str, left: dict[str, str]) -> str:
    """Give the text of a document with its tables as the declarations have them now.

    Parameters
    ----------
    left : dict of str to str
        Told each table that cannot be written and is left as it is, with the reason.

    Raises
    ------
    KeyError
        If a marker names a table that nobody writes.
    """

    def fresh(block: re.Match[str]) -> str:
        write = TABLES[block["name"]]
        try:
            return f"{block[1]}\n{write()}\n\n{block[3]}"
        except EngagerError as error:
            left[block["name"]] = str(error)
            return block[0]

    return BLOCK.sub(fresh, text)


def stale(left: dict[str, str]) -> dict[Path, str]:
    """Find the documents that are out of date, with the text that they should have."""
    texts = {file: file.read_text(encoding="utf-8") for file in documents()}
    fresh = {file: rewritten(text, left) for file, text in texts.items()}
    return {file: text for file, text in fresh.items() if text != texts[file]}


def main(arguments: list[str] | None = None) -> int:
    """Write the tables, or only check them.

    Returns
    -------
    int
        1 if a table cannot be written, or is out of date and ``--check`` was asked for, else 0.
    """
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    only_check = parser.parse_args(arguments).check
    left: dict[str, str] = {}
    outdated = stale(left)
    for file, text in outdated.items():
        name = file.relative_to(DOCUMENTS.parent)
        if only_check:
            sys.stderr.write(f"{name} is out of date: run `python -m docs.generate`\n")
        else:
            file.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{name} written\n")
    for reason in dict.fromkeys(left.values()):
        tables = ", ".join(table for table, why in left.items() if why == reason)
        sys.stderr.write(f"left as they are: {tables}: {reason}\n")
    return 1 if left or (outdated and only_check) else 0


if __name__ == "__main__":
    sys.exit(main())
