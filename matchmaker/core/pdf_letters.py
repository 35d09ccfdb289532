"""Which letters the faces of printed papers have, and what is printed for those they lack."""

import struct
import unicodedata
from functools import cache

from anyascii import anyascii

from matchmaker.core.config import ROOT

FONTS = ROOT / "templates" / "pdf" / "fonts"
KEPT = frozenset("\n\t")
NO_LETTER = "?"


def printable(text: str) -> str:
    """The text with only letters that both faces have: composed where possible, else spelled in Latin, else `?`.

    A missing letter would make the typesetter refuse the whole paper; a name in a rare script shall not do that.
    """
    composed = unicodedata.normalize("NFC", text)
    known = letters()
    if all(sign in known or sign in KEPT for sign in composed):
        return composed
    return "".join(sign if sign in known or sign in KEPT else _spelled(sign, known) for sign in composed)


def _spelled(sign: str, known: frozenset[str]) -> str:
    if unicodedata.category(sign) in ("Cc", "Cf", "Mn", "Me"):
        return ""
    spelled = anyascii(sign)
    return spelled if spelled and all(item in known for item in spelled) else NO_LETTER


@cache
def letters() -> frozenset[str]:
    """The letters that every face has, read from their character maps."""
    faces = [_letters_of(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*faces)


def _letters_of(face: bytes) -> frozenset[str]:
    """The signs of the format 4 map of a TrueType face (OpenType specification, table `cmap`)."""
    (tables,) = struct.unpack_from(">H", face, 4)
    records = {face[12 + 16 * n : 16 + 16 * n]: 12 + 16 * n for n in range(tables)}
    (start,) = struct.unpack_from(">I", face, records[b"cmap"] + 8)
    (maps,) = struct.unpack_from(">H", face, start + 2)
    for number in range(maps):
        (offset,) = struct.unpack_from(">I", face, start + 4 + 8 * number + 4)
        if struct.unpack_from(">H", face, start + offset) == (4,):
            return _signs(face, start + offset)
    raise ValueError("the face has no character map of format 4")


def _signs(face: bytes, at: int) -> frozenset[str]:
    (double,) = struct.unpack_from(">H", face, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", face, at + 14)
    begins = struct.unpack_from(f">{count}H", face, at + 16 + double)
    shifts = struct.unpack_from(f">{count}h", face, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", face, ranges_at)
    found = set()
    for part in range(count):
        for code in range(begins[part], min(ends[part], 0xFFFE) + 1):
            glyph = code
            if ranges[part]:
                place = ranges_at + 2 * part + ranges[part] + 2 * (code - begins[part])
                (glyph,) = struct.unpack_from(">H", face, place)
            if glyph and (glyph + shifts[part]) & 0xFFFF:
                found.add(chr(code))
    return frozenset(found)
