"""Which factors matter: sensitivity indices with their uncertainty."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="sensitivity",
    order=4,
    question="Which factors matter, which only together, how sure is that?",
    package=__name__,
    exports=("Sensitivity", "sensitivity"),
    file_tables=("method",),
)
