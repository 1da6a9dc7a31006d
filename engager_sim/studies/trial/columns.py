"""The columns of a trial's tables, declared once for its data dictionary."""

from collections.abc import Mapping, Sequence

from engager_sim.runs.tables.column import Column
from engager_sim.statistics.columns import columns
from engager_sim.studies.trial.replicate_tables import ANALYSES, ARM_MEANS, COMPLETE, LEAVER_EFFECTS
from engager_sim.studies.trial.study import Trials

NO_VALUE = "nothing can be estimated: too few men, or all or none of an arm were seen"
TOO_FEW = "one replicate"
NO_RESIDUAL = "service use, to which it does not apply; scores of too few men"
NO_ODDS = "all or none of the men in need were seen"
AS_OUTCOME = "points or log odds ratio"

OUTCOME = Column("outcome", "core_om (points), or substance_service (log odds ratio)", "name")
WEEK = Column("week", "week after release", "week")
MEN = Column("men", "men in both arms, before attrition", "men")
REPLICATE = Column(
    "replicate",
    "number of the simulated trial: with the random seed, it gives its random numbers",
    "number",
)
TRUE_EFFECT = Column(
    "true_effect",
    "mean of all men's own effects, programme less usual care; of service use, the log odds ratio "
    "over all men in need in both worlds",
    AS_OUTCOME,
    missing=NO_ODDS,
)


def _interval(stem: str, of: str, unit: str, missing: str = TOO_FEW) -> tuple[Column, ...]:
    return (
        Column(f"{stem}_low", f"lower end of the 95% interval of {of}", unit, missing=missing),
        Column(f"{stem}_high", f"upper end of the 95% interval of {of}", unit, missing=missing),
    )


def _estimate(whose: str, prefix: str = "") -> tuple[Column, ...]:
    """Declare the columns of one analysis."""
    return (
        *(
            Column(f"{prefix}{name}", meaning, unit, missing=NO_VALUE)
            for name, meaning, unit in (
                ("estimate", f"the simulated trial's estimate from {whose}", AS_OUTCOME),
                ("standard_error", f"of the estimate from {whose}", AS_OUTCOME),
                ("low", f"lower end of the interval of the estimate from {whose}", AS_OUTCOME),
                ("high", f"upper end of the interval of the estimate from {whose}", AS_OUTCOME),
                ("p", f"two-sided p value from {whose}", "probability"),
            )
        ),
        *columns(
            (f"{prefix}n_programme", f"men of the programme analysed, of {whose}", "men"),
            (f"{prefix}n_usual_care", f"men of usual care analysed, of {whose}", "men"),
        ),
        Column(
            f"{prefix}residual_sd",
            f"residual standard deviation of the analysis of {whose}",
            "points",
            missing=NO_RESIDUAL,
        ),
    )


FOLLOWED_UP = _estimate("the men who were followed up")
EVERYBODY = _estimate("all men, had there been no attrition", COMPLETE)
NULL = "whether the interval covers 0, or there is none"

REPLICATES: Mapping[str, Sequence[Column]] = {
    ANALYSES: (
        REPLICATE,
        Column(
            "corner",
            "parts of the programme that are undiluted: 1 delivery, 2 supervision, 4 caseload, "
            "added up; 0 as delivered",
            "number",
        ),
        OUTCOME,
        MEN,
        WEEK,
        TRUE_EFFECT,
        *FOLLOWED_UP,
        *EVERYBODY,
    ),
    ARM_MEANS: (
        REPLICATE,
        Column("agencies", "shared by the arms, or separate", "name"),
        OUTCOME,
        WEEK,
        *columns(
            ("programme", "mean over all men in the programme", "points or share"),
            ("usual_care", "mean over all men in usual care", "points or share"),
        ),
    ),
    LEAVER_EFFECTS: (
        REPLICATE,
        *columns(
            ("leaver", "number of the man in his trial, from 0", "number"),
            (
                "own_effect",
                "his CORE-OM at the primary week in the programme less that in usual care, as "
                "delivered",
                "points",
            ),
        ),
    ),
}
"""The columns of what is kept of every replicate."""

