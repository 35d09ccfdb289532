"""The pages of the audit log."""

from flask import Blueprint, Response
from flask_babel import lazy_gettext as _l

from matchmaker.admin import log_page, queries, rules
from matchmaker.admin.object_words import KINDS
from matchmaker.admin.tasks import CHECK_JOB
from matchmaker.admin.verb_words import VERBS
from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.htmx import render
from matchmaker.core.i18n import language
from matchmaker.core.navigation import Place, add_place
from matchmaker.core.requests import asked_page
from matchmaker.core.sheets_out import csv_text, send_sheet
from matchmaker.core.zones import reader_zone

bp = Blueprint("audit_log", __name__)
add_place(Place("audit_log.index", _l("Audit log"), "file-text", rules.may_read_log, 96))


@bp.get("/audit-log")
@access(rules.may_read_log)
def index() -> Response:
    """The entries within the reader's reach, the latest first; reading them is logged."""
    actor, filters = current_actor(), log_page.asked_filters()
    found = queries.entries(actor, filters, _zone(), asked_page())
    audit.record_reading(actor, "audit_log", None, ["before", "after"])
    return render(
        "admin/audit_log.html",
        fragment="entries",
        lines=log_page.lines(found.items),
        paging=found.paging,
        filters=filters,
        query=log_page.query_of(filters),
        kinds=log_page.choices(KINDS),
        verbs=log_page.choices(VERBS),
        check=queries.last_check(CHECK_JOB, done=True),
    )


@bp.get("/audit-log/file.csv")
@access(rules.may_read_log)
def export() -> Response:
    """The same entries as a file; that it was taken is logged."""
    actor, filters = current_actor(), log_page.asked_filters()
    found = queries.exported(actor, filters, _zone())
    audit.record_export(actor, "audit_log", None, log_page.query_of(filters), len(found))
    rows = log_page.sheet(found)
    return send_sheet(csv_text(log_page.columns(), rows, language=language(), zone=_zone()), "audit-log.csv")


def _zone() -> str:
    return reader_zone() or "UTC"
