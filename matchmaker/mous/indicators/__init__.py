"""Indicators of a memorandum: what was planned, what the records say, and the annual report."""
