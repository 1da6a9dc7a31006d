"""One replicate of a trial: its worlds are run, measured and analysed; a few numbers are kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt

from engager_sim.runs.counterfactual import BothArms
from engager_sim.studies.trial.analysis import TrialEstimate, difference_in_score, odds_of_service
from engager_sim.studies.trial.measurement import Measured, TrialMeasurement
from engager_sim.studies.trial.mixed_model import difference_in_mixed_model
from engager_sim.studies.trial.practitioner_means import difference_between_practitioners
from engager_sim.studies.trial.settings import TrialStudy
from engager_sim.studies.trial.trial_men import TrialMen, alive_at
from engager_sim.studies.trial.worlds import TrialSize, TrialWorlds, WorldOfDesign
from engager_sim.world.observed import MARK_WEEKS, YEAR
from engager_sim.world.records import PROGRAMME

CORE_OM, SERVICE = "core_om", "substance_service"
"""The outcomes that are analysed."""

MAIN, INDIVIDUALS, MIXED = "practitioners", "individuals", "mixed"
"""The analyses: practitioners' means, the trial's own of individuals, a mixed model."""

type Numbers = npt.NDArray[np.float64]
type Analyse = Callable[[Measured, int, tuple[str, ...], float, bool], TrialEstimate]

ANALYSES: Mapping[str, Analyse] = {
    MAIN: difference_between_practitioners,
    INDIVIDUALS: difference_in_score,
    MIXED: difference_in_mixed_model,
}
ESTIMATE = tuple(field.name for field in fields(TrialEstimate))
COMPLETE = "complete_"
"""What the columns of an estimate without attrition begin with."""
ANALYSIS_COLUMNS = (
    *("replicate", "corner", "outcome", "men", "practitioners", "analysis", "week"),
    *("true_effect", "died_programme", "died_usual_care"),
    *ESTIMATE,
    *(f"{COMPLETE}{name}" for name in ESTIMATE),
)

type Analysis = tuple[object, ...]
"""One outcome of one simulated trial, as ``ANALYSIS_COLUMNS`` names its values."""


@dataclass(frozen=True, slots=True)
class TrialRecord:
    """What is kept of one replicate."""

    # Of every design as delivered, all outcomes; of every other corner, CORE-OM at the primary
    # week.
    analyses: list[Analysis]
    # (2, measures): means over all men in the programme and in usual care, with shared and with
    # separate agencies; see :func:`arm_means`. None where agencies cannot be divided.
    shared: Numbers
    separate: Numbers | None
    # (men,): each man's own effect at the primary week, as delivered; NaN for who died before it.
    own_effects: Numbers


def simulate_replicate(
    study: TrialStudy, worlds: TrialWorlds, measurement: TrialMeasurement, replicate: int
) -> TrialRecord:
    """Run, measure and analyse one replicate; safe to call from many threads."""
    analyses: list[Analysis] = []
    delivered: TrialMen | None = None
    for design, world in worlds.by_design.items():
        trial = _Simulated.of(study, design, world, measurement, replicate)
        analyses += trial.scores()
        analyses.append(trial.service())
        if design == study.design:
            delivered = trial.men
            analyses.append(trial.score(study.primary_index, MIXED))
    if delivered is None:
        raise AssertionError("the study's own design is one of its designs")
    for corner, world in enumerate(worlds.corners[1:], start=1):
        trial = _Simulated.of(study, study.design, world, measurement, replicate, corner)
        analyses.append(trial.score(study.primary_index, MAIN))
    separate = None
    if worlds.separate is not None:
        separate = arm_means(worlds.separate.men(replicate).both, study.follow_up)
    shared = arm_means(delivered.both, study.follow_up)
    return TrialRecord(analyses, shared, separate, delivered.own_effects(study.primary))


def arm_means(both: BothArms, weeks: tuple[int, ...]) -> Numbers:
    """Average over all men in each arm: CORE-OM at each week, and the share seen by a service.

    Of shape (2, weeks + 1): programme, then usual care; the share, of men in need, last.
    """
    marks = [MARK_WEEKS.index(week) for week in weeks]
    means = both.in_each_arm("distress_at")[:, :, marks].mean(axis=1)
    return np.column_stack([means, _shares_seen(both)])


@dataclass(frozen=True, slots=True)
class _Simulated:
    """One simulated trial: its men, and what it measured of them."""

    study: TrialStudy
    design: TrialSize
    men: TrialMen
    measured: Measured
    replicate: int
    corner: int

    @classmethod
    def of(
        cls, study: TrialStudy, design: TrialSize, world: WorldOfDesign,
        measurement: TrialMeasurement, replicate: int, corner: int = 0,
    ) -> "_Simulated":  # fmt: skip
        """Run a world, and measure its men."""
        men = world.men(replicate)
        measured = measurement.measure(men.dealt, world.site, replicate, men.practitioner)
        return cls(study, design, men, measured, replicate, corner)

    def scores(self) -> Iterator[Analysis]:
        """Analyse CORE-OM at every week, by practitioners' means and by individuals."""
        for index in range(len(self.study.follow_up)):
            yield self.score(index, MAIN)
            yield self.score(index, INDIVIDUALS)

    def score(self, index: int, analysis: str) -> Analysis:
        """Analyse CORE-OM at one week; its true effect is the mean of men's own.

        Over those who lived to that week in both worlds: others have no score to compare.
        """
        week = self.study.follow_up[index]
        effects = self.men.own_effects(week)
        known = effects[~np.isnan(effects)]
        effect = float(known.mean()) if len(known) else np.nan
        return self._row(CORE_OM, analysis, week, effect, ANALYSES[analysis], index)

    def service(self) -> Analysis:
        """Analyse service use; its true effect is the log odds ratio over all men in need.

        A man who died within the year counts as seen if he was seen before.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            programme, usual_care = _shares_seen(self.men.both)
            odds = programme / (1.0 - programme) / (usual_care / (1.0 - usual_care))
            true = float(np.log(odds))
        effect = true if np.isfinite(true) else np.nan
        last = len(self.study.follow_up) - 1
        return self._row(SERVICE, INDIVIDUALS, YEAR, effect, odds_of_service, last)

    def _row(
        self, outcome: str, analysis: str, week: int, effect: float, analyse: Analyse, index: int
    ) -> Analysis:
        """Analyse the men who were followed up, then all men alive, at a week of follow-up."""
        study = self.study
        estimates = (
            analyse(self.measured, index, study.adjusted_for, study.level, everybody)
            for everybody in (False, True)
        )
        died = ~alive_at(self.men.dealt, (week,))[:, 0]
        in_programme = self.men.dealt["arm"] == PROGRAMME
        return (
            *(self.replicate, self.corner, outcome, *self.design, analysis, week, effect),
            *(int((died & in_programme).sum()), int((died & ~in_programme).sum())),
            *(value for estimate in estimates for value in astuple(estimate)),
        )


def _shares_seen(both: BothArms) -> Numbers:
    """Give the share of men in need whom a substance service saw within a year, in each arm."""
    in_need = both.in_each_arm("substance_at_release") == 1.0
    week = both.in_each_arm("substance_seen_week")
    seen = in_need & (week >= 0.0) & (week < YEAR)
    return np.asarray(seen.sum(axis=1) / np.maximum(in_need.sum(axis=1), 1))
