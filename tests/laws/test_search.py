"""How laws are tried: what counts as a counterexample, and that the search climbs to one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from engager_sim.laws import search, trial_of_laws
from engager_sim.laws.declaration import Law, LawWorld, Measure
from engager_sim.laws.measures import STARTS, TRUST
from engager_sim.laws.narrative import findings, verdict
from engager_sim.laws.paired_worlds import PairedWorlds, Trial
from engager_sim.laws.search import AGAIN, CONFIRM, SCREEN, SEARCH, Effort, tried
from engager_sim.laws.statements import LAWS
from engager_sim.laws.trial_of_laws import try_laws
from engager_sim.world.observed import MARKS, Mark

SHARE = Measure("share", "A share", "share", 0.005, 1, "week 1")
DISTRESS = Measure("distress", "Distress", "points", 0.1, -1, "week 1")
FACTORS: Any = tuple(SimpleNamespace(path=f"theme.x{index}") for index in range(4))
UNITS = np.random.default_rng(1).random((12, 4))


class MadeUpWorlds:
    """Worlds in which the shortfall is the first parameter, less the second."""

    law = Law("made_up", "It holds.", SHARE, LawWorld(), LawWorld())

    def compile(self) -> None:
        """Nothing is compiled."""

    def tried(self, unit: np.ndarray, seed: int, replicates: int) -> Trial:  # noqa: ARG002
        short = float(unit[0] - unit[1])
        return Trial(short, 0.0, short, short - 0.1 / replicates, replicates)

    def is_broken(self, trial: Trial) -> bool:
        return trial.surely > self.law.measure.margin


def judged(measure: Measure, worse: list[float], as_good: list[float]) -> tuple[Trial, bool]:
    worlds: Any = PairedWorlds(Law("it", "", measure, LawWorld(), LawWorld()), (), (), ())  # type: ignore[arg-type]
    trial = worlds.judged(np.stack([worse, as_good], axis=1))
    return trial, worlds.is_broken(trial)


def test_a_counterexample_lies_beyond_the_margin_with_confidence() -> None:
    trial, broken = judged(SHARE, [0.50, 0.51, 0.50, 0.51] * 5, [0.45, 0.46, 0.45, 0.46] * 5)
    assert broken
    assert trial.shortfall == pytest.approx(0.05)
    _, unsure = judged(SHARE, [0.9, 0.1, 0.5, 0.51], [0.1, 0.9, 0.4, 0.46])
    assert not unsure
    _, within = judged(SHARE, [0.504] * 9, [0.5] * 9)
    assert not within


def test_less_is_better_where_the_measure_says_so() -> None:
    trial, broken = judged(DISTRESS, [10.0, 10.1] * 4, [11.0, 11.1] * 4)
    assert broken
    assert trial.shortfall == pytest.approx(1.0)
    assert not judged(DISTRESS, [11.0, 11.1] * 4, [10.0, 10.1] * 4)[1]


def test_runs_without_a_value_are_left_out_and_one_alone_says_nothing() -> None:
    trial, broken = judged(SHARE, [0.5, np.nan], [0.1, 0.2])
    assert (trial.replicates, broken) == (1, False)
    assert judged(SHARE, [np.nan], [0.1])[0].replicates == 0


def run_of(**fields: Any) -> Any:
    leavers = np.zeros(len(next(iter(fields.values()))), [
        ("trust_at", float, (MARKS,)), ("substance_at_release", int), ("substance_seen_week", int),
    ])  # fmt: skip
    for name, values in fields.items():
        column = leavers[name]
        if column.ndim > 1:
            column[:, Mark.WEEK_12] = values
        else:
            column[:] = values
    return SimpleNamespace(leavers=leavers), None


def test_trust_is_that_of_the_men_in_both_worlds() -> None:
    more, fewer = run_of(trust_at=[0.2, 0.4, 0.9]), run_of(trust_at=[0.3, 0.5])
    assert TRUST.pair(more, fewer) == pytest.approx((0.3, 0.4))


def test_starts_count_all_men_with_the_need_in_both_worlds() -> None:
    first = run_of(substance_at_release=[1, 1, 1, 0], substance_seen_week=[2, -1, 1, 0])
    second = run_of(substance_at_release=[0, 1, 1, 1], substance_seen_week=[-1, 3, 2, 1])
    assert STARTS.pair(first, second) == (0.5, 0.5)
    assert np.isnan(STARTS.pair(run_of(substance_at_release=[0]), second)).all()


def rows_of(monkeypatch: pytest.MonkeyPatch, **effort: int) -> pd.DataFrame:
    monkeypatch.setattr(PairedWorlds, "of", lambda *_: MadeUpWorlds())
    asked = Effort(draws=12, replicates=2, fresh_replicates=50, **effort)
    told: list[int] = []
    rows = pd.DataFrame(tried(MadeUpWorlds.law, FACTORS, UNITS, asked, 2, told.append))
    assert sorted(told) == list(range(1, asked.trials + 1))
    return rows


def test_the_worst_draws_are_tried_again_and_a_search_climbs_from_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = rows_of(monkeypatch, worst=4, starts=2, steps=20)
    assert rows["stage"].value_counts().to_dict() == {SCREEN: 12, AGAIN: 4, SEARCH: 2, CONFIRM: 2}
    worst = np.argsort(-(UNITS[:, 0] - UNITS[:, 1]))[:4]
    assert rows.loc[rows["stage"] == AGAIN, "draw"].tolist() == worst.tolist()
    climbed = rows[rows["stage"] == CONFIRM].set_index("draw")["shortfall"]
    begun = rows[rows["stage"] == SCREEN].set_index("draw")["shortfall"]
    assert (climbed > begun.loc[climbed.index]).all()
    assert "theme.x0" in rows["drivers"][0]


def test_what_the_search_itself_saw_is_no_counterexample(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(monkeypatch, worst=4, starts=2, steps=5)
    assert not rows.loc[rows["stage"] == SEARCH, "beyond"].any()
    assert rows.loc[rows["stage"] == CONFIRM, "beyond"].all()


def test_without_steps_nothing_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(monkeypatch, worst=3, starts=2, steps=0)
    assert set(rows["stage"]) == {SCREEN, AGAIN}


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PairedWorlds, "of", lambda *_: MadeUpWorlds())
    effort = Effort(draws=12, replicates=2, worst=3, starts=3, steps=8)
    one, four = (
        tried(MadeUpWorlds.law, FACTORS, UNITS, effort, threads, lambda _: None)
        for threads in (1, 4)
    )
    assert one == four
    assert ThreadPoolExecutor is search.ThreadPoolExecutor


def test_a_trial_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PairedWorlds, "of", lambda *_: MadeUpWorlds())
    effort = Effort(draws=3, replicates=2, worst=2, steps=0)
    first = try_laws(effort, 0, 1, lambda *_: None, tmp_path, LAWS[:2])

    def fail(*_: Any) -> Any:
        raise AssertionError("it was tried before")

    monkeypatch.setattr(trial_of_laws, "tried", fail)
    again = try_laws(effort, 0, 1, lambda *_: None, tmp_path, LAWS[:2])
    pd.testing.assert_frame_equal(first.trials, again.trials)
    assert {file.name for file in tmp_path.glob("*.parquet")} == {
        "laws.parquet", "trials.parquet", "net.parquet"
    }  # fmt: skip
    with pytest.raises(AssertionError):
        try_laws(Effort(draws=4, steps=0), 0, 1, lambda *_: None, tmp_path, LAWS[:1])


def test_the_findings_name_what_is_broken_and_which_signs_turn() -> None:
    laws = pd.DataFrame(
        [
            {"law": "a", "counterexamples": 0, "draws": 9, "fresh": 4, "shortfall": -1.0,
             "surely": -2.0, "margin": 0.1, "drivers": "x"},
            {"law": "b", "counterexamples": 2, "draws": 9, "fresh": 4, "shortfall": 0.5,
             "surely": 0.3, "margin": 0.1, "drivers": "more y.z"},
        ]
    )  # fmt: skip
    net = pd.DataFrame([{"law": "a", "turns": True}, {"law": "b", "turns": False}])
    first, second, third = findings(laws, net)
    assert first.startswith("1 of 2 laws hold: 9 draws")
    assert "Broken: b; by 0.5 (at least 0.3" in second
    assert "more y.z" in second
    assert third == "From the same staff hours the sign turns for a of 2 changes."
    assert [verdict(row) for row in laws.to_dict("records")] == ["holds", "broken: 2 of 4"]
