"""The report: one page for a reader, its template and layout."""
