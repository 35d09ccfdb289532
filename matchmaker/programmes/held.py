"""What programmes keep of a person: sign-ups and participants with what hangs on them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.compliance.models import Screening
from matchmaker.core.db import Base, db
from matchmaker.core.i18n import language
from matchmaker.core.personal_data import Column, Fate, Held, Obstacle, Part
from matchmaker.firms.held import CONTACT
from matchmaker.programmes.answers import file_ids
from matchmaker.programmes.lists.models import ScheduledList
from matchmaker.programmes.mailings.models import ProgrammeMessage, ProgrammeReminder
from matchmaker.programmes.models import Delegate, Programme, ProgrammeEvent, SignUp, SignUpEvent
from matchmaker.programmes.papers.models import Badge
from matchmaker.programmes.rules import ENDED_PROGRAMMES, LIVING
from matchmaker.programmes.trainings.models import Attendance, Certificate, SurveyMark

WHY = _l("The places of a programme have to add up. Without your name.")
SIGN_UP = Held(
    SignUp,
    _l("Programmes that you signed up for"),
    (SignUp.person_id,),
    Fate.BLANKED,
    more_files=lambda row: file_ids(row.answers),
    blank={"note": "", "answers": {}, "women_led": False},
)
DELEGATE = Held(
    Delegate,
    _l("Programmes in which you take part"),
    (Delegate.person_id,),
    Fate.BLANKED,
    below=((Delegate.contact_id, CONTACT),),
    address=Delegate.email,
    blank={
        "name": "–",
        "name_romanised": "",
        "position": "",
        "email": "",
        "phone": "",
    },
)


def of_delegate(
    table: type[Base], title: object, column: Column, fate: Fate = Fate.KEPT, **more: object
) -> Held:
    """A table whose rows hang on a participant."""
    why = WHY if fate is Fate.KEPT else None
    return Held(table, title, (), fate, below=((column, DELEGATE),), why=why, **more)  # type: ignore[arg-type]


def obstacles(person_id: int) -> list[Obstacle]:
    """Whoever still takes part in something signs off first, or it ends."""
    mine = select(Delegate.sign_up_id).where(Delegate.person_id == person_id, Delegate.left_at.is_(None))
    found = (
        select(SignUp)
        .join(Programme, Programme.id == SignUp.programme_id)
        .where(SignUp.state.in_(LIVING), Programme.state.not_in(ENDED_PROGRAMMES))
        .where((SignUp.person_id == person_id) | SignUp.id.in_(mine))
        .options(selectinload(SignUp.programme))
        .order_by(SignUp.id)
    )
    return [
        Obstacle(
            _(
                "There is a place in “%(programme)s”. It is given back first, or the programme ends.",
                programme=row.programme.title(language()),
            ),
            f"/programmes/{row.programme_id}",
        )
        for row in db.session.scalars(found)
    ]


def before(person_id: int) -> None:
    """No list is sent to the person any more."""
    for plan in db.session.scalars(select(ScheduledList)):
        if person_id in plan.readers:
            plan.readers = [number for number in plan.readers if number != person_id]
    db.session.flush()


PART = Part(
    "programmes",
    _l("Programmes"),
    held=(
        of_delegate(Badge, _l("Your badges"), Badge.delegate_id, Fate.REMOVED, secret=frozenset({"token"})),
        of_delegate(Attendance, _l("Sessions at which you were"), Attendance.delegate_id),
        of_delegate(SurveyMark, _l("Which surveys you have answered"), SurveyMark.delegate_id, Fate.REMOVED),
        of_delegate(
            Certificate,
            _l("Your certificates"),
            Certificate.delegate_id,
            Fate.BLANKED,
            blank={"name": "–", "name_romanised": ""},
        ),
        of_delegate(
            Screening,
            _l("Comparisons of your name with sanctions lists"),
            Screening.delegate_id,
            Fate.BLANKED,
            blank={"query": {}},
        ),
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
    obstacles=obstacles,
    before=before,
)
