"""What the product itself keeps of a person, beyond the domains: mails, the audit trail, jobs, files, archives."""

from flask_babel import lazy_gettext as _l

from matchmaker.core.audit import AuditEntry
from matchmaker.core.files import StoredFile
from matchmaker.core.jobs import Job
from matchmaker.core.mail import OutboxMail, without_secrets
from matchmaker.core.personal_data import Fate, Held, Part
from matchmaker.core.retention import RetentionTerm
from matchmaker.firms.models import SearchOutbox
from matchmaker.rights.incidents.models import Incident, IncidentEntry, IncidentReport, IncidentTerm
from matchmaker.rights.models import DataExport, ErasureRequest

PART = Part(
    "system",
    _l("Records of the system"),
    held=(
        Held(
            OutboxMail,
            _l("Mails to your address"),
            (),
            Fate.REMOVED,
            address=OutboxMail.to_address,
            secret=frozenset({"html", "unsubscribe_url"}),
            readers={"text": without_secrets},
        ),
        Held(
            ErasureRequest,
            _l("Your requests to be erased"),
            (ErasureRequest.person_id, ErasureRequest.open_person),
            Fate.KEPT,
            why=_l("It proves that your request was answered. Without your name."),
        ),
        Held(
            IncidentReport,
            _l("Your reports of data incidents"),
            (IncidentReport.person_id,),
            Fate.KEPT,
            why=_l("They show that a suspicion was looked into. Without your name."),
        ),
        Held(DataExport, _l("Archives of your data"), (DataExport.person_id,), Fate.REMOVED),
        Held(
            AuditEntry,
            _l("What you did here"),
            (AuditEntry.actor_id,),
            Fate.KEPT,
            secret=frozenset({"hash", "salt", "proofs"}),
            why=_l("Decisions have to stay traceable. Your name, address and phone are struck out."),
        ),
        Held(
            StoredFile,
            _l("Files that you uploaded"),
            (StoredFile.uploaded_by_id,),
            Fate.KEPT,
            secret=frozenset({"token"}),
            why=_l("They belong to the records named above and go or stay with them."),
        ),
        Held(
            Job,
            _l("Long work that you started"),
            (Job.owner_id,),
            Fate.KEPT,
            why=_l("It shows what the system did. Without your name."),
        ),
    ),
    named=(
        ErasureRequest.decided_by_id,
        RetentionTerm.set_by_id,
        SearchOutbox.by_id,
        Incident.recorded_by_id,
        IncidentEntry.by_id,
        IncidentReport.decided_by_id,
        IncidentTerm.set_by_id,
    ),
)
