"""A B2B day as files: lists for spreadsheets out and in, the whole day as JSON for the engine and other programs."""
