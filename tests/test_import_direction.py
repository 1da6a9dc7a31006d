"""The house: imports go one way, files stay small, and no drawer collects what has no place."""

import ast
import functools
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

import engager_sim
from engager_sim.studies.registry import kinds

PACKAGE = Path(engager_sim.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

ROOTS = ("compilation", "compiled_cache", "errors", "rule_compiler", "visible_text")
"""Modules that every room may import, and that import no room."""

ROOMS = (
    "theory",
    "world",
    "costs",
    "week",
    "outcomes",
    "evidence",
    "scenarios",
    "runs",
    "mesa_model",
    "stories",
    "designs",
    "statistics",
    "results",
    "figures",
    "reports",
    "console",
    "laws",
    "studies",
    "screening",
    "browser",
    "command_line",
)
"""The rooms, in the order in which data flows: each may import those before it."""

ENTRANCES = ("__init__", "__main__", "warm_up")
"""Ways into the house: no room imports them, save to ask which version this is."""
VERSION = "__version__"

ENGINE_ROOMS = ("theory", "world", "week", "outcomes")
BARRED_FROM_THE_ENGINE = {
    "matplotlib",
    "mesa",
    "pandas",
    "pyarrow",
    "pydantic",
    "random",
    "rich",
    "solara",
    "tomlkit",
    "tomllib",
    "typer",
}
"""Data frames, figures, frameworks and files are no business of the engine, nor is chance that
does not come from the dice."""

KNOWN_TO_THE_THEORY = {PACKAGE.name, "collections", "dataclasses", "enum", "math", "typing"}

LONGEST_FILE = 300
DRAWERS = {"utils", "util", "helpers", "helper", "common", "base", "misc", "shared", "tools"}


def name_of(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


def room_of(file: Path) -> str:
    """Name the part of the house in which a file stands."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def files_in(*rooms: str) -> pytest.MarkDecorator:
    """Run a test on every file of some rooms; of all, if none is named."""
    chosen = [file for file in FILES if not rooms or room_of(file) in rooms]
    return pytest.mark.parametrize("file", chosen, ids=name_of)


def imported_by(file: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}: write imports in full"
            module = str(node.module)
            for alias in node.names:
                yield f"{module}.{alias.name}" if is_package(module) else module


@functools.cache
def is_package(module: str) -> bool:
    """Tell whether ``from module import name`` may name a module of ours."""
    if module.partition(".")[0] != PACKAGE.name:
        return False
    found = importlib.util.find_spec(module)
    return found is not None and found.submodule_search_locations is not None


def rooms_imported_by(file: Path) -> set[str]:
    """Name the parts of the house that a file imports."""
    parts = (name.split(".") for name in imported_by(file))
    return {part[1] for part in parts if part[0] == PACKAGE.name and len(part) > 1}


def test_every_part_of_the_house_has_its_place_in_the_order() -> None:
    assert {room_of(file) for file in FILES} <= {*ROOTS, *ROOMS, *ENTRANCES}


@files_in(*ROOTS, *ROOMS)
def test_imports_go_one_way(file: Path) -> None:
    room = room_of(file)
    allowed = set(ROOTS)
    if room in ROOMS:
        allowed |= {*ROOMS[: ROOMS.index(room) + 1], VERSION}
    assert rooms_imported_by(file) <= allowed


def test_the_roots_and_the_declarations_import_nothing_of_ours() -> None:
    for root in (
        "compiled_cache.py",
        "rule_compiler.py",
        "visible_text.py",
        "theory/declaration.py",
    ):
        assert rooms_imported_by(PACKAGE / root) == set()
    assert rooms_imported_by(PACKAGE / "compilation.py") == {"compiled_cache", "rule_compiler"}
    assert rooms_imported_by(PACKAGE / "errors.py") == {"visible_text"}


@files_in(*ENGINE_ROOMS)
def test_the_engine_imports_no_data_frames_figures_frameworks_or_files(file: Path) -> None:
    libraries = {name.partition(".")[0] for name in imported_by(file)}
    assert libraries.isdisjoint(BARRED_FROM_THE_ENGINE)


@files_in()
def test_only_the_page_knows_solara_and_only_it_and_the_mesa_model_know_mesa(file: Path) -> None:
    libraries = {name.partition(".")[0] for name in imported_by(file)}
    if room_of(file) != "browser":
        assert "solara" not in libraries
    if room_of(file) not in ("browser", "mesa_model"):
        assert "mesa" not in libraries


@files_in("theory")
def test_the_theory_knows_only_arithmetic(file: Path) -> None:
    libraries = {name.partition(".")[0] for name in imported_by(file)}
    declaring = {"functools", "numpy"} if file.stem == "declaration" else set()
    assert libraries <= KNOWN_TO_THE_THEORY | declaring


STUDY_PARTS = ("factor_study", "kind", "pipeline", "registry", "study_file_command")
"""Files of the room of studies that belong to no kind."""


@files_in("studies")
def test_no_kind_of_study_imports_another(file: Path) -> None:
    own = file.relative_to(PACKAGE).with_suffix("").parts[1]
    imported = (name.split(".") for name in imported_by(file))
    studies = {parts[2] for parts in imported if parts[1:2] == ["studies"] and len(parts) > 2}
    assert studies <= {own, *STUDY_PARTS}


@files_in("results", "reports", "figures", "console")
def test_what_studies_share_names_no_kind_of_study(file: Path) -> None:
    names = {kind.name for kind in kinds()}
    texts = {
        node.value
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert names.isdisjoint(texts)


@pytest.mark.parametrize(
    "file", [file for file in FILES if "figures" in file.relative_to(PACKAGE).parts], ids=name_of
)
def test_figures_never_run_a_model(file: Path) -> None:
    assert "week" not in rooms_imported_by(file)
    running = ("runs.batch", "runs.one_run", "designs.execution.carry_out")
    assert {f"{PACKAGE.name}.{module}" for module in running}.isdisjoint(imported_by(file))
    called = {
        node.func.id
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called.isdisjoint({"simulate", "run_batch", "run_once", "carry_out", "advance"})


@files_in()
def test_no_file_is_longer_than_one_idea(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@files_in()
def test_every_file_says_what_it_is_and_none_is_a_drawer(file: Path) -> None:
    assert DRAWERS.isdisjoint(file.relative_to(PACKAGE).with_suffix("").parts)
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
