"""What must hold between the parts of a setting: names, sites, arms, staff."""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from functools import partial

from engager_sim.errors import ScenarioError
from engager_sim.scenarios.layered_file import KeyPath, LayeredFile, did_you_mean
from engager_sim.scenarios.names_alike import refuse_names_alike
from engager_sim.scenarios.value_checks import listed, unknown_name
from engager_sim.theory.circumstances import NEEDS
from engager_sim.world.agencies import share_a_site
from engager_sim.world.agency_choice import FIRST_CHOICE, SECOND_CHOICE
from engager_sim.world.correlated_traits import CorrelationSetting
from engager_sim.world.records import ARMS
from engager_sim.world.setting import AGENCY_KINDS, AgencySetting, Setting, TeamSetting, TieSetting

SERVING_KINDS = tuple(
    AGENCY_KINDS[kind] for kind in sorted({*FIRST_CHOICE[:NEEDS], *SECOND_CHOICE[:NEEDS]})
)
"""The kinds of agency that may serve a need."""
MOST_AGENCIES = 300
"""Every pair that shares a site is a tie; 300 agencies already make 44,850 of them."""

type Refusal = Callable[..., ScenarioError]


def check_setting(setting: Setting, file: LayeredFile) -> "TiesKnown":
    """Check that the parts of a setting fit one another.

    Returns
    -------
    TiesKnown
        The ties it lists, for those that a network survey adds.

    Raises
    ------
    ScenarioError
        On the first that does not.
    """
    if len(setting.agencies) > MOST_AGENCIES:
        raise file.error(
            "there are too many agencies",
            ("agencies",),
            value=len(setting.agencies),
            allowed=f"at most {MOST_AGENCIES}",
            fix="simulate sites that share no agency as scenarios of their own",
        )
    refuse_names_alike(setting, file)
    _check_population(setting, file)
    _check_lead(setting, file)
    for index, agency in enumerate(setting.agencies):
        _refuse_idle_facts(agency, ("agencies", index), file)
    for index, team in enumerate(setting.teams):
        _check_team(team, setting, ("teams", index), file)
    known = TiesKnown(setting.agencies)
    for index, tie in enumerate(setting.ties):
        if known.agencies.keys() >= set(tie.between) or not _is_older(("ties",), file):
            known.add(tie, partial(file.error, path=("ties", index, "between")))
    return known


def settled(setting: Setting) -> tuple[Setting, list[str]]:
    """Settle what a checked setting leaves open.

    Returns
    -------
    setting : Setting
        Each team that names no site is where its agency is; ties and a lead of agencies that a
        child's own replaced are left out.
    notes : list of str
        What was left out.
    """
    sites = {agency.name: agency.site for agency in setting.agencies}
    teams = [
        dataclasses.replace(team, site=sites[team.agency] if team.site is None else team.site)
        for team in setting.teams
    ]
    former = [tie for tie in setting.ties if not sites.keys() >= set(tie.between)]
    ties = [tie for tie in setting.ties if tie not in former]
    network, gone = setting.network, [" - ".join(tie.between) for tie in former]
    notes = [f"ties of agencies that are no longer there: {', '.join(gone)}"] if gone else []
    if network.lead is not None and network.lead not in sites:
        notes.append(f"lead of the network that is no longer there: {network.lead}")
        network = dataclasses.replace(network, lead=None)
    left_out = [f"left out from what this builds on: {note}" for note in notes]
    return dataclasses.replace(setting, teams=teams, ties=ties, network=network), left_out


def _is_older(path: KeyPath, file: LayeredFile) -> bool:
    """Tell whether a key was written by a file on which the one builds that lists agencies."""
    return file.origin(path) < file.origin(("agencies",))


def check_arms(setting: Setting, arms_with_men: Collection[str], file: LayeredFile) -> None:
    """Check that every arm which gets men has a team to work with them.

    Raises
    ------
    ScenarioError
        If an arm has men and no team.
    """
    for arm in ARMS:
        if arm in arms_with_men and all(team.arm != arm for team in setting.teams):
            raise file.error(
                f"the arm {arm} gets men but has no team",
                ("teams",),
                allowed="at least one team for each arm with men",
                fix=f'add a team with arm = "{arm}", or set its part of population.allocation to 0',
            )


