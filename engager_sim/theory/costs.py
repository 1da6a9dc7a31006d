"""What help costs, and what a week of distress is worth: for outcomes only, no rule reads them."""

from dataclasses import dataclass

from engager_sim.compilation import rule
from engager_sim.theory.declaration import setting


@dataclass(frozen=True)
class Costs:
    """Unit costs, and the mapping from distress to quality of life."""

    # fmt: off
    practitioner_hour: float = setting(45.0, 10.0, 200.0, "GBP",
        "cost of an hour of a practitioner's contact, overheads included")
    supervisor_hour: float = setting(70.0, 10.0, 300.0, "GBP", "cost of an hour of a supervisor")
    peer_hour: float = setting(20.0, 0.0, 100.0, "GBP", "cost of an hour of a peer")
    service_contact: float = setting(60.0, 0.0, 500.0, "GBP",
        "cost of a contact with another service")
    utility_at_zero: float = setting(0.95, 0.5, 1.0, "utility",
        "health utility of a man without any distress")
    utility_per_point: float = setting(0.0125, 0.0, 0.023, "utility per point",
        "health utility lost per point of CORE-OM")


@rule
def life_years(distress_sum: float, weeks: float, costs: Costs) -> float:
    """Quality-adjusted life years over so many weeks: ``sum(u0 - b D) / 52``.

    Assumption: a linear mapping from distress to utility; no published mapping was used.
    """
    return (costs.utility_at_zero * weeks - costs.utility_per_point * distress_sum) / 52.0
