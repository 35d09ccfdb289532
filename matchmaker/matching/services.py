"""What firms and the clock do to a match; what coordinators and compliance officers do stands in decisions.py."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.before_introduction import refuse_contacts, request_words
from matchmaker.core.config import Config
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.names import reader_name
from matchmaker.matching import checks, exclusions, gates, notices, queries, rules
from matchmaker.matching.decisions import cover, decide, introduce, review_compliance, screen_both
from matchmaker.matching.enums import MatchActor, MatchOrigin, MatchState, MatchVerb, ReasonCode
from matchmaker.matching.fitting import fit_of, kept_points
from matchmaker.matching.introductions import open_contacts_due
from matchmaker.matching.models import Match
from matchmaker.matching.moves import begin, check, move
from matchmaker.opportunities.interests.models import Interest

__all__ = [
    "agree",
    "ask",
    "close",
    "decide",
    "expire_due",
    "introduce",
    "open_contacts_due",
    "open_from_interest",
    "partner",
    "propose",
    "refuse",
    "remind_due",
    "review_compliance",
    "start_talks",
    "withdraw",
    "withdraw_all",
]


def ask(
    actor: Actor,
    own: Firm,
    other: Firm,
    *,
    text: str,
    language: str = "en",
    origin: MatchOrigin = MatchOrigin.SEARCH,
    limit: int = Config.REQUEST_LIMIT,
    days: int = Config.REQUEST_DAYS,
) -> Match:
    """Ask another firm for an introduction on behalf of one's own.

    Both firms' rows are locked while the unanswered requests are counted, so the limit holds whoever asks at the same
    moment. Raises NotAllowed without a right to speak for the firm, DomainError where a hard rule stands between the
    two or no place is left, Conflict where a match of the pair lives already.
    """
    if not rules.acts_for(actor, own.id):
        raise NotAllowed(_("Only administrators and editors of a firm can ask for an introduction."))
    queries.lock_firms(own.id, other.id)
    own, other = _loaded(own, other)
    _check_pair(own, other)
    words = request_words(text, rules.SHORTEST_TEXT, rules.LONGEST_TEXT)
    if queries.open_requests(own.id) >= limit:
        audit.record_refusal(actor, "ask", "firm", own.id, "no place left")
        raise DomainError(
            _(
                "Your firm has %(limit)s unanswered requests, the most allowed. "
                "A place returns when one is answered, withdrawn or expires.",
                limit=limit,
            )
        )
    match = _new(own, other, origin, MatchState.ASKED)
    match.request_text, match.request_language, match.asked_at = words, language, clock.now()
    match = begin(actor, match, MatchVerb.ASK, MatchActor.ASKER, days)
    notices.tell_firm(match, match.answerer, "match_asked")
    return match


def propose(
    actor: Actor,
    one: Firm,
    other: Firm,
    *,
    text: str = "",
    language: str = "en",
    days: int = Config.REQUEST_DAYS,
    override_reason: str = "",
) -> Match:
    """Propose a pair to both firms on behalf of an institution; both have to agree. Raises as `ask` does.

    Where the memorandum of the two countries does not cover it, it needs a reason, which is logged.
    """
    if not any(rules.may_propose_for(actor, firm) for firm in (one, other)):
        raise NotAllowed(_("You can propose firms of your own country only."))
    queries.lock_firms(one.id, other.id)
    one, other = _loaded(one, other)
    _check_pair(one, other, but=exclusions.ExclusionCode.NO_MEMORANDUM)
    match = _new(one, other, MatchOrigin.STAFF, MatchState.PROPOSED)
    match.asker_agreed, match.proposed_by_id = False, actor.person_id
    match.request_text, match.request_language = text.strip()[: rules.LONGEST_TEXT], language
    match = begin(actor, match, MatchVerb.PROPOSE, MatchActor.STAFF, days)
    cover(actor, match, override_reason)
    notices.tell_firms(match, "match_proposed")
    return match


def open_from_interest(actor: Actor, interest: Interest, days: int = Config.REQUEST_DAYS) -> Match:
    """Make the match of a firm that was interested in an opportunity and its owner, who finds it suitable.

    Both have said yes thereby, so it goes to the coordinators. Where a match of the two lives already, that one. Raises
    DomainError where a hard rule stands between the two.
    """
    asker_id, owner_id = interest.firm_id, interest.opportunity.firm_id
    queries.lock_firms(asker_id, owner_id)
    living = queries.living_match(asker_id, owner_id)
    if living is not None:
        return living
    asker, owner = (firms.firm(number) for number in (asker_id, owner_id))
    _check_pair(asker, owner)
    match = _new(asker, owner, MatchOrigin.OPPORTUNITY, MatchState.ASKED)
    match.request_text, match.request_language, match.asked_at = interest.text, interest.language, clock.now()
    asking = Actor(person_id=interest.person_id, memberships=firms.memberships(interest.person_id))
    return agree(actor, begin(asking, match, MatchVerb.ASK, MatchActor.ASKER, days))


def agree(actor: Actor, match: Match) -> Match:
    """Say yes on behalf of one's firm; when both have, the match goes to the coordinators of both sides.

    Both firms are screened afresh at that moment. Raises Conflict or NotAllowed as the table of transitions says.
    """
    match = queries.locked_match(match.id)
    firm_ids = [number for number in (match.asker_id, match.answerer_id) if rules.acts_for(actor, number)]
    yet = [number for number in firm_ids if not rules.has_agreed(match, number)]
    if match.state is MatchState.PROPOSED and firm_ids and not yet:
        raise Conflict(_("Your firm has agreed already. The other firm has to answer now."))
    both = not yet or rules.has_agreed(match, rules.other_firm_id(match, yet[0]))
    after = MatchState.AGREED if both else MatchState.PROPOSED
    check(actor, match, MatchVerb.AGREE, after)
    _say_yes(match, yet[0])
    if both:
        match.agreed_at, match.reminded_at = clock.now(), None
        match.expires_at = clock.now() + rules.DECISION_TIME
    move(actor, match, MatchVerb.AGREE, after)
    if both:
        screen_both(match)
        if gates.holding(checks.flags_of([match])[match.id], match.reviews):
            notices.tell_compliance(match, "match_blocked")
        notices.tell_firms(match, "match_agreed", but=actor.person_id)
        notices.tell_coordinators(match, rules.countries(match), "approval_waiting")
    return match


def refuse(actor: Actor, match: Match, *, code: ReasonCode, note: str = "") -> Match:
    """Say no on behalf of one's firm, with a reason that the other firm reads."""
    match = queries.locked_match(match.id)
    words = _note(note)
    refuse_contacts(words, "note")
    move(actor, match, MatchVerb.REFUSE, MatchState.REFUSED, note=words, code=code)
    notices.tell_firms(match, "match_refused", but=actor.person_id)
    return match


