"""Whom the firms of a day wish to meet, what staff choose of it, and what is asked for afterwards."""
