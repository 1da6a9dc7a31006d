"""The documents say what the code declares, lead where they point, and cite what they list."""

import re
from pathlib import Path

import pytest

from docs.declarations import RECORDS
from docs.events import read_by_events
from docs.generate import BLOCK, TABLES, documents, stale
from docs.patterns import patterns_in_tests
from docs.rules import CITED, RuleRow, rule_rows, rules_of
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.studies.validate.expected import read_expected
from engager_sim.theory import parameters
from engager_sim.theory.declaration import states_of
from engager_sim.theory.ways_out import Exit
from engager_sim.week.order import WEEK

REPOSITORY = Path(__file__).parent.parent.parent
DOCS = REPOSITORY / "docs"
MODEL = (DOCS / "model.md").read_text(encoding="utf-8")
PAGES = [*documents(), *sorted(REPOSITORY.glob("experiments/**/*.md"))]
EVERY_PAGE = pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix()
)

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"(?<![\w/.-])(?:engager_sim|tests|docs|experiments)/[\w./-]*\w")
CODE = re.compile(r"`([^`]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SWITCH = "on"

SECTIONS = (
    "Purpose and patterns", "Entities, state variables and scales",
    "Process overview and scheduling", "Design concepts", "Initialisation", "Input data",
    "Submodels",
)  # fmt: skip
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction",
    "Sensing", "Interaction", "Stochasticity", "Collectives", "Observation",
)  # fmt: skip
"""What the ODD protocol asks for, in its order."""

REPRODUCED = {3, 5, 7, 8, 10, 11, 13, 16, 17, 19}
"""Patterns that the model is already held against."""


def block(name: str, text: str = MODEL) -> str:
    """Give what stands between the markers of one table."""
    return next(found[0] for found in BLOCK.finditer(text) if found["name"] == name)


def section(first: str, following: str) -> str:
    """Give the text of the model's page from one heading up to another."""
    return MODEL[MODEL.index(f"\n{first}") : MODEL.index(f"\n{following}")]


def handwritten(text: str) -> str:
    """Leave out the generated tables."""
    return BLOCK.sub("", text)


def flowing(text: str) -> str:
    return " ".join(text.split())


