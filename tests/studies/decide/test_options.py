"""What could be bought: priced before anything runs, combined, and refused in one message."""

import math
from pathlib import Path

import pytest

from engager_sim.errors import UsageError
from engager_sim.scenarios.fitted_parameters import FittedParameters
from engager_sim.scenarios.scenario import Scenario
from engager_sim.studies.decide.options import OfferedOptions, offered, with_today_first
from engager_sim.studies.decide.settings import DecideSettings
from tests.studies.decide.offers import write_offer


def of(
    folder: Path, *names: str, combine: bool = False, budget: float | None = None
) -> OfferedOptions:
    files = [folder / f"{name}.toml" for name in names]
    return offered(folder / "today.toml", files, combine, budget)


def test_the_file_that_all_others_build_on_is_todays_service(offer: Path, tmp_path: Path) -> None:
    files = sorted(str(file) for file in offer.glob("*.toml"))
    assert files[0] != str(offer / "today.toml")  # as a shell gives them
    first, *others = with_today_first(files)
    assert first == str(offer / "today.toml")
    assert others == [file for file in files if file != first]
    further = tmp_path / "further.toml"
    further.write_text(f'question = "?"\nbased_on = "{offer / "weekly.toml"}"\n')
    assert with_today_first([str(further), files[-1], first])[0] == first


def test_without_such_a_file_the_first_is_todays_service(offer: Path) -> None:
    for names in (["peers", "weekly", "nothing"], ["today", "today", "weekly"]):
        files = [str(offer / f"{name}.toml") for name in names]
        assert with_today_first(files) == files
    assert with_today_first(["therapy_led", "usual_care"]) == ["therapy_led", "usual_care"]


def test_an_option_costs_what_it_employs_at_the_start_and_in_a_year(offer: Path) -> None:
    weekly, peers, nothing = of(offer, "weekly", "peers", "nothing").options
    assert weekly.first_year == pytest.approx(4 * 1_200)  # training three practitioners, one other
    assert peers.first_year == pytest.approx(2 * 16 * 52 * 20 + 2 * 900)
    assert nothing.first_year == 0.0


