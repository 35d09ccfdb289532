"""The certificate as a paper in the participant's language, and what the public check says."""

from io import BytesIO
from zoneinfo import ZoneInfo

import segno
from flask_babel import gettext as _

from matchmaker.core.i18n import in_language, show_date
from matchmaker.core.mail import link
from matchmaker.core.pdf import qr_svg, render_pdf
from matchmaker.firms.names import place_name
from matchmaker.institutions.letter_heads import letter_heads
from matchmaker.programmes.models import Programme
from matchmaker.programmes.trainings.models import Certificate

CHECK = "trainings.check_certificate"


def certificate_pdf(certificate: Certificate) -> bytes:
    """The paper, dated by the day of issue: the same bytes until an issuer changes its name or its letter head."""
    programme, spoken = certificate.programme, certificate.language
    with in_language(spoken):
        title = _("Certificate %(number)s", number=certificate.number)
        address = link(CHECK, number=certificate.number)
        data = {
            "heading": _("Certificate of attendance"),
            "statement": _("This certifies that the person named below took part in the training."),
            "person": certificate.name,
            "person_alt": _other_script(certificate),
            "programme": programme.title(spoken),
            "lines": [
                {"term": _("Days"), "value": days_of(programme)},
                {
                    "term": _("Attendance"),
                    "value": _("%(share)s per cent of the sessions", share=certificate.share),
                },
                {
                    "term": _("Issued on"),
                    "value": show_date(certificate.issued_at.astimezone(ZoneInfo(programme.zone)).date()),
                },
            ],
            "issuers": [
                {"name": one.name(spoken), "place": place_name(one.city)}
                for one in (programme.institution, programme.host_institution)
                if one is not None
            ],
            "number_line": title,
            "check_line": _("Check this certificate:"),
            "check_url": address,
            "qr": qr_svg(address),
        }
    return render_pdf(
        "certificate",
        data,
        spoken,
        title=title,
        made_at=certificate.issued_at,
        heads=letter_heads((programme.institution, programme.host_institution)),
    )


def _other_script(certificate: Certificate) -> str:
    romanised = certificate.name_romanised
    return romanised if romanised and romanised != certificate.name else ""


def days_of(programme: Programme) -> str:
    """The days of a programme at its venue."""
    first, last = programme.first_day, programme.last_day
    if first == last:
        return show_date(first)
    return str(_("%(first)s to %(last)s", first=show_date(first), last=show_date(last)))


def code_svg(training_session_id: int, code: str) -> bytes:
    """The QR code that leads a participant's phone to the check-in of a session, with the code filled in."""
    address = link("trainings.check_in", training_session_id=training_session_id, code=code)
    drawn = segno.make(address, error="m")
    out = BytesIO()
    drawn.save(out, kind="svg", omitsize=True, border=4, dark="#000", light="#fff", svgclass=None)
    return out.getvalue()
