"""What the worker does for firms by itself."""

from flask_babel import lazy_gettext as _l

from matchmaker.core import clock
from matchmaker.core.jobs import loop
from matchmaker.firms import queries
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify
from matchmaker.reference import certificates

WARNED_DAYS = 60
EVERY_SECONDS = 3600

add_kind(
    "certificate_ends",
    NoticeCategory.FIRM,
    _l("The certificate %(subject)s ends soon. Renew it, or it no longer counts when partners search."),
    _l("A certificate of your firm ends soon."),
)


@loop("certificate-warnings", EVERY_SECONDS)
def warn_of_ending_certificates() -> None:
    """Tell the people of a firm once, 60 days before a certificate ends; a renewed one is warned of anew."""
    for certificate in queries.ending_certificates(clock.today(), WARNED_DAYS):
        path = f"/firms/{certificate.firm_id}/certificates/{certificate.id}"
        key = f"certificate {certificate.id} ends {certificate.valid_until}"
        for person in queries.members_to_tell(certificate.firm_id):
            notify(
                person.id,
                "certificate_ends",
                certificates.label(certificate.scheme, person.language),
                path,
                key,
            )
