"""Work beside the page: one question at a time, answered in waves, given up for the next."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from engager_sim.browser.ensemble.replicates import Replicates, WorldRuns
from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario

WAVES = (10, 20, 50)
"""After so many replicates of every world there is a first answer, and better ones."""
MOST_WORLDS = 12
"""How many worlds a visit keeps the replicates of: to go back to one costs nothing."""

PAUSE = 0.5
"""Seconds between two reports of how far it is."""

WORKERS = ThreadPoolExecutor(max(1, threads_of_this_machine() - 1), "replicates")
"""All visits share them, and leave a processor to the page."""


@dataclass(frozen=True)
class Question:
    """Worlds of which so many replicates are wanted, with common random numbers.

    Attributes
    ----------
    scenarios : tuple of Scenario
        What is simulated.
    seed, replicates : int
        The random seed, and how many replicates of each.
    fitted : FittedParameters or None
        Where parameters are drawn from; None for central values.
    courses : bool
        Whether measures by week are wanted too.
    watched : bool
        Whether the run that the page shows is wanted too: the first replicate, at central values
        or at one draw of ``at``.
    """

    scenarios: tuple[Scenario, ...]
    seed: int
    replicates: int
    fitted: FittedParameters | None
    courses: bool = False
    watched: bool = False
    at: FittedParameters | None = None

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """By what each world's runs are known: equal keys, equal runs."""
        return tuple(
            f"{scenario.resolved()} {self.seed} {self.courses}" for scenario in self.scenarios
        )

    def asks_the_same(self, other: "Question | None") -> bool:
        """Tell whether another question has the same answer."""
        return other is not None and self.keys == other.keys and self._rest == other._rest

    @property
    def _rest(self) -> Hashable:
        draw = None if self.at is None else self.at.only
        return (self.replicates, id(self.fitted), self.watched, draw)


@dataclass(frozen=True)
class Answer:
    """The replicates so far, as many of every world; not one before the first wave is done.

    ``watched`` is the run of each world that the page shows, to its end; empty unless asked for.
    """

    question: Question
    done: int
    worlds: tuple[Replicates, ...]
    watched: tuple[Replicates, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all that was asked for is done."""
        return self.done == self.question.replicates


class Background:
    """Answers a visit's questions in a thread of its own.

    Parameters
    ----------
    tell : callable
        Called, in that thread, whenever the answer is a better one.

    Attributes
    ----------
    answer : Answer or None
        To the last question; None before its first wave.
    error : str
        Why the last question has no answer; empty unless it failed.
    runs_done : int
        How many runs of it are done.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self.answer: Answer | None = None
        self.error = ""
        self.runs_done = 0
        self._tell = tell
        self._told = time.monotonic()
        self._kept: OrderedDict[Hashable, WorldRuns] = OrderedDict()
        self._asked: Question | None = None
        self._given_up = threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self, question: Question) -> None:
        """Begin to answer a question, and give up the one before; the same again changes nothing.

        While the new one has no answer, the page keeps showing none: an old one is about others.
        """
        if question.asks_the_same(self._asked):
            return
        before = self.give_up()
        self._asked, self.answer, self.error, self.runs_done = question, None, "", 0
        given_up = self._given_up = threading.Event()
        # Solara's pages tell their threads by where these were made: a pool's would be nobody's.
        self._thread = threading.Thread(
            target=self._run, args=(question, given_up, before), daemon=True
        )
        self._thread.start()

    def give_up(self) -> threading.Thread | None:
        """Stop as soon as the replicates at work are done; give the thread that is still at it."""
        self._given_up.set()
        self._asked = None
        return self._thread

    def wait(self) -> None:
        """Wait until the last question is answered."""
        if self._thread is not None:
            self._thread.join()

    def _run(
        self, question: Question, given_up: threading.Event, before: threading.Thread | None
    ) -> None:
        if before is not None:
            before.join()
        try:
            self._answer(question, given_up)
        except Exception as error:
            if not given_up.is_set():
                self.error = str(error)
                self._say(given_up)

    def _answer(self, question: Question, given_up: threading.Event) -> None:
        worlds = [
            self._runs(key, question, scenario, question.fitted)
            for key, scenario in zip(question.keys, question.scenarios, strict=True)
        ]
        watched = []
        if question.watched:
            watched = [
                WorldRuns(each, question.seed, question.at, question.courses)
                for each in question.scenarios
            ]
            self._add(watched, 1, given_up)
        of_page = tuple(runs.first(1) for runs in watched)
        waves = [wave for wave in WAVES if wave < question.replicates]
        for wave in (*waves, question.replicates):
            self._add(worlds, wave, given_up)
            if given_up.is_set():
                return
            replicates = tuple(runs.first(wave) for runs in worlds)
            self.answer = Answer(question, wave, replicates, of_page)
            self._say(given_up)

    def _runs(
        self, key: str, question: Question, scenario: Scenario, fitted: FittedParameters | None
    ) -> WorldRuns:
        known = (key, id(fitted))
        if known not in self._kept:
            self._kept[known] = WorldRuns(scenario, question.seed, fitted, question.courses)
        self._kept.move_to_end(known)
        while len(self._kept) > max(MOST_WORLDS, len(question.scenarios)):
            self._kept.popitem(last=False)
        return self._kept[known]

    def _add(self, worlds: Sequence[WorldRuns], replicates: int, given_up: threading.Event) -> None:
        """Run worlds up to so many replicates, unless they are given up meanwhile."""

        def complete(runs: WorldRuns) -> None:
            while len(runs) < replicates and not given_up.is_set():
                runs.add()
                self.runs_done += 1
                if time.monotonic() - self._told > PAUSE:
                    self._say(given_up)

        different = {id(runs): runs for runs in worlds}
        list(WORKERS.map(complete, different.values()))

    def _say(self, given_up: threading.Event) -> None:
        """Tell, unless nobody waits for this question any more."""
        if not given_up.is_set():
            self._told = time.monotonic()
            self._tell()
