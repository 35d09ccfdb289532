"""Tells people on the spot: only the kind of news and the name of the day, and only those whom it concerns."""

from collections.abc import Collection, Iterable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.firms.queries import members_to_tell
from matchmaker.meetings.live import queries
from matchmaker.meetings.models import B2bDay
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
    told = 0
    for firm in queries.firms_of_people(people):
        mine = [one.person_id for one in firm.people if one.id in people]
        accounts = {number for number in mine if number is not None}
        members = {one.id: one for one in members_to_tell(firm.firm_id)}
        if None in mine:
            accounts |= members.keys()
        for number in sorted(accounts - {but}):
            person = members.get(number) or db.session.get_one(Person, number)
            subject = day.programme.title(person.language)
            path = f"/day-participants/{firm.id}/outcomes"
            told += notify(number, kind, subject, path, f"{event}:{firm.id}") is not None
    return told


def tell(day: B2bDay, participants: Iterable[int], kind: str, event: str) -> int:
    """Tell those of some firms who take part and have not left."""
    return tell_people(day, queries.people_there(set(participants)), kind, event)
