"""The same world as a Mesa model: the compiled week, one step at a time."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mesa
import networkx as nx
import numpy as np
import pandas as pd
from mesa.agent import AgentSet

from engager_sim.errors import UsageError
from engager_sim.mesa_model.agents import Peer, Practitioner, PrisonLeaver, Staff, Supervisor
from engager_sim.mesa_model.event_record import EventRecord
from engager_sim.mesa_model.headline_measures import Measure, headline_measures
from engager_sim.mesa_model.record_views import views
from engager_sim.outcomes.measurement import OUTCOMES
from engager_sim.runs.batch import measure_run
from engager_sim.runs.plan import arms_with_men, plan_of
from engager_sim.runs.tables.events import LoggedRun, events_table
from engager_sim.runs.tables.runs import runs_table
from engager_sim.scenarios.fitted_parameters import POSTERIOR, FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.week.engine import advance, populate_world
from engager_sim.week.tallies import no_tables
from engager_sim.world.agencies import network
from engager_sim.world.deployment import fresh
from engager_sim.world.dice import MAX_SEED, dice_for
from engager_sim.world.records import NEXT_WEEK
from engager_sim.world.setting import Setting

MAX_REPLICATE = 2**32 - 1


class EngagerModel(mesa.Model):  # type: ignore[misc]  # Mesa ships no types
    """A scenario as a Mesa model.

    Agents are views onto the records that the compiled week reads and writes, so a step costs what
    a week of a batch costs, and at the end :meth:`outcomes` equals, bit for bit, what
    ``simulate`` gives for the same scenario, seed, replicate and parameters. Writing to an agent's
    attribute is an intervention: the next step goes on from there.

    One world is watched, so it stands at the parameters' defaults, or at one draw.

    Parameters
    ----------
    scenario : str, path or Scenario
        The name of a preset, a scenario file, or a loaded scenario.
    rng : int
        The random seed, from 0 to 2^64 - 1. It seeds the random numbers of the rules. Mesa's own
        ``model.rng`` and ``model.random`` are seeded from it too, but no rule draws from them, so
        shuffling agents or drawing from them changes nothing.
    replicate : int
        Which replicate of that seed, from 0.
    events : bool
        Whether to keep what happens to whom, for :meth:`events`; it changes no result.
    draw : int, optional
        The number, from 0, of the draw of ``parameters`` at which the world stands; at the
        parameters' defaults unless given.
    parameters : FittedParameters, str or Path
        Which draws these are: ``posterior``, or a calibration's file.

    Raises
    ------
    ScenarioError
        If the scenario cannot be used.
    UsageError
        If ``rng`` or ``replicate`` is not a whole number in its range, or there is no such draw.

    Examples
    --------
    >>> from engager_sim.mesa_model import EngagerModel
    >>> model = EngagerModel("engager_trial", rng=1)  # doctest: +SKIP
    >>> model.run_model()  # doctest: +SKIP
    >>> model.datacollector.get_model_vars_dataframe()  # doctest: +SKIP
    """

    def __init__(
        self,
        scenario: str | os.PathLike[str] | Scenario = "engager_trial",
        rng: int = 1,
        replicate: int = 0,
        events: bool = False,
        draw: int | None = None,
        parameters: FittedParameters | str | os.PathLike[str] = POSTERIOR,
    ) -> None:
        seed = _whole_number("rng", rng, MAX_SEED, "give a seed, not a generator")
        replicate = _whole_number("replicate", replicate, MAX_REPLICATE)
        super().__init__(rng=seed)
        loaded = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
        named = Path(parameters) if isinstance(parameters, os.PathLike) else parameters
        fitted = None if draw is None else FittedParameters.of(named, draw)
        plan = plan_of(loaded, seed, fitted)
        self.plan = replace(plan, theories=plan.theories_of(replicate), drawn=None)
        self.question = loaded.question
        self.setting: Setting = loaded.setting
        self.replicate = replicate
        self.world = fresh(self.plan.template)
        self.dice = dice_for(seed, replicate)
        populate_world(self.world, self.plan.theories, self.plan.entry, self.dice)
        self.graph = network(self.setting)
        self.men = views(PrisonLeaver, self, self.world.leavers)
        self.staff = Staff(
            views(Practitioner, self, self.world.practitioners),
            views(Supervisor, self, self.world.supervisors),
            views(Peer, self, self.world.peers),
        )
        self.event_record = EventRecord(len(self.men)) if events else None
        reporters = {name: _reporter(measure) for name, measure in headline_measures().items()}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)
        self.datacollector.collect(self)

    def step(self) -> None:
        """Simulate one week; do nothing once every man has been followed to the end."""
        if self.week >= self.weeks:
            return
        theories, entry, week = self.plan.theories, self.plan.entry, self.week
        if self.event_record is None:
            advance(self.world, theories, entry, self.dice, week, week + 1, no_tables(), None)
        else:
            self.event_record.pass_week(self.world, theories, entry, self.dice, week)
        self.datacollector.collect(self)
        self.running = self.week < self.weeks

    @property
    def week(self) -> int:
        """How many weeks have passed; also the number of the coming week, from 0."""
        return int(self.world.clock[NEXT_WEEK])

    @property
    def weeks(self) -> int:
        """How many weeks there are until every man has been followed to the end."""
        return self.plan.weeks

    @property
    def leavers(self) -> "AgentSet[PrisonLeaver]":
        """All men of the scenario, those who have not entered yet included."""
        return AgentSet(self.men, random=self.random)

    @property
    def practitioners(self) -> "AgentSet[Practitioner]":
        """All posts for practitioners."""
        return AgentSet(self.staff.practitioners, random=self.random)

    @property
    def supervisors(self) -> "AgentSet[Supervisor]":
        """All supervisors."""
        return AgentSet(self.staff.supervisors, random=self.random)

    @property
    def peers(self) -> "AgentSet[Peer]":
        """All posts for peers."""
        return AgentSet(self.staff.peers, random=self.random)

    @property
    def network(self) -> "nx.Graph[str]":
        """The agency network with its current ties.

        Nodes carry ``kind``, ``enforces``, ``leads``, ``site`` and ``both_sides``, and ``places``
        and ``accepts_above`` where they are given; edges carry the tie's current ``strength`` and
        whether there is a ``shared_record`` and whether the two are ``colocated``. Every pair of
        agencies that can work together is an edge, also at strength 0.
        """
        agencies = self.setting.agencies
        for tie in self.world.ties:
            edge = self.graph.edges[agencies[tie["first"]].name, agencies[tie["second"]].name]
            edge["strength"] = float(tie["strength"])
            edge["shared_record"] = bool(tie["shared_record"])
            edge["colocated"] = bool(tie["colocated"])
        return self.graph

    def outcomes(self) -> dict[str, float]:
        """Measure every declared outcome of the run so far.

        Returns
        -------
        dict
            Outcome to value over all men; with two arms also ``_programme``, ``_usual_care`` and
            ``_difference``; NaN where there is no value. They have their declared meaning once the
            model has stopped.
        """
        results = np.empty((1, len(OUTCOMES), 3))
        measure_run(self.world, self.plan.theories, results[0])
        table = runs_table(self.plan.scenario, self.plan.seed, results, arms_with_men(self.plan))
        row = table.drop(columns=["scenario", "replicate", "seed"]).iloc[0]
        return {str(name): float(value) for name, value in row.items()}

    def events(self) -> pd.DataFrame:
        """Make the table of all events so far, as a batch would write it.

        Raises
        ------
        UsageError
            If the model was made without ``events=True``.
        """
        if self.event_record is None:
            raise UsageError(
                "this model keeps no events", key="events", fix="make it with events=True"
            )
        run = LoggedRun(self.event_record.rows(), self.world)
        return events_table(self.plan.scenario, [run])


def _reporter(measure: Measure) -> Callable[[EngagerModel], float]:
    """Make a reporter for a ``DataCollector`` from a measure of a world."""
    return lambda model: measure(model.world)


def _whole_number(name: str, value: object, most: int, fix: str | None = None) -> int:
    usable = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not usable or not 0 <= int(value) <= most:  # type: ignore[call-overload]
        allowed = f"a whole number from 0 to {most}"
        raise UsageError(f"{name} cannot be used", key=name, value=value, allowed=allowed, fix=fix)
    return int(value)  # type: ignore[call-overload,no-any-return]
