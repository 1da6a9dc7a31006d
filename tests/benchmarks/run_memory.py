"""Print how many MiB ``engager-sim run`` needs at most: run in a process of its own.

``python -m tests.benchmarks.run_memory REPLICATES``: so many replicates of usual care, every table
written.
"""

import contextlib
import io
import sys
import tempfile

from engager_sim.command_line.main import app
from tests.benchmarks.peak_memory import peak


def main(replicates: int) -> None:
    """Carry the command out into a folder and print the peak."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        command = ["run", "usual_care", "--replicates", str(replicates), "--out", f"{folder}/out"]
        app(command, standalone_mode=False)
    print(f"{peak():.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
