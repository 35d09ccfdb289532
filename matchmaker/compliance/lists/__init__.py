"""Screening lists as files: their forms, the check of a new version, taking it in, the versions so far."""
