"""What programmes keep of a person: sign-ups and participants with what hangs on them."""

from collections.abc import Callable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from matchmaker.core.db import Base
from matchmaker.core.personal_data import NOTHING_LOCKED, Column, Held, Part, Reader
from matchmaker.firms.held import CONTACT
from matchmaker.programmes.answers import file_ids
from matchmaker.programmes.lists.models import ScheduledList
from matchmaker.programmes.mailings.models import ProgrammeMessage, ProgrammeReminder
from matchmaker.programmes.models import Delegate, Programme, ProgrammeEvent, SignUp, SignUpEvent
from matchmaker.programmes.papers.models import Badge
from matchmaker.programmes.trainings.models import Attendance, Certificate, SurveyMark

SIGN_UP = Held(
    SignUp,
    _l("Programmes that you signed up for"),
    (SignUp.person_id,),
    more_files=lambda row: file_ids(row.answers),
)
DELEGATE = Held(
    Delegate,
    _l("Programmes in which you take part"),
    (Delegate.person_id,),
    below=((Delegate.contact_id, CONTACT),),
    address=Delegate.email,
)


def of_delegate(
    table: type[Base],
    title: LazyString,
    column: Column,
    *,
    secret: frozenset[str] = frozenset(),
    readers: Mapping[str, Reader] = NOTHING_LOCKED,
    open_file: Callable[[bytes], bytes | None] | None = None,
) -> Held:
    """A table whose rows hang on a participant."""
    below = ((column, DELEGATE),)
    return Held(table, title, (), below, secret=secret, readers=readers, open_file=open_file)


PART = Part(
    "programmes",
    _l("Programmes"),
    held=(
        of_delegate(Badge, _l("Your badges"), Badge.delegate_id, secret=frozenset({"token"})),
        of_delegate(Attendance, _l("Sessions at which you were"), Attendance.delegate_id),
        of_delegate(SurveyMark, _l("Which surveys you have answered"), SurveyMark.delegate_id),
        of_delegate(Certificate, _l("Your certificates"), Certificate.delegate_id),
        DELEGATE,
        SIGN_UP,
    ),
    named=(
        Attendance.marked_by_id,
        Certificate.issued_by_id,
        Programme.created_by_id,
        ProgrammeEvent.person_id,
        ProgrammeMessage.created_by_id,
        ProgrammeMessage.sent_by_id,
        ProgrammeReminder.created_by_id,
        ScheduledList.created_by_id,
        SignUp.decided_by_id,
        SignUpEvent.person_id,
    ),
)
