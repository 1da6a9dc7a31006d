"""Which files are made wrong, how each is read, and what a reading that was accepted must hold."""

import dataclasses
import math
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
from pydantic import TypeAdapter

from engager_sim.evidence import __path__ as evidence
from engager_sim.reports.page import write_report
from engager_sim.runs.one_run import run_once
from engager_sim.runs.plan import plan_of
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.own_data import COLUMNS
from engager_sim.scenarios.posterior_file import write_posterior
from engager_sim.scenarios.scenario import Scenario
from engager_sim.scenarios.scenario_file import PRESETS
from engager_sim.studies.calibrate.targets import read_targets
from engager_sim.studies.registry import kind_of, kinds
from engager_sim.studies.trial.trial_file import read_trial
from engager_sim.studies.validate.expected import read_expected
from engager_sim.theory import parameters
from engager_sim.world.setting import Setting
from tests.faults.mutations import VALUES, mutated
from tests.scenarios.services import SERVICE

EXPERIMENTS = Path("experiments")
MOST_MEN = 2_000
SETTING = TypeAdapter(Setting)
DRAWN = ("supervision.skill_gain", "relationship.trust_gain", "relationship.coupling")
"""Parameters of a posterior that is made wrong."""
SWEEP = """
question = "What do supervision and caseload do?"
scenario = "service.toml"
replicates = 4
outcomes = ["engaged_12w"]
[design]
points = "points.csv"
"""
POINTS = "supervision.interval,client_engagement.caseload\n" + "".join(
    f"{1 + n % 4},{8 + n}\n" for n in range(12)
)
OWN_TIES = (
    SERVICE.replace('lead = "helpers"\n', 'lead = "helpers"\nties = "{}"\n')
    .replace("leavers = 20\n", 'men = "men.csv"\nmissing = [-9, "?"]\nignore = ["note"]\n')
    .replace("[network]", "[population.scales]\nprior_trust = [1, 4]\n\n[network]")
)
MEN = """id,entry_week,weeks_to_release,arm,team,prior_trust,need_housing,need_work,distress,note
a,0,4,programme,red,1,yes,0.5,12,x
b,3,9,usual_care,,4,no,-9,40,"y, z"
c,,,,blue,2.5,?,0.25,0,
"""
SURVEY = "from,to,strength,shared_record,colocated\nhelpers,housing north,0.5,yes,no\n"
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="s" for="edge" attr.name="strength" attr.type="double"><default>0.5</default></key>
<graph edgedefault="undirected"><node id="helpers"/><node id="housing north"/>
<edge source="helpers" target="housing north"><data key="s">0.4</data></edge></graph></graphml>
"""
GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="undirected">
<attributes class="edge"><attribute id="0" title="strength" type="float"/></attributes>
<nodes><node id="0" label="helpers"/><node id="1" label="housing north"/></nodes>
<edges><edge id="0" source="0" target="1"><attvalues><attvalue for="0" value="0.4"/></attvalues>
</edge></edges></graph></gexf>
"""
GML = """graph [
 node [ id 0 label "helpers" ]
 node [ id 1 label "housing north" ]
 edge [ source 0 target 1 strength 0.4 shared_record 1 ]
]
"""


@dataclass(frozen=True)
class Case:
    """A file that is made wrong, and how it is read.

    Attributes
    ----------
    name : str
        Which kind of input it is.
    file : str
        The file, from the folder that all lie in.
    read : callable
        Reads it, or what names it.
    hold : callable
        Takes what was accepted, and whether it is looked at closely; names what is wrong with it.
    change : callable
        Writes the file made wrong.
    """

    name: str
    file: Path
    read: Callable[[], Any]
    hold: Callable[[Any, bool], Iterator[str]]
    change: Callable[[Random, Path, bytes], None]


