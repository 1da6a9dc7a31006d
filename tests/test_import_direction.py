"""The house: imports go one way, files stay small, and no drawer collects what has no place."""

import ast
import functools
import importlib.util
from collections.abc import Iterator
from pathlib import Path

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


def files_in(*rooms: str) -> list[Path]:
    """List the files of some rooms; of all, if none is named."""
    return [file for file in FILES if not rooms or room_of(file) in rooms]


@functools.cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@functools.cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(text_of(file))


@functools.cache
def imported_by(file: Path) -> list[str]:
    """List the full name of every module that a file imports, wherever in it."""
    return list(_imported_by(file))


def _imported_by(file: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(file)):
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


def libraries_of(file: Path) -> set[str]:
    """Name the libraries that a file imports, this package among them."""
    return {name.partition(".")[0] for name in imported_by(file)}


def rooms_imported_by(file: Path) -> set[str]:
    """Name the parts of the house that a file imports."""
    parts = (name.split(".") for name in imported_by(file))
    return {part[1] for part in parts if part[0] == PACKAGE.name and len(part) > 1}


def test_every_part_of_the_house_has_its_place_in_the_order() -> None:
    assert {room_of(file) for file in FILES} <= {*ROOTS, *ROOMS, *ENTRANCES}


def test_imports_go_one_way() -> None:
    for file in files_in(*ROOTS, *ROOMS):
        room = room_of(file)
        allowed = set(ROOTS)
        if room in ROOMS:
            allowed |= {*ROOMS[: ROOMS.index(room) + 1], VERSION}
        assert rooms_imported_by(file) <= allowed, name_of(file)


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


def test_the_engine_imports_no_data_frames_figures_frameworks_or_files() -> None:
    for file in files_in(*ENGINE_ROOMS):
        assert libraries_of(file).isdisjoint(BARRED_FROM_THE_ENGINE), name_of(file)


def test_only_the_page_knows_solara_and_only_it_and_the_mesa_model_know_mesa() -> None:
    assert {room_of(file) for file in FILES if "solara" in libraries_of(file)} == {"browser"}
    know_mesa = {room_of(file) for file in FILES if "mesa" in libraries_of(file)}
    assert know_mesa <= {"browser", "mesa_model"}


def test_the_theory_knows_only_arithmetic() -> None:
    for file in files_in("theory"):
        declaring = {"functools", "numpy"} if file.stem == "declaration" else set()
        assert libraries_of(file) <= KNOWN_TO_THE_THEORY | declaring, name_of(file)


STUDY_PARTS = ("factor_study", "kind", "pipeline", "registry", "study_file_command")
"""Files of the room of studies that belong to no kind."""


def test_no_kind_of_study_imports_another() -> None:
    for file in files_in("studies"):
        own = file.relative_to(PACKAGE).with_suffix("").parts[1]
        imported = (name.split(".") for name in imported_by(file))
        studies = {parts[2] for parts in imported if parts[1:2] == ["studies"] and len(parts) > 2}
        assert studies <= {own, *STUDY_PARTS}, name_of(file)


def test_what_studies_share_names_no_kind_of_study() -> None:
    names = {kind.name for kind in kinds()}
    for file in files_in("results", "reports", "figures", "console"):
        texts = {
            node.value
            for node in ast.walk(tree_of(file))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert names.isdisjoint(texts), name_of(file)


def test_figures_never_run_a_model() -> None:
    running = ("runs.batch", "runs.one_run", "designs.execution.carry_out")
    barred = {f"{PACKAGE.name}.{module}" for module in running}
    figures = [file for file in FILES if "figures" in file.relative_to(PACKAGE).parts]
    assert len(figures) > len(kinds())
    for file in figures:
        assert "week" not in rooms_imported_by(file), name_of(file)
        assert barred.isdisjoint(imported_by(file)), name_of(file)
        called = {
            node.func.id
            for node in ast.walk(tree_of(file))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        run = called & {"simulate", "run_batch", "run_once", "carry_out", "advance"}
        assert run == set(), name_of(file)


def test_no_file_is_longer_than_one_idea() -> None:
    lengths = {name_of(file): len(text_of(file).splitlines()) for file in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_file_says_what_it_is_and_none_is_a_drawer() -> None:
    for file in FILES:
        assert DRAWERS.isdisjoint(file.relative_to(PACKAGE).with_suffix("").parts), name_of(file)
        assert ast.get_docstring(tree_of(file)), name_of(file)
