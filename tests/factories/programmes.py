"""Programmes and sign-ups."""

from datetime import timedelta

from factory import LazyAttribute, LazyFunction, Sequence
from sqlalchemy import select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.mous.models import MouParty
from matchmaker.programmes import rules
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeState,
    QuestionKind,
    QuestionStage,
    QuotaDimension,
    SignUpState,
)
from matchmaker.programmes.models import Delegate, Programme, ProgrammeQuestion, ProgrammeQuota, SignUp
from tests.factories.accounts import PersonFactory
from tests.factories.base import EntityFactory
from tests.factories.files import stored_pdf
from tests.factories.institutions import InstitutionFactory
from tests.factories.mous import mou_between


class ProgrammeFactory(EntityFactory):
    """An open training of a Turkish agency with ten places, in thirty days; give `mou` where the parties matter."""

    class Meta:
        model = Programme
        exclude = ("made_mou",)

    made_mou = LazyFunction(
        lambda: mou_between(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
    )
    kind = ProgrammeKind.TRAINING
    state = ProgrammeState.OPEN
    area = LazyAttribute(lambda row: rules.AREAS[row.kind])
    mou_id = LazyAttribute(lambda row: row.made_mou.id)
    institution_id = LazyAttribute(lambda row: first_party(row.mou_id))
    title_en = Sequence(lambda count: f"Programme {count}")
    title_tr = LazyAttribute(lambda row: row.title_en)
    title_ru = LazyAttribute(lambda row: row.title_en)
    starts_at = LazyFunction(lambda: clock.now() + timedelta(days=30))
    ends_at = LazyAttribute(lambda row: row.starts_at + timedelta(hours=2))
    opens_at = LazyFunction(lambda: clock.now() - timedelta(days=5))
    closes_at = LazyAttribute(lambda row: row.starts_at - timedelta(days=2))
    country = "TR"
    city = "Konya"
    languages = LazyFunction(lambda: ["tr", "ru"])
    places = 10
    most_people = 3
    published_at = LazyAttribute(
        lambda row: None if row.state is ProgrammeState.DRAFT else clock.now() - timedelta(days=6)
    )


class SignUpFactory(EntityFactory):
    """A confirmed sign-up of one person without a firm, the next in the order of arrival."""

    class Meta:
        model = SignUp

    programme_id = LazyAttribute(lambda row: ProgrammeFactory().id)
    person_id = LazyAttribute(lambda row: PersonFactory().id)
    firm_id = None
    state = SignUpState.CONFIRMED
    arrival = Sequence(lambda count: count + 1)
    country = "TR"
    arrived_at = LazyFunction(clock.now)

    @LazyAttribute
    def living_key(self) -> str | None:
        """The key while the sign-up lives."""
        key = rules.living_key(self.programme_id, self.person_id, self.firm_id)
        return key if self.state in rules.LIVING else None


def first_party(mou_id: int) -> int:
    """The institution that comes first in a memorandum."""
    first = select(MouParty.institution_id).where(MouParty.mou_id == mou_id).order_by(MouParty.position)
    return int(db.session.scalars(first.limit(1)).one())


def quota_of(programme: Programme, dimension: QuotaDimension, value: str, places: int) -> ProgrammeQuota:
    """Places kept within a programme."""
    quota = ProgrammeQuota(programme_id=programme.id, dimension=dimension, value=value, places=places)
    db.session.add(quota)
    db.session.flush()
    return quota


def delegate_of(sign_up: SignUp, name: str = "Delegate") -> Delegate:
    """One person whom a sign-up brings."""
    delegate = Delegate(sign_up_id=sign_up.id, person_id=sign_up.person_id, name=name)
    db.session.add(delegate)
    db.session.flush()
    return delegate


def answer_file_of(sign_up: SignUp) -> int:
    """A file that answers a question, as it lies on the disk; answers its number."""
    stored = stored_pdf("plan.pdf")
    sign_up.answers = {"1": {"file": stored.id, "name": stored.name}}
    db.session.flush()
    return stored.id


def question_of(
    programme: Programme, stage: QuestionStage = QuestionStage.SIGN_UP, *, required: bool = False
) -> ProgrammeQuestion:
    """A question that is asked when signing up and may stay unanswered, unless said otherwise."""
    question = ProgrammeQuestion(
        programme_id=programme.id,
        stage=stage,
        kind=QuestionKind.TEXT,
        text_en="What do you expect?",
        required=required,
    )
    db.session.add(question)
    db.session.flush()
    return question
