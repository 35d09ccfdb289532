"""Programmes of a memorandum: trainings, expert exchanges and business trips, their places and who takes part."""
