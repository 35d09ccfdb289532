"""Merging two firms on both databases: what moves, what stays, what forbids it, the way back, two officers at once."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries as firms
from matchmaker.firms import services as firm_services
from matchmaker.firms.duplicates import queries as duplicates
from matchmaker.firms.duplicates.enums import PairState
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.enums import FirmState, Side, StateVerb
from matchmaker.firms.merging import queries, services
from matchmaker.firms.merging.models import MergeRecord
from matchmaker.firms.merging.planning import plan
from matchmaker.firms.models import Firm, FirmIdentifier, FirmMember, FirmProduct
from matchmaker.matching.enums import MatchState
from matchmaker.matching.models import Match
from matchmaker.matching.rules import pair_key
from tests.factories.accounts import PersonFactory
from tests.factories.compliance import hit_of
from tests.factories.duplicates import SuspectedPairFactory
from tests.factories.firms import FirmFactory, FirmMemberFactory, member_of
from tests.factories.matching import MatchFactory
from tests.firms.numbers import turkish

pytestmark = pytest.mark.data
REASON = "One firm that registered twice"


def officer(country: str = "TR") -> Actor:
    return Actor(person_id=PersonFactory().id, grants=(Grant(InstitutionRole.STAFF, 1, country),))


def pair_of() -> SuspectedPair:
    """A pair of two Turkish firms: the first has a number, the second another scheme, a good and a member."""
    made = SuspectedPairFactory()
    number = turkish(123456789)
    db.session.add_all(
        [
            FirmIdentifier(firm_id=made.first_id, scheme="VKN", value=number),
            FirmIdentifier(firm_id=made.second_id, scheme="VKN", value=turkish(987654321)),
            FirmIdentifier(firm_id=made.second_id, scheme="MERSIS", value=f"0{number}00015"),
            FirmProduct(firm_id=made.second_id, side=Side.OFFERED, hs_code="848180"),
        ]
    )
    member_of(db.session.get_one(Firm, made.second_id))
    db.session.flush()
    return duplicates.pair(made.id)


def living(asker: int, answerer: int, state: MatchState = MatchState.ASKED) -> Match:
    made: Match = MatchFactory(
        asker_id=asker, answerer_id=answerer, state=state, open_pair=pair_key(asker, answerer)
    )
    return made


def merge(pair: SuspectedPair, actor: Actor | None = None) -> MergeRecord:
    return services.merge(actor or officer(), pair, pair.first_id, REASON)


def test_what_the_other_has_goes_over_and_it_stays_archived(session: Any) -> None:
    pair = pair_of()
    russian = FirmFactory(country="RU")
    match = living(pair.second_id, russian.id)
    record = merge(pair)
    kept, merged = firms.firm(pair.first_id), firms.firm(pair.second_id)
    assert [one.scheme for one in kept.identifiers] == ["VKN", "MERSIS"]
    assert [one.scheme for one in merged.identifiers] == ["VKN"]
    assert [one.hs_code for one in kept.products] == ["848180"]
    assert (len(kept.members), len(merged.members)) == (1, 0)
    db.session.refresh(match)
    assert (match.asker_id, match.open_pair) == (kept.id, pair_key(kept.id, russian.id))
    assert (match.state, merged.state) == (MatchState.ASKED, FirmState.ARCHIVED)
    assert queries.kept_of(merged.id) == kept.id
    assert firms.identifier_owner("VKN", turkish(987654321)) == kept.id
    assert duplicates.pair(pair.id).state is PairState.MERGED
    written = select(AuditEntry.entity_id).where(AuditEntry.action == "merge").order_by(AuditEntry.id)
    assert list(db.session.scalars(written)) == [kept.id, merged.id]
    assert record.state_before is FirmState.VERIFIED


def test_the_preview_tells_what_the_merge_does(session: Any) -> None:
    pair = pair_of()
    told = {title: (moved, left) for title, moved, left in plan(pair.first_id, pair.second_id).told}
    assert told == {"People of the firm": (1, 0), "Numbers": (1, 1), "Products": (1, 0)}


def test_a_match_with_the_same_counterpart_stays_and_ends_with_the_merged_firm(session: Any) -> None:
    pair = pair_of()
    russian = FirmFactory(country="RU")
    own, other = living(pair.first_id, russian.id), living(russian.id, pair.second_id)
    merge(pair)
    for match in (own, other):
        db.session.refresh(match)
    assert (own.state, own.asker_id) == (MatchState.ASKED, pair.first_id)
    assert (other.state, other.answerer_id) == (MatchState.WITHDRAWN, pair.second_id)


def test_a_person_of_both_firms_stays_once(session: Any) -> None:
    pair = pair_of()
    person = member_of(db.session.get_one(Firm, pair.first_id))
    FirmMemberFactory(firm_id=pair.second_id, person_id=person.id)
    merge(pair)
    rows = db.session.execute(
        select(FirmMember.firm_id).where(FirmMember.person_id == person.id).order_by(FirmMember.firm_id)
    )
    assert [row[0] for row in rows] == [pair.first_id, pair.second_id]


def test_a_likeness_to_a_listed_party_is_cleared_first(session: Any) -> None:
    pair = pair_of()
    hit_of(db.session.get_one(Firm, pair.second_id))
    with pytest.raises(Conflict) as refused:
        merge(pair)
    assert "listed party" in refused.value.message
    assert queries.standing_merge(pair.second_id) is None


def test_only_staff_of_the_country_merge_an_open_pair_with_a_reason(session: Any) -> None:
    pair = pair_of()
    with pytest.raises(NotAllowed):
        merge(pair, officer("RU"))
    with pytest.raises(DomainError) as refused:
        services.merge(officer(), pair, pair.first_id, "no")
    assert refused.value.field == "reason"
    with pytest.raises(Conflict):
        services.merge(officer(), pair, FirmFactory().id, REASON)
    db.session.get_one(Firm, pair.first_id).state = FirmState.ARCHIVED
    db.session.flush()
    with pytest.raises(Conflict):
        merge(pair)


def test_undoing_puts_back_what_has_not_changed_and_tells_the_rest(session: Any) -> None:
    pair = pair_of()
    match = living(pair.second_id, FirmFactory(country="RU").id)
    before = match.open_pair
    record = merge(pair)
    gone = db.session.scalars(select(FirmProduct).where(FirmProduct.firm_id == pair.first_id)).one()
    db.session.delete(gone)
    db.session.flush()
    assert services.undo(officer(), queries.merge_for_change(record.id)) == 1
    merged = firms.firm(pair.second_id)
    assert (merged.state, len(merged.members), len(merged.identifiers)) == (FirmState.VERIFIED, 1, 2)
    db.session.refresh(match)
    assert (match.asker_id, match.open_pair) == (merged.id, before)
    assert queries.moved_tables(record.id, kept_back=True) == [("firm_product", 1)]
    assert queries.kept_of(merged.id) == merged.id
    assert duplicates.pair(pair.id).state is PairState.OPEN
    with pytest.raises(Conflict):
        services.undo(officer(), queries.merge_for_change(record.id))


def test_undoing_is_for_staff_of_the_country_and_goes_from_the_last_merge_back(session: Any) -> None:
    pair = pair_of()
    first = merge(pair)
    with pytest.raises(NotAllowed):
        services.undo(officer("RU"), queries.merge(first.id))
    third = FirmFactory()
    again = SuspectedPairFactory(first_id=pair.first_id, second_id=third.id)
    services.merge(officer(), duplicates.pair(again.id), third.id, REASON)
    assert queries.kept_of(pair.second_id) == third.id
    with pytest.raises(Conflict):
        services.undo(officer(), queries.merge(first.id))


def test_a_merged_firm_is_not_restored_by_itself(session: Any) -> None:
    pair = pair_of()
    merge(pair)
    with pytest.raises(Conflict) as refused:
        firm_services.set_state(officer(), firms.firm(pair.second_id), StateVerb.RESTORE, reason=REASON)
    assert "Undo the merge" in refused.value.message


def test_two_officers_merging_at_once_merge_once(
    app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        pair = pair_of()
        officers = officer(), officer()
        number, firms_of_pair = pair.id, (pair.first_id, pair.second_id)

    def deed(actor: Actor, kept_id: int) -> Callable[[], int]:
        def work() -> int:
            with unit_of_work():
                return services.merge(actor, duplicates.pair_for_change(number), kept_id, REASON).merged_id

        return work

    results = concurrently(*map(deed, officers, firms_of_pair))
    assert sorted(isinstance(result, Conflict) for result in results) == [False, True]
    with app.app_context():
        assert len(db.session.scalars(select(MergeRecord)).all()) == 1
