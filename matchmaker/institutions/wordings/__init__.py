"""Mails in the words of an institution."""
