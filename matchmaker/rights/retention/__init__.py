"""How long data are kept: the times that administrators set, the nightly job, the destruction records."""
