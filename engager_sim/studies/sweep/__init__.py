"""Responses over a grid of factors."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="sweep",
    order=3,
    question="How does an outcome answer to two or three levers at once?",
    package=__name__,
    exports=("Sweep", "sweep"),
    file_tables=("design", "figures"),
)
