"""Decisions about opportunities: what each kind has to say, who moves and who sees one, and what follows from the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from matchmaker.compliance.rules import ControlledGood, controlled
from matchmaker.core import clock
from matchmaker.core.actor import Actor, FirmRole, InstitutionRole
from matchmaker.firms.enums import FirmState
from matchmaker.mous.enums import ScopeArea
from matchmaker.opportunities.enums import OpportunityKind, OpportunityState, OpportunityVerb, Part, Standing

if TYPE_CHECKING:
    from matchmaker.opportunities.models import Opportunity, OpportunityReach, OpportunityText

AREA: Final = ScopeArea.COMMERCIAL_COOPERATION
"""The area that a memorandum has to name, as for introductions."""
OBJECTION_TIME: Final = timedelta(days=5)
"""So long the institution of another country may object before its firms see an opportunity."""
WARNED_DAYS: Final = (30, 7)
RENEWABLE_AFTER: Final = timedelta(days=90)
"""So long after its last day an opportunity is renewed without being reviewed again."""
GONE: Final = frozenset({FirmState.SUSPENDED, FirmState.ARCHIVED})
REVIEWERS: Final = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
OFFICERS: Final = (*REVIEWERS, InstitutionRole.COMPLIANCE)
WRITERS: Final = (FirmRole.ADMINISTRATOR, FirmRole.EDITOR)
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_TEXT, LONGEST_NOTE = 100, 500, 4000, 1000
MOST_CODES: Final = 20
WORDS: Final = ("title", "summary", "description", "advantages", "partner_role")
"""The parts of the words in one language."""

K, S, V = OpportunityKind, OpportunityState, OpportunityVerb

TECHNOLOGY: Final = frozenset({K.TECHNOLOGY_OFFER, K.TECHNOLOGY_REQUEST})
COMMON: Final = ("title", "summary", "description")
REQUIRED: Final = {
    K.BUSINESS_OFFER: (*COMMON, "advantages", "hs_codes", "partnerships"),
    K.BUSINESS_REQUEST: (*COMMON, "partner_role", "hs_codes", "quantity", "supply"),
    K.TECHNOLOGY_OFFER: (*COMMON, "advantages", "sectors", "stage", "property_state", "partnerships"),
    K.TECHNOLOGY_REQUEST: (*COMMON, "partner_role", "sectors", "stage"),
    K.RESEARCH_REQUEST: (*COMMON, "partner_role", "sectors", "partner_kind", "deadline"),
}
"""What an opportunity of a kind has to say before it can be sent."""
OMITTED: Final = {
    K.BUSINESS_OFFER: ("stage", "property_state"),
    K.BUSINESS_REQUEST: ("stage", "property_state", "advantages"),
    K.TECHNOLOGY_OFFER: ("quantity", "unit", "supply"),
    K.TECHNOLOGY_REQUEST: ("quantity", "unit", "supply", "advantages"),
    K.RESEARCH_REQUEST: ("stage", "property_state", "quantity", "unit", "supply", "advantages"),
}
"""What an opportunity of a kind is not asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed step: from which states, in which part; `reason` says that it needs a sentence."""

    before: frozenset[OpportunityState]
    after: OpportunityState
    part: frozenset[Part]
    reason: bool = False


def _step(
    before: tuple[OpportunityState, ...], after: OpportunityState, *part: Part, reason: bool = False
) -> Step:
    return Step(frozenset(before), after, frozenset(part), reason)


STEPS: Final = {
    V.SUBMIT: _step((S.DRAFT,), S.SUBMITTED, Part.FIRM),
    V.TAKE_BACK: _step((S.SUBMITTED,), S.DRAFT, Part.FIRM),
    V.RETURN: _step((S.SUBMITTED,), S.DRAFT, Part.STAFF, reason=True),
    # Also what was published: an institution takes it out of the lists.
    V.REFUSE: _step((S.SUBMITTED, S.ANNOUNCED, S.PUBLISHED), S.REFUSED, Part.STAFF, reason=True),
    V.ANNOUNCE: _step((S.SUBMITTED,), S.ANNOUNCED, Part.STAFF),
    V.CLEAR: _step((S.ANNOUNCED,), S.ANNOUNCED, Part.COUNTERPART),
    V.OBJECT: _step((S.ANNOUNCED,), S.ANNOUNCED, Part.COUNTERPART, reason=True),
    V.PUBLISH: _step((S.ANNOUNCED,), S.PUBLISHED, Part.SYSTEM),
    V.RENEW: _step((S.PUBLISHED,), S.PUBLISHED, Part.FIRM),
    V.REVISE: _step((S.PUBLISHED, S.WITHDRAWN), S.DRAFT, Part.FIRM),
    V.WITHDRAW: _step((S.DRAFT, S.SUBMITTED, S.ANNOUNCED, S.PUBLISHED), S.WITHDRAWN, Part.FIRM, Part.SYSTEM),
}
"""From which states a verb leads where, and in what part. Where every country objects it goes back to its institution."""
FIRM_VERBS: Final = (V.SUBMIT, V.TAKE_BACK, V.RENEW, V.REVISE, V.WITHDRAW)
REVIEW_VERBS: Final = (V.ANNOUNCE, V.RETURN, V.REFUSE)
ANSWER_VERBS: Final = (V.CLEAR, V.OBJECT)


# ---------------------------------------------------------------- what it has to say


def begun_texts(opportunity: Opportunity) -> list[OpportunityText]:
    """The languages in which the firm has written anything."""
    return [text for text in opportunity.texts if any(getattr(text, name) for name in WORDS)]


def missing(opportunity: Opportunity) -> list[str]:
    """What the kind requires and nothing says yet; words count as said in the language that says most of them."""
    required = REQUIRED[opportunity.kind]
    lacking = [
        [name for name in required if name in WORDS and not getattr(text, name)]
        for text in begun_texts(opportunity)
    ]
    said = min(lacking, key=len, default=[name for name in required if name in WORDS])
    facts = {
        "hs_codes": bool(opportunity.goods),
        "sectors": bool(opportunity.sectors),
        "partnerships": bool(opportunity.partnerships),
        "quantity": opportunity.quantity is not None,
        "supply": opportunity.supply is not None,
        "stage": opportunity.stage is not None,
        "property_state": opportunity.property_state is not None,
        "partner_kind": opportunity.partner_kind is not None,
        "deadline": opportunity.deadline is not None,
    }
    return [name for name in required if name in said or (name in facts and not facts[name])]


def in_language(opportunity: Opportunity, language: str) -> OpportunityText | None:
    """The words for a reader: those of the language, else English, else the first that have a title."""
    named = [text for text in opportunity.texts if text.title]
    order = {language: 0, "en": 1}
    return min(named, key=lambda text: (order.get(text.language, 2), text.language), default=None)


# ---------------------------------------------------------------- days


def year_after(day: date) -> date:
    """The same day twelve months later; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def last_listed(today: date, deadline: date | None) -> date:
    """The day on which an opportunity published today leaves the lists: after twelve months, or after its deadline."""
    end = year_after(today)
    return end if deadline is None else min(end, deadline + timedelta(days=1))


