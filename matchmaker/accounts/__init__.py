"""Persons, sign-in, second factor, sessions, language choice."""
