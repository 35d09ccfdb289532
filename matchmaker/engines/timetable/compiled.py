"""The same moves as machine code, where numba is installed; imported only when a plan is made.

Compiling takes some seconds once; the result is kept on disk beside the module, or in NUMBA_CACHE_DIR.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic, overload, register_jitable

from matchmaker.engines.timetable import bits, kernel
from matchmaker.engines.timetable.state import Given, State


@intrinsic
def _ones(context: Any, mask: Any) -> Any:
    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.int64), made


@intrinsic
def _zeros_before(context: Any, mask: Any) -> Any:
    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctlz(arguments[0], cgutils.false_bit)

    return types.int64(types.int64), made


# An intrinsic is called without its first argument, the context of typing, which its type still has.
@overload(bits.count, strict=False)
def _count(mask: Any) -> Callable[[int], int]:
    return lambda mask: _ones(np.int64(mask))  # type: ignore[call-arg]


@overload(bits.length, strict=False)
def _length(mask: Any) -> Callable[[int], int]:
    return lambda mask: 64 - _zeros_before(np.int64(mask))  # type: ignore[call-arg]


for _name in (
    "draw", "firm_cost", "put", "take", "recost", "join", "follow", "overflow", "resources_hold", "new_slot",
    "orders_hold", "new_mask", "chain_change", "move_chain", "accepted", "find_chain", "eject", "loosen", "fasten",
    "clear_firms", "clear_room", "insert", "aim", "content", "step",
):  # fmt: skip
    register_jitable(_nrt=False)(getattr(kernel, _name))

# Without counting references to the vectors, which nobody frees meanwhile, the moves are four times as fast; the types of
# numba do not know the option.
_run: Any = njit(cache=True, _nrt=False)(kernel.run)  # type: ignore[call-overload]


WIDE: Final = frozenset({"allowed", "value", "mask", "cost", "in_chain", "net_stamp", "work"})
"""Vectors of sets of slots, of costs and of counts of moves; the others fit into half, of which more is at hand."""


def vectors(given: Given, state: State) -> tuple[Given, State]:
    """The same day and plan in the form that the machine code takes."""
    parts: list[Any] = [
        _vector(name, member) if isinstance(member, list) else member
        for name, member in zip(Given._fields, given, strict=True)
    ]
    return Given(*parts), State(*map(_vector, State._fields, state))


def _vector(name: str, values: Any) -> Any:
    return np.asarray(values, dtype=np.int64 if name in WIDE else np.int32)


def run(given: Given, state: State, moves: int, hot: float, cool: float) -> None:
    """``kernel.run`` on what ``vectors`` made."""
    _run(given, state, moves, hot, cool)
