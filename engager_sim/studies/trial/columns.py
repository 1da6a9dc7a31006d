"""The columns of a trial's tables, declared once for its data dictionary."""

from collections.abc import Mapping, Sequence

from engager_sim.runs.tables.column import NEVER_MISSING, Column
from engager_sim.statistics.columns import columns
from engager_sim.studies.trial.replicate import COMPLETE
from engager_sim.studies.trial.replicate_tables import ANALYSES, ARM_MEANS, LEAVER_EFFECTS
from engager_sim.studies.trial.study import Trials

NO_VALUE = "nothing can be estimated: too few men, or all or none of an arm were seen"
TOO_FEW = "fewer than two trials have a value"
NO_RESIDUAL = "service use, to which it does not apply; scores of too few men"
NO_ICC = "an analysis of individuals, or nothing can be estimated"
NO_ODDS = "all or none of the men in need were seen"
AS_OUTCOME = "points or log odds ratio"

type Facts = tuple[tuple[str, str, str] | tuple[str, str, str, str], ...]

OUTCOME = ("outcome", "core_om (points), or substance_service (log odds ratio)", "name")
WEEK = ("week", "week after release", "week")
MEN = ("men", "men in both arms, before attrition", "men")
STAFF = ("practitioners", "practitioners of the programme", "practitioners")
DIED = (
    ("died_programme", "men of the programme who died before that week", "men"),
    ("died_usual_care", "men of usual care who died before that week", "men"),
)
REPLICATE = (
    "replicate",
    "number of the simulated trial: with the random seed, it gives its random numbers",
    "number",
)
TRUE_EFFECT = (
    "true_effect",
    "mean of men's own effects, programme less usual care, of those alive then in both worlds; of "
    "service use, the log odds ratio over all men in need in both worlds",
    AS_OUTCOME,
    NO_ODDS,
)


def _interval(of: str, unit: str, stem: str = "", missing: str = TOO_FEW) -> Facts:
    return (
        (f"{stem}low", f"lower end of {of}", unit, missing),
        (f"{stem}high", f"upper end of {of}", unit, missing),
    )


def _with_interval(
    name: str, meaning: str, unit: str, of: str, missing: str = NEVER_MISSING
) -> Facts:
    """Declare a figure and the ends of its 95% interval."""
    ends = _interval(f"the 95% interval of {of}", unit, f"{name}_")
    return ((name, meaning, unit, missing), *ends)


def _estimate(whose: str, prefix: str = "") -> Facts:
    """Declare the columns of one analysis."""
    interval = f"the interval of the estimate from {whose}"
    residual = f"residual standard deviation of scores within practitioners, of {whose}"
    return (
        (f"{prefix}estimate", f"the simulated trial's estimate from {whose}", AS_OUTCOME, NO_VALUE),
        (f"{prefix}standard_error", f"of the estimate from {whose}", AS_OUTCOME, NO_VALUE),
        *_interval(interval, AS_OUTCOME, prefix, NO_VALUE),
        (f"{prefix}p", f"two-sided p value from {whose}", "probability", NO_VALUE),
        (f"{prefix}n_programme", f"men of the programme analysed, of {whose}", "men"),
        (f"{prefix}n_usual_care", f"men of usual care analysed, of {whose}", "men"),
        (f"{prefix}residual_sd", residual, "points", NO_RESIDUAL),
        (
            f"{prefix}freedom",
            f"degrees of freedom of the test of {whose}; infinite: normal distribution",
            "number",
            NO_VALUE,
        ),
        (
            f"{prefix}icc",
            f"intraclass correlation of practitioners' men, below 0 by chance, from {whose}",
            "share",
            NO_ICC,
        ),
    )


FOLLOWED_UP = _estimate("the men who were followed up")
EVERYBODY = _estimate("all men alive, had there been no attrition", COMPLETE)
NULL = "whether the interval covers 0, or there is none"
ITS_INTERVAL = "its 95% interval"
POWER = (
    *_with_interval(
        "power",
        "share of simulated trials whose interval does not cover 0",
        "share",
        "the power (Wilson)",
    ),
    *_with_interval(
        "complete_power", "the same had there been no attrition", "share", "that power (Wilson)"
    ),
    *_with_interval(
        "lost_power",
        "power that attrition costs: the difference, trial by trial",
        "share",
        "that cost",
    ),
)

