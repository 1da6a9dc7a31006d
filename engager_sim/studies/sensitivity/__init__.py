"""Which factors matter: sensitivity indices with their uncertainty."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="sensitivity",
    order=4,
    question="Which factors matter, which only together, how sure is that?",
    package=__name__,
    exports=("Sensitivity", "sensitivity"),
    reader="read_sensitivity",
    summary="Analyse sensitivity with SALib's methods; "
    "bootstrap intervals over replicates and points.",
    examples="""
Examples:

  engager-sim sensitivity experiments/morris_all.toml

  engager-sim sensitivity experiments/sobol_levers.toml --dry-run

  engager-sim sensitivity mine.toml --out results/mine

Methods: sobol, morris, fast, rbd_fast, delta, pawn, dgsm, hdmr, regional, fractional_factorial.

The same command goes on where it stopped. Numbers are the same whatever the threads or cluster.
""",
    file_tables=("method",),
)
