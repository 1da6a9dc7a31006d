"""The columns of a trial's tables, declared once for its data dictionary."""

from engager_sim.runs.tables.column import Column

NO_VALUE = "nothing can be estimated: too few men, or all or none of an arm were seen"
TOO_FEW = "one replicate"
OF_SCORES = "service use, to which it does not apply; scores of too few men"


def _columns(*facts: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*fact) for fact in facts)


def _interval(stem: str, of: str, unit: str, missing: str = TOO_FEW) -> tuple[Column, ...]:
    return (
        Column(f"{stem}_low", f"lower end of the 95% interval of {of}", unit, missing=missing),
        Column(f"{stem}_high", f"upper end of the 95% interval of {of}", unit, missing=missing),
    )


OUTCOME = Column("outcome", "core_om (points), or substance_service (log odds ratio)", "name")
WEEK = Column("week", "week after release", "week")
MEN = Column("men", "men in both arms, lost ones included", "men")
AS_OUTCOME = "points or log odds ratio"

OF_TRIALS: dict[str, tuple[Column, ...]] = {
    "trials": (
        OUTCOME,
        MEN,
        Column("replicate", "number of the simulated trial: with the seed, its luck", "number"),
        WEEK,
        Column(
            "true_effect",
            "mean of all men's own effects, programme less usual care; of service use, the log "
            "odds ratio over all men in need in both worlds",
            AS_OUTCOME,
            missing="all or none of the men in need were seen",
        ),
        *(
            Column(name, meaning, unit, missing=NO_VALUE)
            for name, meaning, unit in (
                ("estimate", "the simulated trial's estimate", AS_OUTCOME),
                ("standard_error", "of the estimate", AS_OUTCOME),
                ("low", "lower end of the estimate's interval", AS_OUTCOME),
                ("high", "upper end of the estimate's interval", AS_OUTCOME),
                ("p", "two-sided p value", "probability"),
            )
        ),
        *_columns(
            ("n_programme", "men of the programme analysed", "men"),
            ("n_usual_care", "men of usual care analysed", "men"),
        ),
        Column(
            "residual_sd",
            "residual standard deviation of the analysis",
            "points",
            missing=OF_SCORES,
        ),
        *_columns(
            ("is_null", "whether the interval covers 0, or there is none", "true/false"),
            ("holds_effect", "whether the interval holds the true effect", "true/false"),
        ),
        Column(
            "complete_estimate", "the estimate had no man been lost", AS_OUTCOME, missing=NO_VALUE
        ),
        Column(
            "complete_residual_sd",
            "residual standard deviation had no man been lost",
            "points",
            missing=OF_SCORES,
        ),
        Column(
            "complete_is_null",
            "whether the interval would cover 0 had no man been lost",
            "true/false",
        ),
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
            "mean of the estimates less those had no man been lost, paired",
            AS_OUTCOME,
            missing=NO_VALUE,
        ),
        *_interval("bias", "the bias", AS_OUTCOME),
        Column("power", "share of simulated trials whose interval does not cover 0", "share"),
        *_interval("power", "the power (Wilson)", "share"),
        Column("complete_power", "the same had no man been lost", "share"),
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
            missing=OF_SCORES,
        ),
        Column(
            "men_for_80",
            "men in both arms that give 80% power by the same formula",
            "men",
            missing=OF_SCORES,
        ),
        Column(
            "residual_sd",
            "residual standard deviation of all men, root mean square",
            "points",
            missing=OF_SCORES,
        ),
        Column(
            "own_residual_sd",
            "the same without the variation that was added to scores",
            "points",
            missing=OF_SCORES,
        ),
        Column(
            "own_textbook_power",
            "power by the formula had no variation been added",
            "share",
            missing=OF_SCORES,
        ),
        *_columns(
            ("n_programme", "men of the programme analysed, mean", "men"),
            ("n_usual_care", "men of usual care analysed, mean", "men"),
            ("holds_effect", "share of intervals that hold their trial's true effect", "share"),
        ),
    ),
    "null": (
        Column(
            "step",
            "remains: all parts ideal and everybody followed up; delivery, supervision, caseload: "
            "what each as delivered adds (Shapley value); follow_up: what loss adds; "
            "as_delivered: the trial as it was",
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
        *_columns(
            ("delivery", "whether delivery is ideal", "true/false"),
            ("supervision", "whether supervision is ideal", "true/false"),
            ("caseload", "whether the caseload is ideal", "true/false"),
            ("effect", "true effect at the primary week, mean over replicates", "points"),
        ),
        *_interval("effect", "the true effect", "points"),
        Column("power", "share of simulated trials whose interval does not cover 0", "share"),
        *_interval("power", "the power (Wilson)", "share"),
        Column("complete_power", "the same had no man been lost", "share"),
        *_interval("complete_power", "that power (Wilson)", "share"),
        Column("n_analysed", "men analysed, mean", "men"),
    ),
    "published": _columns(
        ("statement", "what is said of a simulated trial of the study's size", "text"),
        ("share", "of the simulated trials of which it holds", "share"),
        ("low", "lower end of Wilson's 95% interval", "share"),
        ("high", "upper end of Wilson's 95% interval", "share"),
        ("trials", "simulated trials", "number"),
    ),
    "contamination": (
        OUTCOME,
        WEEK,
        *_columns(
            ("whom", "all men in the programme, all in usual care, or their difference", "name"),
            ("shared", "mean where the arms share agencies, as delivered", "points or share"),
            ("apart", "mean where each arm has agencies of its own", "points or share"),
            ("contamination", "shared less apart: same men, same luck", "points or share"),
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
    "own_effects": _columns(
        ("bin_low", "lower end of the bin; the first holds all below it too", "points"),
        ("bin_high", "upper end of the bin; the last holds all above it too", "points"),
        ("share", "of the men of all replicates", "share"),
    ),
    "design": _columns(
        ("what", "a number of the trial's design", "text"),
        ("value", "what it is", "text"),
        ("rests_on", "a citation, or the word assumption", "text"),
    ),
}
"""The columns of every table of a trial."""
