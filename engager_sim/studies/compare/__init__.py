"""Scenarios compared with a base: paired differences, and leavers whose exit differs."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="compare",
    order=2,
    question="What changes from one scenario to another, for the same men?",
    package=__name__,
    exports=("Comparison", "compare"),
)
