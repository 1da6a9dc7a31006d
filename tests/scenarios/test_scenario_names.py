"""Names of scenarios in the names of files, which every system can hold."""

from engager_sim.scenarios.scenario_names import file_names


def test_a_file_is_named_by_its_scenario_without_case_or_signs() -> None:
    names = ["usual_care", "my plan: B?", "MY-PLAN B"]
    assert file_names("network", names) == [
        "network_usual_care", "network_my_plan_b_", "network_my_plan_b",
    ]  # fmt: skip


def test_files_of_scenarios_of_the_same_letters_or_of_endless_names_stay_apart() -> None:
    assert file_names("network", ["plan+1", "plan-1", "PLAN 1"])[1:] == [
        "network_plan_1_2", "network_plan_1_3",
    ]  # fmt: skip
    files = file_names(
        "fate_transitions", ["\N{MATHEMATICAL BOLD SMALL A}" * 200 + end for end in "ab"]
    )
    assert len(set(files)) == 2
    assert all(len(f"{file}.graphml".encode()) <= 255 for file in files)
