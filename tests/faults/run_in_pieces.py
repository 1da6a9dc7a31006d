"""A run in many small blocks, to be killed: run as a module, with the scenario and a folder."""

import sys

from engager_sim.designs.execution import blocks
from tests.faults.run_kills import PER_BLOCK, REPLICATES


def main(scenario: str, out: str) -> None:
    """Carry the run out, or go on with it, by its command."""
    from engager_sim.command_line.main import app
    from engager_sim.scenarios.scenario import Scenario
    from engager_sim.studies.run.course_runs import CourseRuns

    once = CourseRuns((Scenario.load(scenario),), 3, events=True).leaver_weeks
    blocks.LEAVER_WEEKS_PER_BLOCK = PER_BLOCK * once
    command = ["run", scenario, "--replicates", REPLICATES, "--seed", 3, "--threads", 2]
    command += ["--leavers", "--events", "--format", "csv", "--out", out]
    app([str(part) for part in command])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
