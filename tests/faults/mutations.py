"""Small changes to a file that somebody, a program or a disk may make by mistake, or on purpose."""

import re
from collections.abc import Callable
from random import Random

TEXT = r"""
nan inf -inf +nan 1e308 -1e308 1e309 1e-320 -0 -0.0 0 1 -1 2 0.5 1.0 0.30000000000000004 1_0 0x10
0o7 1e3 9007199254740993 9223372036854775808 -9223372036854775809 18446744073709551616 true false
True yes no "yes" "" "nan" "3" '' [] [[]] [1] [1,2] [0,0] [0.5,nan] ["a","a"] {} {a=1} [{}] null
1979-05-27 07:32:00 1979-05-27T07:32:00Z "usual_care" "engager_trial" "../x" "/" "." "a\u0000b"
"\u001b[31m" "é" "\u202eabc" "\n" =1+1 @x -x +x #x ; , | NaN Inf 1,5 1.5.2 -- %s {0} "real" "hub"
"chain" "reflective" "men.csv" "ties.csv" "ties.graphml" "service.toml" "points.csv" programme M01
usual_care difference posterior defaults -1e308,1e308 [-1e308,1e308] 1e-300 a\nb
"""
VALUES = TEXT.split()
VALUES += ["9" * 400, "9" * 5000, "[" * 300, "[" * 60 + "]" * 60, "a." * 40 + "b", "x" * 70_000]
VALUES += ['"a b"', '"""a\nb"""', f"'{'y' * 61}'", "{a = {b = {c = 1}}}", " ", "\t", "\r", "\0"]
TOKEN = re.compile(r'"[^"\n]*"|\[[^\[\]\n]*\]|[\w.+-]+')
ODD = [
    "\ufeff",
    "\u00a0",
    "\u2028",
    "\u0085",
    "\u202e",
    "\x1b[31m",
    "\0",
    "\r",
    "\x0c",
    "\U0001f600",
]

type Mutation = Callable[[Random, str], str]


def _value(random: Random, text: str) -> str:
    """Replace a value, a name, a cell or an attribute by something else."""
    return _token(random, text, random.choice(VALUES))


def _swapped(random: Random, text: str) -> str:
    """Replace one token by another of the same file."""
    tokens = TOKEN.findall(text)
    return _token(random, text, random.choice(tokens)) if tokens else text


def _token(random: Random, text: str, new: str) -> str:
    spans = [match.span() for match in TOKEN.finditer(text)]
    if not spans:
        return new
    start, end = random.choice(spans)
    return text[:start] + new + text[end:]


def _nudged(random: Random, text: str) -> str:
    """Make a number a little or much larger, negative, or of another type."""
    numbers = list(re.finditer(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])", text))
    if not numbers:
        return text
    chosen = random.choice(numbers)
    number = chosen.group()
    new = (f"-{number}", number + "0", number + ".0", number + ".5", f'"{number}"', number + "e9")
    return text[: chosen.start()] + random.choice(new) + text[chosen.end() :]


def _line(random: Random, text: str) -> str:
    """Delete, repeat, move or empty a line."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    line = lines.pop(at)
    change = random.randrange(4)
    if change == 1:
        lines[at:at] = [line, line]
    elif change == 2:
        lines.insert(random.randrange(len(lines) + 1), line)
    elif change == 3:
        lines.insert(at, line.partition("=")[0])
    return "\n".join(lines)


def _characters(random: Random, text: str) -> str:
    """Delete, insert or replace a few characters."""
    at = random.randrange(len(text) + 1)
    new = random.choice([*ODD, *"=[]{}\"'#,.;<>/&-0159eE\n", ""])
    return text[:at] + new + text[at + random.randrange(3) :]


MUTATIONS: tuple[Mutation, ...] = (_value, _value, _swapped, _nudged, _line, _characters)


def mutated(random: Random, content: bytes) -> bytes:
    """Change a file once or a few times."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 4))):
        kind = random.random()
        if kind < 0.1 or not _is_text(content):
            content = _spoilt(random, content)
        else:
            text = content.decode()
            content = random.choice(MUTATIONS)(random, text).encode("utf-8", "surrogatepass")
    return content


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _spoilt(random: Random, content: bytes) -> bytes:
    """Flip a bit, cut the end off, or repeat or lose a piece, as a disk or a network may."""
    if not content:
        return b"\xff"
    at = random.randrange(len(content))
    change = random.randrange(4)
    if change == 0:
        return content[:at]
    if change == 1:
        return content[:at] + content[at + random.randrange(1, 64) :]
    if change == 2:
        return content[:at] + content[max(0, at - random.randrange(64)) :]
    flipped = bytearray(content)
    flipped[at] ^= 1 << random.randrange(8)
    return bytes(flipped)
