"""What becomes of conversations when a firm is merged into another one: they go with their match."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.firms.merging.parts import Moving, Part
from matchmaker.matching.merged import matches_left
from matchmaker.messages.models import Message


def _left(kept_id: int, merged_id: int) -> Collection[int]:
    staying = Message.match_id.in_(matches_left(kept_id, merged_id))
    return db.session.scalars(select(Message.id).where(staying)).all()


PART = Part("messages", moving=(Moving(Message.firm_id, _l("Messages"), left=_left),))