def is_expired(opportunity: Opportunity, today: date) -> bool:
    """Whether a published one has left the lists."""
    published = opportunity.state is S.PUBLISHED and opportunity.expires_on is not None
    return published and opportunity.expires_on is not None and opportunity.expires_on <= today


def is_renewable(opportunity: Opportunity, today: date) -> bool:
    """From the first warning on until some time after the last day."""
    if opportunity.state is not S.PUBLISHED or opportunity.expires_on is None:
        return False
    since = opportunity.expires_on - timedelta(days=max(WARNED_DAYS))
    return since <= today <= opportunity.expires_on + RENEWABLE_AFTER


def is_listed(opportunity: Opportunity, today: date) -> bool:
    """Whether firms find it: published, in its time, of a verified firm."""
    in_time = opportunity.state is S.PUBLISHED and not is_expired(opportunity, today)
    return in_time and opportunity.firm.state is FirmState.VERIFIED


# ---------------------------------------------------------------- who


def reading_countries(actor: Actor) -> frozenset[str]:
    """The countries for whose side somebody reads: those of the firms and institutions one belongs to."""
    firms = {item.country for item in actor.memberships}
    return frozenset(firms | {grant.country for grant in actor.grants if grant.country})


def may_read(actor: Actor) -> bool:
    """Members of firms and the people of institutions of a country."""
    return bool(reading_countries(actor))


def writing_firm_id(actor: Actor) -> int | None:
    """The verified firm for which somebody writes: the first that one edits."""
    found = (item.firm_id for item in actor.memberships if item.verified and item.role in WRITERS)
    return next(found, None)


def may_write(actor: Actor) -> bool:
    """Administrators and editors of a verified firm."""
    return writing_firm_id(actor) is not None


def edits_for(actor: Actor, firm_id: int) -> bool:
    """Whether somebody writes for this firm."""
    membership = actor.membership(firm_id)
    return membership is not None and membership.role in WRITERS


def has_own(actor: Actor) -> bool:
    """Members of a firm have a list of its opportunities."""
    return bool(actor.memberships)


def officer_countries(actor: Actor, *roles: InstitutionRole) -> tuple[str, ...]:
    """The countries for which the actor holds one of the roles."""
    return tuple(sorted({grant.country for grant in actor.grants if grant.role in roles and grant.country}))


