"""Records out of an XML file, read as a stream within limits; a document type is refused, so no entity can be declared."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from matchmaker.compliance.lists.lines import BadList, ListProblem

PIECE = 64 * 1024
MAX_DEPTH = 20
MAX_RECORD = 4 * 1024**2
MAX_NAMES = 5_000


@dataclass(slots=True)
class Node:
    """One element by its name without prefix, with the line where it begins."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, *path: str) -> list["Node"]:
        """The elements at a path below this one, in order."""
        found = [self]
        for name in path:
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def texts(self, *path: str) -> list[str]:
        """The texts at a path below this one that are not empty."""
        return [text for node in self.all(*path) if (text := node.text.strip())]

    def word(self, *path: str) -> str:
        """The first of these texts, empty when there is none."""
        return next(iter(self.texts(*path)), "")


def records(path: Path, wanted: Collection[str]) -> Iterator[Node]:
    """The root without its children, then each wanted element as a whole; raises BadList where the file is not sound."""
    reader = _Reader(wanted)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield from reader.feed(piece, last=False)
    yield from reader.feed(b"", last=True)


class _Reader:
    """Keeps the element that is being read and those that are finished; nothing else of the file."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = frozenset(wanted)
        self._ready: list[Node] = []
        self._open: list[Node] = []
        self._depth = 0
        self._size = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._document_type

    def feed(self, piece: bytes, *, last: bool) -> list[Node]:
        """The records that these bytes complete."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            where = f"{error.lineno}: {expat.errors.messages[error.code]}"
            raise BadList(ListProblem.BROKEN_XML, where) from error
        except (LookupError, ValueError) as error:
            if isinstance(error, BadList):
                raise
            raise BadList(ListProblem.BROKEN_XML, str(error)[:100]) from error
        if len(self._parser.intern) > MAX_NAMES:
            raise BadList(ListProblem.UNSOUND, str(self._parser.CurrentLineNumber))
        ready, self._ready = self._ready, []
        return ready

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(":")[2]
        node = Node(local, attributes, self._parser.CurrentLineNumber)
        if self._depth == 1:
            self._ready.append(node)
        elif self._open:
            self._open[-1].children.append(node)
            self._open.append(node)
        elif local in self._wanted:
            self._open, self._size = [node], 0
        self._grow(len(local) + sum(map(len, attributes.values())))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._ready.append(node)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
            self._grow(len(text))

    def _grow(self, size: int) -> None:
        self._size += size if self._open else 0
        if self._size > MAX_RECORD or self._depth > MAX_DEPTH:
            raise BadList(ListProblem.UNSOUND, str(self._parser.CurrentLineNumber))

    def _document_type(self, name: str, *_rest: object) -> None:
        raise BadList(ListProblem.DOCUMENT_TYPE, name[:50])
