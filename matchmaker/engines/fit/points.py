"""The arithmetic of the score, written once for single numbers and for numpy arrays alike: whole points, rounded down."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from matchmaker.engines.fit.weights import Weights

IntArray = npt.NDArray[np.int64]
Whole = TypeVar("Whole", int, IntArray)


def product_steps(weights: Weights) -> tuple[int, ...]:
    """Points for the best line by number of HS digits in common, 0 to 6."""
    two, four, six = weights.product
    return (0, 0, two, two, four, four, six)


def sector_steps(weights: Weights) -> tuple[int, ...]:
    """Points by number of digits of the NACE class in common, 0 to 4."""
    two, three, four = weights.sector
    return (0, 0, two, three, four)


def breadth_points(covered: Whole, lines: Whole, weights: Weights) -> Whole:
    """Points for the share of sought lines that are met at heading level or better; ``lines`` is at least 1."""
    return weights.breadth * covered // lines


def certificate_points(held: Whole, required: Whole, weights: Weights) -> Whole:
    """Points for the share of a line's required certificates that the other firm holds; ``required`` is at least 1."""
    return weights.certificates * held // required


def reciprocity_points(smaller: Whole, weights: Weights) -> Whole:
    """Points of each side from the smaller of the two sides' product points."""
    return weights.reciprocity * smaller // weights.products


def volume_points(capacity: float, need: float, weights: Weights) -> int:
    """Points for the part of a yearly need that a yearly capacity covers: some, half, all."""
    some, half, full = weights.volume
    if capacity >= need:
        return full
    return half if capacity * 2.0 >= need else some


def volume_points_of_many(
    capacity: npt.NDArray[np.float64], need: npt.NDArray[np.float64], weights: Weights
) -> IntArray:
    """``volume_points`` over arrays of comparable quantities."""
    some, half, full = weights.volume
    chosen = np.select([capacity >= need, capacity * 2.0 >= need], [full, half], some)
    return np.asarray(chosen, dtype=np.int64)
