"""What becomes of the firms that have to be told of an erasure when one is merged into another one."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from matchmaker.core.db import db
from matchmaker.firms.merging.parts import Moving, Part
from matchmaker.rights.models import ErasureRecipient


def _told(_kept_id: int, merged_id: int) -> Collection[int]:
    """A firm that was told stays named; one that was not is told where its people are now."""
    told = ErasureRecipient.firm_id == merged_id, ErasureRecipient.told_at.is_not(None)
    return db.session.scalars(select(ErasureRecipient.id).where(*told)).all()


PART = Part(
    "rights",
    moving=(
        Moving(
            ErasureRecipient.firm_id,
            _l("Erasures that the firm has to be told of"),
            (ErasureRecipient.request_id,),
            _told,
        ),
    ),
)
