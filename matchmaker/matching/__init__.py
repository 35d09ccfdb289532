"""Fit of stored firms, matches, approval by coordinators, introductions."""
