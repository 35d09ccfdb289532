"""Reads of what institutions write in their mails."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaker.core import wordings
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import NotFound
from matchmaker.core.i18n import LANGUAGES
from matchmaker.core.wordings import REWORDED, Wording
from matchmaker.institutions import queries as institutions
from matchmaker.institutions.models import Institution
from matchmaker.institutions.wordings.models import MailWording, MailWordingVersion
from matchmaker.institutions.wordings.rules import WordingOf
from matchmaker.notifications.rules import KEEPERS


def wording_of(institution_id: int, kind: str, language: str) -> WordingOf:
    """What is worded; raises NotFound for a kind that is not, a language that is not spoken, an unknown institution."""
    if kind not in REWORDED or language not in LANGUAGES:
        raise NotFound
    return WordingOf(institutions.institution(institution_id), REWORDED[kind], language)


def kept(asked: WordingOf) -> MailWording | None:
    """The row that stands; None where nobody has written anything yet."""
    return _row(asked.mail.key, asked.institution.id, asked.language)


def _row(kind: str, institution_id: int, language: str) -> MailWording | None:
    return db.session.scalar(
        select(MailWording).where(
            MailWording.institution_id == institution_id,
            MailWording.kind == kind,
            MailWording.language == language,
        )
    )


@wordings.finder
def own_wording(kind: str, institution_id: int, language: str) -> Wording | None:
    """The words of an institution; None where it keeps to the product's."""
    found = _row(kind, institution_id, language)
    return Wording(found.subject, found.text) if found is not None and found.text else None


def standing(asked: WordingOf) -> Wording:
    """The words with which the mail is written now."""
    own = own_wording(asked.mail.key, asked.institution.id, asked.language)
    return own or wordings.own_words(asked.mail, asked.language)


def versions(asked: WordingOf) -> Sequence[MailWordingVersion]:
    """What was saved, newest first, with who saved it."""
    return db.session.scalars(
        select(MailWordingVersion)
        .join(MailWording, MailWording.id == MailWordingVersion.wording_id)
        .where(
            MailWording.institution_id == asked.institution.id,
            MailWording.kind == asked.mail.key,
            MailWording.language == asked.language,
        )
        .order_by(MailWordingVersion.number.desc())
        .options(selectinload(MailWordingVersion.person))
    ).all()


def worded(institution_ids: Sequence[int]) -> dict[tuple[int, str, str], MailWording]:
    """The own words of institutions by institution, kind and language."""
    found = select(MailWording).where(MailWording.institution_id.in_(institution_ids), MailWording.text != "")
    return {(row.institution_id, row.kind, row.language): row for row in db.session.scalars(found)}


def kept_by(actor: Actor) -> Sequence[Institution]:
    """The institutions whose mails an actor words, by name."""
    own = [grant.institution_id for grant in actor.grants if grant.role in KEEPERS]
    found = (
        select(Institution).where(Institution.id.in_(own)).order_by(Institution.short_name, Institution.id)
    )
    return db.session.scalars(found).all()
