"""What memorandums ask of an institution before it can work under one."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import or_, select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.institutions.first_steps import Step
from matchmaker.institutions.signals import steps_asked
from matchmaker.mous.models import MouContactPoint, MouParty


@steps_asked.connect
def tell_steps(institution_id: int) -> list[Step]:
    """A contact point of a memorandum whose time is not over; its place is the institution's first memorandum."""
    first = db.session.scalar(
        select(MouParty.mou_id)
        .where(MouParty.institution_id == institution_id)
        .order_by(MouParty.mou_id)
        .limit(1)
    )
    path = url_for("mous.show", mou_id=first) if first else url_for("mous.index")
    return [Step(_("A contact point on a memorandum"), _has_contact_point(institution_id), path)]


def _has_contact_point(institution_id: int) -> bool:
    found = select(MouContactPoint.id).where(
        MouContactPoint.institution_id == institution_id,
        or_(MouContactPoint.to_on.is_(None), MouContactPoint.to_on >= clock.today()),
    )
    return db.session.scalar(found.limit(1)) is not None
