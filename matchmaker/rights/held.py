"""What the product itself keeps of a person, beyond the domains: mails, the audit trail, jobs, files, archives."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.audit import AuditEntry
from matchmaker.core.files import StoredFile
from matchmaker.core.jobs import Job
from matchmaker.core.mail import OutboxMail, without_secrets
from matchmaker.core.personal_data import Held, Part
from matchmaker.firms.models import SearchOutbox
from matchmaker.rights.models import DataExport

PART = Part(
    "system",
    _l("Records of the system"),
    held=(
        Held(
            OutboxMail,
            _l("Mails to your address"),
            (),
            address=OutboxMail.to_address,
            secret=frozenset({"html", "unsubscribe_url"}),
            readers={"text": without_secrets},
        ),
        Held(DataExport, _l("Archives of your data"), (DataExport.person_id,)),
        Held(AuditEntry, _l("What you did here"), (AuditEntry.actor_id,)),
        Held(
            StoredFile,
            _l("Files that you uploaded"),
            (StoredFile.uploaded_by_id,),
            secret=frozenset({"token"}),
        ),
        Held(Job, _l("Long work that you started"), (Job.owner_id,)),
    ),
    named=(SearchOutbox.by_id,),
)
