"""Patterns 25 and 26: how practitioners differ, and what supervision goes with."""

import numpy as np
import pandas as pd

from engager_sim.runs.tables.events import LoggedRun
from engager_sim.studies.validate.declaration import observes
from engager_sim.studies.validate.observations import LogCounts, Numbers
from engager_sim.studies.validate.trial_measures import TRIAL
from engager_sim.studies.validate.variants import hub, link, peer_led, therapy, usual_care
from engager_sim.world.observed import Mark
from engager_sim.world.records import PROGRAMME

FEWEST_MEN = 2
"""Men below which a practitioner says nothing of how men of one differ."""
SPREADS = ("men", "practitioners", "men_of_each_squared", "between", "within")
SUMS = ("practitioners", "supervised", "burnt_out", "supervised_squared", "burnt_out_squared",
        "product")  # fmt: skip
SERVICES = (
    TRIAL,
    usual_care("usual_care"),
    hub("colocated_hub"),
    therapy("therapy_led"),
    link("through_the_gate"),
    peer_led("peer_led"),
)


def improvement_by_practitioner(run: LoggedRun) -> tuple[float, ...]:
    """Sum squares of improvement from entry to week 26 between and within practitioners.

    Of the programme's men, by the practitioner whom each had last.
    """
    men = run.world.leavers
    men = men[(men["arm"] == PROGRAMME) & (men["post"] >= 0)]
    improved = men["distress_level"] - men["distress_at"][:, Mark.WEEK_26]
    table = pd.DataFrame({"post": men["post"], "incumbent": men["incumbent"], "improved": improved})
    each = table.groupby(["post", "incumbent"])["improved"].agg(["size", "mean", "var"])
    each = each[each["size"] >= FEWEST_MEN]
    if len(each) < FEWEST_MEN:
        return (0.0,) * len(SPREADS)
    size, mean = each["size"].to_numpy(np.float64), each["mean"].to_numpy(np.float64)
    middle = float(np.average(mean, weights=size))
    between = float((size * (mean - middle) ** 2).sum())
    within = float(((size - 1.0) * each["var"]).sum())
    return float(size.sum()), float(len(each)), float((size**2).sum()), between, within


def supervision_of_practitioners(run: LoggedRun) -> tuple[float, ...]:
    """Sum sessions per filled week and mean burnout over the posts of a run."""
    posts = run.world.practitioners
    posts = posts[posts["weeks_filled"] > 0]
    supervised = posts["sessions"] / posts["weeks_filled"]
    burnt_out = posts["burnout_sum"] / posts["weeks_filled"]
    products = (supervised, burnt_out, supervised**2, burnt_out**2, supervised * burnt_out)
    return float(len(posts)), *(float(product.sum()) for product in products)


@observes(LogCounts(TRIAL, SPREADS, improvement_by_practitioner))
def variance_between_practitioners(runs: Numbers) -> float:
    """Share of the variance of improvement that lies between practitioners of one run.

    By the analysis of variance of groups of unequal size, its squares pooled over runs.
    """
    runs = runs[runs[:, 1] >= FEWEST_MEN]
    men, practitioners, men_of_each_squared, between, within = runs.T
    among = float((practitioners - 1.0).sum())
    inside = float(within.sum() / (men - practitioners).sum())
    size = float((men - men_of_each_squared / men).sum()) / among
    apart = max(0.0, (float(between.sum()) / among - inside) / size)
    return apart / (apart + inside)


@observes(*(LogCounts(service, SUMS, supervision_of_practitioners) for service in SERVICES))
def supervision_and_burnout(*services: Numbers) -> float:
    """Correlation of sessions per week with burnout over the practitioners of all presets.

    Within replicates: parameters of the theory are the same for all practitioners of one.
    """
    count, supervised, burnt_out, *squares = np.sum(services, axis=0).T
    within = (
        square.sum() - (one * other / count).sum()
        for square, one, other in zip(
            squares,
            (supervised, burnt_out, supervised),
            (supervised, burnt_out, burnt_out),
            strict=True,
        )
    )
    spread_of_supervision, spread_of_burnout, together = within
    return float(together / np.sqrt(spread_of_supervision * spread_of_burnout))
