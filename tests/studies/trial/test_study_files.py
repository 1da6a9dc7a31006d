"""Study files of trials: what they say, and the messages when they cannot be used."""

from pathlib import Path

import pytest

from engager_sim.errors import ScenarioError
from engager_sim.studies.trial.settings import AttritionSettings
from engager_sim.studies.trial.trial_file import read_trial
from engager_sim.studies.trial.undiluted_delivery import DEFAULTS
from tests.scenarios.services import SERVICE
from tests.studies.trial.made_up import STUDY, study_in

BARE = 'question = "Would it?"\nscenario = "engager_trial"\n'


def test_a_study_file_is_read(tmp_path: Path) -> None:
    study = read_trial(study_in(tmp_path))
    assert (study.men, study.size, study.follow_up, study.primary) == (
        (20, 40),
        20,
        (4, 26, 52),
        26,
    )
    assert study.attrition == AttritionSettings((0.9, 0.8, 0.7), trust=0.5)
    assert study.undiluted["delivery"] == {"programme.client_engagement.gate_presence": 1}
    assert study.undiluted["supervision"] == DEFAULTS["supervision"]
    assert study.adjusted_for == ("baseline",)
    assert study.primary_index == 1


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    study = read_trial(study_in(tmp_path, BARE))
    assert (study.men, study.size, study.replicates, study.seed) == ((280,), 280, 200, 1)
    assert (study.follow_up, study.primary, study.level) == ((4, 13, 26, 52), 26, 0.05)
    assert study.residual_sd is None
    assert study.attrition.followed_up == (0.73, 0.70, 0.657, 0.60)
    assert study.undiluted == DEFAULTS


