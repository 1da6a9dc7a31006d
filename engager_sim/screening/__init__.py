"""Screening: which of the uncertain parameters matter to anything at all."""
