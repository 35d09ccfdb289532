"""The personal agenda: a page and a PDF; the feed is in calendar_views."""

from flask import Response
from flask_babel import gettext as _

from matchmaker.accounts import agenda as own
from matchmaker.accounts.blueprint import bp
from matchmaker.accounts.models import Person
from matchmaker.accounts.settings_views import own_person
from matchmaker.core import clock
from matchmaker.core.access import access, signed_in
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.pdf import render_pdf, send_pdf


@bp.get("/agenda")
@access(signed_in, load=own_person)
def agenda(person: Person) -> Response:
    """What the reader takes part in, day by day."""
    return render("accounts/agenda.html", days=own.agenda(person.id))


@bp.get("/agenda/pdf")
@access(signed_in, load=own_person)
def agenda_paper(person: Person) -> Response:
    """The same on paper."""
    data = own.sheet(own.agenda(person.id), person.name)
    content = render_pdf("list", data, language(), title=_("My agenda"), made_at=clock.now())
    return send_pdf(content, f"agenda-{clock.today():%Y-%m-%d}.pdf")
