"""A scenario: the setting and the theory that one question asks about, read from a file."""

import dataclasses
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from engager_sim.costs.price_list import PriceList
from engager_sim.errors import ScenarioError
from engager_sim.scenarios.costs_table import costs_data, flat_costs, read_costs
from engager_sim.scenarios.layered_file import LayeredFile
from engager_sim.scenarios.named_file import named_file, refuse_unnamed
from engager_sim.scenarios.network_survey import read_ties
from engager_sim.scenarios.own_data import Men, arms_of, read_men, refuse_unusable_reading
from engager_sim.scenarios.scenario_file import (
    find_scenario,
    preset_files,
    read_layers,
    read_upload,
)
from engager_sim.scenarios.scenario_text import (
    differences,
    flat_setting,
    scenario_text,
    setting_data,
    theory_differences,
)
from engager_sim.scenarios.setting_checks import TiesKnown, check_arms, check_setting, settled
from engager_sim.scenarios.setting_tables import read_question, read_setting, refuse_unknown_tables
from engager_sim.scenarios.surveyed_ties import Levels, is_surveyed, levels_of, moved_ties
from engager_sim.scenarios.theory_values import Groups, named_values, read_values, theories_of
from engager_sim.scenarios.uploaded_file import UploadedFile
from engager_sim.world.deployment import deploy
from engager_sim.world.population import Entry
from engager_sim.world.records import ARMS, World
from engager_sim.world.setting import Setting


@dataclass(frozen=True)
class Scenario:
    """A setting, what it changes in the theory, and men from own data if there are any.

    Attributes
    ----------
    name : str
        The preset's name, or the file's name without its ending.
    question : str
        The question it asks.
    file : Path
        The file it was read from.
    setting : Setting
        Population, network, agencies, ties, teams and follow-up.
    values : dict
        What it says of the theory: tables ``theory``, ``programme`` and ``usual_care``.
    men : numpy.recarray of GIVEN, optional
        What own data says of each man; NaN where the dice decide.
    ids : tuple of str
        The men's own ids, if own data has any.
    notes : tuple of str
        What of its files was read, and what was not used.
    surveyed_at : tuple of Levels
        The levers at which listed ties were surveyed, of both arms: those of the file that lists
        them. Empty where no tie is given more than its ends.
    costs : PriceList
        What it says of prices; no run reads it.
    """

    name: str
    question: str
    file: Path
    setting: Setting
    values: dict[str, Groups]
    men: np.recarray | None = dataclasses.field(default=None, compare=False, repr=False)
    ids: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    notes: tuple[str, ...] = dataclasses.field(default=(), compare=False, repr=False)
    surveyed_at: tuple[Levels, ...] = ()
    costs: PriceList = PriceList()

    @classmethod
    def load(cls, name_or_path: str | os.PathLike[str]) -> Self:
        """Read a preset by name, or a scenario file by path.

        Raises
        ------
        ScenarioError
            If anything in it cannot be used: one message with file, key, value and what is
            allowed.
        """
        return cls.from_layers(read_layers(find_scenario(name_or_path)))

    @classmethod
    def from_upload(cls, files: Sequence[UploadedFile]) -> Self:
        """Read a scenario from files that were sent; see :func:`scenario_file.read_upload`."""
        layers = read_upload(files)
        refuse_unnamed(layers)
        return cls.from_layers(layers)

    @classmethod
    def from_layers(cls, file: LayeredFile) -> Self:
        """Make the scenario that a file says, with those that it builds on, once they are read."""
        refuse_unknown_tables(file)
        setting = read_setting(file)
        refuse_unusable_reading(setting, file)
        known = check_setting(setting, file)
        setting, notes = settled(setting)
        setting, tie_notes = _read_own_ties(setting, known, file)
        setting, men = _read_own_men(setting, file)
        return cls(
            name=file.name,
            question=read_question(file),
            file=file.top.file,
            setting=setting,
            values=read_values(file),
            men=None if men is None else men.given,
            ids=() if men is None else men.ids,
            notes=(*notes, *tie_notes, *(() if men is None else men.notes)),
            surveyed_at=_levels_at_survey(setting, file),
            costs=read_costs(file),
        )

    @classmethod
    def presets(cls) -> list[str]:
        """List the names of the scenarios that ship with the package."""
        return list(preset_files())

    def theories(self) -> np.recarray:
        """Make the theories of both arms, programme then usual care."""
        return theories_of(self.values)

    def entry(self) -> Entry:
        """Gather how men enter and how long they are followed."""
        people = self.setting.population
        programme, usual_care = people.allocation
        return Entry(
            recruitment=people.recruitment_weeks,
            shortest_to_release=people.shortest_to_release,
            longest_to_release=people.longest_to_release,
            allocation=(programme, usual_care),
            follow_up=self.setting.follow_up_weeks,
            traits=people.correlations.factored(),
        )

    def weeks(self) -> int:
        """Count the weeks to simulate so that every man is followed to the end."""
        people = self.setting.population
        entered = np.array([people.recruitment_weeks - 1.0])
        to_release = np.array([float(people.longest_to_release)])
        if self.men is not None:
            entered = _where_given(self.men["entry_week"], entered[0])
            to_release = _where_given(self.men["weeks_to_release"], to_release[0])
        return int(np.max(entered + to_release)) + self.setting.follow_up_weeks + 1

    def leaver_weeks(self, leavers: int) -> int:
        """Estimate how many weeks of lives one run passes with so many leavers."""
        people = self.setting.population
        inside = (people.shortest_to_release + people.longest_to_release) / 2.0
        return max(1, round(leavers * (inside + self.setting.follow_up_weeks)))

    @property
    def deployed(self) -> Setting:
        """The setting, with listed ties moved from the levers' values at their survey to these."""
        if not self.surveyed_at:
            return self.setting
        ties = moved_ties(self.setting, self.surveyed_at, levels_of(self.values))
        return dataclasses.replace(self.setting, ties=ties)

    def template(self) -> World:
        """Deploy agencies, teams and places: the world before any chance has been drawn."""
        try:
            return deploy(self.deployed, self.men)
        except ScenarioError as error:
            raise ScenarioError(error.problem, file=self.file, fix=error.fix) from None

    def resolved(self) -> dict[str, Any]:
        """Write out everything the scenario comes to, as data that JSON can hold.

        Returns
        -------
        dict
            Name, question, setting, all parameters of both arms, notes on what was read, and for
            own data on men their number and a digest of their values and ids; its costs if it says
            anything of them.
        """
        costs = costs_data(self.costs)
        return {
            "name": self.name,
            "question": self.question,
            "setting": setting_data(self.deployed),
            "parameters": named_values(self.theories()),
            "men": self._own_data(),
            "notes": list(self.notes),
        } | ({"costs": costs} if costs else {})

    def to_toml(self) -> str:
        """Write a scenario file that loads to this scenario and builds on no other file."""
        return scenario_text(self.question, self.deployed, self.values, costs_data(self.costs))

    def difference(self, other: "Scenario") -> list[tuple[str, Any, Any]]:
        """List what differs: key, value here, value there (``None`` where there is none)."""
        found = differences(self._flat_setting(), other._flat_setting())
        found += theory_differences(named_values(self.theories()), named_values(other.theories()))
        return found + differences(flat_costs(self.costs), flat_costs(other.costs))

    def _flat_setting(self) -> dict[str, Any]:
        own = self._own_data()
        return flat_setting(self.setting) | ({} if own is None else {"men.digest": own["digest"]})

    def _own_data(self) -> dict[str, Any] | None:
        if self.men is None:
            return None
        men = self.men.tobytes() + "\n".join(self.ids).encode()
        digest = hashlib.blake2b(men, digest_size=16).hexdigest()
        return {"count": len(self.men), "digest": digest}


