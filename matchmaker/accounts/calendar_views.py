"""The personal calendar: a page to make, show and revoke its secret address, and the feed behind it."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts import calendar_services
from matchmaker.accounts.blueprint import bp
from matchmaker.accounts.models import CalendarFeed, Person
from matchmaker.accounts.settings_views import own_person
from matchmaker.core.access import access, current_actor, public, signed_in
from matchmaker.core.calendars import calendar_file, personal_events, send_calendar
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import in_language
from matchmaker.core.limits import limiter
from matchmaker.core.mail import link


@bp.get("/settings/calendar")
@access(signed_in, load=own_person)
def calendar(person: Person) -> Response:
    """Where the own calendar can be subscribed to."""
    feed = calendar_services.feed_of_person(person.id)
    token = calendar_services.token_of(feed) if feed else ""
    address = link("accounts.calendar_feed", token=token) if token else ""
    response = render(
        "accounts/calendar.html", feed=feed, address=address, webcal="webcal://" + address.partition("://")[2]
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/settings/calendar")
@access(signed_in, load=own_person)
def make_calendar(person: Person) -> AnyResponse:
    """A new secret address instead of the old one."""
    calendar_services.make_feed(current_actor(), person)
    return done(_("The address of your calendar is ready."), to=url_for("accounts.calendar"))


@bp.post("/settings/calendar/revoke")
@access(signed_in, load=own_person)
def revoke_calendar(person: Person) -> AnyResponse:
    """Nobody reads the calendar any more."""
    calendar_services.revoke_feed(current_actor(), person)
    return done(_("The address no longer works."), to=url_for("accounts.calendar"))


@bp.get("/calendar/<string:token>")
@limiter.limit("120/hour")
@access(public, load=calendar_services.feed_of_token)
def calendar_feed(feed: CalendarFeed) -> AnyResponse:
    """What the person attends, in their language, for a calendar program; whoever knows the address reads it."""
    with in_language(feed.person.language):
        content = calendar_file(_("My programmes and meetings"), personal_events(feed.person_id))
    response = send_calendar(content, "calendar.ics")
    response.add_etag()
    return response.make_conditional(request)
