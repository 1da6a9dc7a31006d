"""Which change to buy: options weighed against today's service and each other, with a budget."""

from engager_sim.studies.kind import StudyKind

KIND = StudyKind(
    name="decide",
    order=0,
    question="Which change should we buy, for whom, who may be harmed, and how sure is that?",
    package=__name__,
    exports=("Decision", "decide"),
)
