"""One trip takes over the firms of another: their applications arrive there anew, with delegates and papers."""

from matchmaker.core import audit, clock
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.programmes import queries as programme_queries
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import SignUpState, SignUpVerb
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.moves import write_sign_up
from matchmaker.programmes.trips import assessment_queries, paper_queries
from matchmaker.programmes.trips.models import TripApplication, TripRelation

PERSONAL = ("person_id", "contact_id", "name", "name_romanised", "position", "email", "phone", "language")
FACTS = (
    "person_id",
    "firm_id",
    "people",
    "country",
    "region_code",
    "size_class",
    "women_led",
    "language",
    "note",
)
TEXTS = ("objectives", "wanted", "experience", "past_trips", "past_support", "disclosures")


def merge(actor: Actor, source: Programme, target: Programme) -> int:
    """Enter the living sign-ups of one trip into another as applied, in their order; answers how many.

    The target's staff decide on them, because its places and quotas are its own. A firm that is on both trips already
    keeps its place there. The source's sign-ups stay for the cancellation that follows.
    """
    programme_queries.lock_programme(target.id)
    states = tuple(programme_rules.BEFORE_EVENT)
    count = 0
    for old in programme_queries.sign_ups_of(source.id, states):
        key = programme_rules.living_key(target.id, old.person_id, old.firm_id)
        if old.state is SignUpState.DRAFT or programme_queries.is_signed_up(key):
            continue
        _enter(actor, old, target, key)
        count += 1
    audit.record(actor, "merge", "trip", source.id, after={"into": target.id, "sign_ups": count})
    db.session.flush()
    return count


def _enter(actor: Actor, old: SignUp, target: Programme, key: str) -> None:
    people = [one for one in old.delegates if one.left_at is None]
    copies = [Delegate(**{name: getattr(one, name) for name in PERSONAL}) for one in people]
    new = SignUp(
        **{name: getattr(old, name) for name in FACTS},
        programme_id=target.id,
        state=SignUpState.APPLIED,
        living_key=key,
        arrival=programme_queries.next_arrival(target.id),
        arrived_at=clock.now(),
        sectors=list(old.sectors),
        answers={},
        delegates=copies,
    )
    db.session.add(new)
    db.session.flush()
    _carry(old, new, people, copies)
    write_sign_up(actor, new, SignUpVerb.APPLY, None)
    db.session.flush()


def _carry(old: SignUp, new: SignUp, people: list[Delegate], copies: list[Delegate]) -> None:
    told = assessment_queries.application(old.id)
    if told is not None:
        kept = {name: getattr(told, name) for name in (*TEXTS, "committed_at", "committed_by_id")}
        db.session.add(TripApplication(sign_up_id=new.id, **kept))
    relations = assessment_queries.relations([one.id for one in people])
    papers = paper_queries.papers_of([one.id for one in people])
    for one, copy in zip(people, copies, strict=True):
        if one.id in relations:
            db.session.add(TripRelation(delegate_id=copy.id, relation=relations[one.id]))
        if one.id in papers:
            papers[one.id].delegate_id = copy.id
    db.session.flush()
