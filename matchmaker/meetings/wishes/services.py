"""Writes of wishes: what a firm says of another, and what it said already apart from the day."""

from flask_babel import gettext as _

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.before_introduction import refuse_contacts
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed, NotFound
from matchmaker.matching.enums import WishKind
from matchmaker.meetings import queries as day_queries
from matchmaker.meetings import rules as day_rules
from matchmaker.meetings.models import B2bDay, DayParticipant, DayWish
from matchmaker.meetings.setup.rules import takes_wishes
from matchmaker.meetings.wishes import queries, rules
from matchmaker.meetings.wishes.queries import ToWish

ENTITY = "day_participant"


def say(actor: Actor, pair: ToWish, kind: WishKind | None, topic: str | None = None) -> DayParticipant:
    """Note what a firm wishes of another of the day; None takes it back. Staff say it for a firm that cannot.

    `topic` is what it would talk about, None leaves what was said before. The other firm reads it once the meeting is set.

    Firms speak while wishes are taken, staff until the day is over. Raises NotAllowed, Conflict afterwards, NotFound for
    a pair that may not meet, DomainError at `kind` where the firm has as many must-meets as it can have and at `topic`
    where it holds contact data.
    """
    own, other = pair.own, pair.other
    staff = day_rules.may_run(actor, own.day)
    if not staff and not day_rules.speaks_for(actor, own):
        raise NotAllowed(_("You say this for your own firm."))
    own = day_queries.locked_participant(own.id)
    if own.day.state in day_rules.ENDED or (not staff and not takes_wishes(own.day, clock.now())):
        raise Conflict(_("Wishes are not taken any more."))
    if not queries.may_meet(own, other):
        raise NotFound
    refuse_contacts(topic or "", "topic")
    before = queries.said_by(own.id).get(other.id)
    note(actor, pair, before, kind, topic, musts=queries.musts_of(own.id))
    db.session.flush()
    return own


def note(
    actor: Actor, pair: ToWish, row: DayWish | None, kind: WishKind | None, topic: str | None, *, musts: int
) -> DayWish | None:
    """Write down a wish that may be said, with its line of the audit trail; answers its row, None where it is taken back.

    `row` is what was said before, `musts` how many must-meets the firm has. Raises DomainError at `kind` as `say` does.
    """
    own, other_id = pair.own, pair.other.id
    before = row.kind if row else None
    if kind is WishKind.MUST_MEET and before is not kind and musts >= rules.MOST_MUSTS:
        raise DomainError(
            _(
                "You have marked %(most)s must-meets already. Change one of them to “would meet” first.",
                most=rules.MOST_MUSTS,
            ),
            "kind",
        )
    row = _write(actor, own, other_id, row, kind, topic)
    own.wishes_saved_at = clock.now()
    told = [{"of": other_id, "wish": said} for said in (before, kind)]
    audit.record(actor, "wish", ENTITY, own.id, *told)
    return row


def _write(
    actor: Actor | None,
    own: DayParticipant,
    other_id: int,
    row: DayWish | None,
    kind: WishKind | None,
    topic: str | None = None,
) -> DayWish | None:
    if kind is None:
        if row is not None:
            db.session.delete(row)
        return None
    if row is None:
        row = DayWish(day_id=own.day_id, from_id=own.id, to_id=other_id)
        db.session.add(row)
    row.kind, row.said_by_id = kind, actor.person_id if actor else None
    if kind not in rules.WANTED:
        row.topic = ""
    elif topic is not None:
        row.topic = topic
    return row


def take_opinions(day: B2bDay) -> int:
    """Take over what firms said of each other apart from the day, for those that have said nothing here yet.

    At most so many must-meets as a firm can have, the others become “would meet”. Answers how many wishes were taken.
    """
    firms = {one.firm_id: one for one in queries.expected(day)}
    shut, taken = queries.apart(firms), 0
    musts: dict[int, int] = {}
    silent = {one.id for one in firms.values() if one.wishes_saved_at is None and not queries.said_by(one.id)}
    for (firm, other), kind in sorted(queries.opinions(firms).items()):
        own = firms[firm]
        crosses = queries.crosses(own, firms[other])
        if own.id not in silent or not crosses or shut.keeps(firm, other):
            continue
        if kind is WishKind.MUST_MEET:
            musts[firm] = musts.get(firm, 0) + 1
        beyond = kind is WishKind.MUST_MEET and musts[firm] > rules.MOST_MUSTS
        _write(None, own, firms[other].id, None, WishKind.WOULD_MEET if beyond else kind)
        taken += 1
    audit.record(None, "take_opinions", "b2b_day", day.id, after={"taken": taken})
    db.session.flush()
    return taken
