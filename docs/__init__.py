"""The documents, and what writes their tables from the declarations."""
