"""Parsing one XML member piece by piece, going on behind what is broken.

expat keeps no tree; what is kept is the entry being read. Where the XML breaks, the broken part becomes one finding
and a new parser starts at the next opening tag of an entry. Document types are refused, so no entity can be declared;
sizes of entries and tokens, depth, and the number of different names are bounded.
"""

from xml.parsers import expat

from matchmaker.firms.registers.archive import RefusedMember
from matchmaker.firms.registers.documents import (
    DOCUMENT,
    OTHER_ACTIVITY,
    Attributes,
    NoEntry,
    read_document,
)
from matchmaker.firms.registers.entries import Malformed, Place, Reason, Record

ROOT = "Файл"
REGISTER = "РЕЕСТРМСП"
FORM_VERSION = "4."
ENCODINGS = frozenset({"utf-8", "windows-1251", "cp1251"})
SLICE = 64 * 1024
MAX_ENTRY = 4 * 1024**2
MAX_DEPTH = 20
MAX_NAMES = 5_000
MAX_BREAKS = 10_000


class _Break(Exception):
    """The entry being read cannot be finished."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class MemberParser:
    """Feed it the bytes of one member and take its records; raises RefusedMember when the whole member is refused."""

    def __init__(self, member: int, name: str) -> None:
        self._member = member
        self._name = name[:200]
        self._ready: list[Record] = []
        self._number = 0
        self._entries = 0
        self._breaks = 0
        self._declared = ""
        self._encoding = "utf-8"
        self._headed = False
        self._closed = False
        self._buffer = bytearray()
        self._buffer_at = 0
        self._seeking = False
        self._start_parser(at=0)

    def feed(self, piece: bytes) -> list[Record]:
        """The records that these bytes complete."""
        self._buffer += piece
        self._advance()
        return self._taken()

    def close(self) -> list[Record]:
        """The last records: what was cut off, and a count that differs from the one declared."""
        if not self._headed:
            raise RefusedMember(Reason.NOT_A_REGISTER, "no register in it")
        while self._hides_entries():
            self._broken(Reason.BROKEN_XML, "an opened comment hides the entries behind it")
            self._advance()
        if self._opened is not None:
            self._malformed(Reason.CUT_OFF, "the file ends inside the entry", self._opened)
        if not self._closed and not self._closed_behind_break():
            self._malformed(Reason.DAMAGED, "the file ends before its closing tag", self._parsed)
        if self._declared.isdecimal() and int(self._declared) != self._entries:
            self._malformed(
                Reason.COUNT_DIFFERS, f"{self._declared} declared, {self._entries} read", self._parsed
            )
        return self._taken()

    def _hides_entries(self) -> bool:
        """Whether the file ended inside a comment or the like that no parser saw the end of, with entries in it."""
        if self._closed or self._seeking:
            return False
        behind = self._last_read() + 1 - self._buffer_at
        return self._buffer.find(f"<{DOCUMENT}".encode(self._encoding), max(behind, 0)) >= 0

    def _last_read(self) -> int:
        """Where the last thing begins that the parser told of: the open entry, else its last tag."""
        return self._opened if self._opened is not None else self._base + self._parser.CurrentByteIndex

    def _closed_behind_break(self) -> bool:
        """Whether the closing tag stands behind a break that no entry follows, where no parser has read it."""
        return self._seeking and f"</{ROOT}".encode(self._encoding) in self._buffer

    def abandon(self, refusal: RefusedMember) -> list[Record]:
        """The records read before the member was refused, and the finding about the rest of it."""
        if self._opened is not None:
            self._malformed(Reason.CUT_OFF, refusal.detail, self._opened)
        self._malformed(refusal.reason, refusal.detail, self._parsed)
        return self._taken()

    def _taken(self) -> list[Record]:
        ready, self._ready = self._ready, []
        return ready

    def _start_parser(self, at: int) -> None:
        """A fresh parser whose first byte is the member's byte `at`; behind a break it gets a root of its own."""
        parser = expat.ParserCreate(self._encoding if self._headed else None)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._document_type
        parser.XmlDeclHandler = self._declaration
        self._parser = parser
        self._depth = 0
        self._opened: int | None = None
        self._parsed = self._base = at
        self._quiet = 0
        self._last_event = -1
        if self._headed:
            root = f"<{ROOT}>".encode(self._encoding)
            self._base = at - len(root)
            parser.Parse(root, False)

    def _advance(self) -> None:
        end = self._buffer_at + len(self._buffer)
        while self._parsed < end:
            if self._seeking and not self._sought():
                break
            start = self._parsed - self._buffer_at
            part = bytes(self._buffer[start : start + SLICE])
            try:
                self._parsed += len(part)
                self._parser.Parse(part, False)
                self._check_bounds(len(part))
            except _Break as problem:
                self._broken(problem.reason, problem.detail)
            except expat.ExpatError as error:
                self._broken(Reason.BROKEN_XML, expat.errors.messages[error.code])
        keep = self._parsed if self._opened is None and not self._quiet else self._last_read()
        drop = keep - SLICE - self._buffer_at if self._opened is None else keep - self._buffer_at
        if drop > 0:
            del self._buffer[:drop]
            self._buffer_at += drop

    def _check_bounds(self, size: int) -> None:
        event = self._parser.CurrentByteIndex
        self._quiet = self._quiet + size if event == self._last_event else 0
        self._last_event = event
        if len(self._parser.intern) > MAX_NAMES:
            raise RefusedMember(Reason.UNSOUND, f"more than {MAX_NAMES} names of elements and attributes")
        if self._quiet > MAX_ENTRY or (self._opened is not None and self._parsed - self._opened > MAX_ENTRY):
            raise _Break(Reason.TOO_LARGE, f"more than {MAX_ENTRY} bytes")

    def _broken(self, reason: Reason, detail: str) -> None:
        """Tell what broke, then look for the next entry behind its beginning."""
        if not self._headed:
            raise RefusedMember(Reason.NOT_A_REGISTER, detail)
        self._breaks += 1
        if self._breaks > MAX_BREAKS:
            raise RefusedMember(Reason.UNSOUND, f"more than {MAX_BREAKS} breaks")
        at = self._base + self._parser.ErrorByteIndex if self._opened is None else self._opened
        at = min(max(at, self._buffer_at), self._parsed)
        self._malformed(reason, detail, at)
        self._opened = None
        self._seeking = True
        self._parsed = at + 1

    def _sought(self) -> bool:
        """Move to the next opening tag of an entry; False when these bytes hold none."""
        needle = f"<{DOCUMENT}".encode(self._encoding)
        found = self._buffer.find(needle, self._parsed - self._buffer_at)
        if found < 0:
            self._parsed = max(self._parsed, self._buffer_at + len(self._buffer) - len(needle) + 1)
            return False
        self._seeking = False
        self._start_parser(at=self._buffer_at + found)
        return True

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._encoding = (encoding or "utf-8").lower()
        if self._encoding not in ENCODINGS:
            raise RefusedMember(Reason.ENCODING, self._encoding[:50])

    def _document_type(self, name: str, *_rest: object) -> None:
        raise RefusedMember(Reason.DOCUMENT_TYPE, name[:50])

    def _header(self, name: str, attributes: Attributes) -> None:
        if name != ROOT or attributes.get("ТипИнф") != REGISTER:
            raise RefusedMember(Reason.NOT_A_REGISTER, f"{name} {attributes.get('ТипИнф', '')}"[:100])
        version = attributes.get("ВерсФорм", "")
        if not version.startswith(FORM_VERSION):
            raise RefusedMember(Reason.FORM_VERSION, version[:20])
        self._declared = attributes.get("КолДок", "")[:12]
        self._headed = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._opened is not None:
            if name == OTHER_ACTIVITY:
                self._others.append(attributes)
            elif name == DOCUMENT:
                raise _Break(Reason.UNCLOSED, "another entry begins inside it")
            else:
                self._parts.setdefault(name, attributes)
        elif not self._headed:
            self._header(name, attributes)
        elif name == DOCUMENT:
            self._opened = self._base + self._parser.CurrentByteIndex
            self._parts: dict[str, Attributes] = {name: attributes}
            self._others: list[Attributes] = []
        if self._depth > MAX_DEPTH:
            raise _Break(Reason.BROKEN_XML, f"more than {MAX_DEPTH} levels")

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._closed = True
        if name != DOCUMENT or self._opened is None:
            return
        opened, self._opened = self._opened, None
        place = Place(self._member, self._number + 1, opened)
        try:
            self._ready.append(read_document(self._parts, self._others, place))
            self._number += 1
            self._entries += 1
        except NoEntry as problem:
            self._malformed(problem.reason, problem.detail, opened, problem.identifier)

    def _malformed(self, reason: Reason, detail: str, at: int, identifier: str = "") -> None:
        self._number += 1
        place = Place(self._member, self._number, at)
        finding = Malformed(place, self._name, reason, detail, identifier)
        self._entries += finding.is_entry
        self._ready.append(finding)