def _where_given(values: npt.NDArray[np.float64], otherwise: float) -> npt.NDArray[np.float64]:
    return np.where(np.isnan(values), otherwise, values)


def _read_own_ties(
    setting: Setting, known: TiesKnown, file: LayeredFile
) -> tuple[Setting, list[str]]:
    network = setting.network
    if network.ties is None:
        if network.strength is not None:
            raise file.error(
                "there is no network file that this could be about",
                ("network", "strength"),
                value=network.strength,
                fix='write ties = "FILE.csv" too, or take the line out',
            )
        return setting, []
    survey = named_file(file, ("network", "ties"), network.ties)
    read, notes = read_ties(survey, known, network.strength)
    network = dataclasses.replace(network, ties=None, strength=None)
    setting = dataclasses.replace(setting, network=network, ties=[*setting.ties, *read])
    tied = {name for tie in setting.ties for name in tie.between}
    if untied := ", ".join(name for name in known.agencies if name not in tied):
        told = f'structure = "{network.structure}" decides theirs'
        notes.append(f"no tie was listed or read for {untied}; {told}")
    return setting, notes


def _levels_at_survey(setting: Setting, file: LayeredFile) -> tuple[Levels, ...]:
    """Give the levers' values in the file that lists the ties, under all that is based on it."""
    if not any(is_surveyed(tie) for tie in setting.ties):
        return ()
    lists = [("ties",)] if file.data.get("ties") else []
    surveys = [("network", "ties")] if "ties" in file.data.get("network", {}) else []
    brought = max(file.origin(path) for path in (*lists, *surveys))
    return levels_of(read_values(file.up_to(brought)))


def _read_own_men(setting: Setting, file: LayeredFile) -> tuple[Setting, Men | None]:
    people = setting.population
    allocated = {arm for arm, part in zip(ARMS, people.allocation, strict=True) if part > 0}
    if people.men is None:
        check_arms(setting, allocated, file)
        return setting, None
    source = named_file(file, ("population", "men"), people.men)
    men = read_men(source, setting)
    check_arms(setting, arms_of(men, allocated), file)
    count, path = len(men.given), ("population", "leavers")
    said = "leavers" in file.data["population"] and people.leavers != count
    if said and file.origin(path) >= file.origin(("population", "men")):
        raise file.error(
            f"the number of men disagrees with the {count} rows of {source.name}",
            path,
            value=people.leavers,
            allowed=str(count),
            fix="leave leavers out: the table decides",
        )
    people = dataclasses.replace(
        people, leavers=count, men=source.as_posix(), **_times_of(men.given)
    )
    return dataclasses.replace(setting, population=people), men


def _times_of(men: np.recarray) -> dict[str, Any]:
    """Give the weeks over which men enter, and before release, where a table says so of each.

    What a service has a year follows from the first, whatever a file says of men not in the table.
    """
    times: dict[str, Any] = {}
    entry, release = men["entry_week"], men["weeks_to_release"]
    if not np.isnan(entry).any():
        times["recruitment_weeks"] = int(entry.max() - entry.min()) + 1
    if not np.isnan(release).any():
        times["shortest_to_release"] = int(release.min())
        times["longest_to_release"] = int(release.max())
    return times
