"""The command line: the app, and the commands that are no study."""
