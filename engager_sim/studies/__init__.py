"""One folder per kind of study, each with the same few files."""
