"""Pages of a signed memorandum: amendments, end, papers, contact points, grounds of data transfer."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import audit, clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.files import send_stored
from matchmaker.core.htmx import done, render
from matchmaker.institutions.queries import members
from matchmaker.mous import queries, rules, services
from matchmaker.mous.blueprint import bp
from matchmaker.mous.forms import AmendForm, ContactForm, DocumentForm, EndForm, TransferBasisForm
from matchmaker.mous.models import Mou, MouContactPoint, MouDocument


def _place(mou: Mou) -> str:
    return url_for("mous.show", mou_id=mou.id)


def _owns_document(actor: Actor, pair: tuple[Mou, MouDocument]) -> bool:
    return rules.is_party(actor, pair[0])


@bp.route("/<int:mou_id>/transfer-basis", methods=["GET", "POST"])
@access(rules.may_record_basis, load=queries.mou)
def transfer_basis(mou: Mou) -> AnyResponse:
    """Record the ground for showing contact data across the border."""
    form = TransferBasisForm(countries=rules.basis_countries(current_actor(), mou))
    if form.validate_on_submit():
        try:
            services.record_transfer_basis(current_actor(), mou, **form.values())
            return done(_("The ground is recorded."), to=_place(mou))
        except DomainError as error:
            form.refuse(error)
    return render("mous/transfer_basis.html", mou=mou, form=form, status=422 if form.is_submitted() else 200)


@bp.route("/<int:mou_id>/amend", methods=["GET", "POST"])
@access(rules.may_amend, load=queries.mou)
def amend(mou: Mou) -> AnyResponse:
    """Record what the parties agreed after the signature."""
    stored = {
        "term_months": mou.term_months,
        "renewal": mou.renewal,
        "areas": [item.area for item in mou.areas],
        "version": mou.version,
    }
    form = AmendForm(data=stored)
    if form.validate_on_submit():
        try:
            values = {
                name: form[name].data for name in ("agreed_on", "text", "term_months", "renewal", "areas")
            }
            services.amend(current_actor(), mou, version=form.version.data, **values)
            return done(_("The amendment is recorded."), to=_place(mou))
        except DomainError as error:
            form.refuse(error)
    return render("mous/amend.html", mou=mou, form=form, status=422 if form.is_submitted() else 200)


@bp.route("/<int:mou_id>/end", methods=["GET", "POST"])
@access(rules.may_amend, load=queries.mou)
def end(mou: Mou) -> AnyResponse:
    """Terminate the memorandum."""
    form = EndForm()
    if form.validate_on_submit():
        try:
            services.end(
                current_actor(),
                mou,
                ended_on=form.ended_on.data or clock.today(),
                reason=form.end_reason.data or "",
            )
            return done(_("The end of the memorandum is recorded."), to=_place(mou))
        except DomainError as error:
            form.refuse(error)
    return render("mous/end.html", mou=mou, form=form, status=422 if form.is_submitted() else 200)


@bp.route("/<int:mou_id>/documents/new", methods=["GET", "POST"])
@access(rules.works_for_party, load=queries.mou)
def add_document(mou: Mou) -> AnyResponse:
    """Add a paper."""
    form = DocumentForm()
    if form.validate_on_submit():
        try:
            values = {
                name: form[name].data for name in ("kind", "language", "signer", "capacity", "signed_on")
            }
            services.add_document(current_actor(), mou, form.file.data, **values)
            return done(_("The paper is stored."), to=_place(mou))
        except DomainError as error:
            form.refuse(error)
    return render("mous/add_document.html", mou=mou, form=form, status=422 if form.is_submitted() else 200)


@bp.get("/<int:mou_id>/documents/<int:document_id>")
@access(_owns_document, load=queries.document)
def document(pair: tuple[Mou, MouDocument]) -> Response:
    """The file of a paper."""
    audit.record_reading(current_actor(), "mou", pair[0].id, [f"document {pair[1].id}"])
    return send_stored(pair[1].file)


@bp.route("/<int:mou_id>/contact-points/new", methods=["GET", "POST"])
@access(rules.works_for_party, load=queries.mou)
def add_contact(mou: Mou) -> AnyResponse:
    """Name a contact point."""
    people = {
        item.person_id: (party.institution_id, f"{item.person.name}, {party.institution.short_name}")
        for party in mou.parties
        if rules.may_name(current_actor(), mou, party.institution_id)
        for item in members(party.institution_id)
    }
    form = ContactForm(people=[(number, name) for number, (_own, name) in people.items()])
    if form.validate_on_submit():
        try:
            number = form.person.data
            services.name_contact(
                current_actor(),
                mou,
                person_id=number,
                institution_id=people[number][0],
                from_on=form.from_on.data,
            )
            return done(_("The contact point is named."), to=_place(mou))
        except DomainError as error:
            form.refuse(error)
    return render("mous/add_contact.html", mou=mou, form=form, status=422 if form.is_submitted() else 200)


@bp.post("/<int:mou_id>/contact-points/<int:point_id>/end")
@access(rules.may_end_contact, load=queries.point)
def end_contact(pair: tuple[Mou, MouContactPoint]) -> AnyResponse:
    """End the task of a contact point."""
    services.end_contact(current_actor(), *pair)
    return done(_("The task is ended."), to=_place(pair[0]))
