"""Scenarios simulated, each in so many replicates."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="run",
    order=1,
    question="What happens to these men, with these agencies, staffed and supervised like this?",
    package=__name__,
    exports=("Runs", "simulate"),
)
