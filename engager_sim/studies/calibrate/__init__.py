"""Uncertain parameters fitted to published figures."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="calibrate",
    order=7,
    question="Which values of the uncertain parameters fit what studies found?",
    package=__name__,
    exports=("Calibration", "calibrate"),
    file_tables=("calibration",),
)
