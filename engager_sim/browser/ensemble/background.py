"""Work beside the page: one question at a time, answered in waves, given up for the next."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Protocol

from engager_sim.runs.threads import threads_of_this_machine
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario

WAVES = (10, 20, 50)
"""After so many replicates of every world there is a first answer, and better ones."""
MOST_WORLDS = 12
"""How many worlds a background keeps the replicates of: to go back to one costs nothing."""
PAUSE = 0.5
"""Seconds between two reports of how far it is."""

WORKERS = ThreadPoolExecutor(max(1, threads_of_this_machine() - 1), "replicates")
PATIENT_WORKERS = ThreadPoolExecutor(1, "patient replicates")
"""All visits share them; a processor is left to the page."""


class Precedence:
    """Lets patient work wait between two replicates while urgent work is done."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._urgent = 0

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """Do urgent work inside."""
        with self._changed:
            self._urgent += 1
        try:
            yield
        finally:
            with self._changed:
                self._urgent -= 1
                self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until no urgent work is being done."""
        with self._changed:
            self._changed.wait_for(lambda: self._urgent == 0)


PRECEDENCE = Precedence()


class GrowingRuns[Result](Protocol):
    """The replicates of one world so far; more can be added, in order."""

    def __len__(self) -> int:
        """Count the replicates."""

    def add(self) -> None:
        """Run the next replicate."""

    def first(self, replicates: int) -> Result:
        """Give what the first so many replicates came to."""


@dataclass(frozen=True)
class Question[Result]:
    """Worlds of which so many replicates are wanted, with common random numbers.

    Attributes
    ----------
    runs : partial
        Makes the :class:`GrowingRuns` of a world: of its scenario, the seed, and where
        parameters are drawn from.
    scenarios : tuple of Scenario
        What is simulated.
    seed, replicates : int
        The random seed, and how many replicates of each.
    fitted : FittedParameters or None
        Where parameters are drawn from; None for central values.
    watched : bool
        Whether the run that the page shows is wanted too: the first replicate, at central values
        or at the one draw of ``at``.
    """

    runs: (
        "partial[Any]"  # of GrowingRuns[Result]: a partial of a class is no partial of its protocol
    )
    scenarios: tuple[Scenario, ...]
    seed: int
    replicates: int
    fitted: FittedParameters | None
    watched: bool = False
    at: FittedParameters | None = None

    @cached_property
    def keys(self) -> tuple[Hashable, ...]:
        """By what each world's runs are known: equal keys, equal runs."""
        what = (self.seed, id(self.fitted), self.runs.func, *self.runs.keywords.items())
        return tuple((str(scenario.resolved()), *what) for scenario in self.scenarios)

    def asks_the_same(self, other: "Question[Result] | None") -> bool:
        """Tell whether another question has the same answer."""
        return other is not None and self._asked == other._asked

    @property
    def _asked(self) -> Hashable:
        draw = None if self.at is None else self.at.only
        return (self.keys, self.replicates, self.watched, draw)


@dataclass(frozen=True)
class Answer[Result]:
    """The replicates so far, as many of every world; not one before the first wave is done.

    ``watched`` is the run of each world that the page shows, to its end; empty unless asked for.
    """

    question: Question[Result]
    done: int
    worlds: tuple[Result, ...]
    watched: tuple[Result, ...]


class Background[Result]:
    """Answers a visit's questions in a thread of its own.

    Parameters
    ----------
    tell : callable
        Called, in that thread, whenever the answer is a better one.
    patient : bool
        Whether it gives way to those of all visits that are not.

    Attributes
    ----------
    answer : Answer or None
        To the last question; None before its first wave.
    error : str
        Why the last question has no answer; empty unless it failed.
    runs_done : int
        How many runs of it are done.
    """

    def __init__(self, tell: Callable[[], None], patient: bool = False) -> None:
        self._patient = patient
        self.answer: Answer[Result] | None = None
        self.error = ""
        self.runs_done = 0
        self._tell = tell
        self._kept: OrderedDict[Hashable, GrowingRuns[Result]] = OrderedDict()
        self._asked: Question[Result] | None = None
        self._given_up = threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self, question: Question[Result]) -> None:
        """Begin to answer a question, and give up the one before; the same again changes nothing.

        While the new one has no answer, there is none: an old one is about others.
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
        self, question: Question[Result], given_up: threading.Event, before: threading.Thread | None
    ) -> None:
        if before is not None:
            before.join()
        try:
            self._answer(question, given_up)
        except Exception as error:  # a page that shows it is worth more than a thread that died
            self.error = str(error)
            self._say(given_up)

    def _answer(self, question: Question[Result], given_up: threading.Event) -> None:
        worlds = [
            self._known(key, question, scenario)
            for key, scenario in zip(question.keys, question.scenarios, strict=True)
        ]
        watched: list[GrowingRuns[Result]] = []
        if question.watched:
            watched = [
                question.runs(each, question.seed, question.at) for each in question.scenarios
            ]
        self._add(watched, 1, given_up)
        waves = [wave for wave in WAVES if wave < question.replicates]
        for wave in (*waves, question.replicates):
            self._add(worlds, wave, given_up)
            if given_up.is_set():
                return
            results = tuple(runs.first(wave) for runs in worlds)
            watched_results = tuple(runs.first(1) for runs in watched)
            self.answer = Answer(question, wave, results, watched_results)
            self._say(given_up)

    def _known(
        self, key: Hashable, question: Question[Result], scenario: Scenario
    ) -> GrowingRuns[Result]:
        if key not in self._kept:
            self._kept[key] = question.runs(scenario, question.seed, question.fitted)
        self._kept.move_to_end(key)
        while len(self._kept) > max(MOST_WORLDS, len(question.scenarios)):
            self._kept.popitem(last=False)
        return self._kept[key]

    def _add(
        self, worlds: Sequence[GrowingRuns[Any]], replicates: int, given_up: threading.Event
    ) -> None:
        """Run worlds up to so many replicates, unless they are given up meanwhile."""

        def complete(runs: GrowingRuns[Any]) -> None:
            while len(runs) < replicates and not given_up.is_set():
                if self._patient:
                    PRECEDENCE.give_way()
                runs.add()
                self.runs_done += 1

        different = {id(runs): runs for runs in worlds}.values()
        if self._patient:
            self._await([PATIENT_WORKERS.submit(complete, runs) for runs in different], given_up)
        else:
            with PRECEDENCE.urgent():
                self._await([WORKERS.submit(complete, runs) for runs in different], given_up)

    def _await(self, work: Sequence[Future[None]], given_up: threading.Event) -> None:
        """Wait for work, and report meanwhile: from this thread, for the pool's are nobody's."""
        while wait(work, PAUSE).not_done:
            self._say(given_up)
        for each in work:
            each.result()

    def _say(self, given_up: threading.Event) -> None:
        """Tell, unless nobody waits for this question any more."""
        if not given_up.is_set():
            self._tell()
