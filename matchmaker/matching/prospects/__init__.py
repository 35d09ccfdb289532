"""Businesses of the national registers that are not on the platform: found, compared and invited by institutions only."""
