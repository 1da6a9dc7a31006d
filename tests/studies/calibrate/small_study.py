"""A small calibration of a made-up service, for tests to run and to bend."""

from pathlib import Path

from tests.designs.study_files import write_study

TARGETS = """
[[targets]]
id = "contact"
label = "Any contact"
values = [0.75]
error = 0.05
how_sure = "made up"
source = "Nobody (2000), a figure made up for a test"
mark = "seen"
role = "fit"
scenario = "service"
mapping = "made up"
measure = { kind = "mean", outcomes = ["community_contact_programme"] }

[[targets]]
id = "reoffending"
label = "Reoffending"
values = [0.45, 0.65]
error = 0.05
how_sure = "made up"
source = "Nobody (2000), a figure made up for a test"
mark = "seen"
role = "fit"
scenario = "service"
mapping = "made up"
measure = { kind = "mean", outcomes = ["reoffended_52w"] }

[[targets]]
id = "attendance"
label = "Attendance"
values = [0.6]
error = 0.1
how_sure = "made up"
source = "Nobody (2000), a figure made up for a test"
mark = "seen"
role = "hold_out"
scenario = "service"
mapping = "made up"
measure = { kind = "mean", outcomes = ["attendance_rate_programme"] }
"""

STUDY = """\
question = "What is compatible with two made-up figures?"
scenario = "service.toml"
replicates = 3
seed = 5

[calibration]
targets = "targets.toml"
points = 1024
accepted = 0.1
draws = 100
truths = 40

[[factors]]
parameter = "relationship.coupling"

[[factors]]
parameter = "ways_out.recontact_outreach"

[[factors]]
parameter = "justice.reoffending_year"

[[factors]]
parameter = "peers.bridge"
"""


def study_in(folder: Path, text: str = STUDY, targets: str = TARGETS) -> Path:
    (folder / "targets.toml").write_text(targets, encoding="utf-8")
    return write_study(folder, text)
