"""Invented data of the demo: institutions, accounts, firms, matches. Nothing here is a real person or firm."""
