"""Letters that say which factors are tied."""

from collections.abc import Sequence


def tie_letters(low: Sequence[float], high: Sequence[float]) -> list[str]:
    """Give factors letters such that two share one exactly if their intervals overlap.

    ``a`` stands for the highest intervals; many letters are written as a range.
    """
    ends = list(zip(low, high, strict=True))
    holding = [
        frozenset(factor for factor, (start, end) in enumerate(ends) if start <= value <= end)
        for value in sorted(set(low), reverse=True)
    ]
    groups = [group for group in holding if group and not any(group < other for other in holding)]
    return [
        _letters([number for number, group in enumerate(groups) if factor in group])
        for factor in range(len(ends))
    ]


def _letters(numbers: Sequence[int]) -> str:
    letters = [chr(ord("a") + number) for number in numbers]
    return "".join(letters) if len(letters) < 3 else f"{letters[0]}\N{EN DASH}{letters[-1]}"
