"""Tandem: makes memorandums between SME agencies work."""
