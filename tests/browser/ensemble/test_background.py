"""A background answers the last question, in waves, and gives up the ones before."""

import threading
from functools import partial

import pytest

from engager_sim.browser.ensemble.background import WAVES, Background, Precedence, Question
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from tests.week.worlds import small_trial


class Counted:
    """Runs that count themselves; ``hold`` is waited for before each."""

    made = 0
    hold = threading.Event()

    def __init__(self, scenario: Scenario, seed: int, fitted: FittedParameters | None) -> None:
        self._label = (scenario.name, seed, None if fitted is None else fitted.only)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self) -> None:
        assert self.hold.wait(10.0)
        type(self).made += 1
        self._count += 1

    def first(self, replicates: int) -> tuple[str, int]:
        return (*self._label[:1], replicates)


class Failing(Counted):
    """Runs that cannot be made."""

    def add(self) -> None:
        raise ValueError("no run can be made")


@pytest.fixture(autouse=True)
def _count_anew() -> None:
    Counted.made = 0
    Counted.hold.set()


def asked(replicates: int = 60, seed: int = 1, runs: type[Counted] = Counted) -> Question:
    return Question(partial(runs), (small_trial(6),), seed, replicates, None)


def test_answers_get_better_wave_by_wave() -> None:
    told: list[int] = []
    background: Background = Background(lambda: told.append(answered(background)))
    background.ask(asked())
    background.wait()
    assert told == [*WAVES, 60]
    assert background.answer is not None
    assert background.runs_done == 60


def answered(background: Background) -> int:
    return 0 if background.answer is None else background.answer.done


def test_it_tells_how_far_it_is_from_one_thread_that_belongs_to_the_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Solara knows a visit's threads by where they were made; a pool's are those of others."""
    monkeypatch.setattr("engager_sim.browser.ensemble.background.PAUSE", 0.001)
    Counted.hold.clear()
    told: list[threading.Thread] = []

    def tell() -> None:
        told.append(threading.current_thread())
        if len(told) == 3:
            Counted.hold.set()

    background: Background = Background(tell)
    background.ask(asked())
    background.wait()
    assert len(told) >= 3 + len(WAVES)
    assert len(set(told)) == 1
    assert not told[0].name.startswith("replicates")


def test_the_same_question_again_and_a_world_seen_before_cost_no_run() -> None:
    background: Background = Background(lambda: None)
    for seed in (1, 1, 2, 1):
        background.ask(asked(seed=seed))
        background.wait()
    assert Counted.made == 120


def test_more_replicates_go_on_from_those_there_are() -> None:
    background: Background = Background(lambda: None)
    for replicates in (60, 100):
        background.ask(asked(replicates))
        background.wait()
    assert Counted.made == 100


def test_a_new_question_gives_up_the_one_before_and_nothing_of_that_is_told() -> None:
    told: list[int] = []
    background: Background = Background(lambda: told.append(1))
    Counted.hold.clear()
    background.ask(asked(800))
    assert background.answer is None
    background.ask(asked(20, seed=2))
    Counted.hold.set()
    background.wait()
    assert background.answer is not None
    assert background.answer.question.seed == 2
    assert Counted.made <= 22
    assert len(told) == 2


def test_a_failure_is_told_and_the_next_question_is_answered() -> None:
    background: Background = Background(lambda: None)
    background.ask(asked(runs=Failing))
    background.wait()
    assert (background.answer, background.error) == (None, "no run can be made")
    background.ask(asked(20))
    background.wait()
    assert (answered(background), background.error) == (20, "")


def test_patient_work_waits_for_urgent_work() -> None:
    precedence, order = Precedence(), []
    begun = threading.Event()

    def patient() -> None:
        begun.set()
        precedence.give_way()
        order.append("patient")

    with precedence.urgent():
        thread = threading.Thread(target=patient)
        thread.start()
        assert begun.wait(10.0)
        thread.join(0.05)
        order.append("urgent")
    thread.join(10.0)
    assert order == ["urgent", "patient"]
