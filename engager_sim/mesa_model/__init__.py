"""The same world as a Mesa model; agents are thin views onto the records.

Three lines in a notebook::

    from engager_sim.mesa_model import EngagerModel
    model = EngagerModel("engager_trial", rng=1)
    model.run_model()

after which ``model.datacollector.get_model_vars_dataframe()`` holds the headline measures of every
week and ``model.outcomes()`` what a batch would have measured.
"""

from engager_sim.mesa_model.agents import Peer, Practitioner, PrisonLeaver, Supervisor
from engager_sim.mesa_model.model import EngagerModel

__all__ = ["EngagerModel", "Peer", "Practitioner", "PrisonLeaver", "Supervisor"]
