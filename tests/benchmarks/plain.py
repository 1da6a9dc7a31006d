"""Rules without a compiler: copies of their plain functions that call one another directly.

A rule called from Python goes through its compiled object to its plain function. That detour, and
numpy's scalars, would slow a plain model down for no good reason. Here every name that a rule looks
up is replaced by its plain counterpart, once, before anything runs.
"""

import enum
import inspect
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from engager_sim.compilation import Rule

PLAIN_NUMPY = {"int64": int, "float64": float}


class PlainRules:
    """Makes plain copies of rules, each once.

    Parameters
    ----------
    instead : dict
        Plain functions to use in place of rules that have none worth timing, such as the dice.
    """

    def __init__(self, instead: dict[Any, Any]) -> None:
        self._made: dict[int, Any] = {id(old): new for old, new in instead.items()}
        self._kept: list[Any] = list(instead)

    def of(self, thing: Any) -> Any:
        """Give the plain counterpart of whatever a rule can name."""
        if isinstance(thing, np.generic):
            return thing.item()
        if isinstance(thing, np.ndarray):
            return thing.tolist()
        if isinstance(thing, enum.Enum):
            return thing.value
        if id(thing) in self._made:
            return self._made[id(thing)]
        if isinstance(thing, Rule):
            return self._function(thing)
        if inspect.ismodule(thing):
            return self._module(thing)
        if inspect.isclass(thing) and issubclass(thing, enum.Enum):
            return self._keep(thing, type(thing.__name__, (), {m.name: m.value for m in thing}))
        return thing

    def _function(self, made: Rule) -> FunctionType:
        original = made.py_func
        room: dict[str, Any] = {"__builtins__": __builtins__}
        closure = tuple(CellType() for _ in original.__closure__ or ())
        copy = FunctionType(original.__code__, room, original.__name__, None, closure)
        self._keep(made, copy)
        copy.__defaults__ = tuple(self.of(value) for value in original.__defaults__ or ())
        for name in _names(original.__code__):
            if name in original.__globals__:
                room[name] = self.of(original.__globals__[name])
        for cell, old in zip(closure, original.__closure__ or (), strict=True):
            cell.cell_contents = self.of(old.cell_contents)
        return copy

    def _module(self, module: ModuleType) -> ModuleType:
        copy = ModuleType(module.__name__)
        self._keep(module, copy)
        if module is np:
            copy.__dict__.update(PLAIN_NUMPY)
        elif module.__name__.startswith("engager_sim."):
            for name, value in list(vars(module).items()):
                if not name.startswith("__"):
                    setattr(copy, name, self.of(value))
        else:
            copy.__dict__.update(vars(module))
        return copy

    def _keep(self, thing: Any, made: Any) -> Any:
        self._made[id(thing)] = made
        self._kept.append(thing)
        return made


def _names(code: CodeType) -> set[str]:
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return set(code.co_names).union(*(_names(each) for each in inner))