def test_every_combination_that_the_budget_buys_is_added(offer: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate.toml"
    lever = "[programme.client_engagement]\ngate_presence = 1.0\n"
    gate.write_text(f'question = "?"\nbased_on = "{offer / "today.toml"}"\n{lever}')
    files = [*(offer / f"{name}.toml" for name in ("weekly", "peers", "nothing")), gate]
    found = offered(offer / "today.toml", files, True, 36_000.0)
    assert [option.name for option in found.options] == [
        "weekly", "peers", "nothing", "gate",
        "weekly + nothing", "weekly + gate", "peers + gate", "nothing + gate",
        "weekly + nothing + gate",
    ]  # fmt: skip
    assert found.options[4].label == "weekly and nothing"
    assert found.options[-1].label == "weekly, nothing and gate"
    assert found.left_out == (
        "peers and nothing is the same as peers: it is left out.",
        "2 combinations are left out: they cost more than the budget; the cheapest, weekly and "
        "peers, takes GBP 39,880 in the first year at median prices.",
    )


def test_one_that_the_budget_does_not_buy_is_named_with_its_price(offer: Path) -> None:
    assert of(offer, "weekly", "peers", combine=True, budget=36_000.0).left_out == (
        "weekly and peers is left out: it costs more than the budget, GBP 39,880 in the first year "
        "at median prices.",
    )


def test_a_combination_that_is_one_of_its_parts_is_left_out(offer: Path, tmp_path: Path) -> None:
    often = tmp_path / "often.toml"
    often.write_text(
        f'question = "?"\nbased_on = "{offer / "today.toml"}"\n[programme.supervision]\n'
        "interval = 1\n"
    )
    found = offered(offer / "today.toml", [offer / "weekly.toml", often], True, None)
    assert [option.name for option in found.options] == ["weekly", "often"]
    assert found.left_out == ("weekly and often is the same as weekly: it is left out.",)


def test_options_that_clash_are_not_combined_and_that_is_said(offer: Path) -> None:
    found = of(offer, "weekly", "fortnightly", combine=True)
    assert [option.name for option in found.options] == ["weekly", "fortnightly"]
    assert found.left_out == (
        "weekly and fortnightly are not combined: both set programme.supervision.interval.",
    )


def test_many_options_that_clash_over_one_thing_are_told_in_one_sentence(
    offer: Path, tmp_path: Path
) -> None:
    files = [offer / "weekly.toml", offer / "fortnightly.toml"]
    for weeks in (3, 4):
        file = tmp_path / f"every_{weeks}.toml"
        lever = f"[programme.supervision]\ninterval = {weeks}\n"
        file.write_text(f'question = "?"\nbased_on = "{offer / "today.toml"}"\n{lever}')
        files.append(file)
    assert offered(offer / "today.toml", files, True, None).left_out == (
        "No two of weekly, fortnightly, every 3 and every 4 are combined: all set "
        "programme.supervision.interval.",
    )


def test_a_budget_that_buys_nothing_names_the_cheapest(offer: Path) -> None:
    with pytest.raises(UsageError, match="buys none of the options") as error:
        of(offer, "weekly", "peers", budget=4_000.0)
    assert "weekly" in str(error.value)
    assert "4,800" in str(error.value)


@pytest.mark.parametrize("budget", [-1.0, math.nan, math.inf, "60000"])
def test_a_budget_counts_what_is_new(offer: Path, budget: float) -> None:
    with pytest.raises(UsageError, match="beyond today's"):
        of(offer, "weekly", budget=budget)


def test_an_option_about_other_men_is_refused(offer: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    more.write_text(
        f'question = "?"\nbased_on = "{offer / "today.toml"}"\n[population]\nleavers = 9'
    )
    with pytest.raises(UsageError, match="different men") as error:
        offered(offer / "today.toml", [more], False, None)
    assert "--unpaired" not in str(error.value)  # decide has no such option


def test_scenarios_in_memory_cannot_be_combined(offer: Path) -> None:
    today = Scenario.load(offer / "today.toml")
    with pytest.raises(UsageError, match="cannot be combined"):
        offered(today, [offer / "weekly.toml"], True, None)


def test_too_many_combinations_are_refused(offer: Path, tmp_path: Path) -> None:
    names = []
    for number in range(6):
        file = tmp_path / f"item_{number}.toml"
        item = f'[[costs.items]]\nname = "item {number}"\nper_year = 1000\n'
        file.write_text(f'question = "?"\nbased_on = "{offer / "today.toml"}"\n{item}')
        names.append(file)
    with pytest.raises(UsageError, match="cannot be weighed in one study"):
        offered(offer / "today.toml", names, True, None)


def test_services_whose_files_are_called_today_have_folders_of_their_own(tmp_path: Path) -> None:
    folders = []
    for service in ("north", "south"):
        (tmp_path / service).mkdir()
        files = write_offer(tmp_path / service)
        offer = offered(files / "today.toml", [files / "weekly.toml"], False, None)
        settings = DecideSettings(offer.today, offer.options, FittedParameters.load("posterior"))
        folders.append(settings.folder_name)
    assert folders == ["decide/north", "decide/south"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("longer", "follow_up_weeks = 104", "followed for 52 weeks and longer for 104"),
        ("rival", '[theory.relationship]\ncoupling = "additive"', "between theories"),
        ("valued", "[theory.costs]\nutility_at_zero = 0.5", "between theories"),
        ("a, b", "[programme.supervision]\ninterval = 1", "a comma and a blank"),
        ("today's service", "", "two choices would be called today's service"),
    ],
)
def test_what_is_no_choice_between_services_is_refused(
    offer: Path, tmp_path: Path, name: str, text: str, said: str
) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(f'question = "?"\nbased_on = "{offer / "today.toml"}"\n{text}\n')
    with pytest.raises(UsageError, match=said):
        offered(offer / "today.toml", [file], False, None)


def test_an_option_may_not_be_called_as_a_combination_is(offer: Path, tmp_path: Path) -> None:
    file = tmp_path / "weekly and nothing.toml"
    file.write_text(f'question = "?"\nbased_on = "{offer / "today.toml"}"\n')
    files = [offer / "weekly.toml", offer / "nothing.toml", file]
    with pytest.raises(UsageError, match="two choices would be called weekly and nothing"):
        offered(offer / "today.toml", files, True, None)
