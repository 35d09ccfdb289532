"""Tells people on the spot: only the kind of news and the name of the day, and only those whom it concerns."""

from collections.abc import Collection, Iterable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.firms.queries import members_of
from matchmaker.meetings.live import queries
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

KINDS: dict[str, tuple[LazyString, LazyString]] = {
    "meetings_mended": (
        _l("Your meetings at %(subject)s have changed. Look at your agenda."),
        _l("Your meetings of today have changed."),
    ),
    "meeting_offered": (
        _l("A meeting is offered to you at %(subject)s. Answer soon."),
        _l("A meeting is offered to you. Answer soon."),
    ),
    "meeting_not_taken": (
        _l("The meeting that was offered to you at %(subject)s does not take place."),
        _l("An offered meeting does not take place."),
    ),
}
for _name, (_sentence, _news) in KINDS.items():
    add_kind(_name, NoticeCategory.FIRM, _sentence, _news)


def tell_people(day: B2bDay, people: Collection[int], kind: str, event: str, *, but: int = 0) -> int:
    """Tell some of those who take part, by number at the day; `but` is the person who did it. Answers how many were told.

    For somebody without an account the people of the firm are told. `event` makes the same news known once.
    """
    firms = queries.firms_of_people(people)
    members = members_of([one.firm_id for one in firms])
    told = 0
    for firm in firms:
        mine = [one.person_id for one in firm.people if one.id in people]
        told += _tell_firm(day, firm, mine, members[firm.firm_id], kind, event, but)
    return told


def tell(day: B2bDay, participants: Iterable[int], kind: str, event: str) -> int:
    """Tell those of some firms who take part and have not left."""
    return tell_each(day, {event: set(participants)}, kind)


def tell_each(day: B2bDay, events: Mapping[str, Collection[int]], kind: str) -> int:
    """The same of several events, each with its firms."""
    firms = queries.with_people({firm for some in events.values() for firm in some})
    members = members_of([one.firm_id for one in firms])
    told = 0
    for event, some in events.items():
        for firm in firms:
            mine = [one.person_id for one in firm.people if one.left_at is None]
            if firm.id in some and mine:
                told += _tell_firm(day, firm, mine, members[firm.firm_id], kind, event)
    return told


def _tell_firm(
    day: B2bDay,
    firm: DayParticipant,
    people: Collection[int | None],
    members: Iterable[Person],
    kind: str,
    event: str,
    but: int = 0,
) -> int:
    """Tell some people of a firm by the numbers of their accounts; None is somebody without one."""
    known = {one.id: one for one in members}
    accounts = {number for number in people if number is not None}
    if None in people:
        accounts |= known.keys()
    told = 0
    for number in sorted(accounts - {but}):
        person = known.get(number) or db.session.get_one(Person, number)
        subject = day.programme.title(person.language)
        path = f"/day-participants/{firm.id}/outcomes"
        told += notify(number, kind, subject, path, f"{event}:{firm.id}") is not None
    return told