def cases(folder: Path) -> list[tuple[int, Case]]:
    """Lay the files into a folder; give their cases, each with how often it comes."""
    shutil.copytree(EXPERIMENTS, folder, dirs_exist_ok=True)
    for preset in PRESETS.glob("*.toml"):
        shutil.copy(preset, folder / f"own_{preset.name}")
    texts = {"service.toml": SERVICE, "points.csv": POINTS, "points.toml": SWEEP, "men.csv": MEN}
    texts |= {"ties.csv": SURVEY, "ties.graphml": GRAPHML, "ties.gexf": GEXF, "ties.gml": GML}
    for kind in ("csv", "graphml", "gexf", "gml"):
        texts[f"with_{kind}.toml"] = OWN_TIES.replace("{}", f"ties.{kind}")
    for name, text in texts.items():
        (folder / name).write_text(text)
    for name in ("targets.toml", "patterns.toml"):
        shutil.copy(Path(next(iter(evidence))) / name, folder / name)
    return [*_scenarios(folder), *_studies(folder), *_draws(folder)]


def _scenarios(folder: Path) -> Iterator[tuple[int, Case]]:
    def case(name: str, file: str, read: str) -> Case:
        load = partial(Scenario.load, folder / read)
        return Case(name, folder / file, load, partial(wrong_in_scenario, folder), _write_mutated)

    yield 20, case("scenario", "service.toml", "service.toml")
    yield 6, case("scenario with own data", "with_csv.toml", "with_csv.toml")
    yield 3, case("scenario with own data", "own_data/scenario.toml", "own_data/scenario.toml")
    for preset in sorted(folder.glob("own_*.toml")):
        yield 1, case("preset", preset.name, preset.name)
    above = "own_data/scenario_next_survey.toml"
    yield 2, case("scenario below another", "own_data/scenario.toml", above)
    yield 12, case("table of men", "men.csv", "with_csv.toml")
    for kind in ("csv", "graphml", "gexf", "gml"):
        yield 5, case(f"ties, {kind}", f"ties.{kind}", f"with_{kind}.toml")


def _studies(folder: Path) -> Iterator[tuple[int, Case]]:
    readers = {kind.name: kind for kind in kinds() if kind.reader}

    def study(kind: str, read: str, file: str = "") -> Case:
        function = getattr(readers[kind].part("settings"), readers[kind].reader)
        load = partial(function, folder / read, *([None] if readers[kind].draws else []))
        of = file or read
        name = "table of points" if file else f"study file, {kind}"
        return Case(name, folder / of, load, wrong_numbers, _write_mutated)

    yield 5, study("sweep", "collaboration_supervision.toml")
    yield 3, study("sweep", "points.toml")
    yield 8, study("sweep", "points.toml", "points.csv")
    yield 3, study("sensitivity", "sobol_levers.toml")
    yield 1, study("sensitivity", "morris_all.toml")
    yield 1, study("calibrate", "calibrate.toml")
    for weight, name, read, of in (
        (4, "study file, trial", read_trial, "engager_trial_again.toml"),
        (2, "targets", read_targets, "targets.toml"),
        (2, "patterns", read_expected, "patterns.toml"),
    ):
        file = folder / of
        yield weight, Case(name, file, partial(read, file), wrong_numbers, _write_mutated)


def _draws(folder: Path) -> Iterator[tuple[int, Case]]:
    draws = pd.DataFrame({path: [0.02, 0.03] for path in DRAWN[:2]} | {DRAWN[2]: ["gated"] * 2})
    file = folder / "posterior.parquet"
    write_posterior(draws, {"made_by": "a test"}, file)

    def other_draws(random: Random, file: Path, _: bytes) -> None:
        other = draws.astype(object)
        for _ in range(random.choice((1, 2))):
            column, row = random.randrange(3), random.randrange(2)
            other.iloc[row, column] = random.choice(
                [float("nan"), float("inf"), -0.0, 1e308, -1.0, 0.5, 2**62, True, None, "additive"]
            )
        if random.random() < 0.3:
            other.columns = [*other.columns[:2], random.choice(VALUES)]
        try:
            write_posterior(other, {"made_by": random.choice(VALUES)}, file)
        except Exception:  # no table can hold this
            write_posterior(draws, {}, file)

    load = partial(FittedParameters.load, file)
    yield 4, Case("posterior", file, load, _wrong_draws, _write_mutated)
    yield 2, Case("posterior of other draws", file, load, _wrong_draws, other_draws)


