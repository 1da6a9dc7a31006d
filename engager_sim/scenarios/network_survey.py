"""Own data on the network: ties between agencies from an edge list (CSV) or a network file."""

import contextlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.csv_table import Cell, CsvFormat, read_table
from engager_sim.scenarios.layered_file import did_you_mean
from engager_sim.scenarios.network_file import MOST_BYTES, READERS, read_network
from engager_sim.scenarios.setting_checks import TiesKnown
from engager_sim.world.setting import TieSetting

FACTS = ("strength", "shared_record", "colocated")
ENDS = ("from", "to")

type Facts = dict[str, Cell]
type Edge = tuple[str, str, str, Facts]
"""Where a tie stands in its file, its two agencies, and all that the file says of it."""


def read_ties(
    file: Path, known: TiesKnown, strength: str | None = None
) -> tuple[list[TieSetting], list[str]]:
    """Read the ties of a network survey.

    Parameters
    ----------
    file : Path
        ``.csv`` with columns ``from``, ``to`` and, if known, ``strength``, ``shared_record`` and
        ``colocated``; or ``.graphml``, ``.gexf`` or ``.gml`` with the same attributes on its
        edges. Direction is ignored.
    known : TiesKnown
        The agencies, and the ties listed elsewhere.
    strength : str, optional
        What the file calls the strength.

    Returns
    -------
    ties : list of TieSetting
        One for each row or edge.
    notes : list of str
        What was read, and what was not used.

    Raises
    ------
    ScenarioError
        If it cannot be read, or a tie cannot be.
    """
    kind = file.suffix.lower()
    edges: Iterable[Edge]
    notes: list[str]
    if kind == ".csv":
        edges, notes = _from_csv(file, strength or FACTS[0]), []
    elif kind in READERS:
        edges, notes = _from_network(file, known, strength)
    else:
        raise ScenarioError(
            "this kind of network file is not known",
            file=file,
            value=file.suffix or "no ending",
            allowed=f".csv, {', '.join(READERS)}",
            fix="export the network as an edge list (CSV) or as GraphML",
        )
    ties = []
    for location, first, second, facts in edges:
        tie = _tie(first, second, facts)
        known.add(tie, partial(ScenarioError, file=file, key=location))
        ties.append(tie)
    return ties, [f"{file.name}: {note}" for note in (_counts(ties), *notes)]


def _counts(ties: list[TieSetting]) -> str:
    given = (f"{sum(getattr(tie, fact) is not None for tie in ties)} with {fact}" for fact in FACTS)
    return f"{len(ties)} ties were read, {', '.join(given)}"


def _from_csv(file: Path, strength: str) -> Iterator[Edge]:
    columns = {name: name for name in (*ENDS, *FACTS)} | {FACTS[0]: strength}
    advice = "rename or remove {names}; what holds strengths is named by strength under [network]"
    shape = CsvFormat("an edge list", MOST_BYTES, columns, ENDS, if_strange=advice)
    for row in read_table(file, shape):
        for end in ENDS:
            if end not in row.cells:
                raise ScenarioError(
                    "an end of this tie is missing",
                    file=file,
                    key=f"row {row.line}, column {end}",
                    allowed="the name of an agency",
                    fix="name the agency, or remove the row",
                )
        first, second = (row.cells.pop(end).text for end in ENDS)
        yield f"row {row.line}", first, second, row.cells


def _from_network(
    file: Path, known: TiesKnown, strength: str | None
) -> tuple[list[Edge], list[str]]:
    network = read_network(file, known.agencies)
    attributes = dict.fromkeys(name for *_, facts in network.edges for name in facts)
    if strength is not None and strength not in attributes:
        raise ScenarioError(
            "no tie has the attribute that network.strength names",
            file=file,
            value=strength,
            allowed=", ".join(attributes) or "none: the ties have no attributes",
            fix=did_you_mean(strength, attributes) or "correct or remove network.strength",
        )
    meaning = {fact: fact for fact in FACTS} | {strength or FACTS[0]: FACTS[0]}
    if strength is not None and strength != FACTS[0]:
        del meaning[FACTS[0]]
    edges = []
    for first, second, texts in network.edges:
        location = f"edge {first} - {second}"
        cells = {
            name: Cell(text, file, location, f"attribute {name}", "leave the attribute out")
            for name, text in texts.items()
        }
        facts = {meaning[name]: cell for name, cell in cells.items() if name in meaning}
        edges.append((location, first, second, facts))
        for name, cell in cells.items():
            if name not in meaning and (near := did_you_mean(name, FACTS)):
                raise cell.error(
                    "this attribute of a tie is not known", allowed=", ".join(FACTS), fix=near
                )
    unused = [name for name in attributes if name not in meaning]
    notes = list(network.notes)
    if unused:
        notes.append(f"attributes of ties that are not used: {', '.join(unused)}")
    if not any(FACTS[0] in facts for *_, facts in edges):
        notes += _offers(unused, [texts for *_, texts in network.edges])
    return edges, notes


def _offers(unused: Iterable[str], edges: list[dict[str, str]]) -> Iterator[str]:
    """Offer what could be the strength: an attribute whose values are numbers from 0 to 1."""
    for name in unused:
        with contextlib.suppress(ValueError):
            values = [float(facts[name]) for facts in edges if name in facts]
            if all(0.0 <= value <= 1.0 for value in values):
                yield (
                    f"no tie has a strength; {name} is from {min(values):g} to {max(values):g}, "
                    f'and is read as strength if strength = "{name}" stands under [network]'
                )


def _tie(first: str, second: str, facts: Facts) -> TieSetting:
    strength, record, colocated = (facts.get(name) for name in FACTS)
    return TieSetting(
        [first, second],
        strength=None if strength is None else strength.number(0, 1),
        shared_record=None if record is None else record.yes_no(),
        colocated=None if colocated is None else colocated.yes_no(),
    )
