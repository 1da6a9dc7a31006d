"""The patterns that the model has to show, and the tests that look for them."""

import ast
import re
from dataclasses import dataclass

from docs.markdown import table
from docs.tested import TESTS, TestName

FOLDER = TESTS / "patterns"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern in the literature: its number, what is seen, and where."""

    number: int
    title: str
    seen: str
    source: str


PATTERNS = (
    Pattern(
        1, "Null on average, not null inside",
        "no mean difference in distress at six months, yet some men gain: in crisis, but coping",
        "Byng et al. 2022; Weston et al. 2022",
    ),
    Pattern(
        2, "Access moves more than symptoms",
        "more men reach a substance service (odds ratio about 2.2); distress and quality of life "
        "do not move",
        "Hunter et al. 2021",
    ),
    Pattern(
        3, "Loss at release",
        "23% of allocated men have no contact in the community; why is not visible",
        "Byng et al. 2022",
    ),
    Pattern(
        4, "Early gain that fades",
        "gains in linkage at six weeks are gone by 6-12 months, when support has stopped",
        "CrISP (remembered, to be checked)",
    ),
    Pattern(
        5, "Precondition effect",
        "without good collaboration, or without supervision, little trust is built; that the two "
        "interact is this model's reading (assumption)",
        "Lennox et al. 2021",
    ),
    Pattern(
        6, "Decelerating risk",
        "return to crime is front-loaded and its hazard falls",
        "NZ Corrections; Bowles & Florackis 2007",
    ),
    Pattern(
        7, "Several ways to leave",
        "disengagement is a mixture of types, not one hazard",
        "Weston et al. 2022",
    ),
    Pattern(
        8, "Practitioner change lags",
        "skill and fidelity rise slowly and fall back in difficult times when supervision is "
        "irregular",
        "Engager formative evaluation",
    ),
    Pattern(
        9, "Depth, not only dose",
        "progress follows understanding in depth; after planned endings outcome is flat in dose",
        "Rybczynska-Bunt et al. 2021; Stiles et al. 2015",
    ),
    Pattern(
        10, "Losing the worker costs trust",
        "a change of worker lowers trust and often ends contact; that overlap softens it is an "
        "assumption",
        "Sturm, thesis; transfers, second-hand",
    ),
    Pattern(
        11, "Alliance-retention gradient",
        "drop-out falls steadily with alliance (size held out: direction only)",
        "Sharf et al. 2010",
    ),
    Pattern(
        12, "Trust predicts desistance net of risk",
        "trust at nine months goes with less recidivism after controls",
        "Sturm et al. 2021",
    ),
    Pattern(
        13, "Missed once, lost more",
        "many who miss an appointment drop out; prompt follow-up is the advised remedy (size held "
        "out: direction only)",
        "Mitchell & Selmes 2007; NICE QS188",
    ),
    Pattern(
        14, "Contact failure drives recall",
        "losing touch is the commonest recorded reason for fixed-term recall",
        "Ministry of Justice, reasons for recall",
    ),
    Pattern(
        15, "Contact can raise return to prison",
        "some transition programmes do; that detected breach is the route is an assumption",
        "Hopkin et al. 2018",
    ),
    Pattern(
        16, "Caseload threshold",
        "quality falls once caseload passes about 50",
        "HM Inspectorate of Probation 2021",
    ),
    Pattern(
        17, "Peers act on hope and trust, not symptoms",
        "small gains in recovery and empowerment, none in symptoms",
        "White et al. 2020",
    ),
    Pattern(
        18, "Housing matters",
        "reoffending is about 15 points lower in stable accommodation (association, not effect)",
        "SPCR",
    ),
    Pattern(
        19, "Integration needs a centre or small size",
        "more agencies without one that leads coordinate less",
        "Wiktorowicz et al. 2010; Milward & Provan 1998",
    ),
)  # fmt: skip
"""Every pattern, numbered as in the names of the tests."""


def patterns() -> str:
    """Write a row per pattern, with its tests."""
    found = patterns_in_tests()
    rows = [
        (
            pattern.number,
            f"**{pattern.title}**: {pattern.seen}",
            pattern.source,
            "<br>".join(test.link("../") for test in found.get(pattern.number, []))
            or "not yet tested",
        )
        for pattern in PATTERNS
    ]
    return table(("", "Pattern", "Where it was seen", "Tests"), rows)


def patterns_in_tests() -> dict[int, list[TestName]]:
    """Find the tests of each pattern: by their names, or by a file that is about one alone."""
    found: dict[int, list[TestName]] = {}
    for file in sorted(FOLDER.glob("test_*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        heading = (ast.get_docstring(tree) or "").partition(":")[0]
        about = [int(number) for number in re.findall(r"\d+", heading)]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                named = re.match(r"test_pattern_(\d+)_", node.name)
                number = int(named[1]) if named else about[0] if len(about) == 1 else None
                if number is not None:
                    test = TestName(file.relative_to(TESTS).as_posix(), node.name)
                    found.setdefault(number, []).append(test)
    return found
