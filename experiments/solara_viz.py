"""The model in Mesa's own frame: ``solara run experiments/solara_viz.py`` shows it."""

from mesa.visualization import SolaraViz, make_plot_component

from engager_sim.browser.solara_viz_component import AgencyNetwork, LeverModel, lever_params

page = SolaraViz(
    LeverModel("engager_trial", rng=1),
    components=[
        (AgencyNetwork, 0),
        make_plot_component(["trust", "rapport"], backend="matplotlib"),
    ],
    model_params=lever_params("engager_trial", "collaboration", "supervision"),
)
