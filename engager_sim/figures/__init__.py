"""Pictures from tables, nothing else: one file per kind of question."""
