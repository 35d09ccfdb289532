"""Requests of people of the invented firms to be erased: waiting in both countries, one overdue, one refused."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from matchmaker.compliance.models import TransferRecord
from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.demo.writing import add_all
from matchmaker.firms.models import ContactPerson, Firm, FirmMember
from matchmaker.reference.answer_clocks import clock_of, due_on
from matchmaker.rights.enums import ErasureGround, ErasureState
from matchmaker.rights.models import ErasureRequest

ASKED: Final = (
    ("TR", FirmRole.EDITOR, 9, "Firmadan ayrıldım; yerime yeni bir irtibat kişisi tanımlandı."),
    ("RU", FirmRole.ADMINISTRATOR, 20, "Я больше не работаю в этой компании."),
    ("TR", FirmRole.EDITOR, 40, ""),
)
"""Country and role of the person, how many days ago, and the person's words; the last one is refused."""
REFUSAL: Final = "Destek ödemesine ilişkin itirazınız sürüyor; karar verilene kadar kayıtlarınız saklanacak."


def add_erasures(people: dict[str, int], morning: datetime) -> None:
    """Write them for people whose contact data firms abroad have received."""
    rows: list[dict[str, Any]] = []
    for country, role, days, words in ASKED:
        taken = [*people.values(), *(row["person_id"] for row in rows)]
        rows.append(_row(_asker(country, role, taken), country, days, words, morning))
    decided = morning - timedelta(days=25)
    rows[-1] |= {
        "open_person": None,
        "state": ErasureState.REFUSED,
        "ground": ErasureGround.LEGAL_CLAIM,
        "answer": REFUSAL,
        "decided_by_id": people["staff.tr"],
        "decided_at": decided,
        "updated_at": decided,
    }
    add_all(ErasureRequest, rows)


def _asker(country: str, role: FirmRole, taken: list[int]) -> int:
    """A contact person of a firm of the country that has not asked yet."""
    found = (
        select(FirmMember.person_id)
        .join(ContactPerson, ContactPerson.person_id == FirmMember.person_id)
        .join(Firm, Firm.id == ContactPerson.firm_id)
        .where(Firm.country == country, FirmMember.role == role)
        .where(ContactPerson.id.in_(select(TransferRecord.contact_id)))
        .where(ContactPerson.person_id.not_in(taken))
        .order_by(ContactPerson.id)
        .limit(1)
    )
    return db.session.scalars(found).one()


def _row(person_id: int, country: str, days: int, words: str, morning: datetime) -> dict[str, Any]:
    asked = morning - timedelta(days=days)
    term = clock_of(country, asked.date())
    return {
        "person_id": person_id,
        "open_person": person_id,
        "country": country,
        "state": ErasureState.ASKED,
        "note": words,
        "asked_on": asked.date(),
        "due_on": due_on(term, asked.date(), country),
        "law": term.law,
        "ground": None,
        "answer": "",
        "decided_by_id": None,
        "decided_at": None,
        "created_at": asked,
        "updated_at": asked,
    }
