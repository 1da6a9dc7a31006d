"""``python -m engager_sim``: the command ``engager-sim``."""

from engager_sim.command_line.main import main

main()
