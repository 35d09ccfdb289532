"""Action plans of a memorandum and the minutes of its joint committee."""
