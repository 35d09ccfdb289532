"""How the two firms of a match and its course are shown to one reader."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _

from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries, show_date
from matchmaker.core.zones import reader_zone
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.models import Firm
from matchmaker.firms.names import shown_name
from matchmaker.firms.rules import visible_groups
from matchmaker.matching import rules
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.matching.words import state_word
from matchmaker.reference import regions


@dataclass(frozen=True, slots=True)
class End:
    """One end of the span; the name is in the letters of the reader, `original` in its own where that is another."""

    id: int
    name: str
    where: str
    url: str
    you: bool
    country: str
    lang: str = ""
    original: str = ""
    original_lang: str = ""
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of the course of a match."""

    label: str
    date: str | None
    done: bool


def ordered(actor: Actor, match: Match) -> tuple[Firm, Firm]:
    """Both firms, the reader's own side first, else by the order of the parties."""
    one, other = match.asker, match.answerer
    if actor.membership(other.id) and not actor.membership(one.id):
        return other, one
    if actor.membership(one.id):
        return one, other
    first = order_countries([one.country, other.country])[0]
    return (one, other) if one.country == first else (other, one)


def end(actor: Actor, firm: Firm, introduced: bool) -> End:
    """A firm as this reader may see it; the institutions also see its size."""
    groups = visible_groups(actor, firm, introduced)
    parts = []
    if FieldGroup.REGION in groups:
        region = regions.get(firm.region_code)
        parts += [firm.town, region.label(language()) if region else firm.region_note]
    if actor.is_staff and firm.headcount is not None:
        parts.append(_("%(count)s people", count=firm.headcount))
    name = shown_name(firm, language())
    return End(
        id=firm.id,
        name=name.text,
        where=" · ".join(dict.fromkeys(part for part in parts if part)),
        url=url_for("directory.show", firm_id=firm.id),
        you=actor.membership(firm.id) is not None,
        country=firm.country,
        lang=name.lang,
        original=name.original if name.original_lang else "",
        original_lang=name.original_lang,
    )


def day(moment: datetime | None, form: str = "medium") -> str:
    """The calendar day of a moment on the reader's clock; UTC where the reader's country is not known."""
    if moment is None:
        return ""
    return show_date(moment.astimezone(ZoneInfo(reader_zone() or "UTC")).date(), form)


def milestones(match: Match) -> list[Milestone]:
    """Asked, agreed, approved, in talks, partnership: what happened and what is still to come."""
    state = match.state
    together = match.introduced_at is not None
    talking = next((event.at for event in match.events if event.after is MatchState.IN_TALKS), None)
    begun = _("Asked") if match.asked_at else _("Proposed")
    steps = [
        Milestone(begun, day(match.asked_at or match.created_at), True),
        Milestone(_("Both firms agreed"), day(match.agreed_at), match.agreed_at is not None),
        Milestone(_("Both coordinators approved"), day(match.introduced_at), together),
        Milestone(_("In talks"), day(talking), talking is not None),
        Milestone(_("Partnership"), day(match.ended_at), state is MatchState.PARTNERSHIP),
    ]
    if state not in rules.ENDED:
        return steps
    return [
        *(step for step in steps if step.done),
        Milestone(state_word(state), day(match.ended_at), True),
    ]
