"""Firms that were introduced are asked how it stands, after 30, 90, 180 and 365 days, by a link without password."""
