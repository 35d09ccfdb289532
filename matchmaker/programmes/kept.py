"""How long it is kept what people wrote when they signed up for something in which they did not take part."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Text, cast, delete, func, or_, select, update

from matchmaker.compliance.models import Screening, ScreeningHit
from matchmaker.core.db import db
from matchmaker.core.retention import DataClass, Due, Purged, remove_files, span
from matchmaker.programmes.answers import file_ids
from matchmaker.programmes.enums import SignUpState
from matchmaker.programmes.exchanges.models import ExchangeApplication
from matchmaker.programmes.held import DELEGATE
from matchmaker.programmes.models import Delegate, SignUp, SignUpEvent
from matchmaker.programmes.trips.models import TripApplication, TripAssessment

NOT_TAKEN = (SignUpState.REFUSED, SignUpState.WITHDRAWN, SignUpState.EXPIRED, SignUpState.CANCELLED)
NOTHING = {"note": "", "answers": {}, "reason": "", "women_led": False}
TRIP_WORDS = ("objectives", "wanted", "experience", "past_trips", "past_support", "disclosures")
EXCHANGE_WORDS = ("motivation", "benefit", "sending_note")


def purge(due: Due) -> Purged:
    """Destroy what was written and who was named; that there was a sign-up stays for the figures."""
    ended = func.coalesce(SignUp.ended_at, SignUp.updated_at)
    old = select(SignUp.id, SignUp.person_id, SignUp.answers, ended.label("ended")).where(
        SignUp.state.in_(NOT_TAKEN), ended < due.before, _has_words()
    )
    found = db.session.execute(old.order_by(ended, SignUp.id).limit(due.most)).all()
    if not found:
        return Purged()
    numbers = [row.id for row in found]
    named = select(Delegate.id).where(
        Delegate.sign_up_id.in_(numbers), Delegate.name != DELEGATE.blank["name"]
    )
    people = len(db.session.scalars(named).all())
    files = [number for row in found for number in file_ids(row.answers or {})]
    _blank(numbers)
    oldest, newest = span([row.ended for row in found])
    return Purged(len(found), people or len(found), remove_files(files), oldest, newest)


def _has_words() -> ColumnElement[bool]:
    return or_(
        SignUp.note != "",
        SignUp.reason != "",
        SignUp.women_led,
        cast(SignUp.answers, Text) != "{}",
        select(Delegate.id)
        .where(Delegate.sign_up_id == SignUp.id, Delegate.name != DELEGATE.blank["name"])
        .exists(),
        select(SignUpEvent.id).where(SignUpEvent.sign_up_id == SignUp.id, SignUpEvent.note != "").exists(),
        _written(TripApplication, TRIP_WORDS),
        _written(ExchangeApplication, EXCHANGE_WORDS),
    )


def _written(
    table: type[TripApplication] | type[ExchangeApplication], words: tuple[str, ...]
) -> ColumnElement[bool]:
    some = or_(*(getattr(table, word) != "" for word in words))
    return select(table.sign_up_id).where(table.sign_up_id == SignUp.id, some).exists()


def _blank(numbers: list[int]) -> None:
    db.session.execute(update(SignUp).where(SignUp.id.in_(numbers)).values(**NOTHING))
    db.session.execute(update(Delegate).where(Delegate.sign_up_id.in_(numbers)).values(**DELEGATE.blank))
    theirs = select(Delegate.id).where(Delegate.sign_up_id.in_(numbers))
    # A comparison that found nothing proves nothing that has to be kept; one with a hit stays with its decision.
    without_hit = ~select(ScreeningHit.id).where(ScreeningHit.screening_id == Screening.id).exists()
    db.session.execute(delete(Screening).where(Screening.delegate_id.in_(theirs), without_hit))
    db.session.execute(update(SignUpEvent).where(SignUpEvent.sign_up_id.in_(numbers)).values(note=""))
    for table, words in ((TripApplication, TRIP_WORDS), (ExchangeApplication, EXCHANGE_WORDS)):
        written = update(table).where(table.sign_up_id.in_(numbers))
        db.session.execute(written.values(**dict.fromkeys(words, "")))
    judged = update(TripAssessment).where(TripAssessment.sign_up_id.in_(numbers))
    db.session.execute(judged.values(reasons={}))


CLASSES = (
    DataClass(
        "sign_ups",
        _l("Sign-ups refused, withdrawn or lapsed"),
        _l("The sign-up ended"),
        _l("Questions about the decision; afterwards there is no purpose any more."),
        days=365,
        least=30,
        most=1095,
        purge=purge,
    ),
)