ANALYSIS = (
    "analysis",
    "practitioners: their means against individuals, the main analysis of scores; individuals: "
    "men as independent, the trial's own; mixed: practitioners vary at random",
    "name",
)

# fmt: off
REPLICATES: Mapping[str, Sequence[Column]] = {
    ANALYSES: columns(
        REPLICATE,
        ("corner",
         "parts of the programme that are undiluted: 1 delivery, 2 supervision, 4 caseload, "
         "added up; 0 as delivered", "number"),
        OUTCOME, MEN, STAFF, ANALYSIS, WEEK, TRUE_EFFECT, *DIED, *FOLLOWED_UP, *EVERYBODY,
    ),
    ARM_MEANS: columns(
        REPLICATE,
        ("agencies", "shared by the arms, or separate", "name"),
        OUTCOME, WEEK,
        ("programme", "mean over all men in the programme", "points or share"),
        ("usual_care", "mean over all men in usual care", "points or share"),
    ),
    LEAVER_EFFECTS: columns(
        REPLICATE,
        ("leaver", "number of the man in his trial, from 0", "number"),
        ("own_effect",
         "his CORE-OM at the primary week in the programme less that in usual care, as "
         "delivered", "points", "he died before that week, in either"),
    ),
}
"""The columns of what is kept of every replicate."""

