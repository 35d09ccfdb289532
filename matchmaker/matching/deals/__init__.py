"""Deals of introduced firms: one firm reports, the other confirms; a confirmed deal counts once, whoever reported it."""
