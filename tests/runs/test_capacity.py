"""Capacity in words: sessions, men and peers that find no room."""

from pathlib import Path

from engager_sim.runs.capacity import capacity_notes
from engager_sim.scenarios.changes import changed
from engager_sim.scenarios.scenario import Scenario
from tests.scenarios.services import SERVICE, write


def _notes(folder: Path, changes: dict[str, float], text: str = SERVICE) -> list[str]:
    return capacity_notes(changed(Scenario.load(write(folder, text)), changes))


def test_a_service_in_which_all_fits_is_not_spoken_of(tmp_path: Path) -> None:
    assert _notes(tmp_path, {}) == []


def test_sessions_that_do_not_fit_into_supervisors_hours_are_counted(tmp_path: Path) -> None:
    text = SERVICE.replace("practitioners = 2", "practitioners = 18")
    scarce = {"programme.supervision.interval": 1, "programme.supervision.supervisor_hours": 21}
    assert _notes(tmp_path, scarce, text) == [
        "red in service: 14 of 18 supervision sessions a week fit into the 21 hours of its "
        "supervisors, at 1.5 hours each; all of them take 27 hours a week of each: raise "
        "supervisor_hours in [programme.supervision], or its interval."
    ]
    assert _notes(tmp_path, scarce | {"supervision.on": False}, text) == []


def test_a_peer_without_time_for_a_man_is_told(tmp_path: Path) -> None:
    notes = _notes(tmp_path, {"peers.hours": 1, "peers.hours_per_man": 2})
    assert notes == [
        "red in service: no peer has time for a man: a man takes 2 hours a week, and a peer has 1."
    ]


def test_men_who_wait_are_counted_with_the_cap(tmp_path: Path) -> None:
    [note] = _notes(tmp_path, {"usual_care.client_engagement.other_cases": 60})
    assert "men of the usual care wait for a practitioner" in note
    assert "holds 0 of them at most" in note


def test_an_arm_without_men_has_no_shortage(tmp_path: Path) -> None:
    text = SERVICE.replace("allocation = [1, 1]", "allocation = [1, 0]")
    assert _notes(tmp_path, {"usual_care.client_engagement.other_cases": 60}, text) == []
