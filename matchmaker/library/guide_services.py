"""Writes of guides for exporters."""

from dataclasses import asdict, dataclass
from datetime import date

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.versions import require_version
from matchmaker.library import rules
from matchmaker.library.enums import GuideState, GuideTopic
from matchmaker.library.models import Guide


@dataclass(frozen=True, slots=True)
class GuideFacts:
    """What a guide says, in three languages, and the day its facts were last checked."""

    from_country: str
    to_country: str
    topic: GuideTopic
    title_tr: str
    title_ru: str
    title_en: str
    body_tr: str
    body_ru: str
    body_en: str
    source_note: str
    checked_on: date


def write_guide(
    actor: Actor, facts: GuideFacts, guide: Guide | None = None, *, version: int | None = None
) -> Guide:
    """Write a guide for the firms of one's own country, or correct it; raises NotAllowed, DomainError at the field.

    Raises ChangedMeanwhile where somebody corrected it since `version` was read.
    """
    own = {grant.country: grant.institution_id for grant in actor.grants if grant.role in rules.OFFICERS}
    if facts.from_country not in rules.guide_countries(actor):
        raise NotAllowed(_("You write guides for the firms of your own country."))
    if guide is not None and not rules.may_change_guide(actor, guide):
        raise NotAllowed(_("You change the guides of your own institution."))
    if guide is not None:
        require_version(guide.version, version)
    if facts.to_country == facts.from_country:
        raise DomainError(_("Choose another country than that of the firms."), "to_country")
    if facts.checked_on > clock.today():
        raise DomainError(_("This day has not come yet."), "checked_on")
    before = {"checked_on": guide.checked_on.isoformat(), "title": guide.title_en} if guide else {}
    kept = guide or Guide(institution_id=own[facts.from_country])
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    db.session.add(kept)
    db.session.flush()
    after = {"checked_on": kept.checked_on.isoformat(), "title": kept.title_en, "topic": kept.topic.value}
    audit.record(actor, "write", "guide", kept.id, before, after)
    db.session.flush()
    return kept


def publish_guide(actor: Actor, guide: Guide) -> Guide:
    """Let everybody read a guide; raises Conflict where they do already."""
    return _move(actor, guide, GuideState.PUBLISHED)


def withdraw_guide(actor: Actor, guide: Guide) -> Guide:
    """Take a guide back, because its facts no longer hold; raises Conflict where nobody reads it."""
    if guide.state is not GuideState.PUBLISHED:
        raise Conflict(_("This guide is not published."))
    return _move(actor, guide, GuideState.WITHDRAWN)


def _move(actor: Actor, guide: Guide, state: GuideState) -> Guide:
    if guide.state is state:
        raise Conflict(_("This was done already."))
    before, guide.state = guide.state, state
    if state is GuideState.PUBLISHED:
        guide.published_at = clock.now()
    verb = "publish" if state is GuideState.PUBLISHED else "withdraw"
    audit.record(actor, verb, "guide", guide.id, {"state": before.value}, {"state": state.value})
    db.session.flush()
    return guide
