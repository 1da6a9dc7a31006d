"""Uncertain parameters fitted to published figures."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="calibrate",
    order=7,
    question="Which values of the uncertain parameters fit what studies found?",
    package=__name__,
    exports=("Calibration", "calibrate"),
    reader="read_calibration",
    summary="Fit uncertainties to published figures: posteriors, predictions, what stayed unknown.",
    examples="""
Examples:

  engager-sim calibrate experiments/calibrate.toml

  engager-sim calibrate experiments/calibrate.toml --dry-run

Targets stand in engager_sim/evidence/targets.toml; a study file may name its own.

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
""",
    draws=False,
    file_tables=("calibration",),
)
