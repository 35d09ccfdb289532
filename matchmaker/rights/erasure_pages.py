"""What the pages of erasure show: what becomes of which data, and the answer to a request."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock
from matchmaker.core.personal_data import Fate, Held, parts, rows


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would happen to the data of one person, by what becomes of it; only what the person has is named."""

    removed: list[str]
    blanked: list[str]
    kept: list[tuple[str, str]]


def outlook(person_id: int, address: str) -> Outlook:
    """What erasing the person would do."""
    found = Outlook([], [], [])
    for held in (one for part in parts() for one in part.held):
        if rows(held, person_id, address):
            _sort_in(found, held)
    return found


def _sort_in(found: Outlook, held: Held) -> None:
    if held.fate is Fate.REMOVED:
        found.removed.append(str(held.title))
    elif held.fate is Fate.BLANKED:
        found.blanked.append(str(held.title))
    else:
        found.kept.append((str(held.title), str(held.why)))


def part_titles(names: list[str]) -> list[str]:
    """The titles of parts of the product."""
    return [str(part.title) for part in parts() if part.name in names]


def days_left(due_on: date) -> str:
    """How long there is to answer; for a day that is not over."""
    left = (due_on - clock.today()).days
    return str(ngettext("%(num)s day left", "%(num)s days left", left) if left else _("today"))
