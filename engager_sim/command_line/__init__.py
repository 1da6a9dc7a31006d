"""The command line: one thin command per study. Heavy imports wait inside the commands."""
