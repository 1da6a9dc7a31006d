"""Fit the rival anew and keep what comes out: ``python -m docs.rival``."""

import sys

from docs.rival.kept import KEPT, found, text_of

KEPT.write_text(text_of(found()), encoding="utf-8")
sys.stdout.write(f"{KEPT.name} written\n")
