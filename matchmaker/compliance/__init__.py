"""Screening, controlled goods and transfer records."""