def results_cases(folder: Path, results: Path) -> Iterator[Case]:
    """Lay results folders into a folder; yield the cases of their parts."""
    for made in sorted(results.iterdir()):
        copy = folder / made.name
        shutil.copytree(made, copy)
        for file in sorted(copy.glob("*")):
            if file.suffix in (".json", ".parquet") or file.name == "data_dictionary.csv":
                report = partial(_report, copy)
                yield Case(f"results, {file.suffix[1:]}", file, report, _nothing, _write_mutated)


def _report(folder: Path) -> Path:
    return write_report(folder, kind_of(folder))


def _write_mutated(random: Random, file: Path, content: bytes) -> None:
    file.write_bytes(mutated(random, content))


def _nothing(_: Any, __: bool) -> Iterator[str]:
    yield from ()


def wrong_in_scenario(folder: Path, scenario: Scenario, closely: bool) -> Iterator[str]:
    """Name what is wrong with a scenario that was accepted."""
    yield from wrong_values(scenario)
    if not closely:
        return
    file = folder / "written.toml"
    file.write_text(scenario.to_toml(), encoding="utf-8")
    again, first = Scenario.load(file).resolved(), scenario.resolved()
    for key in ("question", "setting", "parameters", "men"):
        if again[key] != first[key]:
            yield f"{key} is another after writing and reading: {first[key]} {again[key]}"


def wrong_values(scenario: Scenario) -> Iterator[str]:
    """Name the values of a scenario that it cannot have."""
    SETTING.validate_python(dataclasses.asdict(scenario.setting))
    yield from wrong_numbers(scenario.setting, False)
    theories = scenario.theories()
    for parameter in parameters():
        numbers = theories[parameter.theme][parameter.name]
        if not np.all((parameter.low <= numbers) & (numbers <= parameter.high)):
            yield f"{parameter.path} is {numbers}"
    if scenario.men is None:
        return
    highs = {"entry_week": 519.0, "weeks_to_release": 104.0, "distress": 40.0}
    highs |= {"team": len(scenario.setting.teams) - 1.0, "age": 90.0}
    for field in {column.field for column in COLUMNS.values()}:
        numbers = scenario.men[field]
        known = numbers[~np.isnan(numbers)]
        if not np.all((known >= 0.0) & (known <= highs.get(field, 1.0))):
            yield f"{field} of a man is {known}"


def run_of(scenario: Scenario) -> list[str]:
    """Run a scenario once with every state checked; say what is wrong."""
    if scenario.setting.population.leavers > MOST_MEN:
        return []
    plan = plan_of(scenario, 1, weekly=False, leavers=False, events=False, check=True)
    outcomes = run_once(plan, 0).outcomes
    return ["an outcome is infinite"] if np.isinf(outcomes).any() else []


def wrong_numbers(accepted: Any, _: bool) -> Iterator[str]:
    """Name the numbers that are not finite in anything made of records; scenarios as above."""
    if isinstance(accepted, Scenario):
        yield from wrong_values(accepted)
    elif isinstance(accepted, float | np.ndarray):
        if not np.all(np.isfinite(np.asarray(accepted, float))):
            yield f"{accepted} is not finite"
    elif isinstance(accepted, tuple | list):
        for part in accepted:
            yield from wrong_numbers(part, False)
    elif dataclasses.is_dataclass(accepted):
        for field in dataclasses.fields(accepted):
            yield from wrong_numbers(getattr(accepted, field.name), False)


def _wrong_draws(fitted: FittedParameters, _: bool) -> Iterator[str]:
    for parameter, numbers in zip(fitted.parameters, fitted.numbers.T, strict=True):
        if not all(parameter.low <= number <= parameter.high for number in numbers):
            yield f"{parameter.path} is {numbers}"
    if any(math.isnan(number) for number in fitted.numbers.ravel()):
        yield "a draw is no number"