class TiesKnown:
    """The ties listed so far, to refuse one that cannot be or that is listed twice.

    Parameters
    ----------
    agencies : sequence of AgencySetting
        The agencies that may be tied.
    """

    def __init__(self, agencies: Sequence[AgencySetting]) -> None:
        self.agencies = {agency.name: agency for agency in agencies}
        self._pairs: set[frozenset[str]] = set()

    def add(self, tie: TieSetting, refuse: Refusal) -> None:
        """Add a tie.

        Parameters
        ----------
        tie : TieSetting
            The tie.
        refuse : callable
            Makes the error; called with the problem and, by name, value, allowed and fix.

        Raises
        ------
        ScenarioError
            If an agency is unknown, the two are one, cannot meet, or are tied already.
        """
        for name in tie.between:
            if name not in self.agencies:
                raise refuse(
                    "there is no agency of this name",
                    value=name,
                    allowed=listed(self.agencies),
                    fix=did_you_mean(name, self.agencies) or "add it under [[agencies]]",
                )
        first, second = (self.agencies[name] for name in tie.between)
        if first is second:
            raise refuse(
                "an agency cannot be tied to itself",
                value=first.name,
                allowed="two different agencies",
                fix="name the other agency, or remove the tie",
            )
        if not share_a_site(first, second):
            raise refuse(
                "agencies of different sites cannot be tied",
                value=f"{first.name} at {first.site}, {second.name} at {second.site}",
                allowed="agencies of one site, or one that works at all sites",
                fix="give one of the two no site if it works at all sites, or remove the tie",
            )
        pair = frozenset(tie.between)
        if pair in self._pairs:
            raise refuse(
                "this tie is listed twice",
                value=" - ".join(tie.between),
                allowed="one entry for each pair, in either direction",
                fix="keep one of them, for example with the mean strength of the two reports",
            )
        self._pairs.add(pair)


def _check_population(setting: Setting, file: LayeredFile) -> None:
    people = setting.population
    if people.shortest_to_release > people.longest_to_release:
        raise file.error(
            "the shortest time to release is longer than the longest",
            ("population", "shortest_to_release"),
            value=people.shortest_to_release,
            allowed=f"at most longest_to_release, {people.longest_to_release}",
            fix="exchange the two values",
        )
    _check_correlations(people.correlations, file)
    if sum(people.allocation) == 0:
        raise file.error(
            "nobody is allocated to any arm",
            ("population", "allocation"),
            value=str(people.allocation),
            allowed="two whole numbers, programme and usual care, at least one of them above 0",
            fix="write for example allocation = [1, 1]",
        )


def _check_correlations(correlations: CorrelationSetting, file: LayeredFile) -> None:
    if (pair := correlations.impossible_pair()) is not None:
        raise file.error(
            "no men can have traits that are correlated like this: the correlations between needs, "
            "distress, prior trust, motivation and age contradict each other",
            ("population", "correlations", pair),
            value=getattr(correlations, pair),
            allowed="correlations whose matrix is positive definite",
            fix="bring this one, or others of the same traits, nearer to 0",
        )


def _check_lead(setting: Setting, file: LayeredFile) -> None:
    lead, names = setting.network.lead, [agency.name for agency in setting.agencies]
    if lead is not None and lead not in names and not _is_older(("network", "lead"), file):
        raise unknown_name(
            "there is no agency of this name", lead, names, ("network", "lead"), file
        )


def _refuse_idle_facts(agency: AgencySetting, path: KeyPath, file: LayeredFile) -> None:
    """Refuse what says how a service takes men in of an agency that serves no need."""
    if agency.kind in SERVING_KINDS:
        return
    said = {
        "places": agency.places is not None,
        "accepts_above": agency.accepts_above is not None,
        "both_sides": agency.both_sides,
    }
    for name in (name for name, is_said in said.items() if is_said):
        raise file.error(
            f"an agency of the kind {agency.kind} serves no need, so this would have no effect",
            (*path, name),
            value=getattr(agency, name),
            allowed=f"for the kinds {', '.join(SERVING_KINDS)}",
            fix=f"remove {name}, or give it to the service that meets the need",
        )


def _check_team(team: TeamSetting, setting: Setting, path: KeyPath, file: LayeredFile) -> None:
    agencies = {agency.name: agency for agency in setting.agencies}
    if team.agency not in agencies:
        replaced = (
            f"{file.origin_file(('agencies',)).name} lists other agencies: list teams there too"
        )
        raise unknown_name(
            "there is no agency of this name",
            team.agency,
            agencies,
            (*path, "agency"),
            file,
            replaced if _is_older(("teams",), file) else None,
        )
    sites = {agency.site: None for agency in setting.agencies if agency.site is not None}
    if team.site is not None and team.site not in sites:
        raise unknown_name(
            "no agency is at a site of this name", team.site, sites, (*path, "site"), file
        )
    home = agencies[team.agency].site
    if home is not None and team.site is not None and team.site != home:
        raise file.error(
            f"the team's agency {team.agency} is at another site",
            (*path, "site"),
            value=team.site,
            allowed=home,
            fix="leave the team's site out, or give the team an agency of its own site",
        )
    if team.supervisors > team.practitioners:
        raise file.error(
            "a supervisor would have nobody to supervise",
            (*path, "supervisors"),
            value=team.supervisors,
            allowed=f"at most one for each practitioner, {team.practitioners}",
            fix=f"set supervisors = {team.practitioners}, or add practitioners",
        )
