"""Opening a list file: its form is told by its content, never by its name."""

from pathlib import Path

from matchmaker.compliance.lists.lines import BadList, ListFile, ListProblem, without_repetitions
from matchmaker.compliance.lists.official import OFFICIAL, read_official
from matchmaker.compliance.lists.opensanctions import is_opensanctions, read_opensanctions
from matchmaker.compliance.lists.own_form import read_own
from matchmaker.compliance.lists.xml_records import records

MAX_BYTES = 200 * 1024**2
MAX_ENTRIES = 500_000
START = 64 * 1024


def open_list(path: Path) -> ListFile:
    """The file as its form says; raises BadList when it is none that is understood, also while its lines are read."""
    size = path.stat().st_size
    if size == 0:
        raise BadList(ListProblem.EMPTY)
    if size > MAX_BYTES:
        raise BadList(ListProblem.TOO_LARGE, str(size))
    with path.open("rb") as file:
        start = file.read(START)
    text = start.decode("utf-8-sig", errors="replace")
    if _is_xml(start):
        found = _open_xml(path)
    elif is_opensanctions(text):
        found = read_opensanctions(path)
    else:
        found = read_own(path)
    found.lines = without_repetitions(found.lines)
    return found


def _is_xml(start: bytes) -> bool:
    plain = start.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe \t\r\n")
    return plain.startswith(b"<")


def _open_xml(path: Path) -> ListFile:
    root = next(records(path, ()))
    for official in OFFICIAL:
        if official.root == root.name:
            return read_official(path, official)
    raise BadList(ListProblem.UNKNOWN_FORM, root.name[:50])