BAD = {
    "an unknown key": (STUDY.replace("primary =", "primry ="), "trial.primry", "primary"),
    "an unknown key at the top": (STUDY.replace("seed =", "sead ="), "sead", "seed"),
    "no question": (STUDY.replace("question", "outcomes"), "outcomes", "not known"),
    "no scenario": (STUDY.replace('scenario = "service.toml"\n', ""), "scenario", "missing"),
    "factors": (f'{STUDY}\n[[factors]]\nparameter = "peers.hours"\n', "factors", "not known"),
    "a scenario that is not there": (
        STUDY.replace("service.toml", "sevice.toml"), None, "no preset and no file",
    ),
    "an ideal of usual care": (
        f"{STUDY}\n[trial.ideal.supervision]\nusual_care.supervision.quality = 0.8\n",
        "usual_care.supervision.quality", "only the programme can be undiluted",
    ),
    "one replicate": (
        STUDY.replace("replicates = 6", "replicates = 1"), "replicates", "a whole number from 2",
    ),
    "no words": (STUDY.replace('question = "', 'question = "" # '), "question", "1 characters"),
    "an empty file": ("", None, "the file says nothing"),
    "usual care alone": (
        STUDY.replace("service.toml", "usual_care"), "scenario", "usual care alone",
    ),
    "what is undiluted, of two services": (
        STUDY.replace('"service.toml"', '"through_the_gate"\ncompared_with = "usual_care"'),
        "trial.ideal", "two services are compared",
    ),
    "services of different men": (
        STUDY.replace('"service.toml"', '"service.toml"\ncompared_with = "usual_care"'),
        "compared_with", "longest to release",
    ),
    "nobody followed up": (STUDY.replace("[0.9, 0.8, 0.7]", "[0, 0, 0]"),
                           "trial.loss.followed_up[1]", "nearest allowed value is 0.05"),
    "staff that cannot be divided": (
        STUDY.replace("primary =", "practitioners = [3]\nprimary ="), "trial.practitioners",
        "a multiple of",
    ),
    "a price below nothing": (f"{STUDY}\n[trial.prices]\nrecruited = -1\n",
                              "trial.prices.recruited", "out of range"),
    "an unknown price": (f"{STUDY}\n[trial.prices]\nrecruted = 1\n", "trial.prices.recruted",
                         "recruited"),
    "an unknown arm": (STUDY.replace("primary =", 'clustered = ["both"]\nprimary ='),
                       "trial.clustered[1]", "programme"),
    "a number for the table": ('question = "Q"\nscenario = "engager_trial"\ntrial = 3\n', "trial",
                               "should be a table"),
    "too few men": (STUDY.replace("[20, 40]", "[20, 4]"), "trial.men[2]", "nearest allowed"),
    "no men": (STUDY.replace("[20, 40]", "[]"), "trial.men", "wrong number"),
    "too many men": (STUDY.replace("[20, 40]", "[20, 2000]"), "trial.men", "at most 1,040 men"),
    "a size that is too large": (STUDY.replace("primary =", "size = 2000\nprimary ="),
                                 "trial.size", "520 are allowed"),
    "text for men": (STUDY.replace("[20, 40]", '["20"]'), "trial.men[1]", "whole number"),
    "a week that is not kept": (STUDY.replace("[4, 26, 52]", "[4, 20, 26]"), "trial.follow_up[2]",
                                "4, 12, 13, 26, 52"),
    "weeks in disorder": (STUDY.replace("[4, 26, 52]", "[26, 4, 52]"), "trial.follow_up", "order"),
    "a primary week that is not measured": (STUDY.replace("primary = 26", "primary = 13"),
                                            "trial.primary", "4, 26, 52"),
    "an error of its own": (STUDY.replace("primary =", "measurement_error = 1.8\nprimary ="),
                            "trial.measurement_error", "core_om_reliability"),
    "an unknown covariate": (STUDY.replace('"baseline"', '"baselin"'), "trial.adjusted_for[1]",
                             "baseline"),
    "a level out of range": (STUDY.replace("primary =", "level = 2\nprimary ="), "trial.level",
                             "out of range"),
    "a share too few": (STUDY.replace("[0.9, 0.8, 0.7]", "[0.9, 0.8]"), "trial.loss.followed_up",
                        "3 shares"),
    "a share out of range": (STUDY.replace("0.7]", "1.7]"), "trial.loss.followed_up[3]",
                             "out of range"),
    "an unknown cause of loss": (STUDY.replace("trust =", "tryst ="), "trial.loss.tryst", "trust"),
    "log odds out of range": (STUDY.replace("trust = 0.5", "trust = 50"), "trial.loss.trust",
                              "nearest allowed value is 5"),
    "an unknown part": (STUDY.replace("ideal.delivery", "ideal.deliver"), "trial.ideal.deliver",
                        "delivery"),
    "a number for a part": (STUDY.partition("[trial.ideal")[0] + "[trial.ideal]\ncaseload = 3\n",
                            "trial.ideal.caseload", "should be a table"),
    "an unknown lever": (STUDY.replace("gate_presence", "gate_presense"), "gate_presense",
                         "no such parameter"),
    "an uncertainty": (
        STUDY.replace("programme.client_engagement.gate_presence", "relationship.trust_growth"),
        "trust_growth", "no way of carrying out a programme",
    ),
    "a lever out of range": (STUDY.replace("gate_presence = 1", "gate_presence = 2"),
                             "gate_presence", "0 to 1"),
    "one lever in two parts": (
        f"{STUDY}\n[trial.ideal.caseload]\nprogramme.client_engagement.gate_presence = 0.5\n",
        "trial.ideal", "cannot be told apart",
    ),
    "parts that fit only alone": (
        f"{STUDY}\n[trial.ideal.caseload]\nprogramme.teams.practitioners = 1\n"
        "\n[trial.ideal.supervision]\nprogramme.teams.supervisors = 2\n",
        "trial.ideal", "do not fit together",
    ),
    "staff beyond counting": (
        f"{STUDY}\n[trial.ideal.caseload]\nprogramme.teams.practitioners = 0x{'F' * 600}\n",
        "practitioners", "1 to 2000",
    ),
    "negative replicates": (STUDY.replace("replicates = 6", "replicates = -6"), "replicates",
                            "out of range"),
    "a basis": (f'based_on = "usual_care"\n{STUDY}', "based_on", "builds on no other file"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_study_that_cannot_be_used_is_refused(case: str, tmp_path: Path) -> None:
    text, key, part = BAD[case]
    assert text != STUDY
    with pytest.raises(ScenarioError) as refused:
        read_trial(study_in(tmp_path, text))
    assert part in str(refused.value)
    if key is not None:
        assert key in (refused.value.key or "")
        assert refused.value.file == str(tmp_path / "study.toml")


def test_men_from_own_data_are_as_many_as_they_are(tmp_path: Path) -> None:
    file = study_in(tmp_path)
    rows = "\n".join("programme" if man % 2 else "usual_care" for man in range(20))
    (tmp_path / "men.csv").write_text(f"arm\n{rows}\n", encoding="utf-8")
    own = SERVICE.replace("leavers = 20", 'men = "men.csv"')
    (tmp_path / "service.toml").write_text(own, encoding="utf-8")
    with pytest.raises(ScenarioError, match="come from own data"):
        read_trial(file)
    file.write_text(STUDY.replace("[20, 40]", "[20]"), encoding="utf-8")
    assert read_trial(file).men == (20,)
