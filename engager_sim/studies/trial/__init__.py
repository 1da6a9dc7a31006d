"""A trial simulated many times."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="trial",
    order=6,
    question="Would a trial have seen it, and why not?",
    package=__name__,
    exports=("Trials", "trial"),
    file_tables=("trial",),
)
