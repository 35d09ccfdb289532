"""Pages of memorandums."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor, public
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import order_countries
from matchmaker.core.navigation import Place, add_place
from matchmaker.mous import queries, rules, services, wording
from matchmaker.mous.forms import TransferBasisForm
from matchmaker.mous.models import Mou

bp = Blueprint("mous", __name__, url_prefix="/mous")
add_place(Place("mous.index", _l("Memorandums"), "file-text", public, order=60))


@bp.get("")
@access(public)
def index() -> Response:
    """All signed memorandums."""
    return render(
        "mous/index.html", mous=queries.signed(), today=clock.today(), words=wording, mou_rules=rules
    )


@bp.get("/<int:mou_id>")
@access(rules.may_see, load=queries.mou)
def show(mou: Mou) -> Response:
    """One memorandum: parties, areas, dates, contact points, grounds of data transfer."""
    return _page(mou)


@bp.route("/<int:mou_id>/transfer-basis", methods=["GET", "POST"])
@access(rules.may_record_basis, load=queries.mou)
def transfer_basis(mou: Mou) -> Response:
    """Record the ground for showing contact data across the border."""
    form = TransferBasisForm(countries=rules.basis_countries(current_actor(), mou))
    if form.validate_on_submit():
        try:
            services.record_transfer_basis(current_actor(), mou, **form.values())
            return done(_("The ground is recorded."), to=url_for("mous.show", mou_id=mou.id))
        except DomainError as error:
            form.refuse(error)
    return render("mous/transfer_basis.html", mou=mou, form=form, status=422 if form.is_submitted() else 200)


def _page(mou: Mou) -> Response:
    today = clock.today()
    sides = order_countries(sorted(rules.countries(mou)))
    parties = sorted(
        mou.parties,
        key=lambda party: sides.index(party.institution.country) if party.institution.country else len(sides),
    )
    bases = {code: rules.transfer_basis(mou, code, today) for code in sides}
    return render(
        "mous/show.html",
        mou=mou,
        parties=parties,
        bases=bases,
        mou_status=rules.status(mou, today),
        last_day=rules.last_day(mou, today),
        overrides=queries.overrides(mou.id) if rules.is_party(current_actor(), mou) else [],
        words=wording,
    )
