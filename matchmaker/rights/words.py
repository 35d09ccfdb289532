"""The words of the rights of people over their data."""

from flask_babel import lazy_gettext as _l

from matchmaker.compliance.words import field_word
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.rights.enums import ErasureGround, ErasureState

__all__ = ["GROUNDS", "STATES", "field_word", "law_word"]

ARCHIVE_READY = "own_data_ready"
add_kind(
    ARCHIVE_READY,
    NoticeCategory.FIRM,
    _l("The archive of your data is ready: %(subject)s."),
    _l("The archive of your data is ready."),
)

ERASURE_ASKED, ERASURE_ANSWERED, CONTACT_ERASED = "erasure_asked", "erasure_answered", "contact_erased"
add_kind(
    ERASURE_ASKED,
    NoticeCategory.WORK,
    _l("Somebody asks to be erased: request %(subject)s. The law sets a date for the answer."),
    _l("Somebody asks to be erased."),
)
add_kind(
    ERASURE_ANSWERED,
    NoticeCategory.FIRM,
    _l("Your request to be erased (number %(subject)s) is answered."),
    _l("There is an answer to your request."),
)
add_kind(
    CONTACT_ERASED,
    NoticeCategory.MATCHES,
    _l("A contact person of %(subject)s was erased. Destroy what you received of that person."),
    _l("A contact person was erased. Destroy what you received of that person."),
)
STATES = {
    ErasureState.ASKED: (_l("To be answered"), "warn"),
    ErasureState.CARRIED_OUT: (_l("Carried out"), "ok"),
    ErasureState.PARTLY: (_l("Carried out in part"), "ok"),
    ErasureState.REFUSED: (_l("Refused"), "danger"),
    ErasureState.WITHDRAWN: (_l("Withdrawn"), ""),
}
GROUNDS = {
    ErasureGround.LEGAL_DUTY: _l("A law demands that it is kept"),
    ErasureGround.LEGAL_CLAIM: _l("It is needed for a legal claim"),
    ErasureGround.NOT_THE_PERSON: _l("It is not sure that the person itself is asking"),
}
LAWS = {
    "Law 6698 art. 13": _l("Law 6698 art. 13"),
    "152-FZ art. 14 and 20": _l("152-FZ art. 14 and 20"),
    "152-FZ art. 20": _l("152-FZ art. 20"),
    "GDPR art. 12": _l("GDPR art. 12"),
    "Law 6698 art. 12": _l("Law 6698 art. 12"),
    "152-FZ art. 21": _l("152-FZ art. 21"),
    "GDPR art. 33": _l("GDPR art. 33"),
    "GDPR art. 34": _l("GDPR art. 34"),
}


def law_word(law: str) -> str:
    """The law of a term in the reader's language."""
    return str(LAWS.get(law, law))
