"""Reads of guides for exporters."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import existing
from matchmaker.library import rules
from matchmaker.library.enums import GuideState, GuideTopic
from matchmaker.library.models import Guide


def guides(actor: Actor, from_country: str = "", to_country: str = "") -> Sequence[Guide]:
    """The guides that the reader may see for the way from one country to another, in the order of the topics."""
    own = rules.institutions_of(actor)
    found = select(Guide).where(or_(Guide.state == GuideState.PUBLISHED, Guide.institution_id.in_(own)))
    if from_country:
        found = found.where(Guide.from_country == from_country)
    if to_country:
        found = found.where(Guide.to_country == to_country)
    rows = db.session.scalars(found.options(joinedload(Guide.institution)).order_by(Guide.id)).all()
    topics = list(GuideTopic)
    return sorted(rows, key=lambda one: (one.from_country, one.to_country, topics.index(one.topic), one.id))


def guide(guide_id: int) -> Guide:
    """A guide with its institution; raises NotFound."""
    return existing(db.session.get(Guide, guide_id, options=[joinedload(Guide.institution)]))
