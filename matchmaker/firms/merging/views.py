"""Pages of merges: what a merge would do, what it did, undoing it."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.requests import LARGEST_KEY, asked_number
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.duplicates.queries import pair, pair_for_change
from matchmaker.firms.duplicates.rules import may_settle
from matchmaker.firms.merging import pages, queries, rules, services
from matchmaker.firms.merging.forms import MergeForm
from matchmaker.firms.merging.models import MergeRecord

bp = Blueprint("merging", __name__)


@bp.get("/duplicates/<int:pair_id>/merge")
@access(may_settle, load=pair)
def preview(found: SuspectedPair) -> Response:
    """What moves, what stays and what forbids it, for the firm that the address says stays; a settled pair says so itself."""
    if not rules.may_merge(current_actor(), found):
        return go_to(url_for("duplicates.show", pair_id=found.id))
    asked = asked_number("keep", least=0, most=LARGEST_KEY)
    keep = asked if asked in (found.first_id, found.second_id) else found.first_id
    return _preview(found, MergeForm(formdata=None, data={"keep": keep}), keep, 200)


@bp.post("/duplicates/<int:pair_id>/merge")
@access(may_settle, load=pair_for_change)
def merge(found: SuspectedPair) -> Response:
    """Merge the two firms."""
    form = MergeForm()
    if form.validate_on_submit():
        try:
            record = services.merge(current_actor(), found, form.keep.data or 0, form.reason.data or "")
            return done(_("The firms are merged."), to=url_for("merging.show", merge_id=record.id))
        except DomainError as error:
            if isinstance(error, Conflict):
                raise
            form.refuse(error)
    keep = request.form.get("keep", found.first_id, type=int)
    return _preview(found, form, keep if keep == found.second_id else found.first_id, 422)


def _preview(found: SuspectedPair, form: MergeForm, keep: int, status: int) -> Response:
    page = pages.preview(found, keep)
    return render("firms/merging/preview.html", fragment="merge", page=page, form=form, status=status)


@bp.get("/firm-merges/<int:merge_id>")
@access(rules.may_see_merge, load=queries.merge)
def show(record: MergeRecord) -> Response:
    """What a merge did, and what its undoing could not put back."""
    return render("firms/merging/show.html", page=pages.result(record))


@bp.post("/firm-merges/<int:merge_id>/undo")
@access(rules.may_see_merge, load=queries.merge_for_change)
def undo(record: MergeRecord) -> Response:
    """Undo a merge."""
    left = services.undo(current_actor(), record)
    told = ngettext(
        "The merge is undone; %(num)s row could not be put back.",
        "The merge is undone; %(num)s rows could not be put back.",
        left,
    )
    return done(told if left else _("The merge is undone."), to=url_for("merging.show", merge_id=record.id))
