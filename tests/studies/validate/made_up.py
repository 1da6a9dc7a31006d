"""The tables of a validation, made by hand."""

import math

import pandas as pd

NAN = math.nan

PATTERNS = pd.DataFrame(
    [
        (1, "Null", "Nothing differs.", "Byng", "fitted, built in", "near", "met", "missed"),
        (2, "Access", "Access rises.", "Hunter", "untouched", "met", "met", "met"),
        (3, "Loss", "Men are lost.", "Byng", "fitted", "missed", "near", "missed"),
    ],
    columns=[
        "number", "pattern", "claim", "source", "standing", "verdict", "verdict_gated",
        "verdict_additive",
    ],
)  # fmt: skip

PARTS = pd.DataFrame(
    [
        (1, "Null", "core_om_difference", "CORE-OM", "low", -3.3, -3.5, -3.1, -3.2, 0.0, 0.5,
         "near", -0.1, "why", -3.0, "met", -4.0, "missed"),
        (2, "Access", "qaly_difference", "QALYs", "whole", 0.5, 0.4, 0.6, 0.2, NAN, 0.1,
         "met", 0.0, "why", 0.5, "met", 0.5, "met"),
        (3, "Loss", "gate_keeps", "Men lost", "high", 250.0, 240.0, 260.0, NAN, 0.2, 0.1,
         "missed", 249.8, "why", 0.25, "near", NAN, "missed"),
    ],
    columns=[
        "number", "pattern", "measure", "label", "take", "figure", "low", "high", "at_least",
        "at_most", "near_within", "verdict", "off", "why", "gated", "verdict_gated", "additive",
        "verdict_additive",
    ],
)  # fmt: skip

FIGURES = pd.DataFrame(
    [
        ("a", "Contact", "fit", "seen", 0.77, 0.04, 0.7, 0.75, 0.8, "met", 0.0),
        ("b", "Appointments", "hold_out", "derived", 0.81, 0.05, 0.15, 0.34, 0.73, "near", 1.6),
        ("c", "Recalls", "hold_out", "seen", 0.3, 0.1, 0.2, 0.25, 0.5, "met", 0.0),
    ],
    columns=[
        "target", "label", "role", "mark", "value", "error", "low", "middle", "high", "verdict",
        "off",
    ],
)  # fmt: skip
