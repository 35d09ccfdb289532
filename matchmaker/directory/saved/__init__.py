"""Saved searches of the directory, and the mails that tell what is new in them."""
