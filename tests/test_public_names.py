"""The names that the package offers, and that asking for one loads no more than it needs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import engager_sim


@pytest.mark.parametrize("name", engager_sim.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(engager_sim, name) is not None


def test_the_list_of_public_names_is_complete() -> None:
    assert set(engager_sim.__all__) == {*engager_sim._MODULES, "__version__"}
    assert dir(engager_sim) == engager_sim.__all__
    assert engager_sim.__all__ == sorted(engager_sim.__all__)


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(engager_sim.__file__).read_text(encoding="utf-8"))
    typed = {
        (alias.name, str(node.module).removesuffix("." + alias.name))
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == set(engager_sim._MODULES.items())


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Scenari'"):
        _ = engager_sim.Scenari


@pytest.mark.parametrize(
    ("used", "unneeded"),
    [
        ("__version__", {"numba", "numpy", "pandas", "matplotlib", "mesa"}),
        ("simulate", {"matplotlib", "mesa", "scipy.stats", "statsmodels", "SALib", "solara"}),
    ],
)
def test_a_name_loads_no_library_that_it_does_not_need(used: str, unneeded: set[str]) -> None:
    program = f"import sys, engager_sim; engager_sim.{used}; print({unneeded} & set(sys.modules))"
    command = [sys.executable, "-c", program]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert loaded == "set()\n"
