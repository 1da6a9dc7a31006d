"""Study files that cannot be used: one message with file, key, value, what is allowed, a fix."""

from pathlib import Path

import pytest

from engager_sim.errors import ScenarioError
from engager_sim.studies.sensitivity.settings import read_sensitivity
from engager_sim.studies.sweep.settings import read_sweep
from tests.designs.study_files import SENSITIVITY, SWEEP, sampled, write_study

INTERVAL = 'parameter = "programme.supervision.interval"\nlevels = [8, 1]'

BAD_SWEEPS = {
    "no factor": (SWEEP[: SWEEP.index("[[factors]]")], "factors", "varies nothing"),
    "one factor": (
        sampled(SWEEP[: SWEEP.index("[[factors]]", SWEEP.index("initial_tie"))]),
        "factors",
        "give this one levels",
    ),
    "unknown key": (SWEEP.replace("seed = 5", "sead = 5"), "sead", "not known"),
    "unknown outcome": (SWEEP.replace("engaged_12w", "engaged_13w"), "outcomes", "no such outcome"),
    "unknown factor": (SWEEP.replace("supervision.interval", "supervision.intervals"), "factors[2]",
                       "no such parameter"),
    "level out of range": (SWEEP.replace("[8, 1]", "[8, 100]"), "levels[2]", "out of range"),
    "double level": (SWEEP.replace("[8, 1]", "[8, 8]"), "levels", "twice"),
    "no levels": (SWEEP.replace("levels = [8, 1]", ""), "levels", "needs levels"),
    "bounds exchanged": (
        sampled(SWEEP).replace("low = 1\nhigh = 8", "low = 9\nhigh = 2"), "low", "below",
    ),
    "a bound beside levels": (
        SWEEP.replace("levels = [8, 1]", "levels = [8, 1]\nlow = 1"), "low", "factorial design",
    ),
    "levels of a sample": (
        sampled(SWEEP).replace("low = 1\nhigh = 8", "levels = [8, 1]"), "levels", "sampled design",
    ),
    "double factor": (SWEEP.replace("supervision.mode", "supervision.interval").replace(
        'choices = ["managerial", "shared"]', "levels = [1, 2]"), "factors[3]", "twice"),
    "choices of a number": (
        SWEEP.replace("levels = [8, 1]", 'choices = ["a", "b"]'), "choices", "number",
    ),
    "levels of a sampled choice": (
        sampled(SWEEP).replace('choices = ["managerial", "shared"]', "levels = [0, 1]"),
        "levels", "name its values under choices",
    ),
    "levels of a choice": (
        SWEEP.replace('choices = ["managerial", "shared"]', "levels = [0, 1]"), "levels", "choice",
    ),
    "unknown choice": (SWEEP.replace('"shared"]', '"shard"]'), "choices[2]", "choices"),
    "both arms and one": (
        SWEEP + '\n[[factors]]\nparameter = "supervision.interval"\nlevels = [1, 2]\n',
        "factors", "twice",
    ),
    "axis that is no factor": (SWEEP + '\n[figures]\nacross = "x"\n', "figures.across", "factors"),
    "unknown design": (SWEEP.replace('"factorial"', '"grid"'), "design.kind", "choices"),
    "no scenario": (SWEEP.replace('scenario = "service.toml"\n', ""), "scenario", "missing"),
    "too large": (
        sampled(SWEEP, points=1048576).replace("replicates = 3", "replicates = 90000"),
        "points", "too large",
    ),
    "surface over choices": (
        sampled(SWEEP)
        + '\n[figures]\nacross = "programme.supervision.mode"\n',
        "figures", "two numbers",
    ),
    "too few points": (
        sampled(SWEEP, points=2), "points", "out of range",
    ),
    "an arm without men": (
        SWEEP.replace('"service.toml"', '"usual_care"'), "outcomes", "one arm",
    ),
    "building on another file": (
        SWEEP.replace("seed = 5", 'seed = 5\nbased_on = "usual_care"'), "based_on", "no other file",
    ),
    "other men": (
        SWEEP.replace("seed = 5", 'seed = 5\ncompared_with = "usual_care"'), "compared_with",
        "different men",
    ),
    "negative replicates": (SWEEP.replace("replicates = 3", "replicates = 0"), "replicates",
                            "out of range"),
    "infinite level": (SWEEP.replace("[0.1, 0.8]", "[0.1, inf]"), "levels", "not a finite number"),
    "no number": (SWEEP.replace("[0.1, 0.8]", "[nan, 0.8]"), "levels", "not a finite number"),
    "every lever of a factorial": (SWEEP + '\n[[factors]]\nevery = "lever"\n', "every", "levels"),
}  # fmt: skip

