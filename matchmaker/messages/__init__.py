"""The conversation of a match."""
