"""What can be asked of a trial: sizes, follow-up, measurement, attrition, undiluted delivery.

The study file calls attrition ``loss`` and undiluted delivery ``ideal``; its users hold these keys.
"""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Ge, Le

from engager_sim.errors import UsageError
from engager_sim.runs.plan import refuse_unusable_numbers
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.trial.services import arms_of
from engager_sim.studies.trial.sizes import resized, staffed
from engager_sim.studies.trial.undiluted_delivery import UndilutedParts
from engager_sim.world.observed import MARK_WEEKS
from engager_sim.world.records import ARMS, PROGRAMME, USUAL_CARE

MEASURABLE = MARK_WEEKS[1:]
"""Weeks after release at which men's states are kept, so that a trial can measure them."""

FOLLOWED_UP = {4: 0.73, 12: 0.70, 13: 0.70, 26: 0.657, 52: 0.60}
"""Share followed up at each week. Week 26: 184 of 280 men (Byng 2022). Week 4: the pilot's 73% of
60 men (doi 10.1186/s40814-017-0163-6). Week 13 (and 12): an assumption between the two; the pilot's
47% lies below what the trial itself reached three months later, so it says little of the trial.
Week 52: an assumption, a little below week 26."""

FEWEST_FOR_LEVEL = 4
"""Practitioners below which the test of their means finds too much."""
LogOdds = Annotated[float, Ge(-5.0), Le(5.0)]
Price = Annotated[float, Ge(0.0), Le(1e9)]


@dataclass(frozen=True, slots=True)
class AttritionSettings:
    """Who is followed up: the share at each week, and what it depends on."""

    # Expected share of all men at each week of follow-up, in the trial as it was delivered.
    followed_up: tuple[float, ...]
    # Log odds of being followed up per standard deviation of a man's trust and distress then.
    trust: LogOdds = 0.3
    distress: LogOdds = -0.3
    # Log odds for a man whose episode is open then, so that his team can still reach him.
    contact: LogOdds = 0.7
    # Per standard deviation of CORE-OM as observed: at entry, and at that week, so that who is
    # missing depends on the very score that is missing.
    baseline: LogOdds = 0.0
    score: LogOdds = 0.0


@dataclass(frozen=True, slots=True)
class Prices:
    """What a trial costs, in pounds. Assumptions: no source was found for any of them."""

    recruited: Price = 400.0  # for each man: consent, and what is asked of him at entry
    followed_up: Price = 150.0  # for each man found at a week of follow-up
    practitioner_week: Price = 1_000.0  # for each practitioner of the programme in each week


@dataclass(frozen=True)
class TrialStudy:
    """A trial as its study file describes it."""

    # The file's name without its ending, and the question it asks.
    name: str
    question: str
    # The world in which the trial is run; where two services are compared, the programme's.
    scenario: Scenario
    # How many trials of each size are simulated, and the random seed.
    replicates: int
    seed: int
    men: tuple[int, ...]  # sizes: men in both arms together, in increasing order
    size: int  # the size that the decomposition is about; one of them
    # Weeks after release at which CORE-OM is measured, in increasing order.
    follow_up: tuple[int, ...]
    primary: int  # the week of the primary outcome; one of them
    # Residual standard deviation at the primary week that is reached by adding variation that the
    # model leaves out; ``None`` adds none.
    residual_sd: float | None
    adjusted_for: tuple[str, ...]  # covariates of the analysis: ``baseline``, ``site``
    level: float  # level of the two-sided test; intervals cover one less this
    attrition: AttritionSettings  # who is followed up
    # What counts as undiluted delivery, by part; nothing where two services are compared.
    undiluted: UndilutedParts
    # The service of the other arm, in a world of its own; none where one scenario has both arms.
    compared_with: Scenario | None = None
    practitioners: tuple[int, ...] = ()  # of the programme, in its designs; the scenario's if empty
    clustered: tuple[str, ...] = ARMS[:1]  # arms in which practitioners cluster men
    prices: Prices = Prices()

    @property
    def own_practitioners(self) -> int:
        """How many practitioners the scenario gives the programme."""
        return practitioners_of(self.scenario)

    @property
    def designs(self) -> tuple[tuple[int, int], ...]:
        """Men and practitioners of every design, in increasing order."""
        numbers = sorted(set(self.practitioners)) or [self.own_practitioners]
        return tuple((men, practitioners) for men in self.men for practitioners in numbers)

    @property
    def design(self) -> tuple[int, int]:
        """The design that the findings are about: the study's size, with the scenario's staff.

        With the fewest that were asked for, if the scenario's own number was not.
        """
        own = self.own_practitioners
        staff = [practitioners for _, practitioners in self.designs]
        return (self.size, own if own in staff else min(staff))

    @property
    def follows_men(self) -> bool:
        """Whether a man enters both arms in one week, so that his two lives can be compared."""
        if self.compared_with is None:
            return True
        here, there = (one.setting.population for one in (self.scenario, self.compared_with))
        return here.leavers * there.recruitment_weeks == there.leavers * here.recruitment_weeks

    @property
    def title(self) -> str:
        """Name what the trial compares."""
        if self.compared_with is None:
            return self.scenario.name
        return f"{self.scenario.name} against {self.compared_with.name}"

    @property
    def primary_index(self) -> int:
        """Index of the primary week among the weeks of follow-up."""
        return self.follow_up.index(self.primary)


