"""What institutions and the clock do with opportunities: review, objection, opening, warnings."""

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.actor import Actor
from matchmaker.core.errors import Conflict, DomainError
from matchmaker.core.versions import require_version
from matchmaker.firms.enums import FirmState
from matchmaker.mous import queries as mous
from matchmaker.mous.cover import require_cover
from matchmaker.opportunities import listed_goods, notices, queries, rules
from matchmaker.opportunities.checks import services as checking
from matchmaker.opportunities.enums import OpportunityState, OpportunityVerb, Standing
from matchmaker.opportunities.models import Opportunity, OpportunityReach
from matchmaker.opportunities.moves import check, move


def review(
    actor: Actor,
    opportunity: Opportunity,
    verb: OpportunityVerb,
    *,
    note: str = "",
    override_reason: str = "",
    version: int | None = None,
) -> Opportunity:
    """Decide for the firm's institution: announce to the other side, return with a comment, refuse with a reason.

    Announcing needs a memorandum in force for each country, or a reason that is logged, and a note where goods are on
    the common high priority list or the check found sensitive words. The firm is told. Raises Conflict where somebody decided already, ChangedMeanwhile where it
    reads otherwise than the `version` that was looked at, DomainError at the field.
    """
    opportunity = queries.locked(opportunity.id)
    check(actor, opportunity, verb)
    require_version(opportunity.version, version)
    if verb is OpportunityVerb.ANNOUNCE:
        listed_goods.require_reason(actor, opportunity, note)
        checking.require_reason(actor, opportunity, note)
        _announce(actor, opportunity, override_reason)
    move(actor, opportunity, verb, note=note)
    opportunity.note = note.strip()
    notices.tell_firm(opportunity, f"opportunity_{opportunity.state.value}", but=actor.person_id)
    if verb is OpportunityVerb.ANNOUNCE:
        notices.tell_counterparts(opportunity)
    return opportunity


def _announce(actor: Actor, opportunity: Opportunity, override_reason: str) -> None:
    if opportunity.firm.state is not FirmState.VERIFIED:
        raise DomainError(_("The firm has to be verified first."))
    for reach in opportunity.reaches:
        mou = mous.nearest(opportunity.firm.country, reach.country, rules.AREA, clock.today())
        if mou is None:
            raise DomainError(_("No memorandum joins the two countries, so this cannot be published."))
        require_cover(
            actor,
            mou,
            rules.AREA,
            override_reason=override_reason,
            subject="opportunity",
            subject_id=opportunity.id,
        )
        reach.mou_id = mou.id
    opportunity.opens_at = clock.now() + rules.OBJECTION_TIME


def answer(
    actor: Actor,
    opportunity: Opportunity,
    verb: OpportunityVerb,
    *,
    note: str = "",
    version: int | None = None,
) -> Opportunity:
    """Say for the institution of a country reached that it does not object, or objects with a reason.

    When all have answered it opens at once; where all object it goes back to the firm's institution. Raises Conflict
    where the time is over or this country has answered, ChangedMeanwhile as `review` does.
    """
    opportunity = queries.locked(opportunity.id)
    check(actor, opportunity, verb)
    reach = rules.answered_reach(actor, opportunity)
    if reach is None or reach.standing is not Standing.OPEN:
        raise Conflict(_("Your institution has answered already."))
    require_version(opportunity.version, version)
    standing = Standing.CLEAR if verb is OpportunityVerb.CLEAR else Standing.OBJECTED
    reached = [standing if one is reach else one.standing for one in opportunity.reaches]
    back = OpportunityState.SUBMITTED if set(reached) == {Standing.OBJECTED} else None
    move(actor, opportunity, verb, note=note, after=back, country=reach.country)
    _keep(actor, reach, standing, note)
    if back:
        opportunity.opens_at, opportunity.note = None, note.strip()
    if standing is Standing.OBJECTED:
        notices.tell_of_objection(opportunity)
    if not back and Standing.OPEN not in reached:
        _open(opportunity)
    return opportunity


def _keep(actor: Actor, reach: OpportunityReach, standing: Standing, note: str) -> None:
    reach.standing, reach.reason = standing, note.strip()
    reach.officer_id, reach.decided_at = actor.person_id, clock.now()


def open_due() -> int:
    """Publish what nobody objected to in time; returns how many."""
    numbers = queries.due_to_open(clock.now())
    for number in numbers:
        opportunity = queries.locked(number)
        due = opportunity.opens_at is not None and opportunity.opens_at <= clock.now()
        if opportunity.state is OpportunityState.ANNOUNCED and due:
            _open(opportunity)
    return len(numbers)


def _open(opportunity: Opportunity) -> None:
    opportunity.published_at = clock.now()
    opportunity.expires_on = rules.last_listed(clock.today(), opportunity.deadline)
    move(None, opportunity, OpportunityVerb.PUBLISH)
    notices.tell_firm(opportunity, "opportunity_published")


def warn_of_ends() -> int:
    """Tell the firm once 30 and 7 days ahead that an opportunity leaves the lists; a renewed one is warned of anew."""
    today, told = clock.today(), 0
    for opportunity in queries.ending(today):
        left = (opportunity.expires_on - today).days if opportunity.expires_on else 0
        days = min(number for number in rules.WARNED_DAYS if left <= number)
        told += notices.warn(opportunity, days)
    return told
