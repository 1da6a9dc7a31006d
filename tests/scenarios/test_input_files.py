"""Whatever a file is, reading it ends: with what it holds, or with one message."""

import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engager_sim.designs.study_file import open_study
from engager_sim.errors import EngagerError, ScenarioError
from engager_sim.results.manifest import read_manifest
from engager_sim.scenarios import posterior_file
from engager_sim.scenarios.posterior_file import DIGEST, METADATA, read_posterior
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.calibrate.targets import SHIPPED, read_targets
from tests.command_line.command import engager_sim, one_message
from tests.scenarios.services import SERVICE, changed, refusal, write

type Reader = Callable[[Path], object]


def _own(key: str, old: str) -> Reader:
    def read(file: Path) -> object:
        text = changed((old, f'{key} = "{file.name}"'))
        return Scenario.load(write(file.parent, text, "service.toml"))

    return read


READERS: dict[str, Reader] = {
    "scenario.toml": Scenario.load,
    "study.toml": open_study,
    "targets.toml": read_targets,
    "men.csv": _own("men", "leavers = 20"),
    "ties.csv": _own("ties", 'lead = "helpers"'),
    "ties.graphml": _own("ties", 'lead = "helpers"'),
    "ties.gexf": _own("ties", 'lead = "helpers"'),
    "ties.gml": _own("ties", 'lead = "helpers"'),
    "posterior.parquet": read_posterior,
    "manifest.json": lambda file: read_manifest(file.parent),
}
"""Every reader of a file that a user names, by a name that such a file may have."""


def _loop(file: Path) -> None:
    file.symlink_to(file.name)


def _pipe(file: Path) -> None:
    os.mkfifo(file)


def _device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def _terminal(file: Path) -> None:
    file.symlink_to("/dev/tty")


def _folder(file: Path) -> None:
    file.mkdir()


def _huge(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(10**12)


def _bytes(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 100)


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


def _brackets(file: Path) -> None:
    file.write_text("[" * 100_000, encoding="utf-8")


MAKERS = (_loop, _pipe, _device, _terminal, _folder, _huge, _bytes, _nothing, _brackets)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("make", MAKERS)
def test_reading_ends_in_one_message(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    file = tmp_path / name
    make(file)
    with pytest.raises(EngagerError) as refused:
        READERS[name](file)
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.fix


@pytest.mark.parametrize("make", [_loop, _pipe, _folder, _brackets])
def test_the_command_line_ends_with_the_code_of_a_mistake(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    file = tmp_path / "scenario.toml"
    make(file)
    assert "scenario.toml" in one_message(engager_sim("scenarios", "check", file))


@pytest.mark.parametrize(
    "text",
    [
        "a." * 100_000 + "a = 1",
        '"a b".' * 100_000 + "a = 1",
        "[" + "a." * 100_000 + "a]",
        "x = {" + "a." * 100_000 + "a = 1}",
        "x = " + "[" * 100_000,
        "x = " + "{a = " * 100_000,
    ],
)
def test_nesting_without_end_is_refused_at_once(tmp_path: Path, text: str) -> None:
    assert "nested too deeply" in str(refusal(write(tmp_path, text)))


def test_what_only_looks_like_a_deep_key_is_read(tmp_path: Path) -> None:
    question = "One. Two... " * 40 + "0.1.2.3"
    file = write(tmp_path, SERVICE.replace("What happens in a small service?", question))
    assert Scenario.load(file).question == question.strip()


TABLE_WANTED = 'men = "FILE.csv" under [population]'


@pytest.mark.parametrize(
    ("name", "content", "told", "wanted"),
    [
        ("men.csv", b"distress\n3\n", "a CSV table", TABLE_WANTED),
        ("mine.toml", b"id;distress\n\na;3\n", "a CSV table", TABLE_WANTED),
        ("mine.json", b'{"question": "x"}', "JSON", "engager-sim scenarios new"),
        ("mine.toml", b' [\n {"id": 1}]', "JSON", "engager-sim scenarios new"),
        ("men.xlsx", b"PK\x03\x04\x14\x00\xff", "a spreadsheet", TABLE_WANTED),
        ("mine.toml", b"Hello, you\nhow are you\n", "this is not valid TOML", "key = value"),
        ("mine.toml", b"a = [1, 2\nb = 3, 4\n", "this is not valid TOML", "key = value"),
    ],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(
    tmp_path: Path, name: str, content: bytes, told: str, wanted: str
) -> None:
    (tmp_path / name).write_bytes(content)
    error = refusal(tmp_path / name)
    assert told in str(error)
    assert wanted in (error.fix or "")


def test_a_spreadsheet_as_a_table_of_men_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "men.csv").write_bytes(b"PK\x03\x04\x14\x00\xff")
    text = changed(("leavers = 20", 'men = "men.csv"'))
    error = refusal(write(tmp_path, text))
    assert "this is a spreadsheet" in str(error)
    assert "save a table as CSV" in str(error)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("values = [0.771]", "values = [{}]", "values[1]"), ("error = 0.0355", "error = {}", "error")],
)
def test_a_target_is_a_finite_number(
    tmp_path: Path, number: str, old: str, new: str, key: str
) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    file = write(tmp_path, text.replace(old, new.format(number), 1), "targets.toml")
    with pytest.raises(ScenarioError, match="this is not a finite number") as refused:
        read_targets(file)
    assert refused.value.key == f"targets[1].{key}"
    assert refused.value.allowed
    assert refused.value.fix == "write one of the numbers that are allowed"


def test_numbers_of_a_posteriors_facts_are_finite(tmp_path: Path) -> None:
    file = tmp_path / "posterior.parquet"
    table = pa.table({"a": [1.0]})
    facts = {METADATA: f'{{"{DIGEST}": NaN}}'}
    pq.write_table(table.replace_schema_metadata(facts), file)
    with pytest.raises(EngagerError, match="does not say what made it"):
        read_posterior(file)


def test_a_posterior_is_refused_by_the_size_that_it_claims_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "posterior.parquet"
    table = pa.table({"a": [0.0] * 1_000_000})
    pq.write_table(table.replace_schema_metadata({METADATA: f'{{"{DIGEST}": ""}}'}), file)
    monkeypatch.setattr(posterior_file, "MOST_BYTES", 1_000_000)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the table was read")

    monkeypatch.setattr(pq.ParquetFile, "read", never)
    with pytest.raises(EngagerError, match="too large for a posterior") as refused:
        read_posterior(file)
    assert "1,000,000 draws of 1 parameters" in str(refused.value)
