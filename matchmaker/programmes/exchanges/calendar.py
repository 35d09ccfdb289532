"""Exchanges in the personal calendar: the agreed days, and each item of the agenda."""

from flask_babel import gettext as _

from matchmaker.core.calendars import CalendarEvent, add_source
from matchmaker.core.i18n import language
from matchmaker.core.mail import link
from matchmaker.firms.names import place_name
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.exchanges import queries
from matchmaker.programmes.exchanges.models import ExchangeApplication

SHOWN = (SignUpState.ACCEPTED, SignUpState.CONFIRMED, SignUpState.ATTENDED, SignUpState.COMPLETED)


def events(person_id: int) -> list[CalendarEvent]:
    """What the person attends as an expert or looks after at the host."""
    return [event for application in queries.of_person(person_id, SHOWN) for event in _events(application)]


def _events(application: ExchangeApplication) -> list[CalendarEvent]:
    programme = application.sign_up.programme
    url = link("exchanges.show", application_id=application.sign_up_id)
    title = programme.title(language())
    if application.agreed_from is None or application.agreed_to is None:
        return []
    days = CalendarEvent(
        key=f"exchange-{application.sign_up_id}",
        version=application.version,
        changed_at=application.sign_up.updated_at,
        starts=application.agreed_from,
        ends=application.agreed_to,
        zone=programme.zone,
        title=_("Expert exchange: %(title)s", title=title),
        place=place_name(programme.city),
        url=url,
    )
    items = [
        CalendarEvent(
            key=f"exchange-item-{item.id}",
            version=item.version,
            changed_at=item.updated_at,
            starts=item.starts_at,
            ends=item.ends_at,
            zone=programme.zone,
            title=item.title,
            place=place_name(item.place),
            text=title,
            url=url,
            part_of=title,
        )
        for item in application.agenda
    ]
    return [days, *items]


add_source("exchanges", events)
