"""The page of the exposure: how it is spread, who is over the cap, and setting the cap."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.matching.blueprint import bp
from matchmaker.matching.exposure import queries, services
from matchmaker.matching.exposure.forms import CapForm
from matchmaker.matching.exposure.pages import exposure_page
from matchmaker.matching.staff_tabs import staff_tabs
from matchmaker.matching.weighing.rules import decides, may_try, sees_weights


@bp.get("/fit/exposure")
@access(sees_weights)
def exposure() -> Response:
    """How often firms are shown to others, and the cap."""
    return _page(CapForm(formdata=None, data={"share": queries.share()}))


@bp.post("/fit/exposure")
@access(decides)
def set_exposure_cap() -> Response:
    """Set the cap."""
    form = CapForm()
    if form.validate_on_submit():
        try:
            services.set_cap(current_actor(), int(form.share.data), form.reason.data or "")
            return done(
                _("The cap is set. The lists follow within minutes."), to=url_for("matching.exposure")
            )
        except DomainError as error:
            form.refuse(error)
    return _page(form, 422)


@bp.post("/fit/exposure/round")
@access(may_try)
def make_exposure_round() -> Response:
    """Queue a round now."""
    services.queue_round(current_actor())
    return done(_("The lists are being computed."), to=url_for("matching.exposure"))


def _page(form: CapForm, status: int = 200) -> Response:
    page = exposure_page(current_actor())
    return render(
        "matching/exposure.html",
        fragment="exposure",
        page=page,
        form=form,
        staff_pages=staff_tabs("matching.exposure"),
        status=status,
    )
