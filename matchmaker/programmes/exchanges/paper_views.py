"""Report, evaluations and their files, and the papers that the product makes."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.pdf import render_pdf, send_pdf
from matchmaker.programmes.exchanges import (
    agreement_paper,
    certificates,
    paper_services,
    queries,
    rules,
    words,
)
from matchmaker.programmes.exchanges.blueprint import bp
from matchmaker.programmes.exchanges.enums import PaperKind
from matchmaker.programmes.exchanges.exchange_views import back
from matchmaker.programmes.exchanges.forms import PaperForm
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.exchanges.rules import PaperToHandIn
from matchmaker.programmes.forms import unless_conflict


@bp.route("/exchanges/<int:application_id>/papers/<string:kind>", methods=["GET", "POST"])
@access(rules.may_hand_in, load=queries.paper_to_hand_in)
def paper(asked: PaperToHandIn) -> Response:
    """Hand in a report or an evaluation."""
    form = PaperForm(rated=asked.kind is not PaperKind.REPORT)
    if form.validate_on_submit():
        try:
            paper_services.hand_in(current_actor(), asked, form.paper())
        except DomainError as error:
            form.refuse(unless_conflict(error))
        else:
            return back(asked.application, _("Thank you, the paper is here."))
    status = 422 if form.is_submitted() else 200
    return render(
        "exchanges/paper.html",
        fragment="paper",
        form=form,
        application=asked.application,
        kind=asked.kind,
        heading=words.PAPERS[asked.kind],
        status=status,
    )


def seen(actor: Actor, asked: PaperToHandIn) -> bool:
    """Whoever sees the exchange reads its papers."""
    return rules.may_see(actor, asked.application)


@bp.get("/exchanges/<int:application_id>/papers/<string:kind>/file")
@access(seen, load=queries.paper_to_hand_in)
def paper_file(asked: PaperToHandIn) -> Response:
    """The file of a paper."""
    found = existing(next((one.file for one in asked.application.papers if one.kind is asked.kind), None))
    audit.record_reading(
        current_actor(), "exchange_application", asked.application.sign_up_id, [f"paper {asked.kind}"]
    )
    return send_stored(found)


@bp.get("/exchanges/<int:application_id>/agreement-paper")
@access(rules.may_see, load=queries.application)
def agreement_paper_file(application: ExchangeApplication) -> Response:
    """The agreement as a PDF, with who confirmed it."""
    data = agreement_paper.data(application)
    content = render_pdf("agreement", data, language(), title=data["heading"], made_at=clock.now())
    return send_pdf(content, f"agreement-{application.sign_up_id}.pdf")


@bp.get("/exchanges/<int:application_id>/certificate")
@access(rules.may_see, load=queries.application)
def certificate(application: ExchangeApplication) -> Response:
    """The certificate as a PDF, once report and evaluations are here."""
    return send_pdf(certificates.paper(application), f"certificate-{application.sign_up_id}.pdf")
