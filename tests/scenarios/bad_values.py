"""Ways to spoil the small service, each with what the message must hold."""

from typing import NamedTuple


class Bad(NamedTuple):
    """A change that spoils the small service, and what the message must hold."""

    old: str
    new: str
    key: str
    parts: tuple[str, ...]


BAD_VALUES = {
    "an unknown key at the top": Bad(
        "question", "questoin", "questoin", ("this key is not known", 'did you mean "question"')
    ),
    "a theme without its table": Bad(
        "[theory.supervision]",
        "[supervision]",
        "supervision",
        ("parameters for both arms stand in [theory.supervision]",),
    ),
    "correlations that no men can have": Bad(
        "leavers = 20",
        "leavers = 20\ncorrelations = {needs_distress = 0.9, needs_age = 0.9, distress_age = -0.9}",
        "population.correlations.distress_age",
        ("contradict each other", "positive definite", "nearer to 0"),
    ),
    "a correlation out of its range": Bad(
        "leavers = 20",
        "leavers = 20\ncorrelations = {needs_age = 1.2}",
        "population.correlations.needs_age",
        ("1.2",),
    ),
    "a correlation of no trait": Bad(
        "leavers = 20",
        "leavers = 20\ncorrelations = {need_age = 0.2}",
        "population.correlations.need_age",
        ('did you mean "needs_age"',),
    ),
    "correlations that are no table": Bad(
        "leavers = 20",
        "leavers = 20\ncorrelations = 0.5",
        "population.correlations",
        ("this should be a table",),
    ),
    "a parameter that is fixed now": Bad(
        "[theory.supervision]",
        "[theory.client_motivation]\nneed_pace = 0.2\n[theory.supervision]",
        "theory.client_motivation.need_pace",
        ("fixed in the rules",),
    ),
    "a parameter that another replaces": Bad(
        "[theory.supervision]",
        "[theory.client_motivation]\nprogress_per_win = 0.2\n[theory.supervision]",
        "theory.client_motivation.progress_per_win",
        ("set goal_pace instead",),
    ),
    "a setting without its table": Bad(
        "question =", "leavers = 3\nquestion =", "leavers", ("belongs in the table [population]",)
    ),
    "an unknown key of the population": Bad(
        "leavers", "leaver", "population.leaver", ('did you mean "leavers"',)
    ),
    "an unknown theme": Bad(
        "[theory.supervision]", "[theory.supervison]", "theory.supervison", ('"supervision"',)
    ),
    "an unknown parameter": Bad(
        "skill_gain",
        "skil_gain",
        "theory.supervision.skil_gain",
        ("more", 'did you mean "skill_gain"'),
    ),
    "a parameter under another theme": Bad(
        "skill_gain = 0.02",
        "caseload = 20",
        "theory.supervision.caseload",
        ("caseload belongs in [theory.client_engagement]",),
    ),
    "a parameter of an earlier edition": Bad(
        "skill_gain = 0.02",
        "habit_share = 0.8",
        "theory.supervision.habit_share",
        ("practice falls back to what a worker did before training: set reference_skill instead",),
    ),
    "a parameter without its theme": Bad(
        "[programme.supervision]",
        "[programme]",
        "programme.interval",
        ("interval belongs in [programme.supervision]",),
    ),
    "text for a whole number": Bad(
        "leavers = 20",
        'leavers = "20"',
        "population.leavers",
        ("should be a whole number", "found '20'", "from 1 to 1000000", "quotation marks"),
    ),
    "a decimal for a whole number": Bad(
        "leavers = 20", "leavers = 20.5", "population.leavers", ("a whole number", "found 20.5")
    ),
    "yes or no for a whole number": Bad(
        "leavers = 20", "leavers = true", "population.leavers", ("a whole number", "found True")
    ),
    "yes or no for a number": Bad(
        "interval = 2",
        "interval = true",
        "programme.supervision.interval",
        ("should be a number", "from 1 to 26 (weeks)", "found True"),
    ),
    "a number for a switch": Bad(
        "skill_gain = 0.02",
        "on = 1",
        "theory.supervision.on",
        ("should be true or false", "found 1"),
    ),
    "a number for a category": Bad(
        "interval = 2",
        "mode = 1",
        "programme.supervision.mode",
        ("one of managerial, reflective, shared", "found 1"),
    ),
    "an unknown category": Bad(
        "interval = 2",
        'mode = "reflexive"',
        "programme.supervision.mode",
        ("not one of the choices", 'did you mean "reflective"'),
    ),
    "a date for a number": Bad(
        "interval = 2", "interval = 2024-02-01", "programme.supervision.interval", ("a number",)
    ),
    "a parameter out of range": Bad(
        "interval = 2",
        "interval = 27",
        "programme.supervision.interval",
        ("out of range", "found 27", "1 to 26 (weeks)", "nearest allowed value is 26"),
    ),
    "a percentage for a probability": Bad(
        "interval = 2",
        "interval = 2\n[programme.client_engagement]\ngate_presence = 80",
        "programme.client_engagement.gate_presence",
        ("found 80", "did you mean 0.8, that is 80%?"),
    ),
    "a percentage that no share may be": Bad(
        "interval = 2",
        "interval = 2\nskill_at_start = 95",
        "programme.supervision.skill_at_start",
        ("nearest allowed value is 0.9",),
    ),
    "a share a little too large": Bad(
        "interval = 2",
        "interval = 2\nquality = 1.2",
        "programme.supervision.quality",
        ("nearest allowed value is 1",),
    ),
    "a need of men in another table": Bad(
        "leavers = 20",
        "leavers = 20\nsubstance_prevalence = 0.9",
        "population.substance_prevalence",
        ("substance_prevalence belongs in the table [theory.circumstances]",),
    ),
    "a need of men at the top": Bad(
        "question =",
        "housed_at_release = 0.1\nquestion =",
        "housed_at_release",
        ("housed_at_release belongs in the table [theory.circumstances]",),
    ),
    "half a practitioner": Bad(
        "practitioners = 2",
        "practitioners = 2.5",
        "teams[1].practitioners",
        (
            "people are counted whole",
            "found 2.5",
            "write practitioners = 3",
            "0.833 of a whole",
            "[programme.client_engagement]",
        ),
    ),
    "half a supervisor": Bad(
        "supervisors = 1",
        "supervisors = 0.5",
        "teams[1].supervisors",
        ("write supervisors = 1", "supervisor_hours"),
    ),
    "half a peer": Bad("peers = 1", "peers = 1.5", "teams[1].peers", ("[programme.peers]",)),
    "a part of nobody": Bad(
        "practitioners = 2", "practitioners = -0.5", "teams[1].practitioners", ("whole number",)
    ),
    "a number that is none": Bad(
        "interval = 2", "interval = nan", "programme.supervision.interval", ("not a finite number",)
    ),
    "an infinite number": Bad(
        "interval = 2", "interval = -inf", "programme.supervision.interval", ("not a finite",)
    ),
    "a number that overflows": Bad(
        "interval = 2", "interval = 1e999", "programme.supervision.interval", ("not a finite",)
    ),
    "a whole number beyond printing": Bad(
        "leavers = 20", "leavers = 0x" + "F" * 9000, "population.leavers", ("36000 bits",)
    ),
    "a number beyond printing": Bad(
        "interval = 2",
        "interval = 0x" + "F" * 9000,
        "programme.supervision.interval",
        ("36000 bits", "from 1 to 26 (weeks)"),
    ),
    "nobody": Bad("leavers = 20", "leavers = 0", "population.leavers", ("nearest", "is 1")),
    "a release before it can be": Bad(
        "shortest_to_release = 4",
        "shortest_to_release = 9",
        "population.shortest_to_release",
        ("longer than the longest", "found 9", "8"),
    ),
    "nobody allocated": Bad(
        "[1, 1]", "[0, 0]", "population.allocation", ("nobody is allocated", "found '[0, 0]'")
    ),
    "an allocation of one": Bad(
        "[1, 1]", "[1]", "population.allocation", ("wrong number of entries", "a list of 2")
    ),
    "an allocation out of range": Bad(
        "[1, 1]", "[1, 11]", "population.allocation[2]", ("found 11", "nearest allowed value is 10")
    ),
    "a short follow-up": Bad(
        "question =", "follow_up_weeks = 26\nquestion =", "follow_up_weeks", ("from 52 to 260",)
    ),
    "a question that is no text": Bad(
        '"What happens in a small service?"', "3", "question", ("should be text",)
    ),
    "a number for a table": Bad(
        "[theory.supervision]\nskill_gain = 0.02",
        "[theory]\nsupervision = 3",
        "theory.supervision",
        ("should be a table", "write a table [theory.supervision]"),
    ),
    "a list for the theory": Bad("[theory.supervision]", "[[theory]]", "theory", ("a table",)),
    "a list for the population": Bad(
        "[population]", "[[population]]", "population", ("should be a table", "[population]")
    ),
    "an uncertainty for one arm": Bad(
        "interval = 2",
        "skill_gain = 0.02",
        "programme.supervision.skill_gain",
        ("is an uncertainty", "holds in both arms", "move the line to [theory.supervision]"),
    ),
}