DERIVED: Mapping[str, Sequence[Column]] = {
    "trials": (
        OUTCOME,
        MEN,
        REPLICATE,
        WEEK,
        TRUE_EFFECT,
        *FOLLOWED_UP,
        Column("is_null", NULL, "true/false"),
        Column("holds_effect", "whether the interval holds the true effect", "true/false"),
        *(column for column in EVERYBODY if column.name.endswith(("estimate", "residual_sd"))),
        Column("complete_is_null", f"{NULL}, had there been no attrition", "true/false"),
    ),
    "power": (
        OUTCOME,
        WEEK,
        MEN,
        Column("trials", "simulated trials", "number"),
        Column(
            "effect",
            "true effect, mean over replicates",
            AS_OUTCOME,
            missing="all or none of the men in need were seen in every replicate",
        ),
        *_interval("effect", "the true effect", AS_OUTCOME),
        Column("estimate", "mean of the simulated trials' estimates", AS_OUTCOME, missing=NO_VALUE),
        *_interval("estimate", "the mean estimate", AS_OUTCOME),
        Column(
            "bias",
            "mean of the estimates less those had there been no attrition, paired",
            AS_OUTCOME,
            missing=NO_VALUE,
        ),
        *_interval("bias", "the bias", AS_OUTCOME),
        Column("power", "share of simulated trials whose interval does not cover 0", "share"),
        *_interval("power", "the power (Wilson)", "share"),
        Column("complete_power", "the same had there been no attrition", "share"),
        *_interval("complete_power", "that power (Wilson)", "share"),
        Column("looked_null", "1 less the power", "share"),
        Column("estimated", "share of the trials that have an estimate", "share"),
        Column("effect_5", "5% quantile of the true effect over replicates", AS_OUTCOME),
        Column("effect_95", "95% quantile of the true effect over replicates", AS_OUTCOME),
        Column(
            "textbook_power",
            "power by the noncentral t distribution for the mean true effect, residual standard "
            "deviation and numbers analysed",
            "share",
            missing=NO_RESIDUAL,
        ),
        Column(
            "men_for_80",
            "men in both arms that give 80% power by the same formula",
            "men",
            missing=NO_RESIDUAL,
        ),
        Column(
            "residual_sd",
            "residual standard deviation of all men, root mean square",
            "points",
            missing=NO_RESIDUAL,
        ),
        Column(
            "own_residual_sd",
            "the same without the variation that was added to scores",
            "points",
            missing=NO_RESIDUAL,
        ),
        Column(
            "own_textbook_power",
            "power by the formula had no variation been added",
            "share",
            missing=NO_RESIDUAL,
        ),
        *columns(
            ("n_programme", "men of the programme analysed, mean", "men"),
            ("n_usual_care", "men of usual care analysed, mean", "men"),
            ("holds_effect", "share of intervals that hold their trial's true effect", "share"),
        ),
    ),
    "null": (
        Column(
            "step",
            "remains: all parts undiluted and everybody followed up; delivery, supervision, "
            "caseload: what the part as delivered adds (Shapley value); follow_up: what attrition "
            "adds; as_delivered: the trial as it was",
            "name",
        ),
        Column(
            "points",
            "true effect, or what is added to it; of follow_up, the bias of the estimate",
            "points",
        ),
        Column("low", "lower end of its 95% interval", "points", missing=TOO_FEW),
        Column("high", "upper end of its 95% interval", "points", missing=TOO_FEW),
        Column("null_share", "share of null trials, or what is added to it", "share"),
        Column("null_low", "lower end of its 95% interval", "share", missing=TOO_FEW),
        Column("null_high", "upper end of its 95% interval", "share", missing=TOO_FEW),
    ),
    "corners": (
        *columns(
            ("delivery", "whether delivery is undiluted", "true/false"),
            ("supervision", "whether supervision is undiluted", "true/false"),
            ("caseload", "whether the caseload is undiluted", "true/false"),
            ("effect", "true effect at the primary week, mean over replicates", "points"),
        ),
        *_interval("effect", "the true effect", "points"),
        Column("power", "share of simulated trials whose interval does not cover 0", "share"),
        *_interval("power", "the power (Wilson)", "share"),
        Column("complete_power", "the same had there been no attrition", "share"),
        *_interval("complete_power", "that power (Wilson)", "share"),
        Column("n_analysed", "men analysed, mean", "men"),
    ),
    "published": columns(
        ("statement", "what is said of a simulated trial of the study's size", "text"),
        ("share", "of the simulated trials of which it holds", "share"),
        ("low", "lower end of Wilson's 95% interval", "share"),
        ("high", "upper end of Wilson's 95% interval", "share"),
        ("trials", "simulated trials", "number"),
    ),
    "contamination": (
        OUTCOME,
        WEEK,
        *columns(
            ("whom", "all men in the programme, all in usual care, or their difference", "name"),
            ("shared", "mean where the arms share agencies, as delivered", "points or share"),
            ("apart", "mean where the arms have separate agencies", "points or share"),
            (
                "contamination",
                "shared less separate: same men, common random numbers",
                "points or share",
            ),
        ),
        Column("low", "lower end of its 95% interval", "points or share", missing=TOO_FEW),
        Column("high", "upper end of its 95% interval", "points or share", missing=TOO_FEW),
    ),
    "individual": (
        Column("group", "what the programme does to a man's CORE-OM at the primary week", "text"),
        Column("share", "of men, mean over replicates", "share"),
        Column("low", "lower end of its 95% interval", "share", missing=TOO_FEW),
        Column("high", "upper end of its 95% interval", "share", missing=TOO_FEW),
        Column("mean_effect", "of these men; below 0 is better", "points", missing="no such man"),
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
"""The columns of every derived table."""


def declared(trials: Trials) -> Mapping[str, Sequence[Column]]:
    """Declare the columns of what is kept of replicates, and of every derived table."""
    derived = {name: DERIVED[name] for name, table in trials.tables().items() if len(table)}
    return {**REPLICATES, **derived}
