"""What a column of a line says, read as strictly as a form reads what is typed; DomainError at the column."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from matchmaker.core.errors import DomainError
from matchmaker.meetings.files.lists import YES
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.reference import languages

Line = Mapping[str, str]
Words = TypeVar("Words", bound=StrEnum)


class Fault(NamedTuple):
    """What is wrong with a line, by its place in the list."""

    at: int
    message: str
    column: str


def faults_of(listed: Iterable[Line], bring: Callable[[Line], object]) -> list[Fault]:
    """Bring each line in; answers those that were refused."""
    found = []
    for at, line in enumerate(listed):
        try:
            bring(line)
        except DomainError as error:
            found.append(Fault(at, error.message, error.field or ""))
    return found


def firm(known: Mapping[int, DayParticipant], line: Line, name: str = "firm_id") -> DayParticipant:
    """The firm that a column names, of those at the day by their number."""
    found = known.get(number(line, name, least=1) or 0)
    if found is None:
        raise DomainError(_("There is no such firm at this day."), name)
    return found


def name(line: Line) -> str:
    """The name of somebody, who has to have one."""
    found = word(line, "name")
    if not found:
        raise DomainError(_("Enter the name."), "name")
    return found


def choice(line: Line, name: str, words: type[Words]) -> Words:
    """One of some words."""
    text = line.get(name, "").strip().casefold()
    if text not in tuple(words):
        told = ", ".join(words)
        raise DomainError(_("“%(text)s” is none of: %(words)s.", text=text[:40], words=told), name)
    return words(text)


def word(line: Line, name: str, most: int = 200) -> str:
    """A text of a column."""
    return line.get(name, "").strip()[:most]


def number(line: Line, name: str, least: int = 0, most: int = 10**8) -> int | None:
    """A whole number; None for an empty column where nothing has to stand."""
    text = line.get(name, "").strip()
    if not text and not least:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most):
        raise DomainError(
            _("“%(text)s” in column %(column)s is no number.", text=text[:40], column=name), name
        )
    return int(text)


def holds(line: Line, name: str) -> bool:
    """Whether a column says yes."""
    text = line.get(name, "").strip().casefold()
    if text not in ("", YES, "no"):
        raise DomainError(
            _("“%(text)s” in column %(column)s is neither yes nor no.", text=text[:40], column=name), name
        )
    return text == YES


def moment(day: B2bDay, line: Line, name: str) -> datetime | None:
    """A time of the day; None for an empty column."""
    text = line.get(name, "").strip()
    return datetime.combine(day.held_on, _time(text, name), tzinfo=ZoneInfo(day.zone)) if text else None


def _time(text: str, name: str) -> time:
    try:
        return time.fromisoformat(text if len(text.split(":", maxsplit=1)[0]) == 2 else f"0{text}")
    except ValueError:
        raise DomainError(_("“%(text)s” is no time such as 09:30.", text=text[:40]), name) from None


def slots(day: B2bDay, line: Line, name: str) -> tuple[int, ...]:
    """Positions of the times that a column names, each by its begin."""
    if not line.get(name, "").strip():
        return ()
    starts = {day.time_of(one.starts_at): one.position for one in day.slots}
    typed = [f"{_time(text, name):%H:%M}" for text in line.get(name, "").replace(",", " ").split()]
    strange = [text for text in typed if text not in starts]
    if strange:
        raise DomainError(_("No meeting begins at %(times)s on this day.", times=", ".join(strange)), name)
    return tuple(sorted({starts[text] for text in typed}))


def tongues(line: Line, otherwise: object) -> tuple[str, ...]:
    """Languages by their codes; what was there before where the column is missing."""
    if "languages" not in line:
        return tuple(otherwise) if isinstance(otherwise, list | tuple) else ()
    typed = [text.casefold() for text in line["languages"].replace(",", " ").split()]
    strange = [text for text in typed if not is_language(text)]
    if strange:
        raise DomainError(_("“%(text)s” is no language code such as tr.", text=strange[0][:40]), "languages")
    return tuple(dict.fromkeys(typed))


def is_language(code: str) -> bool:
    """Whether a code names a language."""
    return code in languages.names("en")
