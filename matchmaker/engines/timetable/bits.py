"""Sets of slots as whole numbers, bit t for slot t; ``compiled`` puts one machine instruction behind each."""

from collections.abc import Iterable


def count(mask: int) -> int:
    """How many slots the set holds."""
    return mask.bit_count()


def length(mask: int) -> int:
    """One more than the last slot of the set, 0 for none."""
    return mask.bit_length()


def mask_of(slots: Iterable[int]) -> int:
    """The set of these slots."""
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask


def slots_of(mask: int) -> list[int]:
    """The slots of a set, in order."""
    return [slot for slot in range(mask.bit_length()) if mask >> slot & 1]


def breaks_of(mask: int) -> int:
    """Gaps between the runs of a set, of any length: what a firm waits."""
    return max(0, (mask & ~(mask << 1)).bit_count() - 1)


def idle_of(mask: int) -> int:
    """Slots inside the gaps of a set."""
    return mask.bit_length() - ((mask & -mask).bit_length() - 1) - mask.bit_count() if mask else 0
