"""A link holds a visit's state; what of a damaged one can be read is read, and the rest is said."""

import base64
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engager_sim.browser.link import LONGEST, is_whole, link_of
from engager_sim.browser.link_reading import MOST_UNPACKED, ReadLink, open_link, read_link
from engager_sim.browser.sources import preset_settings, sent_settings
from engager_sim.browser.visit import FIRST, OTHER, Visit
from engager_sim.browser.visit_state import VisitState, WorldSettings
from engager_sim.scenarios.changes import find_parameter
from engager_sim.scenarios.scenario import Scenario
from engager_sim.theory import parameters
from engager_sim.theory.declaration import Parameter, Role
from engager_sim.world.dice import MAX_SEED
from engager_sim.world.records import ARMS
from tests.week.worlds import small_trial

BEGUN = VisitState((WorldSettings(Scenario.load("engager_trial")),), arm=0, week=75)
TEXT = 'question = "Mein Dienst & 監獄?"\nbased_on = "engager_trial"\n'
SENT = sent_settings([("mine.toml", TEXT)])
OWN_DATA = sent_settings(
    [
        ("mine.toml", TEXT + '[population]\nmen = "data/men.csv"\n'),
        ("men.csv", "id,age\n" + "".join(f"M{man},{20 + man % 40}\n" for man in range(50))),
    ]
)
INTERVAL = "programme.supervision.interval"


def paths(parameter: Parameter) -> list[str]:
    both = [parameter.path]
    arms = [f"{arm}.{parameter.path}" for arm in ARMS]
    return both if parameter.role is Role.UNCERTAINTY else [*both, *arms]


PATHS = [path for parameter in parameters() for path in paths(parameter)]


@st.composite
def changes(draw: st.DrawFn, settings: WorldSettings) -> WorldSettings:
    changed = {}
    for path in draw(st.lists(st.sampled_from(PATHS), unique=True, max_size=5)):
        parameter = find_parameter(path)[1]
        kinds: dict[str, st.SearchStrategy[Any]] = {
            "on/off": st.booleans(),
            "category": st.sampled_from(parameter.choices or ("",)),
            "integer": st.integers(int(parameter.low), int(parameter.high)),
            "real": st.floats(parameter.low, parameter.high),
        }
        changed[path] = draw(kinds[parameter.kind])
    return WorldSettings(settings.source, changed, settings.sent)


@st.composite
def states(draw: st.DrawFn) -> VisitState:
    first = draw(st.sampled_from([BEGUN.settings[FIRST], preset_settings("peer_led"), SENT]))
    settings = [draw(changes(first))]
    if draw(st.booleans()):
        rung = preset_settings("engager_trial_weekly_supervision")
        fits = [first] if first.source.name == "peer_led" else [first, rung, SENT]
        settings.append(draw(changes(draw(st.sampled_from(fits)))))
    return VisitState(
        tuple(settings),
        edited=draw(st.integers(0, len(settings) - 1)),
        seed=draw(st.integers(0, MAX_SEED)),
        arm=draw(st.sampled_from([None, 0, 1])),
        week=draw(st.integers(0, 200)),
        leaver=draw(st.none() | st.integers(0, 300)),
    )


def same(one: VisitState, other: VisitState) -> bool:
    """Tell whether two states are the same but for values written out that a scenario has."""
    scenarios = zip(one.settings, other.settings, strict=True)
    facts = [(s.edited, s.seed, s.arm, s.week, s.leaver) for s in (one, other)]
    return facts[0] == facts[1] and all(
        a.scenario().difference(b.scenario()) == [] and a.sent == b.sent for a, b in scenarios
    )


@given(states())
def test_a_link_holds_all_of_a_state(state: VisitState) -> None:
    link = link_of(state)
    read = read_link(link, BEGUN)
    assert read.unread == ()
    assert same(read.state, state)
    assert is_whole(state, link)
    assert link.isascii()
    assert " " not in link


@given(states(), st.data())
def test_of_a_link_that_was_cut_the_beginning_is_read_and_the_loss_is_said(
    state: VisitState, data: st.DataObject
) -> None:
    link = link_of(state)
    read = read_link(link[: data.draw(st.integers(1, len(link) - 1))], BEGUN)
    assert read.unread


@given(st.text(max_size=300))
def test_no_text_stops_the_reading(text: str) -> None:
    assert isinstance(read_link(text, BEGUN), ReadLink)
    assert isinstance(read_link(f"scenario=x.toml&files={text}", BEGUN), ReadLink)


def test_no_text_is_what_a_visit_begins_with() -> None:
    read = read_link("", BEGUN)
    assert (same(read.state, BEGUN), read.unread) == (True, ())


def test_a_link_reads_like_a_scenario_file() -> None:
    state = VisitState((WorldSettings(BEGUN.settings[0].source, {INTERVAL: 2}),), arm=0, week=90)
    assert link_of(state) == (
        "v=1&scenario=engager_trial&programme.supervision.interval=2"
        "&seed=1&arm=programme&week=90&end"
    )


