"""Firms of the other side that are interested in an opportunity, and the one answer that each of them gets."""
