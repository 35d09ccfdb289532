"""What a firm does with its opportunities."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.versions import require_version
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.opportunities import listed_goods, notices, queries, rules, writing
from matchmaker.opportunities.checks import queries as checks
from matchmaker.opportunities.checks import services as checking
from matchmaker.opportunities.checks.enums import Outcome
from matchmaker.opportunities.enums import OpportunityKind, OpportunityVerb, Standing
from matchmaker.opportunities.models import Opportunity, OpportunityReach
from matchmaker.opportunities.moves import check, move
from matchmaker.opportunities.words import MISSING
from matchmaker.opportunities.writing import Content


class Incomplete(DomainError):
    """What has to be said before an opportunity can be sent; `lacking` names the fields."""

    def __init__(self, lacking: list[str]) -> None:
        sentence = _("Before you can send it, say this too: %(parts)s.", parts=_listed(lacking))
        super().__init__(sentence, lacking[0])
        self.lacking = lacking


def begin(actor: Actor, kind: OpportunityKind, content: Content) -> Opportunity:
    """Write a draft for one's own verified firm; raises NotAllowed, DomainError at the field."""
    firm_id = rules.writing_firm_id(actor)
    if firm_id is None:
        raise NotAllowed(_("Only administrators and editors of a verified firm write opportunities."))
    firm = firms.firm(firm_id)
    writing.check(content, firm)
    opportunity = Opportunity(firm_id=firm.id, author_id=actor.person_id, kind=kind)
    opportunity.texts, opportunity.goods, opportunity.sectors = [], [], []
    opportunity.reaches, opportunity.events = [], []
    writing.put(opportunity, content)
    db.session.add(opportunity)
    db.session.flush()
    audit.record(actor, "begin", "opportunity", opportunity.id, after={"kind": kind.value, "firm": firm.id})
    db.session.flush()
    return queries.opportunity(opportunity.id)


def change(
    actor: Actor, opportunity: Opportunity, content: Content, *, version: int | None = None
) -> Opportunity:
    """Change a draft; raises Conflict where it is none any more or somebody changed it since `version` was read."""
    checks.hold_firms(opportunity.firm_id)
    opportunity = queries.locked(opportunity.id)
    if not rules.may_edit(actor, opportunity):
        raise Conflict(_("This opportunity is no draft any more. Nothing was changed."))
    require_version(opportunity.version, version)
    writing.check(content, opportunity.firm)
    writing.put(opportunity, content)
    opportunity.updated_at = clock.now()
    audit.record(actor, "change", "opportunity", opportunity.id)
    db.session.flush()
    return opportunity


def submit(actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Send a draft to the firm's institution, whose staff are told, unless the check gives it back to the firm.

    Then it stays a draft, and what was found is kept. Raises Incomplete, DomainError, Conflict.
    """
    checks.hold_firms(opportunity.firm_id)
    opportunity = queries.locked(opportunity.id)
    check(actor, opportunity, OpportunityVerb.SUBMIT)
    _require_verified(opportunity.firm)
    lacking = rules.missing(opportunity)
    if lacking:
        raise Incomplete(lacking)
    if opportunity.deadline is not None and opportunity.deadline < clock.today():
        raise DomainError(_("This day has gone by. Enter a day that is still to come."), "deadline")
    if not opportunity.reaches:
        raise DomainError(_("Choose at least one country whose firms shall read it."), "countries")
    if checking.check(actor, opportunity).outcome is Outcome.REFUSED:
        return opportunity
    opportunity.submitted_at, opportunity.note = clock.now(), ""
    for reach in opportunity.reaches:
        _ask_anew(reach)
    move(actor, opportunity, OpportunityVerb.SUBMIT)
    listed_goods.record_found(actor, opportunity)
    notices.tell_reviewers(opportunity)
    return opportunity


def take_back(actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Make a sent one a draft again, before anybody decided."""
    opportunity = queries.locked(opportunity.id)
    move(actor, opportunity, OpportunityVerb.TAKE_BACK)
    return opportunity


def revise(actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Make a published or withdrawn one a draft: it leaves the lists and is reviewed again."""
    opportunity = queries.locked(opportunity.id)
    opportunity.expires_on = opportunity.opens_at = None
    move(actor, opportunity, OpportunityVerb.REVISE)
    return opportunity


def withdraw(actor: Actor, opportunity: Opportunity) -> Opportunity:
    """Take an opportunity out of all lists."""
    opportunity = queries.locked(opportunity.id)
    move(actor, opportunity, OpportunityVerb.WITHDRAW)
    return opportunity


def renew(actor: Actor, opportunity: Opportunity) -> Opportunity:
    """List it for another twelve months from today, in one click; raises Conflict outside the time for it, DomainError."""
    opportunity = queries.locked(opportunity.id)
    today = clock.today()
    if opportunity.deadline is not None and opportunity.deadline < today:
        raise DomainError(
            _("The last day for answers has gone by. Change the opportunity and send it again.")
        )
    if rules.listed_goods(opportunity):
        raise DomainError(
            _(
                "Goods are on the common high priority list, so the institution looks at it anew. Open it for changes and send it again."
            )
        )
    _require_verified(opportunity.firm)
    partners = queries.partner_countries(opportunity.firm.country)
    if not any(reach.country in partners for reach in rules.open_reaches(opportunity)):
        raise DomainError(_("No memorandum in force covers this any more, so it cannot be renewed."))
    if opportunity.state in rules.STEPS[OpportunityVerb.RENEW].before and not rules.is_renewable(
        opportunity, today
    ):
        raise Conflict(_("It can be renewed from 30 days before its last day until 90 days after."))
    opportunity.expires_on = rules.last_listed(today, opportunity.deadline)
    move(actor, opportunity, OpportunityVerb.RENEW)
    return opportunity


def withdraw_all(firm_id: int) -> int:
    """End what a firm that was suspended or archived has open; returns how many."""
    numbers = queries.living_of(firm_id)
    for number in numbers:
        move(None, queries.locked(number), OpportunityVerb.WITHDRAW)
    return len(numbers)


MOVES = {
    OpportunityVerb.SUBMIT: submit,
    OpportunityVerb.TAKE_BACK: take_back,
    OpportunityVerb.RENEW: renew,
    OpportunityVerb.REVISE: revise,
    OpportunityVerb.WITHDRAW: withdraw,
}
"""What the buttons of the firm do."""


def _ask_anew(reach: OpportunityReach) -> None:
    reach.standing, reach.reason, reach.officer_id, reach.decided_at = Standing.OPEN, "", None, None


def _require_verified(firm: Firm) -> None:
    if firm.state is not FirmState.VERIFIED:
        raise DomainError(_("Your firm has to be verified before it can publish an opportunity."))


def _listed(lacking: list[str]) -> str:
    return ", ".join(str(MISSING[name]) for name in lacking)
