"""The lists follow what is committed, whatever the outbox went through, and rank the same way every time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import queries as firm_queries
from matchmaker.firms.enums import FirmState, PartnershipSide, Side
from matchmaker.firms.models import (
    Firm,
    FirmCertificate,
    FirmLanguage,
    FirmPartnership,
    FirmProduct,
    SearchOutbox,
)
from matchmaker.firms.rules import is_matchable
from matchmaker.firms.services import index_later
from matchmaker.matching import lists, lists_files, outbox, profiles
from matchmaker.matching.enums import WishKind
from matchmaker.matching.fitting import fit_of
from matchmaker.matching.models import Wish
from matchmaker.matching.tasks import renew_lists
from matchmaker.mous.models import Mou
from tests.factories.institutions import InstitutionFactory
from tests.matching.world import make_firm, make_mou

pytestmark = pytest.mark.data
Given = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def pair(given: Given) -> tuple[int, list[int]]:
    """A Turkish firm and three Russian ones, the first fitting best, with a memorandum between the countries."""
    with given():
        make_mou(InstitutionFactory(country="TR"), InstitutionFactory(country="RU"))
        own = make_firm("Own", "TR", offers="848180", seeks="732599")
        best = make_firm("Best", "RU", offers="732599", seeks="848180")
        half = make_firm("Half", "RU", offers="732510", seeks="010121")
        least = make_firm("Least", "RU", offers="010121", seeks="010121")
        return own.id, [best.id, half.id, least.id]


def change(app: Flask, deed: Callable[[], Any]) -> None:
    """Do something and commit it."""
    with app.app_context(), unit_of_work():
        deed()


def ranked(app: Flask, firm_id: int, most: int = 20) -> list[tuple[int, int]]:
    with app.app_context():
        return lists.ranking(firm_id, most)


def order(app: Flask, firm_id: int) -> list[int]:
    return [number for number, _total in ranked(app, firm_id)]


def rebuilds(app: Flask) -> int:
    found: lists.FitLists = app.extensions[lists.KEY]
    return found.rebuilds


def test_ranks_by_the_points_of_the_score(app: Flask, pair: tuple[int, list[int]]) -> None:
    own, others = pair
    assert order(app, own) == others
    with app.app_context():
        loaded = firm_queries.firms([own, *others])
        wanted = [(number, fit_of(loaded[own], loaded[number]).total) for number in others]
        assert lists.ranking(own) == wanted
        assert lists.ranking(own, most=2) == wanted[:2]
        assert lists.scores(own, [*others, own, 999]) == dict(sorted(wanted))


def test_same_data_same_bytes(
    app: Flask, make_app: Callable[..., Flask], pair: tuple[int, list[int]]
) -> None:
    own, _others = pair
    first = repr(ranked(app, own)).encode()
    assert repr(ranked(app, own)).encode() == first
    assert repr(ranked(make_app(), own)).encode() == first
    assert rebuilds(app) == 1


def test_a_change_is_ranked_from_its_commit_on(app: Flask, pair: tuple[int, list[int]]) -> None:
    own, (best, half, least) = pair
    assert order(app, own) == [best, half, least]

    def offer_more() -> None:
        db.session.add(FirmProduct(firm_id=least, side=Side.OFFERED, hs_code="732599"))
        db.session.add(FirmProduct(firm_id=least, side=Side.SOUGHT, hs_code="848180"))
        db.session.add(FirmLanguage(firm_id=least, language="tr"))
        index_later(least)

    change(app, offer_more)
    assert order(app, own) == [best, least, half]
    assert rebuilds(app) == 1


def test_a_change_that_is_rolled_back_is_never_ranked(app: Flask, pair: tuple[int, list[int]]) -> None:
    own, others = pair
    before = ranked(app, own)
    with app.app_context():
        db.session.get_one(Firm, others[0]).state = FirmState.SUSPENDED
        index_later(others[0])
        db.session.flush()
        db.session.rollback()
        assert lists.ranking(own) == before


def test_the_own_profile_is_followed_too(app: Flask, pair: tuple[int, list[int]]) -> None:
    own, (best, half, least) = pair
    before = dict(ranked(app, own))

    def forget_goods() -> None:
        db.session.execute(
            delete(FirmProduct).where(FirmProduct.firm_id == own, FirmProduct.side == Side.SOUGHT)
        )
        index_later(own)

    change(app, forget_goods)
    after = dict(ranked(app, own))
    assert after[best] < before[best]
    assert after[least] == before[least]
    assert half in after


@pytest.mark.parametrize(
    "state", [FirmState.ON_HOLD, FirmState.SUSPENDED, FirmState.ARCHIVED, FirmState.SUBMITTED]
)
def test_only_verified_firms(app: Flask, pair: tuple[int, list[int]], state: FirmState) -> None:
    own, (best, *rest) = pair
    assert best in order(app, own)

    def set_state(firm_id: int, to: FirmState) -> Callable[[], None]:
        def deed() -> None:
            db.session.get_one(Firm, firm_id).state = to
            index_later(firm_id)

        return deed

    change(app, set_state(best, state))
    assert order(app, own) == rest
    change(app, set_state(best, FirmState.VERIFIED))
    change(app, set_state(own, state))
    assert order(app, own) == []
    with app.app_context():
        assert lists.scores(own, rest) == {}


def test_what_is_matchable_is_what_the_rule_of_firms_says(app: Flask, given: Given) -> None:
    with given():
        bare = make_firm("Bare", "RU")
        bare.region_code, bare.region_note = "", "Somewhere"
        db.session.execute(delete(FirmProduct).where(FirmProduct.firm_id == make_firm("No goods", "RU").id))
        db.session.execute(
            delete(FirmPartnership).where(FirmPartnership.firm_id == make_firm("No kind", "RU").id)
        )
        good = make_firm("Good", "RU").id
        draft = make_firm("Draft", "RU")
        draft.state = FirmState.DRAFT
    with app.app_context():
        loaded = firm_queries.firms(list(db.session.scalars(select(Firm.id))))
        wanted = [number for number, firm in loaded.items() if is_matchable(firm)]
        assert profiles.matchable_ids(db.session()) == wanted == [good]


def test_both_ways_to_load_a_profile_agree(app: Flask, pair: tuple[int, list[int]]) -> None:
    own, others = pair
    numbers = [own, *others]
    with app.app_context():
        loaded = firm_queries.firms(numbers)
        fast = profiles.load_profiles(db.session(), numbers, clock.today())
        assert fast == [profiles.profile_of(loaded[number]) for number in sorted(numbers)]


def test_only_countries_of_a_memorandum_in_force(
    app: Flask, pair: tuple[int, list[int]], given: Given
) -> None:
    own, others = pair
    with given():
        neighbour = make_firm("Neighbour", "TR", offers="732599", seeks="848180").id
        db.session.get_one(Firm, make_firm("Far", "RU").id).country = "KZ"
        index_later(neighbour)
    assert order(app, own) == others
    with app.app_context(), unit_of_work():
        for mou in db.session.scalars(select(Mou)):
            mou.ended_on = clock.today()
    assert order(app, own) == []


class TestWishes:
    def wish(self, firm_id: int, other_id: int, kind: WishKind) -> Callable[[], None]:
        return lambda: db.session.add(Wish(firm_id=firm_id, other_id=other_id, kind=kind))

    def test_they_order_the_suggestions_at_once(self, app: Flask, pair: tuple[int, list[int]]) -> None:
        own, (best, half, least) = pair
        change(app, self.wish(own, least, WishKind.MUST_MEET))
        change(app, self.wish(own, half, WishKind.WOULD_MEET))
        assert order(app, own) == [least, half, best]
        assert [number for number, _total in ranked(app, own, most=1)] == [least]

    @pytest.mark.parametrize("mine", [True, False])
    def test_no_thanks_of_either_takes_the_pair_out(
        self, app: Flask, pair: tuple[int, list[int]], mine: bool
    ) -> None:
        own, (best, half, least) = pair
        ends = (own, best) if mine else (best, own)
        change(app, self.wish(*ends, WishKind.NO_THANKS))
        assert order(app, own) == [half, least]
        assert own not in order(app, best)

    def test_a_wish_does_not_overrule_no_thanks(self, app: Flask, pair: tuple[int, list[int]]) -> None:
        own, (best, half, least) = pair
        change(app, self.wish(own, best, WishKind.MUST_MEET))
        change(app, self.wish(best, own, WishKind.NO_THANKS))
        assert order(app, own) == [half, least]


class TestOutbox:
    def test_purged_lines_are_not_missed(self, app: Flask, pair: tuple[int, list[int]]) -> None:
        own, (best, half, least) = pair
        change(app, lambda: index_later(best))
        change(app, lambda: index_later(half))
        assert order(app, own) == [best, half, least]
        change(app, lambda: db.session.execute(delete(SearchOutbox)))
        assert order(app, own) == [best, half, least]

        def suspend() -> None:
            db.session.get_one(Firm, best).state = FirmState.SUSPENDED
            index_later(best)

        change(app, suspend)
        assert order(app, own) == [half, least]

    def test_numbers_given_out_anew_are_noticed(self, app: Flask, pair: tuple[int, list[int]]) -> None:
        """SQLite begins again at 1 after all lines are gone; as many new lines as before must not hide a change."""
        own, (best, half, least) = pair
        for _round in range(3):
            change(app, lambda: index_later(half))
        assert order(app, own) == [best, half, least]

        def purge_and_suspend() -> None:
            db.session.execute(delete(SearchOutbox))
            db.session.get_one(Firm, best).state = FirmState.SUSPENDED
            for seq, firm_id in enumerate((best, half, least), start=1):
                db.session.add(SearchOutbox(seq=seq, firm_id=firm_id))

        change(app, purge_and_suspend)
        assert order(app, own) == [half, least]

    def test_a_lower_number_that_becomes_visible_later_is_read(
        self, app: Flask, pair: tuple[int, list[int]]
    ) -> None:
        own, (best, half, least) = pair
        change(app, lambda: db.session.add(SearchOutbox(seq=900, firm_id=half)))
        assert order(app, own) == [best, half, least]

        def commit_late() -> None:
            db.session.get_one(Firm, best).state = FirmState.SUSPENDED
            db.session.add(SearchOutbox(seq=800, firm_id=best))

        change(app, commit_late)
        assert order(app, own) == [half, least]
        assert rebuilds(app) == 1

    def test_old_lines_are_counted_no_more(self, app: Flask, pair: tuple[int, list[int]]) -> None:
        own, (best, _half, _least) = pair
        old = clock.now() - outbox.OVERLAP - timedelta(minutes=1)
        change(app, lambda: db.session.add(SearchOutbox(seq=5, firm_id=best, at=old)))
        change(app, lambda: db.session.add(SearchOutbox(seq=6, firm_id=best)))
        order(app, own)
        place = app.extensions[lists.KEY].place
        assert (place.floor, place.seen, place.last.seq) == (5, frozenset({6}), 6)

    def test_nothing_new_costs_few_statements(
        self,
        app: Flask,
        pair: tuple[int, list[int]],
        count_statements: Callable[[], AbstractContextManager[list[str]]],
    ) -> None:
        own, others = pair
        change(app, lambda: index_later(others[0]))
        order(app, own)
        with app.app_context(), count_statements() as sent:
            lists.scores(own, others)
        read = [one for one in sent if one.lstrip().upper().startswith("SELECT")]
        # What the firm called not relevant is read for its own scores, whether anything is new or not.
        assert len([one for one in read if "FROM not_relevant" not in one]) <= 4

    def test_another_database_is_noticed(self, app: Flask, pair: tuple[int, list[int]]) -> None:
        own, others = pair
        assert order(app, own) == others

        def replace() -> None:
            first = db.session.get_one(Firm, own)
            first.created_at = clock.now() + timedelta(days=1)
            db.session.get_one(Firm, others[0]).state = FirmState.SUSPENDED

        change(app, replace)
        assert order(app, own) == others[1:]
        assert rebuilds(app) == 2


def test_certificates_begin_and_end_to_count_by_date(
    app: Flask, pair: tuple[int, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, (best, _half, _least) = pair
    today = clock.today()

    def certify() -> None:
        line = db.session.scalars(
            select(FirmProduct).where(FirmProduct.firm_id == own, FirmProduct.side == Side.SOUGHT)
        ).one()
        line.required_certificates = "EAC"
        db.session.add(
            FirmCertificate(
                firm_id=best,
                scheme="EAC",
                issued_on=today + timedelta(days=2),
                valid_until=today + timedelta(days=4),
            )
        )
        index_later(own)
        index_later(best)

    change(app, certify)
    totals = []
    for days in range(7):
        monkeypatch.setattr(clock, "today", lambda day=today + timedelta(days=days): day)
        totals.append(dict(ranked(app, own))[best])
    least = totals[0]
    assert totals == [least, least, least + 4, least + 4, least + 4, least, least]
    assert rebuilds(app) == 1
    monkeypatch.setattr(clock, "today", lambda: today)
    assert dict(ranked(app, own))[best] == least
    assert rebuilds(app) == 2


def test_many_readers_and_a_writer_at_once(
    app: Flask, pair: tuple[int, list[int]], concurrently: Callable[..., list[Any]]
) -> None:
    own, others = pair

    def read() -> list[int]:
        return [lists.ranking(own)[0][0] for _round in range(5)][-1:]

    def write() -> None:
        for _round in range(5):
            with unit_of_work():
                index_later(others[0])

    results = concurrently(read, read, write, read)
    assert results == [[others[0]], [others[0]], None, [others[0]]]
    change(app, lambda: None)
    assert order(app, own) == others
    assert len(app.extensions[lists.KEY].index) == 4


class TestUnits:
    def line(self, quantity: float, unit: str) -> Any:
        return profiles.line_of(
            FirmProduct(
                side=Side.OFFERED, hs_code="848180", quantity=quantity, unit=unit, required_certificates="B A"
            )
        )

    @pytest.mark.parametrize(
        ("quantity", "unit", "base", "amount"),
        [(2, "t", "kg", 2000.0), (500, "kg", "kg", 500.0), (3, "m3", "l", 3000.0), (7, "pcs", "pcs", 7.0)],
    )
    def test_amounts_of_a_kind_are_in_one_unit(
        self, quantity: float, unit: str, base: str, amount: float
    ) -> None:
        line = self.line(quantity, unit)
        assert (line.unit, line.quantity_per_year) == (base, amount)
        assert line.required_certificates == {"A", "B"}

    def test_an_unknown_unit_is_compared_with_itself_only(self) -> None:
        assert (self.line(3, "barrel").unit, self.line(3, "barrel").quantity_per_year) == ("barrel", 3.0)


class TestPartnerships:
    def test_who_seeks_buyers_meets_who_seeks_suppliers(self) -> None:
        seller = set(profiles.pairs([("EXPORT", PartnershipSide.SEEKS)]))
        buyer = set(profiles.pairs([("IMPORT", PartnershipSide.SEEKS)]))
        assert seller == {("EXPORT", "seeks"), ("IMPORT", "offers")}
        assert buyer == {("IMPORT", "seeks"), ("EXPORT", "offers")}

    def test_types_without_ends_answer_themselves(self) -> None:
        assert set(profiles.pairs([("RESEARCH", PartnershipSide.OFFERS)])) == {("RESEARCH", "symmetric")}


@pytest.mark.parametrize(
    ("issued", "until", "counts"),
    [(None, None, True), (1, None, True), (2, None, False), (None, 1, True), (None, 0, False), (0, 2, True)],
)
def test_validity_of_a_certificate(issued: int | None, until: int | None, counts: bool) -> None:
    day = date(2026, 1, 1)
    certificate = FirmCertificate(
        scheme="EAC",
        issued_on=None if issued is None else day + timedelta(days=issued),
        valid_until=None if until is None else day + timedelta(days=until),
    )
    assert profiles.is_valid(certificate, day + timedelta(days=1)) is counts


def test_many_firms_are_mapped_from_disk_and_changes_lie_over_them(
    app: Flask,
    make_app: Callable[..., Flask],
    pair: tuple[int, list[int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, (best, half, least) = pair
    monkeypatch.setattr(lists, "IN_MEMORY", 0)
    with app.app_context():
        assert lists.is_rebuild_due()
        assert lists.rebuild_lists() == 4
        assert not lists.is_rebuild_due()
        home = lists.fit_lists().home
        kept = lists.open_kept(home)
        assert kept is not None
        assert len(kept.index) == 4
    assert order(app, own) == [best, half, least]
    other = make_app()
    assert order(other, own) == [best, half, least]
    assert (rebuilds(app), rebuilds(other)) == (0, 0)

    def leave() -> None:
        db.session.get_one(Firm, best).state = FirmState.SUSPENDED
        index_later(best)

    change(app, leave)
    assert order(app, own) == order(other, own) == [half, least]
    with app.app_context():
        lists.rebuild_lists()
        assert lists.kept_name(home) != kept.name
    assert order(other, own) == [half, least]
    assert (rebuilds(app), rebuilds(other)) == (0, 0)


def test_many_firms_without_lists_are_written_by_the_first_and_awaited_by_nobody(
    app: Flask, pair: tuple[int, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, others = pair
    monkeypatch.setattr(lists, "IN_MEMORY", 0)
    with app.app_context(), lists_files.only_one(lists.fit_lists().home):
        assert lists.ranking(own) == []
        with pytest.raises(lists_files.ListsBusy):
            lists.rebuild_lists()
        renew_lists()
    assert order(app, own) == others


def test_worker_renews_lists_whose_place_is_lost(
    app: Flask, pair: tuple[int, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, others = pair
    monkeypatch.setattr(lists, "IN_MEMORY", 0)
    change(app, lambda: index_later(others[0]))
    with app.app_context():
        lists.rebuild_lists()
        before = lists.kept_name(lists.fit_lists().home)

    def forget() -> None:
        db.session.execute(delete(SearchOutbox))

    change(app, forget)
    with app.app_context():
        renew_lists()
        assert lists.kept_name(lists.fit_lists().home) != before
    assert order(app, own) == others
