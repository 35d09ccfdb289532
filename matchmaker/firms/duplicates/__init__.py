"""Firms that may stand here twice: how they are found, the queue of staff, what was put aside."""
