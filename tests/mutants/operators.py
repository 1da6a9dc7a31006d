"""What a mutant is: one small fault put into one function, by the place in its source."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED = {
    ast.Add: "+ -", ast.Sub: "- +", ast.Mult: "* /", ast.Div: "/ *", ast.Pow: "** *",
    ast.FloorDiv: "// *", ast.Mod: "% *", ast.MatMult: "@ *",
}  # fmt: skip
TURNED = {
    ast.Lt: ("< >", "< <="), ast.Gt: ("> <", "> >="), ast.LtE: ("<= >=", "<= <"),
    ast.GtE: (">= <=", ">= >"), ast.Eq: ("== !=",), ast.NotEq: ("!= ==",),
}  # fmt: skip
"""The operators that a comparison becomes: turned round, and moved by its boundary."""
JOINED = {ast.And: "and or", ast.Or: "or and"}

type Function = ast.FunctionDef
type Change = tuple[str, int, int, str]
"""A kind of fault, the bytes that it replaces, and what stands there instead."""


@dataclass(frozen=True)
class Mutant:
    """A function with one fault.

    ``name`` depends on the function alone, so that a sample by names stays the same sample where
    other functions change.
    """

    file: str
    function: str
    kind: str
    start: int
    end: int
    text: str
    name: str

    def put_into(self, source: bytes) -> bytes:
        """Give the source of the file with the fault."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def told(self, source: bytes) -> str:
        """Show the lines that the fault changes, before and after."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.end)
        before = source[first:last].decode()
        after = source[first : self.start].decode() + self.text + source[self.end : last].decode()
        line = source.count(b"\n", 0, self.start) + 1
        shown = [f"  - {text}" for text in before.splitlines()]
        shown += [f"  + {text}" for text in after.splitlines()]
        return "\n".join([f"{self.file}:{line} {self.function}: {self.kind}", *shown])


def mutants_of(file: str, source: bytes) -> list[Mutant]:
    """List every fault that the operators can put into the functions of a file."""
    mutants = []
    for function in _functions(ast.parse(source)):
        changes = _Changes(source, function)
        body = changes.bytes_of(function)
        for number, (kind, start, end, text) in enumerate(changes.all()):
            identity = f"{file} {function.name} {number} {text}".encode() + body
            name = hashlib.blake2b(identity, digest_size=8).hexdigest()
            mutants.append(Mutant(file, function.name, kind, start, end, text, name))
    return mutants


def no_fault(file: str) -> Mutant:
    """Change nothing."""
    return Mutant(file, "", "nothing changed", 0, 0, "", "")


def _functions(tree: ast.Module) -> Iterator[Function]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (member for member in node.body if isinstance(member, ast.FunctionDef))


class _Changes:
    """Finds what can be changed in one function."""

    def __init__(self, source: bytes, function: Function) -> None:
        self.source, self.function = source, function
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def all(self) -> Iterator[Change]:
        """Give every change, in the order of the source."""
        for node in self._inside():
            yield from self._of(node)

    def bytes_of(self, node: ast.stmt | ast.expr) -> bytes:
        """Give the source of a node."""
        start, end = self._span(node)
        return self.source[start:end]

    def _inside(self) -> Iterator[ast.AST]:
        """Walk through what runs: no annotations, no documentation, no messages."""
        waiting: list[ast.AST] = self.function.body[::-1]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            yield node
            inner = [child for child in ast.iter_child_nodes(node) if not _is_left_out(node, child)]
            waiting += inner[::-1]

    def _of(self, node: ast.AST) -> Iterator[Change]:
        match node:
            case ast.BinOp(left, operator, right) if type(operator) in SWAPPED:
                yield self._between("arithmetic swapped", left, right, SWAPPED[type(operator)])
            case ast.AugAssign(target, operator, value) if type(operator) in SWAPPED:
                yield self._between("arithmetic swapped", target, value, SWAPPED[type(operator)])
                yield self._whole("statement deleted", node, "pass")
            case ast.Compare(left, operators, others):
                sides = [left, *others]
                for one, operator, other in zip(sides, operators, others, strict=False):
                    for swap in TURNED.get(type(operator), ()):
                        yield self._between("comparison swapped", one, other, swap)
            case ast.BoolOp(operator, [first, second, *_]):
                yield self._between("condition changed", first, second, JOINED[type(operator)])
            case ast.If(test) | ast.While(test) | ast.IfExp(test):
                negated = f"(not ({self.bytes_of(test).decode()}))"
                yield self._whole("condition negated", test, negated)
            case ast.UnaryOp(ast.USub(), operand):
                yield self._whole("sign flipped", node, self.bytes_of(operand).decode())
            case ast.Constant(value) if isinstance(value, bool | int | float):
                yield self._whole("constant changed", node, _other(value))
            case ast.Expr(ast.Call()):
                yield self._whole("statement deleted", node, "pass")
            case ast.Assign([ast.Attribute() | ast.Subscript(), *_]):
                yield self._whole("statement deleted", node, "pass")
            case ast.Return(ast.expr() as value):
                yield from self._instead_of(value)

    def _instead_of(self, value: ast.expr) -> Iterator[Change]:
        """Return an argument of the same type, or the negative number, in place of the result."""
        returned = self.function.returns
        if returned is None:
            return
        kind = ast.unparse(returned)
        for argument in self.function.args.args:
            alike = argument.annotation is not None and ast.unparse(argument.annotation) == kind
            if alike and self.bytes_of(value) != argument.arg.encode():
                yield self._whole("argument returned", value, argument.arg)
                break
        if kind == "float":
            yield self._whole("sign flipped", value, f"-({self.bytes_of(value).decode()})")

    def _between(self, kind: str, left: ast.expr, right: ast.expr, swap: str) -> Change:
        """Change the operator that stands between two expressions."""
        old, new = swap.split()
        start, end = self._span(left)[1], self._span(right)[0]
        place = self.source.index(old.encode(), start, end)
        return kind, place, place + len(old), new

    def _whole(self, kind: str, node: ast.stmt | ast.expr, text: str) -> Change:
        return kind, *self._span(node), text

    def _span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        start = self.lines[node.lineno - 1] + node.col_offset
        return start, self.lines[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)


def _is_left_out(node: ast.AST, child: ast.AST) -> bool:
    is_type = isinstance(node, ast.AnnAssign) and child is node.annotation
    return is_type or isinstance(child, ast.JoinedStr | ast.arguments)


def _other(value: float) -> str:
    if isinstance(value, bool):
        return str(not value)
    return str(value + 1) if isinstance(value, int) or value == 0.0 else str(2.0 * value)
