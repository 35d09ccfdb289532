"""What pieces of names and texts add to an entry, looked up by compiled loops in blocks of memory, where numba is installed.

A dictionary of Python keeps a piece in six places of memory (its table, key, pair, two texts and their counts), which
are seldom near the processor while an index is made: waiting for them was most of the work of an entry. Here a piece is
a slot and a run of bytes. Many firms are looked up in one call, and what is not known yet is made by `pieces` as ever.

Imported only where many entries are made: loading numba takes a second, compiling some more once (kept on disk beside
the module, or in NUMBA_CACHE_DIR).
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Table = tuple[Words, Bytes]
"""The slots of pieces and the bytes that belong to them."""

SPACE: Final = 32
"""Bytes up to this one part pieces. Some of them are no white space, but none is a letter or a digit, so that a text has
the same words however it is split at them; nor does it matter that other white space keeps a piece together.
"""
FULL: Final = -1
"""The answer where the room for what is said does not do."""
HASH, AT, LENGTHS, OWNER = 0, 1, 2, 3
"""Members of a slot: hash and place of the piece; its length and a number; its language and another number."""
BEGIN, END, HASHED, LANGUAGE = range(4)
"""Members of a piece of a text: where it begins and ends, its hash; its language where it is not known."""
LEGAL, SKELETON, SKELETON_LENGTH, TERMS, TERMS_LENGTH, TERMS_NUMBER, MARK, MARK_NUMBER = range(8)
"""Members of a row of a word of a name: where its texts are and how long, and numbers by which equal ones are known."""
MARK_LENGTH: Final = 7

_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFFFFFF)
_ONE: Final = np.uint64(1)
_PRIME: Final = np.uint64(0x100000001B3)
_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)
_BLANK: Final = 32
_BETWEEN: Final = np.frombuffer(b'","', dtype=np.uint8)
_compiled: Any = njit(cache=True)
# The types of numba do not know the option.
_within_others: Any = njit(no_cpython_wrapper=True)  # type: ignore[call-overload]


@_within_others
def _same(some: Bytes, first: int, others: Bytes, at: int, length: int) -> bool:
    byte = 0
    while byte < length and some[first + byte] == others[at + byte]:
        byte += 1
    return byte == length


@_within_others
def _copied(kept: Bytes, at: int, length: int, to: Bytes, place: int) -> int:
    """Copy a run of bytes; answers where it ends."""
    for byte in range(length):
        to[place + byte] = kept[at + byte]
    return place + length


@_within_others
def _split(text: Bytes, at: int, end: int, language: int, table: Table, pieces: Ints) -> int:
    """Part a text into pieces: begin, end and hash of each; answers how many.

    Then something of each piece's likely slot and bytes is read, one right after the other: memory brings many at a
    time, but only one where what comes next waits for it.
    """
    slots, kept = table
    count, touched = 0, np.int64(0)
    while at < end:
        if text[at] <= SPACE:
            at += 1
            continue
        pieces[count, BEGIN], hashed = at, np.uint64(language) * _MIXER
        while at < end and text[at] > SPACE:
            hashed = (hashed ^ np.uint64(text[at])) * _PRIME
            at += 1
        pieces[count, END], pieces[count, HASHED] = at, np.int64(hashed ^ (hashed >> _HALF))
        count += 1
    mask = np.int64(len(slots) - 1)
    for piece in range(count):
        touched += np.int64(slots[pieces[piece, HASHED] & mask, LENGTHS])
    for piece in range(count):
        touched += np.int64(kept[np.int64(slots[pieces[piece, HASHED] & mask, AT])])
    pieces[count, BEGIN] = touched
    return count


@_within_others
def _find(text: Bytes, piece: Ints, language: int, table: Table) -> np.int64:
    """The slot of a piece; below zero where it is not known."""
    slots, kept = table
    first, end, hashed = piece[BEGIN], piece[END], np.uint64(piece[HASHED])
    mask = np.uint64(len(slots) - 1)
    length = np.uint64(end - first)
    place = hashed & mask
    while slots[place, LENGTHS] != 0:
        if (
            slots[place, HASH] == hashed
            and slots[place, LENGTHS] >> _HALF == length
            and slots[place, OWNER] >> _HALF == np.uint64(language)
            and _same(text, first, kept, np.int64(slots[place, AT]), end - first)
        ):
            return np.int64(place)
        place = (place + _ONE) & mask
    return np.int64(-1)


@_compiled
def put(slots: Words, row: Words) -> None:
    """Put a piece that is not there into the first free slot."""
    mask = np.uint64(len(slots) - 1)
    place = row[HASH] & mask
    while slots[place, LENGTHS] != 0:
        place = (place + _ONE) & mask
    slots[place] = row


@_compiled
def put_all(slots: Words, rows: Words) -> None:
    """Put the pieces of a smaller table into a larger one."""
    for one in range(len(rows)):
        if rows[one, LENGTHS] != 0:
            put(slots, rows[one])


@_within_others
def _noted(unknown: Ints, missing: int, piece: Ints, language: int) -> int:
    unknown[missing, :LANGUAGE] = piece
    unknown[missing, LANGUAGE] = language
    return missing + 1


@_compiled
def say_texts(
    text: Bytes,
    ends: Ints,
    languages: Ints,
    table: Table,
    outs: tuple[Bytes, Bytes],
    said: Ints,
    unknown: Ints,
) -> int:
    """Write terms and marks of texts one behind the other, and where those of each end.

    Answers how many pieces are not known; ``unknown`` tells begin, end, hash and language of each.
    """
    (slots, kept), (terms, marks) = table, outs
    pieces = np.empty((len(text) // 2 + 2, LANGUAGE), dtype=np.int64)
    begin = missing = in_terms = in_marks = 0
    for one in range(len(ends)):
        for piece in range(_split(text, begin, ends[one], languages[one], table, pieces)):
            slot = _find(text, pieces[piece], languages[one], table)
            if slot < 0:
                missing = _noted(unknown, missing, pieces[piece], languages[one])
                continue
            terms_length = np.int64(slots[slot, LENGTHS] & _LOW)
            marks_length = np.int64(slots[slot, OWNER] & _LOW)
            if in_terms + terms_length > len(terms) or in_marks + marks_length > len(marks):
                return FULL
            at = np.int64(slots[slot, AT]) + pieces[piece, END] - pieces[piece, BEGIN]
            in_terms = _copied(kept, at, terms_length, terms, in_terms)
            in_marks = _copied(kept, at + terms_length, marks_length, marks, in_marks)
        begin, said[one, 0], said[one, 1] = ends[one], in_terms, in_marks
    return missing


@_within_others
def _fits(form: Ints, rows: Ints, found: Ints, first: int) -> bool:
    word = 0
    while word < form[0] and rows[found[first + word], LEGAL] == form[1 + word]:
        word += 1
    return bool(word == form[0])


@_within_others
def _within(forms: Ints, rows: Ints, found: Ints, first: int, end: int) -> tuple[int, int]:
    """The name between the legal forms at its ends, as `legal_words.name_within`; forms are given the longest first."""
    start, stop, length = first, end, 1
    while stop > start and length:
        length = 0
        for one in range(len(forms) if rows[found[stop - 1], LEGAL] else 0):
            if stop - forms[one, 0] >= start and _fits(forms[one], rows, found, stop - forms[one, 0]):
                length = forms[one, 0]
                break
        stop -= length
    length = 1
    while start < stop and length:
        length = 0
        for one in range(len(forms) if rows[found[start], LEGAL] else 0):
            if start + forms[one, 0] <= stop and _fits(forms[one], rows, found, start):
                length = forms[one, 0]
                break
        start += length
    return (start, stop) if start < stop else (first, end)


@_within_others
def _line(rows: Ints, found: Ints, first: int, end: int, kept: Bytes, lines: Bytes, at: int) -> int:
    """Write the skeletons of words with blanks between."""
    for word in range(first, end):
        if word > first:
            lines[at] = _BLANK
            at += 1
        row = rows[found[word]]
        at = _copied(kept, row[SKELETON], row[SKELETON_LENGTH], lines, at)
    return at


@_within_others
def _once(
    rows: Ints, found: Ints, count: int, kept: Bytes, what: int, number: int, length: int, to: Bytes, at: int
) -> int:
    """Write a text of each word with blanks between, equal ones once; ``length`` below zero names a member."""
    for word in range(count):
        row = rows[found[word]]
        repeated = False
        for before in range(word):
            if rows[found[before], number] == row[number]:
                repeated = True
                break
        if repeated:
            continue
        if word:
            to[at] = _BLANK
            at += 1
        at = _copied(kept, row[what], length if length >= 0 else row[-length], to, at)
    return at


@_within_others
def _written(
    rows: Ints, found: Ints, first: int, end: int, kept: Bytes, lines: Bytes, begins: Ints, count: int
) -> int:
    """Write a name as a line of its firm, unless it is there already; answers how many lines there are."""
    at = begins[count]
    if count:
        at = _copied(_BETWEEN, 0, len(_BETWEEN), lines, at)
    stop = _line(rows, found, first, end, kept, lines, at)
    for one in range(count):
        begin = begins[one] + (len(_BETWEEN) if one else 0)
        length = begins[one + 1] - begin
        if length == stop - at and _same(lines, at, lines, begin, length):
            return count
    begins[count + 1] = stop
    return count + 1


@_within_others
def _words(
    text: Bytes,
    count: int,
    pieces: Ints,
    language: int,
    table: Table,
    found: Ints,
    unknown: Ints,
    missing: int,
) -> tuple[int, int]:
    """Find the words of a name; answers how many, and how many pieces are not known by now."""
    slots, words = table[0], 0
    for piece in range(count):
        slot = _find(text, pieces[piece], language, table)
        if slot < 0:
            missing = _noted(unknown, missing, pieces[piece], language)
            continue
        row = np.int64(slots[slot, OWNER] & _LOW)
        for word in range(row, row + np.int64(slots[slot, LENGTHS] & _LOW)):
            found[words] = word
            words += 1
    return words, missing


@_within_others
def _room(rows: Ints, found: Ints, words: int) -> int:
    """Bytes that suffice for the words of one more name in each of the three outs."""
    room = len(_BETWEEN)
    for word in range(words):
        row = rows[found[word]]
        room += row[SKELETON_LENGTH] + row[TERMS_LENGTH] + MARK_LENGTH + 3
    return room


@_compiled
def say_names(
    text: Bytes,
    ends: Ints,
    firms: Ints,
    languages: Ints,
    forms: Ints,
    table: Table,
    rows: Ints,
    outs: tuple[Bytes, Bytes, Bytes],
    said: Ints,
    unknown: Ints,
) -> int:
    """Write the names of firms without legal forms, and the terms and marks of their words, each once a firm.

    ``firms`` tells where the names of each end. Answers as `say_texts`.
    """
    kept, (lines, terms, marks) = table[1], outs
    every, found = np.empty(len(text) + 1, dtype=np.int64), np.empty(len(text) + 1, dtype=np.int64)
    begins = np.zeros(len(ends) + 1, dtype=np.int64)
    pieces = np.empty((len(text) // 2 + 2, LANGUAGE), dtype=np.int64)
    at = name = missing = in_terms = in_marks = 0
    for firm in range(len(firms)):
        count = names = room = 0
        while name < firms[firm]:
            parted = _split(text, at, ends[name], languages[firm], table, pieces)
            words, missing = _words(text, parted, pieces, languages[firm], table, found, unknown, missing)
            at, name = ends[name], name + 1
            room += _room(rows, found, words)
            if max(begins[0] - len(lines), in_terms - len(terms), in_marks - len(marks)) + room > 0:
                return FULL
            start, stop = _within(forms, rows, found, 0, words)
            names = _written(rows, found, start, stop, kept, lines, begins, names)
            every[count : count + stop - start] = found[start:stop]
            count += stop - start
        in_terms = _once(rows, every, count, kept, TERMS, TERMS_NUMBER, -TERMS_LENGTH, terms, in_terms)
        in_marks = _once(rows, every, count, kept, MARK, MARK_NUMBER, MARK_LENGTH, marks, in_marks)
        said[firm, 0], said[firm, 1], said[firm, 2] = begins[names], in_terms, in_marks
        begins[0] = begins[names]
    return missing
