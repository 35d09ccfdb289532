"""The base of all factories: rows go into the session of the open application context and are flushed."""

from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.db import db


class EntityFactory(SQLAlchemyModelFactory):
    """Makes a row that can be stored with nothing given; a test names only what it is about."""

    class Meta:
        abstract = True
        sqlalchemy_session_persistence = "flush"

        @staticmethod
        def sqlalchemy_session_factory() -> scoped_session[Session]:
            return db.session
