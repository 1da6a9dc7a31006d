"""The fitted model held against patterns and held-out figures."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="validate",
    order=5,
    question="How far can the fitted model be believed?",
    package=__name__,
    exports=("Validation", "validate"),
)
