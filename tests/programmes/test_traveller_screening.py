"""The people whom firms send abroad are compared with the lists: when they are named, when a list changes, before a place."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.compliance import queries as compliance
from matchmaker.compliance import services
from matchmaker.compliance.entries import Entry
from matchmaker.compliance.enums import EntryKind, HitState, ScreeningState
from matchmaker.compliance.models import Screening, ScreeningHit
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.personal_data import Fate
from matchmaker.home import inbox
from matchmaker.programmes import offers, queries, screening
from matchmaker.programmes import sign_up_services as sign_ups
from matchmaker.programmes.enums import ProgrammeState, SignUpState
from matchmaker.programmes.held import PART
from matchmaker.programmes.models import SignUp
from matchmaker.programmes.screening import OnHold
from matchmaker.programmes.sign_up_services import NewDelegate
from tests.clients import Client
from tests.factories.compliance import listed, named_firm
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.programmes import ProgrammeFactory
from tests.factories.trips import TripFactory, staff_of, traveller_of
from tests.matching.world import actor_of

Given = Callable[..., Any]
S = SignUpState
LISTED = Entry("P-1", "ZHURAVLEV, Arkadiy", aliases=("Журавлёв Аркадий",), kind=EntryKind.PERSON)


def sends(name: str, state: SignUpState = S.WAITING, **settings: Any) -> SignUp:
    """A firm that sends one person on a trip."""
    programme = TripFactory(**settings)
    firm = named_firm("Toros Cam", "TR")
    delegate = traveller_of(programme, firm, state=state, confirmed_at=None)
    delegate.name, delegate.name_romanised = name, ""
    db.session.flush()
    return queries.sign_up(delegate.sign_up_id)


def hits() -> list[ScreeningHit]:
    found = db.session.scalars(
        select(ScreeningHit)
        .join(Screening)
        .where(Screening.delegate_id.is_not(None))
        .order_by(ScreeningHit.id)
    )
    return list(found)


@pytest.mark.data
@pytest.mark.usefixtures("session")
class TestPlaces:
    @pytest.mark.parametrize("name", ["Аркадий Журавлёв", "Arkadiy Zhuravlev", "Журавлев Аркадий Ильич"])
    def test_a_listed_traveller_keeps_the_firm_waiting_until_the_decision(self, name: str) -> None:
        listed(LISTED)
        found = sends(name)
        officer = official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE)

        assert offers.offer_places(found.programme) == 0

        (hit,) = hits()
        firm_id = found.firm_id or 0
        assert compliance.screening_state(firm_id)[0] is ScreeningState.CLEAR
        assert compliance.firms_with_hits([firm_id]) == set()
        staff = actor_of(staff_of(found.programme))
        assert screening.on_hold(staff, found.programme, [found]) == {found.id}
        services.decide_hit(actor_of(officer), compliance.hit(hit.id), HitState.CLEARED, "Born in 1999")
        assert offers.offer_places(found.programme) == 1
        assert screening.on_hold(staff, found.programme, [found]) == frozenset()

    def test_what_was_decided_and_compared_is_kept(self) -> None:
        listed(LISTED)
        found = sends("Arkadiy Zhuravlev")
        officer = official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE)
        screening.is_on_hold(found.programme, found)
        hit = services.decide_hit(
            actor_of(officer), compliance.hit(hits()[0].id), HitState.CLEARED, "Another"
        )

        assert (hit.decided_by_id, hit.list_name, hit.list_version, hit.score) == (
            officer.id,
            "Test list",
            "1",
            100,
        )
        assert hit.screening.query == {"names": ["Arkadiy Zhuravlev"], "numbers": []}
        assert hit.screening.person == "Arkadiy Zhuravlev"
        compared = select(AuditEntry.entity_id).where(AuditEntry.entity == "delegate")
        assert db.session.scalars(compared).all() == [found.delegates[0].id]
        listed(LISTED, version="2")
        assert not screening.is_on_hold(found.programme, found)
        assert [one.state for one in hits()] == [HitState.CLEARED, HitState.CLEARED]

    def test_a_person_is_no_organisation_or_ship(self) -> None:
        kinds = (EntryKind.ENTITY, EntryKind.VESSEL, EntryKind.AIRCRAFT)
        listed(*(Entry(f"E-{kind}", "Arkadiy Zhuravlev", kind=kind) for kind in kinds))
        found = sends("Arkadiy Zhuravlev")
        assert offers.offer_places(found.programme) == 1

    def test_whoever_is_sent_instead_is_compared_and_whoever_left_counts_no_more(self) -> None:
        listed(LISTED)
        found = sends("Ayşe Yılmaz", S.CONFIRMED)
        actor, staff = actor_of(found.person), actor_of(staff_of(found.programme))

        entering = sign_ups.swap(actor, found, found.delegates[0], NewDelegate("Аркадий Журавлёв"))

        assert [hit.screening.delegate_id for hit in map(compliance.hit, (one.id for one in hits()))] == [
            entering.id
        ]
        assert screening.on_hold(staff, found.programme, [found]) == {found.id}
        sign_ups.swap(actor, found, entering, NewDelegate("Ali Veli"))
        assert screening.on_hold(staff, found.programme, [found]) == frozenset()

    def test_staff_cannot_accept(self) -> None:
        listed(LISTED)
        found = sends("Аркадий Журавлёв", S.APPLIED)
        with pytest.raises(OnHold):
            sign_ups.accept(actor_of(staff_of(found.programme)), found)

    def test_erased_with_the_person(self) -> None:
        (held,) = (one for one in PART.held if one.table is Screening)
        assert (held.fate, dict(held.blank)) == (Fate.BLANKED, {"query": {}})
        assert Screening(delegate_id=1, query={}).person == "–"


@pytest.mark.data
def test_a_changed_list_compares_all_who_are_to_travel_again(
    app: Flask, given: Given, work_off: Callable[[], int]
) -> None:
    with given():
        listed("Somebody Else")
        abroad = ProgrammeFactory(country="RU").id
        found = [
            sends("Arkadiy Zhuravlev").delegates[0].id,
            sends("Ayşe Yılmaz").delegates[0].id,
            sends("Arkadiy Zhuravlev", S.REFUSED).delegates[0].id,
        ]
        ended = sends("Arkadiy Zhuravlev")
        ended.programme.state = ProgrammeState.DONE
        course = traveller_of(queries.programme(abroad), named_firm("Ege Pompa", "TR"), state=S.WAITING)
        home = traveller_of(queries.programme(ProgrammeFactory(country="TR").id), state=S.WAITING)
        course.name = home.name = "Arkadiy Zhuravlev"
        expected = sorted([*found[:2], course.id])
        services.replace_list("Test list", "2", [LISTED])

    assert work_off() == 1

    with app.app_context():
        compared = db.session.scalars(select(Screening).where(Screening.delegate_id.is_not(None))).all()
        assert sorted(one.delegate_id or 0 for one in compared if one.lists == ["Test list 2"]) == expected
        assert {compliance.hit(one.id).screening.delegate_id for one in hits()} == {found[0], course.id}


class TestPages:
    def test_officers_decide_and_nobody_else_reads_of_it(self, client: Client, given: Given) -> None:
        with given():
            listed(LISTED)
            found = sends("Аркадий Журавлёв", S.APPLIED)
            screening.is_on_hold(found.programme, found)
            officer = official(InstitutionFactory(country="TR"), InstitutionRole.COMPLIANCE)
            staff, firm, number = staff_of(found.programme), found.person, hits()[0].id
            page = f"/programmes/sign-ups/{found.id}"
            assert [one.record_id for one in inbox.tasks(actor_of(officer))] == [found.firm_id]
        decides = client.sign_in(officer)
        assert "sent by Toros Cam" in decides.get("/screening").text
        shown = decides.get(f"/screening/{number}").text
        assert ("The person" in shown, "Аркадий Журавлёв" in shown, "The firm<" in shown) == (
            True,
            True,
            False,
        )
        organiser = client.sign_in(staff)
        assert "On hold for compliance" in organiser.get(page).text
        assert "ZHURAVLEV" not in organiser.get(page).text
        assert organiser.get(f"/screening/{number}").status_code == 404
        assert "compliance" not in client.sign_in(firm).get(page).text.lower()
        decided = client.sign_in(officer).submit(
            f"/screening/{number}", {"outcome": "cleared", "reason": "Born in 1999"}, form="decision"
        )
        assert decided.status_code == 303
        assert "On hold" not in client.sign_in(staff).get(page).text
