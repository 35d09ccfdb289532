"""The one gate before anything is published under a memorandum: introductions, trainings, exchanges, trips."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.core.errors import DomainError
from matchmaker.core.i18n import show_date
from matchmaker.mous import queries, rules
from matchmaker.mous.enums import CoverProblem, ScopeArea
from matchmaker.mous.models import Mou, MouOverride
from matchmaker.mous.wording import AREA_LABELS

FIELD = "override_reason"


def require_cover(
    actor: Actor, mou: Mou, area: ScopeArea, *, override_reason: str, subject: str, subject_id: int
) -> MouOverride | None:
    """Refuse to publish `subject` unless the memorandum is in force today and names the area.

    A coordinator or administrator of a party may go on with a reason: that is written into the audit trail and stands
    on the page of the memorandum. The memorandum is read afresh and kept from changing until the transaction ends, so
    nothing slips through beside its termination. Raises DomainError at `override_reason` and logs the refusal.
    """
    mou = queries.for_cover(mou.id)
    problem = rules.cover_problem(mou, area, clock.today())
    if problem is None:
        return None
    reason = override_reason.strip()
    refusal = _refusal(actor, mou, area, problem, reason)
    if refusal:
        audit.record_refusal(actor, "publish_without_cover", subject, subject_id, problem.value)
        raise DomainError(refusal, FIELD)
    override = MouOverride(
        mou_id=mou.id,
        area=area,
        problem=problem,
        subject=subject,
        subject_id=subject_id,
        reason=reason,
        person_id=actor.person_id,
    )
    db.session.add(override)
    after = {"area": area.value, "problem": problem.value, "reason": reason, subject: subject_id}
    audit.record(actor, "override_cover", "mou", mou.id, after=after)
    db.session.flush()
    return override


def _refusal(actor: Actor, mou: Mou, area: ScopeArea, problem: CoverProblem, reason: str) -> str:
    """Why it cannot go on: what is wrong, and what would help."""
    wrong = sentence(mou, area, problem)
    if not rules.may_override(actor, mou, problem):
        if problem is CoverProblem.UNSIGNED:
            return wrong
        return str(
            _(
                "%(problem)s Only a coordinator or administrator of a party may go on, with a reason.",
                problem=wrong,
            )
        )
    if not reason:
        return str(_("%(problem)s Give the reason if it has to go on without cover.", problem=wrong))
    if len(reason) < rules.SHORTEST_REASON:
        return str(_("Give a reason of at least %(n)s letters.", n=rules.SHORTEST_REASON))
    if len(reason) > rules.LONGEST_REASON:
        return str(_("Write at most %(n)s letters.", n=rules.LONGEST_REASON))
    return ""


def sentence(mou: Mou, area: ScopeArea, problem: CoverProblem) -> str:
    """What is wrong with the cover, in one sentence."""
    number = mou.number
    if problem is CoverProblem.UNSIGNED:
        return str(_("Memorandum %(number)s is a draft: nobody has signed it.", number=number))
    if problem is CoverProblem.TERMINATED:
        return str(_("Memorandum %(number)s ended on %(day)s.", number=number, day=show_date(mou.ended_on)))
    if problem is CoverProblem.EXPIRED:
        last = show_date(rules.last_day(mou, clock.today()))
        return str(_("Memorandum %(number)s expired on %(day)s.", number=number, day=last))
    if problem is CoverProblem.NOT_YET:
        begins = show_date(mou.in_force_from or mou.signed_on)
        return str(_("Memorandum %(number)s is in force only from %(day)s.", number=number, day=begins))
    return str(
        _(
            "Memorandum %(number)s does not name the area “%(area)s”.",
            number=number,
            area=str(AREA_LABELS[area]),
        )
    )