def has_queue(actor: Actor) -> bool:
    """Officers of a country review and look at what comes from other countries."""
    return bool(officer_countries(actor, *OFFICERS))


def open_reaches(opportunity: Opportunity) -> list[OpportunityReach]:
    """The countries that may read it: those whose institution has not objected."""
    return [reach for reach in opportunity.reaches if reach.standing is not Standing.OBJECTED]


def listed_goods(opportunity: Opportunity) -> tuple[ControlledGood, ...]:
    """The goods that touch the common high priority list as it is now, headings above a listed subheading too."""
    return controlled(good.hs_code for good in opportunity.goods)


def is_own(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether it is of a firm of the actor's."""
    return actor.membership(opportunity.firm_id) is not None


def is_own_officer(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor looks after the firm, which nobody does for one's own."""
    return actor.has(*OFFICERS, country=opportunity.firm.country) and not is_own(actor, opportunity)


def knows_owner(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor may know whose it is: always but where the firm stays unnamed; then it itself and the institutions."""
    own = is_own(actor, opportunity) or is_own_officer(actor, opportunity)
    return not opportunity.anonymous or own or bool(counterpart_countries(actor, opportunity))


def counterpart_countries(actor: Actor, opportunity: Opportunity) -> tuple[str, ...]:
    """The countries reached for whose institution the actor is an officer."""
    if is_own(actor, opportunity):
        return ()
    return tuple(one.country for one in opportunity.reaches if actor.has(*OFFICERS, country=one.country))


def may_see(actor: Actor, opportunity: Opportunity) -> bool:
    """Its firm always; its institution once it was sent; the other ones before their firms, and firms while it is listed."""
    if is_own(actor, opportunity):
        return True
    if is_own_officer(actor, opportunity):
        return opportunity.state is not S.DRAFT
    if opportunity.state in (S.ANNOUNCED, S.PUBLISHED) and counterpart_countries(actor, opportunity):
        return True
    open_to = {opportunity.firm.country, *(reach.country for reach in open_reaches(opportunity))}
    return is_listed(opportunity, clock.today()) and bool(open_to & reading_countries(actor))


def may_edit(actor: Actor, opportunity: Opportunity) -> bool:
    """The firm's editors, while it is a draft."""
    return opportunity.state is S.DRAFT and edits_for(actor, opportunity.firm_id)


def may_move(actor: Actor, opportunity: Opportunity) -> bool:
    """The firm's editors; the table decides about the step itself."""
    return edits_for(actor, opportunity.firm_id)


def may_review(actor: Actor, opportunity: Opportunity) -> bool:
    """Staff and coordinators of the firm's country, once it was sent."""
    reviews = actor.has(*REVIEWERS, country=opportunity.firm.country) and not is_own(actor, opportunity)
    return reviews and opportunity.state is not S.DRAFT


def answered_reach(actor: Actor, opportunity: Opportunity) -> OpportunityReach | None:
    """The country for which the actor may say whether it objects: one that has not answered first."""
    if is_own(actor, opportunity):
        return None
    own = [one for one in opportunity.reaches if actor.has(*REVIEWERS, country=one.country)]
    return min(own, key=lambda one: (one.standing is not Standing.OPEN, one.country), default=None)


def waits_for_answer(opportunity: Opportunity, reach: OpportunityReach) -> bool:
    """Whether the institution of a country may still answer."""
    return opportunity.state is S.ANNOUNCED and reach.standing is Standing.OPEN


def is_insider(actor: Actor, opportunity: Opportunity) -> bool:
    """Whether the actor reads the history: the firm, its institution, and those of the countries reached."""
    own = is_own(actor, opportunity) or is_own_officer(actor, opportunity)
    return own or bool(counterpart_countries(actor, opportunity))


def may_answer(actor: Actor, opportunity: Opportunity) -> bool:
    """Staff and coordinators of a country reached, from its announcement on."""
    shown = opportunity.state in (S.ANNOUNCED, S.PUBLISHED)
    return shown and answered_reach(actor, opportunity) is not None


def allowed_reviews(actor: Actor, opportunity: Opportunity) -> list[OpportunityVerb]:
    """What the reviewers of the firm's country may decide now."""
    if not may_review(actor, opportunity):
        return []
    return [verb for verb in REVIEW_VERBS if opportunity.state in STEPS[verb].before]


def allowed_moves(actor: Actor, opportunity: Opportunity, today: date) -> list[OpportunityVerb]:
    """What the firm's editors may do now."""
    if not edits_for(actor, opportunity.firm_id):
        return []
    found = [verb for verb in FIRM_VERBS if opportunity.state in STEPS[verb].before]
    return [verb for verb in found if verb is not V.RENEW or is_renewable(opportunity, today)]
