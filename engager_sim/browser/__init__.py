"""The browser page: explore the programme theory. The only room that imports solara."""
