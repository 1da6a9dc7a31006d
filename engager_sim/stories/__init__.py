"""One leaver's life history, in plain sentences with the values that decided each event."""
