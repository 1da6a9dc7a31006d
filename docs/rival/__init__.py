"""A rival that is not agent-based: a Markov cohort model of contact, as an analyst makes in a day.

It is no part of the theory. It is fitted to the figures to which the agent-based model is fitted,
by the same method, and held against the figures that are held out there, so that one can see what
the agent-based model adds and what it does not. ``python -m docs.rival`` fits it and keeps what
came out as ``rival.json``.
"""
