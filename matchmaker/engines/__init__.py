"""The computing heart: plain Python and numpy that knows nothing of the web, the database or our domains."""
