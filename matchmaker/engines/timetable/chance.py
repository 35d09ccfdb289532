"""Chance for the moves of the annealing: the same numbers on every machine, in Python and as machine code."""

import math

from matchmaker.engines.timetable.state import SEED, Vector


def draw(work: Vector, below: int) -> int:
    """A number from 0 to ``below`` - 1 by a shift register, the same sequence on every machine."""
    x = work[SEED]
    x ^= (x << 13) & 0xFFFFFFFF
    x ^= x >> 17
    x ^= (x << 5) & 0xFFFFFFFF
    work[SEED] = x
    return (x * below) >> 32


def accepted(w: Vector, change: int, heat: float) -> bool:
    """Metropolis: better always, worse the more rarely the worse and the cooler."""
    return change <= 0 or draw(w, 1 << 30) < math.exp(-change / heat) * (1 << 30)
