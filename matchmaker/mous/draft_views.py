"""Pages of a memorandum that is not signed yet: write, check, confirm, sign, clone."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.institutions.queries import signing
from matchmaker.mous import queries, rules, services
from matchmaker.mous.blueprint import bp
from matchmaker.mous.draft_forms import CloneForm, DraftForm, SignForm, stored
from matchmaker.mous.models import Mou, MouParty


def _institutions() -> list[tuple[int, str]]:
    return [(item.id, f"{item.short_name}, {item.name(language())}") for item in signing()]


def _refused(error: DomainError) -> DomainError:
    """A conflict or a missing right becomes a page of its own, but not what somebody changed while one was typing."""
    if error.status != DomainError.status and not isinstance(error, ChangedMeanwhile):
        raise error
    return error


@bp.route("/new", methods=["GET", "POST"])
@access(rules.may_start)
def new() -> Response:
    """Write a draft."""
    form = DraftForm(institutions=_institutions())
    if form.validate_on_submit():
        try:
            mou = services.start(current_actor(), **form.values())
            return done(_("The draft is saved."), to=url_for("mous.show", mou_id=mou.id))
        except DomainError as error:
            form.refuse(_refused(error))
    return render("mous/edit.html", form=form, mou=None, status=422 if form.is_submitted() else 200)


@bp.route("/<int:mou_id>/edit", methods=["GET", "POST"])
@access(rules.may_edit, load=queries.mou)
def edit(mou: Mou) -> Response:
    """Change a draft."""
    form = DraftForm(institutions=_institutions(), data=stored(mou))
    if form.validate_on_submit():
        try:
            services.edit(current_actor(), mou, version=form.version.data, **form.values())
            return done(_("The draft is saved."), to=url_for("mous.show", mou_id=mou.id))
        except DomainError as error:
            form.refuse(_refused(error))
    return render("mous/edit.html", form=form, mou=mou, status=422 if form.is_submitted() else 200)


def _settles(actor: Actor, pair: tuple[Mou, MouParty]) -> bool:
    return rules.may_settle(actor, pair[0])


@bp.post("/<int:mou_id>/parties/<int:institution_id>/confirm")
@access(_settles, load=queries.party)
def confirm(pair: tuple[Mou, MouParty]) -> Response:
    """Confirm the text for one party."""
    mou, party = pair
    services.confirm(current_actor(), mou, party.institution_id)
    return done(_("The text is confirmed."), to=url_for("mous.show", mou_id=mou.id))


@bp.route("/<int:mou_id>/sign", methods=["GET", "POST"])
@access(rules.may_settle, load=queries.mou)
def sign(mou: Mou) -> Response:
    """Record the signature of one party."""
    absent = queries.absent(mou)
    mine = [
        (party.institution_id, party.institution.name(language()))
        for party in mou.parties
        if rules.speaks_for(current_actor(), mou, party.institution_id, absent) and party.signed_on is None
    ]
    form = SignForm(parties=mine)
    if form.validate_on_submit():
        try:
            values = {name: form[name].data for name in ("signatory", "capacity", "signed_on")}
            services.sign(current_actor(), mou, form.institution.data, **values)
            return done(_("The signature is recorded."), to=url_for("mous.show", mou_id=mou.id))
        except DomainError as error:
            form.refuse(_refused(error))
    return render("mous/sign.html", form=form, mou=mou, status=422 if form.is_submitted() else 200)


@bp.route("/<int:mou_id>/clone", methods=["GET", "POST"])
@access(rules.works_for_party, load=queries.mou)
def clone(mou: Mou) -> Response:
    """Begin a new draft after this memorandum."""
    form = CloneForm()
    if form.validate_on_submit():
        try:
            made = services.clone(
                current_actor(), mou, number=form.number.data or "", carried=form.carried.data or ()
            )
            return done(_("The draft is saved."), to=url_for("mous.edit", mou_id=made.id))
        except DomainError as error:
            form.refuse(_refused(error))
    return render("mous/clone.html", form=form, mou=mou, status=422 if form.is_submitted() else 200)