DERIVED: Mapping[str, Sequence[Column]] = {
    "trials": columns(
        OUTCOME, MEN, STAFF, REPLICATE, WEEK, TRUE_EFFECT, *FOLLOWED_UP,
        ("is_null", NULL, "true/false"),
        ("holds_effect", "whether the interval holds the true effect", "true/false"),
        *(fact for fact in EVERYBODY if fact[0].endswith(("estimate", "residual_sd"))),
        ("complete_is_null", f"{NULL}, had there been no attrition", "true/false"),
        *DIED,
    ),
    "power": columns(
        OUTCOME, WEEK, MEN, STAFF,
        ("trials", "simulated trials", "number"),
        *_with_interval("effect", "true effect, mean over replicates", AS_OUTCOME,
                        "the true effect",
                        "all or none of the men in need were seen in every replicate"),
        *_with_interval("estimate", "mean of the simulated trials' estimates", AS_OUTCOME,
                        "the mean estimate", NO_VALUE),
        *_with_interval("bias",
                        "mean of the estimates less those had there been no attrition, paired",
                        AS_OUTCOME, "the bias", NO_VALUE),
        *POWER,
        ("looked_null", "1 less the power", "share"),
        ("estimated", "share of the trials that have an estimate", "share"),
        ("effect_5", "5% quantile of the true effect over replicates", AS_OUTCOME),
        ("effect_95", "95% quantile of the true effect over replicates", AS_OUTCOME),
        ("textbook_power",
         "power by the noncentral t distribution for the mean true effect, residual standard "
         "deviation and numbers analysed", "share", NO_RESIDUAL),
        ("men_for_80", "men in both arms that give 80% power by the same formula", "men",
         NO_RESIDUAL),
        ("residual_sd", "residual standard deviation of all men, root mean square", "points",
         NO_RESIDUAL),
        ("own_residual_sd", "the same without the variation that was added to scores", "points",
         NO_RESIDUAL),
        ("own_textbook_power", "power by the formula had no variation been added", "share",
         NO_RESIDUAL),
        ("n_programme", "men of the programme analysed, mean", "men"),
        ("n_usual_care", "men of usual care analysed, mean", "men"),
        ("holds_effect", "share of intervals that hold their trial's true effect", "share",
         NO_VALUE),
        *((name, f"{meaning}, mean", unit) for name, meaning, unit in DIED),
    ),
    "by_analysis": columns(
        WEEK, MEN, STAFF, ANALYSIS,
        ("trials", "simulated trials", "number"),
        *_with_interval("power", "share of simulated trials whose interval does not cover 0",
                        "share", "the power (Wilson)"),
        *_with_interval("estimate", "mean of the simulated trials' estimates", "points",
                        "the mean estimate", NO_VALUE),
        *_with_interval("icc", "intraclass correlation, mean over trials", "share",
                        "the mean correlation", NO_ICC),
        ("standard_error", "of the estimate, mean over trials", "points", NO_VALUE),
        ("freedom", "degrees of freedom, median over trials; infinite: normal distribution",
         "number", NO_VALUE),
        ("holds_effect", "share of intervals that hold their trial's true effect", "share",
         NO_VALUE),
        ("estimated", "share of the trials that have an estimate", "share"),
    ),
    "costs": columns(
        MEN, STAFF,
        ("weeks", "weeks in which the programme's practitioners are paid: from the first man's "
         "entry to the end of the last one's support", "weeks"),
        ("recruitment", "cost of recruiting the men; prices are assumptions", "pounds"),
        ("follow_up", "cost of finding men at all weeks of follow-up, mean", "pounds"),
        ("practitioners_paid", "cost of the programme's practitioners", "pounds"),
        ("cost", "all three", "pounds"),
        *_with_interval("power", "power at the primary week, by the main analysis", "share",
                        "the power (Wilson)"),
    ),
    "null": columns(
        ("step", "remains: all parts undiluted and everybody followed up; delivery, supervision, "
         "caseload: what the part as delivered adds (Shapley value); follow_up: what attrition "
         "adds; as_delivered: the trial as it was", "name"),
        ("points", "true effect, or what is added to it; of follow_up, the bias of the estimate",
         "points"),
        *_interval(ITS_INTERVAL, "points"),
        ("null_share", "share of null trials, or what is added to it", "share"),
        *_interval(ITS_INTERVAL, "share", "null_"),
    ),
    "corners": columns(
        ("delivery", "whether delivery is undiluted", "true/false"),
        ("supervision", "whether supervision is undiluted", "true/false"),
        ("caseload", "whether the caseload is undiluted", "true/false"),
        *_with_interval("effect", "true effect at the primary week, mean over replicates", "points",
                        "the true effect"),
        *POWER,
        ("n_analysed", "men analysed, mean", "men"),
    ),
    "published": columns(
        ("statement", "what is said of a simulated trial of the study's size", "text"),
        ("share", "of the simulated trials of which it holds", "share"),
        *_interval("Wilson's 95% interval", "share", missing=NEVER_MISSING),
        ("trials", "simulated trials", "number"),
    ),
    "contamination": columns(
        OUTCOME, WEEK,
        ("whom", "all men in the programme, all in usual care, or their difference", "name"),
        ("shared", "mean where the arms share agencies, as delivered", "points or share"),
        ("apart", "mean where the arms have separate agencies", "points or share"),
        ("contamination", "shared less separate: same men, common random numbers",
         "points or share"),
        *_interval(ITS_INTERVAL, "points or share"),
    ),
    "individual": columns(
        ("group", "what the programme does to a man's CORE-OM at the primary week", "text"),
        ("share", "of men, mean over replicates", "share"),
        *_interval(ITS_INTERVAL, "share"),
        ("mean_effect", "of these men; below 0 is better", "points", "no such man"),
    ),
    "own_effects": columns(
        ("bin_low", "lower end of the bin; the first holds all below it too", "points"),
        ("bin_high", "upper end of the bin; the last holds all above it too", "points"),
        ("share", "of the men of all replicates", "share"),
    ),
    "design": columns(
        ("what", "a number of the trial's design", "text"),
        ("value", "what it is", "text"),
        ("rests_on", "a citation, or the word assumption", "text"),
    ),
}
# fmt: on
"""The columns of every derived table."""


def declared(trials: Trials) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of what is kept of replicates, and of every derived table."""
    return {**REPLICATES, **trials.with_rows(DERIVED)}
