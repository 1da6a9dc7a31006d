"""Descriptions of scenarios, changes and factors, with the provenance of each number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engager_sim.designs.setting_factors import declared_settings
from engager_sim.scenarios.theory_values import declared
from engager_sim.theory import parameters
from engager_sim.theory.declaration import ASSUMPTION, Parameter
from engager_sim.theory.sources import SOURCES
from engager_sim.world.records import ARMS

BOTH = "theory"
AN_ASSUMPTION = "an assumption of this model"
FORMS = {
    "hub": "all tied to one that leads",
    "alliance": "each tied to each",
    "chain": "tied one to the next, through the gate",
}
"""What a network's structure ties; a fragmented one ties nothing, and the listed ties are all."""


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """One thing that differs between two scenarios."""

    whom: str
    meaning: str
    unit: str
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from: its name, meaning, and a citation or the word assumption."""

    name: str
    meaning: str
    values: str
    source: str
    assumed: bool


def scenario_description(resolved: Mapping[str, Any]) -> str:
    """Describe a scenario's setting in a few sentences."""
    setting = resolved["setting"]
    people, teams = setting["population"], setting["teams"]
    arms = [arm for arm, part in zip(ARMS, people["allocation"], strict=True) if part > 0]
    named = " and ".join(arm.replace("_", " ") for arm in arms)
    staff = "; ".join(
        f"{team['name']} ("
        + ", ".join(
            f"{team[kind]} {kind if team[kind] != 1 else kind.removesuffix('s')}"
            for kind in ("practitioners", "supervisors", "peers")
        )
        + ")"
        for team in teams
    )
    return (
        f"{people['leavers']:,} men enter over {people['recruitment_weeks']} weeks, "
        f"{people['shortest_to_release']} to {people['longest_to_release']} weeks before release, "
        f"and are followed for {setting['follow_up_weeks']} weeks after it, in "
        f"{'two arms' if len(arms) > 1 else 'one arm'} ({named}). Around them work "
        f"{len(setting['agencies'])} agencies ({_network(setting)}). Teams: {staff}."
    )


def _network(setting: Mapping[str, Any]) -> str:
    """Describe a network by the ties that there are: by its structure, and those that are listed.

    A listed tie stands for what its structure would say of the same pair.
    """
    form, ties = FORMS.get(setting["network"]["structure"]), setting["ties"]
    strengths = [tie["strength"] for tie in ties if tie.get("strength") is not None]
    listed = f"{len(ties)} listed tie{'' if len(ties) == 1 else 's'}" if ties else ""
    if strengths:
        listed += f" of strength {min(strengths):g} to {max(strengths):g}"
        listed += "" if len(strengths) == len(ties) else f", given for {len(strengths)}"
    return "; ".join(filter(None, (form, listed))) or "no ties"


def described_changes(differences: Iterable[Any]) -> list[ChangedSetting]:
    """Describe what differs between a base and another scenario."""
    changes = []
    for key, here, there in differences:
        table, _, rest = str(key).partition(".")
        whom = {BOTH: "both arms", "programme": "programme", "usual_care": "usual care"}.get(
            table, "setting"
        )
        meaning, unit = _meaning_of(rest if whom != "setting" else str(key))
        changes.append(ChangedSetting(whom, meaning, unit, value_text(here), value_text(there)))
    return changes


def value_text(value: Any) -> str:
    """Write one value of a scenario for a reader."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def provenance_of_factors(factors: Iterable[Mapping[str, Any]]) -> list[Provenance]:
    """Give the provenance of each factor's range."""
    return [
        _provenance(str(factor["path"]), _meaning_of(str(factor["path"]))[0], _range_text(factor))
        for factor in factors
    ]


def provenance_of_changes(differences: Iterable[Any]) -> list[Provenance]:
    """Give the provenance of the values that differ."""
    return [
        _provenance(str(key), _meaning_of(str(key).partition(".")[2])[0], f"{here} or {there}")
        for key, here, there in differences
        if str(key).partition(".")[0] in (BOTH, *ARMS)
    ]


def cited_parameters() -> tuple[int, int]:
    """Count the parameters that cite a study, and all of them."""
    declared_parameters = list(parameters())
    cited = [parameter for parameter in declared_parameters if _cites(parameter.source)]
    return len(cited), len(declared_parameters)


def references() -> list[str]:
    """List the studies that parameters cite, each with how it was read."""
    used = {parameter.source for parameter in parameters()}
    cited = [source for key, source in SOURCES.items() if key in used and _cites(key)]
    return sorted(f"{source.citation} {source.locator} [{source.mark}]".strip() for source in cited)


def _cites(source: str) -> bool:
    return source in SOURCES and SOURCES[source].mark != ASSUMPTION


def _provenance(path: str, meaning: str, values: str) -> Provenance:
    parameter = _parameter(path)
    if parameter is None or parameter.source == ASSUMPTION:
        return Provenance(path, meaning, values, AN_ASSUMPTION, True)
    assumed = SOURCES[parameter.source].mark == ASSUMPTION
    return Provenance(path, meaning, values, source_text(parameter), assumed)


def source_text(parameter: Parameter) -> str:
    """Cite what a parameter rests on."""
    if parameter.source == ASSUMPTION:
        return AN_ASSUMPTION
    source = SOURCES[parameter.source]
    return f"{source.citation} {source.locator}".strip()


def _parameter(path: str) -> Any:
    table, _, rest = path.partition(".")
    path = rest if table in (BOTH, *ARMS) else path
    theme, _, name = path.partition(".")
    return declared().get(theme, {}).get(name)


def _meaning_of(path: str) -> tuple[str, str]:
    parameter = _parameter(path)
    if parameter is not None:
        return parameter.explained, parameter.unit
    fact = declared_settings().get(path)
    return (fact.meaning, fact.unit) if fact else (path.replace("_", " ").replace(".", ": "), "")


def _range_text(factor: Mapping[str, Any]) -> str:
    return ", ".join(factor["levels"]) or str(factor["values"])