EVERY = "\n[[factors]]\nevery = 'lever'\ntheme = 'supervision'\narm = 'usual_care'\nexcept = "

BAD_ANALYSES = {
    "leaving out what is not taken": (
        SENSITIVITY + EVERY + "['peers.hours']", "except", "would not be taken anyway",
    ),
    "unknown method": (SENSITIVITY.replace('"sobol"', '"sobal"'), "method.name", "no such method"),
    "no method": (SENSITIVITY.replace('name = "sobol"\n', ""), "method.name", "no method"),
    "too few samples": (SENSITIVITY.replace("samples = 16", "samples = 8"), "samples", "too few"),
    "no power of two": (
        SENSITIVITY.replace("samples = 16", "samples = 24"), "samples", "power of two",
    ),
    "groups not possible": (
        SENSITIVITY.replace('"sobol"', '"pawn"').replace(
            "samples = 16", 'samples = 100\ngroups = "theme"'
        ),
        "groups", "together",
    ),
    "too large": (
        SENSITIVITY.replace("samples = 16", "samples = 1048576").replace(
            "replicates = 2", "replicates = 50000"
        ),
        "samples", "too large",
    ),
    "intervals from one replicate": (
        SENSITIVITY.replace('"sobol"', '"fractional_factorial"').replace(
            "replicates = 2", "replicates = 1"
        ),
        "replicates", "replicates alone",
    ),
    "slopes of a choice": (
        SENSITIVITY.replace('"sobol"', '"dgsm"')
        + '\n[[factors]]\nparameter = "programme.supervision.mode"\n',
        "factors[3]", "takes slopes",
    ),
    "one factor": (SENSITIVITY[: SENSITIVITY.rindex("[[factors]]")], "factors", "only one"),
    "unknown theme": (
        SENSITIVITY + '\n[[factors]]\nevery = "lever"\ntheme = "supervison"\n', "theme", "choices",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD_SWEEPS)
def test_a_sweep_that_cannot_be_used_is_refused(case: str, tmp_path: Path) -> None:
    text, key, problem = BAD_SWEEPS[case]
    file = write_study(tmp_path, text)
    with pytest.raises(ScenarioError) as refused:
        read_sweep(file)
    assert refused.value.file == str(file)
    assert key in (refused.value.key or "")
    assert problem in str(refused.value)


@pytest.mark.parametrize("case", BAD_ANALYSES)
def test_an_analysis_that_cannot_be_used_is_refused(case: str, tmp_path: Path) -> None:
    text, key, problem = BAD_ANALYSES[case]
    file = write_study(tmp_path, text)
    with pytest.raises(ScenarioError) as refused:
        read_sensitivity(file)
    assert refused.value.file == str(file)
    assert key in (refused.value.key or "")
    assert problem in str(refused.value)


@pytest.mark.parametrize("text", ["", "not toml", "question = 3"])
def test_a_file_that_is_no_study_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        read_sweep(write_study(tmp_path, text))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(ScenarioError):
            read_sensitivity(path)


def test_every_lever_of_one_arm_but_some_can_be_named_at_once(tmp_path: Path) -> None:
    text = SENSITIVITY[: SENSITIVITY.index("[[factors]]")] + (
        '[[factors]]\nevery = "lever"\ntheme = "supervision"\narm = "programme"\n'
        'except = ["supervision.mode"]\n\n[[factors]]\nevery = "uncertainty"\ntheme = "peers"\n'
    )
    plan = read_sensitivity(write_study(tmp_path, text))
    paths = [factor.path for factor in plan.study.factors]
    assert "programme.supervision.interval" in paths
    assert "programme.supervision.mode" not in paths
    assert all(path.startswith(("programme.supervision.", "peers.")) for path in paths)
    assert "supervision.on" not in " ".join(paths)


@pytest.mark.parametrize("name", ["collaboration_supervision", "caseload", "peers", "endings"])
def test_the_shipped_sweeps_can_be_read(name: str) -> None:
    folder = Path(__file__).parents[2] / "experiments"
    assert read_sweep(folder / f"{name}.toml").study.question.endswith("?")


@pytest.mark.parametrize("name", ["morris_all", "sobol_levers"])
def test_the_shipped_analyses_can_be_read(name: str) -> None:
    folder = Path(__file__).parents[2] / "experiments"
    plan = read_sensitivity(folder / f"{name}.toml")
    assert len(plan.study.factors) >= 12