def test_a_link_may_be_written_by_hand() -> None:
    read = read_link("scenario=peer_led&seed=7", BEGUN)
    assert (read.state.settings[0].source.name, read.state.seed) == ("peer_led", 7)
    assert (read.state.week, read.unread) == (75, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v=1&scenario=engager_trial&seed=1", "its end is missing"),
        ("v=2&scenario=engager_trial&end", "another version"),
        ("scenario=nowhere", "there is no such preset"),
        ("scenario=mine.toml", "does not hold this file"),
        (f"{INTERVAL}=99", "allowed: a number from 1 to 26 (weeks)"),
        (f"{INTERVAL}=often", "allowed: a number from 1 to 26 (weeks)"),
        ("programme.supervison.interval=2", "no such parameter"),
        ("peers.on=perhaps", "peers.on"),
        ("seed=-1", '"seed" is damaged'),
        (f"seed={MAX_SEED + 1}", '"seed" is damaged'),
        (f"week={'9' * 4000}", '"week" is damaged'),
        ("arm=both", "there is no such arm"),
        ("other=usual_care", "different men"),
        ("colour=red", '"colour" means nothing here'),
        ("scenario=mine.toml&files=AAAA", '"files" is damaged'),
        ("x" * (LONGEST + 1), "it has more than 100,000 characters"),
        ("&".join(f"a{number}=1" for number in range(2000)), "not a link of this page"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_rest_stands(text: str, said: str) -> None:
    read = read_link(f"man=12&{text}", BEGUN)
    assert said in "; ".join(read.unread)
    assert read.state.leaver == (12 if len(text) < 10_000 else None)
    assert read.state.seed == 1
    assert [settings.source.name for settings in read.state.settings] == ["engager_trial"]
    assert read.state.settings[0].changes == {}


def packed(data: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(data).encode())).decode()


@pytest.mark.parametrize(
    "files",
    [
        packed("x"),
        packed([]),
        packed([["mine.toml"]]),
        packed([["mine.toml", 3]]),
        packed([["mine.toml", "x" * (MOST_UNPACKED + 1)]]),
        base64.urlsafe_b64encode(zlib.compress(b"[" * 200_000)).decode(),
    ],
)
def test_files_that_are_none_or_come_to_too_much_are_not_read(files: str) -> None:
    read = read_link(f"files={files}", BEGUN)
    assert read.unread == ('"files" is damaged',)
    assert same(read.state, BEGUN)


def test_own_data_travels_in_a_link() -> None:
    state = VisitState((OWN_DATA,), week=5)
    link = link_of(state)
    read = read_link(link, BEGUN)
    assert (read.unread, is_whole(state, link)) == ((), True)
    (settings,) = read.state.settings
    assert settings.source.difference(OWN_DATA.source) == []
    assert settings.source.men is not None
    assert OWN_DATA.source.men is not None
    assert settings.source.men.tobytes() == OWN_DATA.source.men.tobytes()


def test_worlds_with_one_file_carry_it_once() -> None:
    one, two = (VisitState((SENT,) * worlds) for worlds in (1, 2))
    assert len(link_of(two)) < len(link_of(one)) + 30
    assert read_link(link_of(two), BEGUN).state.settings[OTHER].sent == SENT.sent


def test_a_file_that_is_too_large_is_left_out_and_the_link_says_that_it_is() -> None:
    noise = "".join(f"# {number * 2654435761 % 2**32:x}\n" for number in range(30_000))
    state = VisitState((sent_settings([("mine.toml", TEXT + noise)]),), seed=9)
    link = link_of(state)
    assert len(link) < LONGEST
    assert not is_whole(state, link)
    read = read_link(link, BEGUN)
    assert (read.state.seed, len(read.unread)) == (9, 1)


def test_a_scenario_of_this_machine_travels_as_what_it_comes_to(tmp_path: Path) -> None:
    (tmp_path / "here.toml").write_text(TEXT, encoding="utf-8")
    begun = WorldSettings(Scenario.load(tmp_path / "here.toml"), {INTERVAL: 3})
    read = read_link(link_of(VisitState((begun,))), BEGUN)
    assert read.unread == ()
    assert read.state.settings[0].scenario().difference(begun.scenario()) == []


def test_opening_a_link_shows_its_state_and_says_what_it_does_not_hold() -> None:
    visit = Visit(small_trial(40))
    begun = visit.state
    link = f"v=1&scenario=peer_led&{INTERVAL}=99&theory.x=1&seed=5&week=3000&man=9999"
    open_link(visit, link, begun)
    assert (visit.settings[FIRST].source.name, visit.seed) == ("peer_led", 5)
    assert visit.week == visit.weeks
    assert visit.message is not None
    open_link(visit, "", begun)
    assert same(visit.state, begun)
    assert visit.message is None
