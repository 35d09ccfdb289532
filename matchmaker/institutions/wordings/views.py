"""Mail templates: which mails an institution words itself, the words with their preview, and earlier versions."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, render
from matchmaker.core.limits import limiter
from matchmaker.core.versions import ChangedMeanwhile
from matchmaker.institutions.wordings import pages, queries, rules, services
from matchmaker.institutions.wordings.forms import BackForm, WordingForm
from matchmaker.institutions.wordings.rules import WordingOf

bp = Blueprint("wordings", __name__, url_prefix="/mail/templates")
PREVIEW, TEST = "preview", "test"
"""What the buttons beside "Save" say."""
ONE = "/<int:institution_id>/<string:kind>/<any(tr, ru, en):language>"


@bp.get("")
@access(rules.may_word_any)
def index() -> Response:
    """The mails of the institutions one works for, and in which languages each has words of its own."""
    return render("institutions/wordings/index.html", lists=pages.lists(current_actor()))


@bp.get(ONE)
@access(rules.may_word, load=queries.wording_of)
def show(asked: WordingOf) -> Response:
    """The words as they stand."""
    return _page(asked, WordingForm(formdata=None, data=pages.standing(asked)))


@bp.post(ONE)
@access(rules.may_word, load=queries.wording_of)
@limiter.limit(
    "20/hour",
    key_func=lambda: f"test mails of {current_actor().person_id}",
    exempt_when=lambda: request.form.get("step") != TEST,
)
def save(asked: WordingOf) -> AnyResponse:
    """Write the mail in these words from now on; or only show them, or send them to oneself."""
    form = WordingForm()
    if not form.validate_on_submit():
        return _page(asked, form, 422)
    try:
        told = _tried(asked, form, request.form.get("step", ""))
        if told:
            return _page(asked, form, told=told)
        services.save(current_actor(), asked, form.wording(), seen=form.version.data or 0)
    except DomainError as error:
        form.refuse(error)
        return _page(asked, form, error.status, meanwhile=isinstance(error, ChangedMeanwhile))
    told = _("Saved. Mails written from now on have these words; those that wait keep theirs.")
    return done(told, to=_address(asked))


def _tried(asked: WordingOf, form: WordingForm, step: str) -> str:
    """Do what the buttons beside "Save" say; answers what to tell, nothing where the words are to be saved."""
    told: str = ""
    if step == PREVIEW:
        services.check(asked, form.wording())
        told = _("This is how the mail would look. Nothing is saved yet.")
    elif step == TEST:
        to = services.try_out(current_actor(), asked, form.wording()).to_address
        told = _("A test mail goes to %(address)s and to nobody else. Nothing is saved yet.", address=to)
    return told


@bp.post(f"{ONE}/versions")
@access(rules.may_word, load=queries.wording_of)
def go_back(asked: WordingOf) -> AnyResponse:
    """Take an earlier version up again."""
    form = BackForm()
    if not form.validate_on_submit():
        return _page(asked, WordingForm(formdata=None, data=pages.standing(asked)), 422)
    services.go_back(current_actor(), asked, form.number.data or 0, seen=form.version.data or 0)
    return done(_("The earlier words stand again."), to=_address(asked))


def _page(
    asked: WordingOf, form: WordingForm, status: int = 200, *, told: str = "", meanwhile: bool = False
) -> Response:
    page = pages.wording_page(asked, form.wording() if form.text.data else None)
    return render(
        "institutions/wordings/show.html",
        status=status,
        page=page,
        form=form,
        told=told,
        meanwhile=pages.standing(asked) if meanwhile else None,
    )


def _address(asked: WordingOf) -> str:
    return url_for(
        "wordings.show", institution_id=asked.institution.id, kind=asked.mail.key, language=asked.language
    )