def withdraw(actor: Actor, match: Match, *, note: str = "") -> Match:
    """Take back one's own request, or as staff a proposal; the place is free at once."""
    match = queries.locked_match(match.id)
    move(actor, match, MatchVerb.WITHDRAW, MatchState.WITHDRAWN, note=_note(note))
    notices.tell_firms(match, "match_withdrawn", but=actor.person_id)
    return match


def start_talks(actor: Actor, match: Match) -> Match:
    """Record that the two firms are talking."""
    match = queries.locked_match(match.id)
    move(actor, match, MatchVerb.START_TALKS, MatchState.IN_TALKS)
    return match


def partner(actor: Actor, match: Match) -> Match:
    """Record that the two firms reached a partnership; the pair stays together."""
    match = queries.locked_match(match.id)
    move(actor, match, MatchVerb.PARTNER, MatchState.PARTNERSHIP)
    match.ended_at = clock.now()
    notices.tell_firms(match, "match_partnership", but=actor.person_id)
    notices.tell_coordinators(match, rules.countries(match), "approval_partnership")
    return match


def close(actor: Actor, match: Match, *, code: ReasonCode, note: str = "") -> Match:
    """End an introduction without a partnership; contacts are no longer shown."""
    match = queries.locked_match(match.id)
    move(actor, match, MatchVerb.CLOSE, MatchState.CLOSED, note=_note(note), code=code)
    notices.tell_firms(match, "match_closed", but=actor.person_id)
    return match


