"""One thin command per study."""
