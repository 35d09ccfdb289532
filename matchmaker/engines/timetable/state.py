"""The vectors on which the moves of the annealing work."""

from collections.abc import MutableSequence
from typing import NamedTuple

Vector = MutableSequence[int]

SEED, STAMP, CHAIN, LOOSE, COST, BEST, TOUCHED, VICTIMS = range(8)
"""Places of the scalars in ``State.work``."""


class Given(NamedTuple):
    """The day, which no move changes; lists of lists lie flat with the first position of each."""

    meetings: int
    slots: int
    resources: int
    orders: int
    idle: int
    scarce: int
    fairness: int
    first: Vector
    part: Vector
    row: Vector
    allowed: Vector
    value: Vector
    roomy: Vector
    room: Vector
    stuck: Vector
    need_first: Vector
    need: Vector
    size: Vector
    earlier_first: Vector
    earlier: Vector
    later_first: Vector
    later: Vector


class State(NamedTuple):
    """The plan as it stands, with everything that makes a move cheap."""

    slot: Vector
    cell: Vector
    times: Vector
    mask: Vector
    cost: Vector
    load: Vector
    used: Vector
    members: Vector
    size: Vector
    where: Vector
    loose: Vector
    loose_at: Vector
    best: Vector
    chain: Vector
    in_chain: Vector
    net: Vector
    net_stamp: Vector
    touched: Vector
    change: Vector
    victims: Vector
    victim_slot: Vector
    work: Vector
