"""The page on which a person asks to be erased, follows the request and takes it back."""

from flask import Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.accounts.models import Person
from matchmaker.accounts.settings_views import own_attempts, own_person
from matchmaker.core.access import access, current_actor, signed_in
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.rights import erasure, erasure_queries, erasure_services, words
from matchmaker.rights.blueprint import bp
from matchmaker.rights.erasure_pages import outlook, part_titles
from matchmaker.rights.forms import ErasureForm
from matchmaker.rights.models import ErasureRequest


@bp.route("/settings/erasure", methods=["GET", "POST"])
@own_attempts
@access(signed_in, load=own_person)
def erasure_request(person: Person) -> AnyResponse:
    """What erasing does and what the law keeps; asking for it; where a request stands."""
    form = ErasureForm()
    if form.validate_on_submit():
        try:
            password, note = form.password.data or "", form.note.data or ""
            erasure_services.ask(current_actor(), person, password, note)
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("Your request is with your institution."), to=url_for("rights.erasure_request"))
    return _page(person, form, 422 if form.is_submitted() else 200)


def _page(person: Person, form: ErasureForm, status: int) -> Response:
    return render(
        "rights/erasure.html",
        status=status,
        form=form,
        last=erasure_queries.latest_of(person.id),
        outlook=outlook(person.id, person.email),
        obstacles=erasure.obstacles(person.id),
        part_titles=part_titles,
        words=words,
    )


def own_request() -> ErasureRequest:
    """The reader's own open request; raises NotFound."""
    return erasure_queries.own_open(current_actor().person_id)


@bp.post("/settings/erasure/withdraw")
@access(signed_in, load=own_request)
def withdraw_erasure(request: ErasureRequest) -> AnyResponse:
    """Take the request back."""
    erasure_services.withdraw(current_actor(), request.id)
    return done(_("Your request is withdrawn. Nothing is erased."), to=url_for("rights.erasure_request"))
