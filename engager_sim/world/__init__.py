"""Who is there, and how chance works."""
