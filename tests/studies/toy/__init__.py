"""A toy kind of study, to show that a kind is one folder: how many leavers reoffend, by seed."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="toy", order=99, question="What share of these men reoffends?", package=__name__
)
