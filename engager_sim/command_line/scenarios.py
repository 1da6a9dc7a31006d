"""``engager-sim scenarios``: list, show, check, compare and begin scenario files."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from engager_sim.visible_text import shown_path, visible

EXAMPLES = """
Examples:

  engager-sim scenarios list

  engager-sim scenarios show engager_trial

  engager-sim scenarios new evening_shift.toml --based-on today.toml

  engager-sim scenarios check today.toml

  engager-sim scenarios diff today.toml evening_shift.toml

A service of your own is begun with engager-sim new.
"""

NAME_OR_FILE = "A preset's name, or a scenario file."

app = typer.Typer(
    help="List, show, check, compare and begin scenario files.",
    epilog=EXAMPLES,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def scenarios(context: typer.Context) -> None:
    """List, show, check, compare and begin scenario files."""
    if context.invoked_subcommand is None:
        list_scenarios()


@app.command("list", epilog="Example: engager-sim scenarios list")
def list_scenarios() -> None:
    """List the scenarios that ship with the package, the question of each, and its criteria."""
    from rich.table import Column, Table

    from engager_sim.console.terminal import Terminal
    from engager_sim.scenarios.criteria import CRITERIA, criteria_met
    from engager_sim.scenarios.scenario import Scenario

    table = Table(Column("Scenario", no_wrap=True), "Question; criteria of the study met")
    for name in Scenario.presets():
        scenario = Scenario.load(name)
        met = criteria_met(scenario)
        listed = f"{len(met)} of {len(CRITERIA)}: {', '.join(met)}" if met else "none"
        table.add_row(name, f"{scenario.question}\n{listed}")
    terminal = Terminal()
    terminal.print(table)
    terminal.print("The study chose its sites by these criteria; its four sites met 2, 3, 4 and 5.")


@app.command(epilog="Example: engager-sim scenarios show engager_trial")
def show(name: Annotated[str, typer.Argument(help=NAME_OR_FILE, show_default=False)]) -> None:
    """Print a scenario as one file that builds on no other: everything it says."""
    from engager_sim.scenarios.scenario import Scenario

    typer.echo(visible(Scenario.load(name).to_toml()), nl=False)


@app.command(epilog="Example: engager-sim scenarios check my_service.toml")
def check(file: Annotated[str, typer.Argument(help=NAME_OR_FILE, show_default=False)]) -> None:
    """Check all of a scenario file; say what it comes to, what was not used and cannot act."""
    from engager_sim.console.preparation import preparation
    from engager_sim.console.terminal import Terminal
    from engager_sim.designs.effect_changes import file_changes
    from engager_sim.designs.effect_check import effect_notes
    from engager_sim.runs.capacity import capacity_notes
    from engager_sim.runs.one_run import compile_for
    from engager_sim.runs.plan import plan_of
    from engager_sim.runs.threads import while_listening
    from engager_sim.scenarios.options_beside import today_and_options
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.scenarios.scenario_file import find_scenario, read_layers
    from engager_sim.scenarios.service_narrative import service_narrative
    from engager_sim.studies.decide.against_today import against_today

    layers = read_layers(find_scenario(file))
    scenario = Scenario.from_layers(layers)
    plan = plan_of(scenario, 0)
    setting = scenario.setting
    asked = visible(scenario.question)
    typer.echo(f"{shown_path(scenario.file)} can be used. It asks: {asked}")
    typer.echo(
        f"{setting.population.leavers} leavers, {len(setting.agencies)} agencies, "
        f"{len(setting.teams)} teams; {scenario.weeks()} weeks to simulate."
    )
    today, options = today_and_options(layers)
    sentences = [*service_narrative(scenario)]
    if today != layers.top.file:
        sentences += against_today(Scenario.load(today), scenario)
    for sentence in sentences:
        typer.echo(visible(f"- {sentence}.", kept=""))
    for note in scenario.notes:
        typer.echo(visible(f"- {note}", kept=""))
    messages = Terminal(stderr=True)
    with preparation(messages):
        while_listening(lambda: compile_for(plan))
    notes = capacity_notes(scenario)
    with messages.status("trying what can act"):
        notes += effect_notes(file_changes(layers, scenario), seed=1)
    for note in notes:
        typer.echo(visible(f"Note: {note}"))
    names = [shlex.quote(shown_path(each)) for each in (today, *options)]
    if options:
        typer.echo("If there is a limit to what can be spent, add --budget with its pounds.")
    command = f"decide {' '.join(names)}" if options else f"run {shlex.quote(file)}"
    typer.echo(visible(f"Next: engager-sim {command}", kept=""))


@app.command(epilog="Example: engager-sim scenarios diff usual_care engager_trial")
def diff(
    one: Annotated[str, typer.Argument(help=NAME_OR_FILE, show_default=False)],
    other: Annotated[str, typer.Argument(help=NAME_OR_FILE, show_default=False)],
) -> None:
    """Print what differs between two scenarios, setting and parameters."""
    from rich.table import Column, Table

    from engager_sim.console.terminal import Terminal
    from engager_sim.scenarios.scenario import Scenario

    here, there = Scenario.load(one), Scenario.load(other)
    differences = here.difference(there)
    if not differences:
        typer.echo(f"{here.name} and {there.name} come to the same.")
        return
    table = Table(Column("Key", overflow="fold"), here.name, there.name)
    for key, value, its in differences:
        table.add_row(key, _shown(value), _shown(its))
    Terminal().print(table)


@app.command(epilog="Example: engager-sim scenarios new evening_shift.toml --based-on today.toml")
def new(
    file: Annotated[Path, typer.Argument(help="The file to write; must not exist.")],
    based_on: Annotated[
        str | None, typer.Option("--based-on", help=NAME_OR_FILE, show_default=False)
    ] = None,
) -> None:
    """Begin a file that changes a scenario, and says only what differs."""
    from engager_sim.errors import UsageError
    from engager_sim.scenarios.new_scenario import write_new_scenario

    if based_on is None:
        raise UsageError(
            "a file that changes a scenario names it",
            key="--based-on",
            allowed="a preset's name, or a scenario file",
            fix="to begin with a service of your own: engager-sim new",
        )
    write_new_scenario(file, based_on)
    shown = shown_path(file)
    typer.echo(f"Wrote {shown}, which builds on {based_on}. Open it, change what differs, then:")
    typer.echo(f"  engager-sim scenarios check {shown}")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "-" if value is None else str(value)
