"""``engager-sim new``: from a few answers to a service's file, and a file per option."""

import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from engager_sim.scenarios.service_vocabulary import KNOWN_AS, NEEDS, ON_OFFER
from engager_sim.visible_text import shown_path, visible

LISTED = "\n\n".join(
    f"{option}: {', '.join(names)}."
    for option, names in (
        ("KIND of --agency", KNOWN_AS),
        ("NEED of --need", NEEDS),
        ("Names of --buy", ON_OFFER),
    )
)
"""What some options may name."""
EXAMPLES = f"""
Examples:

  engager-sim new my_service

  engager-sim new my_service --practitioners 3 --men 90 --interval 6 --mode managerial

  engager-sim new my_service --agency probation --agency "housing=Harbour House" --buy peers

  engager-sim new my_service --practitioners 2.5 --contact-hours 18 --need substance=90%

{LISTED}

At a terminal it asks for what no option says. Elsewhere, and with --defaults, it takes a default
for that, and says so.
"""


def at_terminal() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty()


def new(
    folder: Annotated[
        Path, typer.Argument(help="Folder for the files; made if it is not there.")
    ] = Path(),
    name: Annotated[
        str | None, typer.Option(help="What the service is called.", show_default=False)
    ] = None,
    practitioners: Annotated[
        float | None,
        typer.Option(help="Whole-time posts of practitioners, as in 2.5.", show_default=False),
    ] = None,
    contact_hours: Annotated[
        float | None,
        typer.Option(
            help="Hours a week that a whole-time practitioner has for men, face to face.",
            show_default=False,
        ),
    ] = None,
    supervisors: Annotated[
        int | None, typer.Option(help="People who supervise them.", show_default=False)
    ] = None,
    peers: Annotated[
        int | None, typer.Option(help="Peers in the team.", show_default=False)
    ] = None,
    men: Annotated[int | None, typer.Option(help="Men a year.", show_default=False)] = None,
    need: Annotated[
        list[str] | None,
        typer.Option(
            help="Men who come with a need, NEED=SHARE; may be given several times.",
            show_default=False,
        ),
    ] = None,
    interval: Annotated[
        float | None,
        typer.Option(help="Weeks from one supervision session to the next.", show_default=False),
    ] = None,
    mode: Annotated[
        str | None,
        typer.Option(
            help="What sessions are about: managerial, reflective or shared (across agencies).",
            show_default=False,
        ),
    ] = None,
    supervisor_hours: Annotated[
        float | None,
        typer.Option(
            help="Hours a week that each supervisor keeps for sessions; as many as they take "
            "unless given.",
            show_default=False,
        ),
    ] = None,
    agency: Annotated[
        list[str] | None,
        typer.Option(
            help="An agency beside the service, KIND or KIND=NAME; may be given several times.",
            show_default=False,
        ),
    ] = None,
    buy: Annotated[
        list[str] | None,
        typer.Option(
            help="What could be bought; may be given several times. All unless given.",
            show_default=False,
        ),
    ] = None,
    defaults: Annotated[
        bool, typer.Option("--defaults", help="Ask nothing; take defaults.")
    ] = False,
) -> None:
    """Begin with your own service: write its file, and a file for each thing you could buy."""
    from engager_sim.command_line.service_questions import Questions
    from engager_sim.scenarios.new_files import write_service

    given: dict[str, Any] = {
        "name": name, "practitioners": practitioners, "contact_hours": contact_hours,
        "supervisors": supervisors, "peers": peers, "men": men, "needs": need,
        "interval": interval, "mode": mode, "supervisor_hours": supervisor_hours,
        "agencies": agency, "offers": buy,
    }  # fmt: skip
    questions = Questions(given, asks=at_terminal() and not defaults)
    answers = questions.answers()
    offers = questions.offers(answers)
    files = write_service(folder, answers, offers)
    if questions.taken:
        typer.echo(visible(f"Taken, because nothing was said: {'; '.join(questions.taken)}."))
    typer.echo(f"Wrote {', '.join(shown_path(file) for file in files)}.")
    today = shown_path(files[0])
    typer.echo(f"Look through {today}: what it calls a guess, you were not asked.")
    typer.echo(f"Next: engager-sim scenarios check {shlex.quote(today)}")
