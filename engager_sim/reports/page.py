"""The report: one HTML file with everything inside it, made from what a results folder says."""

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from engager_sim.errors import ResultsError
from engager_sim.figures.picture import text_of
from engager_sim.reports import in_words
from engager_sim.reports.findings import answer_in_words, shown_tables
from engager_sim.results.of_a_run import FIGURES
from engager_sim.results.of_a_study import STANDING
from engager_sim.results.study_folder import as_results_error, read_manifest
from engager_sim.results.whole_files import write_whole

REPORT = "report.html"
COMMANDS = ("run", "compare", "sweep", "sensitivity", "calibrate", "trial", "validate")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the page: its title, what it shows in words, and its bytes as text."""

    title: str
    in_words: str
    data: str


def write_report(folder: Path) -> Path:
    """Write the report of a results folder into it.

    Parameters
    ----------
    folder : Path
        Written by run, compare, sweep, sensitivity, calibrate, trial or validate.

    Returns
    -------
    Path
        The page, ``report.html``.

    Raises
    ------
    ResultsError
        If the folder is none of those, is not finished, or cannot be written to.
    """
    manifest = read_manifest(folder)
    command = str(manifest.get("what", "")).rpartition(" ")[2]
    if command not in COMMANDS:
        raise ResultsError(
            "this folder's manifest names no command that reports are made of",
            file=folder,
            value=manifest.get("what"),
            allowed=", ".join(COMMANDS),
        )
    try:
        page = _page(folder, command, manifest)
    except (OSError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ResultsError(
            f"this results folder is not finished or is damaged: {error}",
            file=folder,
            fix="run its command again; what is kept is not run twice",
        ) from error
    with as_results_error(folder):
        write_whole(folder / REPORT, lambda file: _write(file, page))
    return folder / REPORT


def _page(folder: Path, command: str, manifest: dict[str, Any]) -> str:
    environment = Environment(
        loader=PackageLoader("engager_sim.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    differences = manifest.get("differences", {})
    grounds = in_words.grounds_of_factors(manifest.get("factors", []))
    for each in differences.values():
        grounds += in_words.grounds_of_changes(each)
    sourced, every = in_words.how_many_are_sourced()
    scenarios = manifest["scenarios"]
    standing, points = _standing(folder, manifest), int(manifest.get("points", 1))
    return environment.get_template("report.html.j2").render(
        command=command,
        question=_question(manifest),
        answer=answer_in_words(command, folder, manifest),
        scenarios=[
            (name, its["question"], in_words.scenario_in_words(its))
            for name, its in scenarios.items()
        ],
        changes=[
            (name, in_words.changes_in_words(each)) for name, each in differences.items() if each
        ],
        factors=manifest.get("factors", []),
        method=manifest.get("method", {}),
        fitted=manifest.get("fitted_parameters"),
        replicates=int(standing["asked"]) // (len(scenarios) * points),
        points=points,
        seed=manifest["seed"],
        standing=standing,
        tables=shown_tables(command, folder),
        pictures=_pictures(folder / FIGURES),
        grounds=list(dict.fromkeys(grounds)),
        sourced=sourced,
        every=every,
        references=in_words.references(),
        versions=manifest["versions"],
        fingerprint=manifest["fingerprint_of_the_rules"],
    )


def _question(manifest: dict[str, Any]) -> str:
    if "question" in manifest:
        return str(manifest["question"])
    asked = [str(its["question"]) for its in manifest["scenarios"].values()]
    return asked[0] if len(asked) == 1 else "What happens in each of these scenarios?"


def _standing(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    file = folder / STANDING
    if "command" in manifest:  # a study, which is finished only when it says how it stands
        standing: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return standing
    runs = int(manifest.get("runs", int(manifest["replicates"]) * len(manifest["scenarios"])))
    return {"asked": runs, "done": runs, "failed": {}}


def _pictures(folder: Path) -> list[Shown]:
    told = sorted((*text_of(file), file) for file in folder.glob("*.png"))
    return [
        Shown(title, words, base64.b64encode(file.read_bytes()).decode("ascii"))
        for _, title, words, file in told
    ]


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
