"""How numba is told that rules are only ever part of entry points.

numba makes every function ready to be called by itself: it links all that the function calls,
optimises the whole and makes machine code of it, for each of hundreds of rules. Rules are only
called from entry points, for which all of it is linked, optimised and translated once more. Leaving
it to them alone makes the same machine code in about six tenths of the time.
"""

import gc
from collections.abc import Callable
from typing import Any

from numba.core import codegen, compiler


class _Environments:
    """Stands for numba's generator of machine code where it is told of Python's environment."""

    def set_env(self, name: str, environment: Any) -> None:
        """Leave it out: no rule raises, prints or holds a Python object."""


class _RuleCode(codegen.JITCodeLibrary):
    """The code of one rule, without that of the rules that it calls."""

    @property
    def codegen(self) -> Any:
        """What is told of the environment of a function that is ready."""
        return _Environments()

    def finalize(self) -> None:
        """Leave linking, optimising and translating to the entry point."""
        self._finalized = True

    def get_pointer_to_function(self, _name: str) -> int:
        """Say that there is nothing that Python could call."""
        return 0

    def alone(self) -> Any:
        """Give the code of the rule itself."""
        return super()._get_module_for_linking()  # type: ignore[no-untyped-call] # numba has few

    def _get_module_for_linking(self) -> Any:
        """Give all that is reached to a caller that numba compiles in its own way."""
        whole = self.alone().clone()
        for library in _reached(self):
            whole.link_in(_code(library), preserve=True)
        return whole


class _EntryCode(codegen.JITCodeLibrary):
    """The code of an entry point, with that of every rule that it reaches."""

    def finalize(self) -> None:
        """Link all that is reached, once; optimise it; make machine code of it."""
        for library in _reached(self):
            self._final_module.link_in(_code(library), preserve=True)
        self._linking_libraries = []
        super().finalize()  # type: ignore[no-untyped-call] # as above


def _code(library: Any) -> Any:
    is_rule = isinstance(library, _RuleCode)
    return library.alone() if is_rule else library._get_module_for_linking()


def _reached(library: Any) -> list[Any]:
    """List every library that one reaches, itself left out."""
    reached = dict.fromkeys(library._linking_libraries)
    waiting = list(reached)
    while waiting:
        part = waiting.pop()
        if isinstance(part, _RuleCode):
            new = [further for further in part._linking_libraries if further not in reached]
            reached.update(dict.fromkeys(new))
            waiting += new
    return list(reached)


class _LinkingCompiler(compiler.Compiler):
    kind: Callable[..., Any]

    def compile_extra(self, func: Any) -> Any:
        """Compile a function into a library of its kind."""
        self.state.library = type(self).kind(self.state.targetctx.codegen(), func.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(func)  # type: ignore[no-untyped-call] # numba has few types


class RuleCompiler(_LinkingCompiler):
    """Compiles a rule for those who call it."""

    kind = _RuleCode


class EntryCompiler(_LinkingCompiler):
    """Compiles what Python calls."""

    kind = _EntryCode

    def compile_extra(self, func: Any) -> Any:
        """Compile without looking for rubbish, of which there is little among very much."""
        collects = gc.isenabled()
        gc.disable()
        try:
            return super().compile_extra(func)
        finally:
            if collects:
                gc.enable()
