"""Tells those who signed up what happened: only the kind of news and the programme's title, nothing that was written."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.accounts.models import Person
from matchmaker.core.db import db
from matchmaker.firms.queries import members_to_tell
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify
from matchmaker.notifications.wordings import reword_notice
from matchmaker.programmes.models import SignUp

KINDS: dict[str, tuple[LazyString, LazyString]] = {
    "sign_up_confirmed": (_l("Your place in %(subject)s is confirmed."), _l("Your place is confirmed.")),
    "sign_up_accepted": (
        _l("You are accepted for %(subject)s. Confirm your place in time."),
        _l("You are accepted. Confirm your place in time."),
    ),
    "sign_up_waiting": (
        _l("You are on the waiting list of %(subject)s."),
        _l("You are on a waiting list."),
    ),
    "sign_up_offered": (
        _l("A place in %(subject)s is offered to you. Take it in time."),
        _l("A place is offered to you. Take it in time."),
    ),
    "sign_up_lapsed": (
        _l("Your offer for %(subject)s lapsed; the place went to the next."),
        _l("An offer lapsed; the place went to the next."),
    ),
    "sign_up_refused": (
        _l("There is a decision on your sign-up for %(subject)s."),
        _l("There is a decision on a sign-up."),
    ),
    "sign_up_cancelled": (
        _l("%(subject)s is cancelled. Read why."),
        _l("A programme you signed up for is cancelled."),
    ),
}
for _name, (_sentence, _news) in KINDS.items():
    add_kind(_name, NoticeCategory.FIRM, _sentence, _news)
    reword_notice(_name)


def tell(sign_up: SignUp, kind: str, *, but: int = 0) -> None:
    """Tell the people of the firm, or the person, about one step of a sign-up; `but` is the person who did it."""
    for person in people_of(sign_up):
        if person.id != but:
            notify(
                person.id,
                kind,
                sign_up.programme.title(person.language),
                path_of(sign_up),
                f"sign_up:{sign_up.id}:{kind}:{sign_up.version}",
                worded_by=sign_up.programme.institution_id,
            )


def people_of(sign_up: SignUp) -> list[Person]:
    """Whom notices about a sign-up reach."""
    if sign_up.firm_id is not None:
        return members_to_tell(sign_up.firm_id)
    return [db.session.get_one(Person, sign_up.person_id)]


def path_of(sign_up: SignUp) -> str:
    """Where they find it."""
    return f"/programmes/{sign_up.programme_id}"
