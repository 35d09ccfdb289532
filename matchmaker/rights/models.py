"""Archives of own data, and requests for erasure."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.accounts.models import Person
from matchmaker.core.db import Country, Entity, Name, Prose
from matchmaker.core.files import StoredFile
from matchmaker.core.jobs import Job
from matchmaker.firms.models import Firm
from matchmaker.rights.enums import ErasureGround, ErasureState


class DataExport(Entity):
    """An archive of everything kept of a person, made by a job; after expires_at the file is removed.

    file_id is None until it is ready.
    """

    __tablename__ = "data_export"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    job: Mapped[Job | None] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class ErasureRequest(Entity):
    """What a person asked to be erased, by when it has to be answered, and what was decided.

    open_person is the person while the request is undecided and None afterwards, so that nobody has two. law and due_on are
    those of the person's country on the day of the request. note is the person's own words, removed with everything else;
    kept_parts names the parts of the product that were left; removed counts rows and files. answer_mail_id is the last
    mail to the person, destroyed once it is sent.
    """

    __tablename__ = "erasure_request"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    open_person: Mapped[int | None] = mapped_column(unique=True)
    country: Mapped[Country] = mapped_column(default="")
    state: Mapped[ErasureState] = mapped_column(default=ErasureState.ASKED)
    note: Mapped[Prose] = mapped_column(default="")
    asked_on: Mapped[date]
    due_on: Mapped[date]
    law: Mapped[Name] = mapped_column(default="")
    ground: Mapped[ErasureGround | None]
    answer: Mapped[Prose] = mapped_column(default="")
    kept_parts: Mapped[list[Any]] = mapped_column(default=list)
    removed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    answer_mail_id: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
    recipients: Mapped[list["ErasureRecipient"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ErasureRecipient.id"
    )


class ErasureRecipient(Entity):
    """A firm to which the person was disclosed and that has to be told of the erasure; told_at is when it was."""

    __tablename__ = "erasure_recipient"
    __table_args__ = (UniqueConstraint("request_id", "firm_id"),)
    request_id: Mapped[int] = mapped_column(ForeignKey("erasure_request.id", ondelete="CASCADE"))
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"), index=True)
    fields: Mapped[list[Any]] = mapped_column(default=list)
    disclosed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    firm: Mapped[Firm] = relationship(lazy="raise")
    request: Mapped[ErasureRequest] = relationship(lazy="raise", overlaps="recipients")
