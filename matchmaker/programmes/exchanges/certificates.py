"""The certificate of an exchange: issued with the last paper, checked on the same public page as those of trainings."""

import secrets
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select

from matchmaker.core import audit, clock
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, in_language, show_date
from matchmaker.core.mail import link
from matchmaker.core.pdf import qr_svg, render_pdf
from matchmaker.firms.names import place_name
from matchmaker.programmes.exchanges import queries, words
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.trainings.models import Certificate
from matchmaker.reference import practice_areas

CHECK = "trainings.check_certificate"
WHOLE = 100
"""An exchange is attended wholly or not at all."""


def issue(application: ExchangeApplication) -> Certificate:
    """Write the certificate of the expert who went; the caller has seen that report and evaluations are here."""
    (delegate,) = queries.delegates_of(application.sign_up_id)
    spoken = delegate.language if delegate.language in LANGUAGES else DEFAULT_LANGUAGE
    row = Certificate(
        number=f"{clock.today().year}-{application.call_id:04}-{secrets.token_hex(5).upper()}",
        programme_id=application.call_id,
        delegate_id=delegate.id,
        name=delegate.name,
        name_romanised=delegate.name_romanised,
        language=spoken,
        share=WHOLE,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(None, "issue_certificate", "certificate", row.id, after={"delegate": delegate.id})
    return row


def of(application: ExchangeApplication) -> Certificate:
    """The certificate of an exchange; raises NotFound before it is closed."""
    numbers = [delegate.id for delegate in queries.delegates_of(application.sign_up_id)]
    return existing(db.session.scalar(select(Certificate).where(Certificate.delegate_id.in_(numbers))))


def paper(application: ExchangeApplication) -> bytes:
    """The certificate as a PDF in the expert's language, dated by the day of issue: the same bytes each time."""
    row = of(application)
    with in_language(row.language):
        title = _("Certificate %(number)s", number=row.number)
        data = _data(application, row, title)
    return render_pdf("certificate", data, row.language, title=title, made_at=row.issued_at)


def _data(application: ExchangeApplication, row: Certificate, title: str) -> dict[str, object]:
    programme, call, spoken = application.sign_up.programme, application.call, row.language
    address = link(CHECK, number=row.number)
    days = _(
        "%(first)s to %(last)s",
        first=show_date(application.agreed_from),
        last=show_date(application.agreed_to),
    )
    other = row.name_romanised
    return {
        "heading": _("Certificate of an expert exchange"),
        "statement": _(
            "This certifies that the expert named below carried out this exchange and reported on it."
        ),
        "person": row.name,
        "person_alt": other if other and other != row.name else "",
        "programme": programme.title(spoken),
        "lines": [
            {"term": _("Format"), "value": str(words.FORMATS[call.format])},
            {"term": _("Practice area"), "value": practice_areas.label(call.practice_area, spoken)},
            {"term": _("Days"), "value": days},
            {
                "term": _("Issued on"),
                "value": show_date(row.issued_at.astimezone(ZoneInfo(programme.zone)).date()),
            },
        ],
        "issuers": [
            {"name": one.name(spoken), "place": place_name(one.city)} for one in (call.host, call.sending)
        ],
        "number_line": title,
        "check_line": _("Check this certificate:"),
        "check_url": address,
        "qr": qr_svg(address),
    }