def anchors(page: Path) -> set[str]:
    """Name the places on a page that a link can lead to."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def cited_in(text: str) -> set[str]:
    return {f"{who} {year}" for who, year in CITED.findall(flowing(text))}


def name_of(row: RuleRow) -> str:
    return f"{row.room}.{row.name}"


def test_every_generated_table_is_current() -> None:
    left: dict[str, str] = {}
    assert [file.relative_to(REPOSITORY).as_posix() for file in stale(left)] == []
    assert left == {}


def test_every_table_stands_in_a_document() -> None:
    marked = [
        found["name"]
        for page in documents()
        for found in BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]
    assert set(marked) == set(TABLES)


def test_every_marker_that_opens_is_closed() -> None:
    for page in documents():
        text = page.read_text(encoding="utf-8")
        blocks = len(list(BLOCK.finditer(text)))
        assert text.count("<!-- generated") == text.count("<!-- end -->") == blocks, page


def test_the_model_is_told_in_the_order_of_the_odd_protocol() -> None:
    headings = re.findall(r"^## \d+\. (.+)$", MODEL, re.MULTILINE)
    assert tuple(headings[: len(SECTIONS)]) == SECTIONS
    concepts = re.findall(r"^\*\*([\w ]+)\.\*\* ", section("## 4.", "## 5."), re.MULTILINE)
    assert tuple(concepts) == CONCEPTS


def test_the_weeks_order_in_the_document_is_the_one_that_runs() -> None:
    listed = re.findall(r"^\| (\d+) \| [^|]+ \| `(\w+)` \|", block("week"), re.MULTILINE)
    assert listed == [(str(place), event.name) for place, event in enumerate(WEEK, start=1)]


def test_every_rule_has_a_row_in_the_document() -> None:
    page = (DOCS / "tables" / "rules.md").read_text(encoding="utf-8")
    assert {row.name for row in rule_rows()} == set(
        re.findall(r"\| `(\w+)` \|", block("rules", page))
    )
    assert len(rule_rows()) > 80


def test_every_rule_has_a_test() -> None:
    assert [name_of(row) for row in rule_rows() if not row.tests] == []


def test_every_parameter_is_read_by_a_rule_or_by_an_event_of_the_document() -> None:
    read = {path for row in rule_rows() for path in row.parameters}
    read |= {path for paths in read_by_events().values() for path in paths}
    declared = {parameter.path for parameter in parameters() if parameter.name != SWITCH}
    assert declared - read == set()
    assert read - {parameter.path for parameter in parameters()} == set()


def test_every_declared_thing_stands_in_its_table() -> None:
    tables = {
        name: (DOCS / "tables" / f"{name}.md").read_text(encoding="utf-8")
        for name in ("states", "parameters", "outcomes")
    }
    assert [p.path for p in parameters() if f"| `{p.path}` |" not in tables["parameters"]] == []
    assert [o.id for o in OUTCOMES if f"| `{o.id}` |" not in tables["outcomes"]] == []
    fields = {field.name for record in RECORDS for field in states_of(record)}
    assert {name for name in fields if f"| `{name}` |" not in tables["states"]} == set()


def test_every_way_out_is_told_with_the_event_that_takes_men_out_by_it() -> None:
    told = re.findall(r"\| `(\w+)` \| `exit_(\w+)` \|", block("exits"))
    events = {event.name for event in WEEK}
    assert {cause for _, cause in told} == {way.name.lower() for way in Exit} - {"none"}
    assert {event for event, _ in told} <= events


def test_the_patterns_that_are_reproduced_have_tests() -> None:
    assert [pattern.number for pattern in read_expected().patterns] == list(range(1, 28))
    assert set(patterns_in_tests()) >= REPRODUCED


@EVERY_PAGE
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        reached = (page.parent / path).resolve() if path else page
        if not reached.exists() or (anchor and anchor not in anchors(reached)):
            broken.append(target)
    assert broken == []


@EVERY_PAGE
def test_every_path_that_is_named_exists(page: Path) -> None:
    named = set(PATH.findall(page.read_text(encoding="utf-8")))
    assert {path for path in named if not (REPOSITORY / path).exists()} == set()


@EVERY_PAGE
def test_every_parameter_that_a_page_names_is_declared(page: Path) -> None:
    declared = {parameter.path for parameter in parameters()}
    themes = {parameter.theme for parameter in parameters()}
    names = CODE.findall(handwritten(page.read_text(encoding="utf-8")))
    dotted = {name for name in names if re.fullmatch(r"[a-z_]+\.[a-z_]+", name)}
    assert {name for name in dotted if name.partition(".")[0] in themes} <= declared


def test_every_equation_of_the_submodels_is_a_rules_own() -> None:
    written = {flowing(text) for text in CODE.findall(handwritten(section("## 7.", "## 8.")))}
    known = {equation for row in rule_rows() for equation in row.equations}
    assert {equation for equation in written if " " in equation} - known == set()


def test_every_equation_of_a_rule_is_told_in_the_submodels() -> None:
    told = flowing(handwritten(section("## 7.", "## 8.")))
    assert {
        f"{name_of(row)}: {equation}"
        for row in rule_rows()
        for equation in row.equations
        if f"`{equation}`" not in told
    } == set()


def test_everything_cited_is_in_the_list_of_references() -> None:
    listed = cited_in(section("## References", "### Sources that declarations cite"))
    documented = " ".join(
        rule.py_func.__doc__ or ""
        for room in {row.room for row in rule_rows()}
        for rule in rules_of(room)
    )
    cited = cited_in(handwritten(MODEL)) | cited_in(block("patterns")) | cited_in(documented)
    assert cited - listed == set()
