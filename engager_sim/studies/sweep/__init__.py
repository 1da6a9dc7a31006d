"""Responses over a grid of factors."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="sweep",
    order=3,
    question="How does an outcome answer to a lever, or to two or three at once?",
    package=__name__,
    exports=("Sweep", "sweep"),
    reader="read_sweep",
    summary="Sweep levers and settings: response surfaces, "
    "and whether the whole is more than the sum.",
    examples="""
Examples:

  engager-sim sweep experiments/collaboration_supervision.toml

  engager-sim sweep experiments/caseload.toml --dry-run

  engager-sim sweep mine.toml --cluster tcp://10.0.0.1:8786 --out results/mine

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
""",
    file_tables=("design", "figures"),
)
