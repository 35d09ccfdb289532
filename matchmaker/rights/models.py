"""Archives of own data."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaker.core.db import Entity
from matchmaker.core.files import StoredFile
from matchmaker.core.jobs import Job


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
