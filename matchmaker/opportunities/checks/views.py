"""Pages of the list of sensitive words: the list in force, a change, the changes so far."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, existing
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_page
from matchmaker.opportunities.blueprint import words_bp
from matchmaker.opportunities.checks import queries, rules, services
from matchmaker.opportunities.checks.forms import OFF, ON, WordForm
from matchmaker.opportunities.checks.words import WORD_KINDS
from matchmaker.opportunities.writing import LANGUAGES

add_place(Place("sensitive_words.index", _l("Sensitive words"), "flag", rules.may_edit_words, 77))


@words_bp.get("")
@access(rules.may_edit_words)
def index() -> Response:
    """The words in force in one language, and the changes so far."""
    spoken = language() if language() in LANGUAGES else LANGUAGES[-1]
    shown = request.args.get("language", "")
    shown = shown if shown in LANGUAGES else spoken
    found = queries.change_page(asked_page())
    words = queries.words()
    return render(
        "opportunities/sensitive_words.html",
        words=[word for word in words if word.language == shown],
        counts={code: sum(word.language == code for word in words) for code in LANGUAGES},
        shown=shown,
        list_version=queries.list_version(),
        changes=found.items,
        paging=found.paging,
        kinds=WORD_KINDS,
        today=clock.today(),
    )


@words_bp.route("/change", methods=["GET", "POST"])
@access(rules.may_edit_words)
def change() -> AnyResponse:
    """Put a word on the list or take it off."""
    form = WordForm(
        deed=OFF if request.args.get("phrase") else ON,
        language=request.args.get("language") or language(),
        kind=request.args.get("kind"),
        phrase=request.args.get("phrase", ""),
        valid_from=clock.today(),
        seen=queries.last_number(),
    )
    if form.validate_on_submit():
        try:
            kept = services.change_word(
                current_actor(), form.word, listed=form.deed.data == ON, valid_from=existing(form.valid_from.data),
                reason=form.reason.data or "", seen=form.seen.data or "0",
            )  # fmt: skip
        except DomainError as error:
            form.refuse(error)
        else:
            return done(
                _("The list is changed."), to=url_for("sensitive_words.index", language=kept.language)
            )
    return render("opportunities/sensitive_word.html", form=form, status=422 if form.is_submitted() else 200)