def withdraw_all(firm_id: int) -> int:
    """End what a firm that was suspended or archived has open; a partnership stays as a record. Returns how many."""
    ended = 0
    for match in queries.living_of_firm(firm_id):
        if match.state in rules.BEFORE_INTRODUCTION:
            move(None, match, MatchVerb.WITHDRAW, MatchState.WITHDRAWN)
        elif match.state is not MatchState.PARTNERSHIP:
            move(None, match, MatchVerb.CLOSE, MatchState.CLOSED)
        else:
            continue
        notices.tell_firms(match, "match_withdrawn")
        ended += 1
    return ended


def expire_due() -> int:
    """End every match whose time is over, which frees the asker's place; returns how many."""
    numbers = queries.expired(clock.now())
    for number in numbers:
        match = queries.locked_match(number)
        if match.state in rules.BEFORE_INTRODUCTION and match.expires_at and match.expires_at <= clock.now():
            move(None, match, MatchVerb.EXPIRE, MatchState.EXPIRED)
            notices.tell_firms(match, "match_expired")
    return len(numbers)


def remind_due() -> int:
    """Remind once, shortly before the end, those who still have to answer; returns how many matches."""
    numbers = queries.to_remind(clock.now())
    for number in numbers:
        match = queries.locked_match(number)
        match.reminded_at = clock.now()
        db.session.flush()
        if match.state is MatchState.AGREED:
            notices.tell_coordinators(match, rules.waits_for(match), "approval_reminder")
            continue
        for firm in (match.asker, match.answerer):
            if not rules.has_agreed(match, firm.id):
                notices.tell_firm(match, firm, "match_reminder")
    return len(numbers)


def _loaded(own: Firm, other: Firm) -> tuple[Firm, Firm]:
    found = firms.firms({own.id, other.id})
    return found[own.id], found[other.id]


def _check_pair(own: Firm, other: Firm, but: exclusions.ExclusionCode | None = None) -> None:
    if own.state is not FirmState.VERIFIED:
        raise DomainError(_("%(firm)s has to be verified first.", firm=reader_name(own)))
    if other.state is not FirmState.VERIFIED:
        raise DomainError(_("%(firm)s cannot be asked at the moment.", firm=reader_name(other)))
    if own.country == other.country or own.id == other.id:
        raise DomainError(_("Introductions are between firms of two countries."))
    if queries.living_match(own.id, other.id):
        raise Conflict(_("These two firms already have a match. Open it under Matches."))
    for exclusion in exclusions.why_not(own, other):
        if exclusion.code is not but:
            raise DomainError(str(exclusion.sentence))


def _new(own: Firm, other: Firm, origin: MatchOrigin, state: MatchState) -> Match:
    fit = fit_of(own, other)
    mou = checks.mou_between(own, other)
    return Match(
        asker_id=own.id,
        answerer_id=other.id,
        state=state,
        origin=origin,
        mou_id=mou.id if mou else None,
        area=checks.AREA if mou else None,
        weights=fit.weights,
        score=fit.total,
        points=kept_points(fit),
    )


def _say_yes(match: Match, firm_id: int) -> None:
    if firm_id == match.asker_id:
        match.asker_agreed = True
    else:
        match.answerer_agreed = True


def _note(note: str) -> str:
    words = note.strip()
    if len(words) > rules.LONGEST_NOTE:
        raise DomainError(_("Write at most %(n)s letters.", n=rules.LONGEST_NOTE), "note")
    return words
