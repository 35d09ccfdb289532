"""What an institution writes in its mails instead of the product's own words, with every version."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Entity, Language, Line, Prose


class MailWording(Entity):
    """The words of one kind of mail in one language as they stand; empty ones mean the product's own.

    `version` is the number of the version that stands.
    """

    __tablename__ = "mail_wording"
    __table_args__ = (UniqueConstraint("institution_id", "kind", "language"),)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    kind: Mapped[str] = mapped_column(String(60))
    language: Mapped[Language]
    subject: Mapped[Line] = mapped_column(default="")
    text: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class MailWordingVersion(Entity):
    """The words as somebody saved them; `returned_to` is the version that was taken up again, 0 the product's own words."""

    __tablename__ = "mail_wording_version"
    __table_args__ = (UniqueConstraint("wording_id", "number"),)
    wording_id: Mapped[int] = mapped_column(ForeignKey("mail_wording.id", ondelete="CASCADE"))
    number: Mapped[int]
    subject: Mapped[Line] = mapped_column(default="")
    text: Mapped[Prose] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    returned_to: Mapped[int | None]
    person: Mapped[Person] = relationship(lazy="raise")