@dataclass(frozen=True)
class TrialSettings:
    """What is asked: a trial, and where parameters are drawn from.

    Raises
    ------
    UsageError
        If a number cannot be used.
    """

    study: TrialStudy
    fitted: FittedParameters | None = None

    def __post_init__(self) -> None:
        refuse_unusable_numbers(self.study.replicates, self.study.seed, None)
        refuse_few_practitioners(self.study)


def service_arm(scenario: Scenario) -> int:
    """Say in which arm the service stands that a trial is about."""
    arms = arms_of(scenario)
    return PROGRAMME if PROGRAMME in arms else USUAL_CARE


def practitioners_of(scenario: Scenario) -> int:
    """Count the practitioners of the service that a trial is about."""
    arm = ARMS[service_arm(scenario)]
    return sum(team.practitioners for team in scenario.setting.teams if team.arm == arm)


def clustered_arms(scenario: Scenario, compared_with: Scenario | None) -> tuple[str, ...]:
    """Say in which arms practitioners cluster men, unless a study says otherwise.

    In programmes. Usual care is many officers and services in the field, though few stand for them
    here, so that its men count as individuals; if both arms are usual care, both cluster.
    """
    if compared_with is None:
        return ARMS[:1]
    programmes = tuple(
        arm
        for arm, service in zip(ARMS, (scenario, compared_with), strict=True)
        if service_arm(service) == PROGRAMME
    )
    return programmes or ARMS


def refuse_few_practitioners(study: TrialStudy) -> None:
    """Refuse a design in which one practitioner has all the men of a clustered arm.

    Raises
    ------
    UsageError
        Nothing then separates him from his service.
    """
    for _, practitioners in study.designs:
        factor = practitioners / study.own_practitioners
        worlds = (study.scenario, study.compared_with or study.scenario)
        for arm, scenario in zip(ARMS, worlds, strict=True):
            teams = staffed(scenario, factor).setting.teams
            of_arm = arm if study.compared_with is None else ARMS[service_arm(scenario)]
            number = sum(team.practitioners for team in teams if team.arm == of_arm)
            if arm in study.clustered and number < 2:
                raise UsageError(
                    f"{scenario.name} has one practitioner for all men of an arm, and nothing then "
                    "tells the practitioner from the service",
                    key="practitioners",
                    value=number,
                    allowed=f"at least 2; with fewer than {FEWEST_FOR_LEVEL} the test finds too "
                    "much",
                    fix="give its teams more practitioners, or name a larger number",
                )


def refuse_unusable_designs(study: TrialStudy) -> None:
    """Refuse sizes and numbers of practitioners that a scenario cannot have.

    Raises
    ------
    UsageError
        Naming the first.
    """
    for men, practitioners in study.designs:
        for scenario in (study.scenario, study.compared_with):
            if scenario is not None:
                resized(staffed(scenario, practitioners / study.own_practitioners), men)
