"""A trial simulated many times."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="trial",
    order=6,
    question="Would a trial have seen it, and why not?",
    package=__name__,
    exports=("Trials", "trial"),
    reader="read_trial_settings",
    summary="Simulate a trial many times: "
    "its power, and what dilution, attrition and size do to it.",
    examples="""
Examples:

  engager-sim trial experiments/engager_trial_again.toml

  engager-sim trial experiments/engager_trial_again.toml --dry-run

  engager-sim trial experiments/engager_trial_again.toml --parameters posterior --out results/fit

  engager-sim trial my_trial.toml --out results/my_trial --threads 4

The design, its attrition and what counts as undiluted stand in the study file: docs/trial.md.

The same command goes on where it stopped. Tables are equal byte for byte, whatever the threads or
cluster.
""",
    file_tables=("trial",),
)
