"""A memorandum from the draft to both signatures through its pages, and who may do what on the way."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from matchmaker.core.actor import Actor, Grant, InstitutionRole
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.institutions.models import Institution
from matchmaker.mous import queries, rules, services
from matchmaker.mous.enums import Carried, MouStatus, Renewal, ScopeArea
from matchmaker.mous.models import Mou
from tests.clients import Client
from tests.factories.institutions import InstitutionFactory, official
from tests.factories.mous import draft_between, mou_between

Given = Callable[[], AbstractContextManager[Any]]
FORM = {
    "number": "TR-RU-7",
    "kind": "memorandum",
    "title_tr": "Mutabakat zaptı",
    "title_ru": "Меморандум",
    "title_en": "Memorandum of two",
    "areas": ["trainings", "business_trips"],
    "term_months": "36",
    "renewal": "by_letters",
    "first_duties": "Hosts the trainings.",
}


def speaker(institution: Institution, role: InstitutionRole = InstitutionRole.COORDINATOR) -> Actor:
    """Somebody of the institution, as an actor."""
    grant = Grant(role, institution.id, institution.country)
    return Actor(person_id=official(institution, role).id, grants=(grant,))


@pytest.fixture
def sides(given: Given) -> dict[str, Any]:
    """Two institutions with a coordinator each."""
    with given():
        made = {code: InstitutionFactory(country=code) for code in ("TR", "RU")}
        people = {code: official(one, InstitutionRole.COORDINATOR).id for code, one in made.items()}
        staff = official(made["TR"], InstitutionRole.STAFF).id
        return {"ids": {code: one.id for code, one in made.items()}, "people": people, "staff": staff}


def client_of(app: Flask, person_id: int) -> Client:
    client = app.test_client()
    assert isinstance(client, Client)
    return client.sign_in(person_id)


def written(app: Flask) -> Mou:
    with app.app_context():
        return queries.mou(db.session.scalars(select(Mou.id)).one())


def test_draft_is_written_confirmed_by_both_and_signed_by_both(app: Flask, sides: dict[str, Any]) -> None:
    ids = sides["ids"]
    tr, ru = (client_of(app, sides["people"][code]) for code in ("TR", "RU"))

    tr.submit("/mous/new", {**FORM, "first": str(ids["TR"]), "second": str(ids["RU"])})
    place = f"/mous/{written(app).id}"
    assert app.test_client().get(place).status_code == 303
    assert "Text confirmed" not in tr.get(place).text
    tr.send(f"{place}/parties/{ids['TR']}/confirm")
    ru.submit(f"{place}/edit", {"place": "Kazan"})
    assert [party.confirmed_at for party in written(app).parties] == [None, None]
    early = tr.submit(
        f"{place}/sign", {"institution": str(ids["TR"]), "signatory": "A. B.", "signed_on": "2026-01-10"}
    )
    for client, code in ((tr, "TR"), (ru, "RU")):
        client.send(f"{place}/parties/{ids[code]}/confirm")
    for client, code, day in ((tr, "TR", "2026-01-10"), (ru, "RU", "2026-01-12")):
        signature = {
            "institution": str(ids[code]),
            "signatory": "A. B.",
            "capacity": "President",
            "signed_on": day,
        }
        client.submit(f"{place}/sign", signature)

    assert early.status_code == 422
    assert "Every party has to confirm" in early.text
    mou = written(app)
    assert (mou.signed_on, mou.in_force_from) == (date(2026, 1, 12), date(2026, 1, 12))
    assert rules.status(mou, date(2026, 11, 26)) is MouStatus.IN_FORCE
    page = tr.get(place).text
    assert "Signature recorded" in page
    assert "Hosts the trainings." in page
    assert tr.get(f"{place}/edit").status_code == 404


def test_draft_without_its_author_among_the_parties_is_refused_beside_the_field(
    app: Flask, sides: dict[str, Any], given: Given
) -> None:
    with given():
        third = InstitutionFactory(country="KZ").id
    client = client_of(app, sides["people"]["TR"])

    page = client.submit("/mous/new", {**FORM, "first": str(sides["ids"]["RU"]), "second": str(third)})

    assert page.status_code == 422
    assert "Your own institution has to be a party." in page.text
    assert "Hosts the trainings." in page.text


@pytest.mark.data
def test_text_changed_while_the_other_side_confirms_then_never_confirmed_unseen(
    app: Flask, sides: dict[str, Any], given: Given, concurrently: Callable[..., list[Any]]
) -> None:
    with given():
        found = {code: db.session.get_one(Institution, number) for code, number in sides["ids"].items()}
        mou_id = draft_between(found["TR"], found["RU"]).id
        actors = {code: speaker(one) for code, one in found.items()}
    numbers = list(sides["ids"].values())

    def confirm() -> None:
        with unit_of_work():
            services.confirm(actors["RU"], queries.mou(mou_id), sides["ids"]["RU"])

    def change() -> None:
        with unit_of_work():
            services.edit(
                actors["TR"], queries.mou(mou_id), number="N-1", parties=numbers, areas=[ScopeArea.TRAININGS]
            )

    outcomes = concurrently(confirm, change)

    assert outcomes == [None, None]
    with app.app_context():
        trail = [entry.action for entry, _name in queries.history(mou_id)]
        confirmed = any(party.confirmed_at for party in queries.mou(mou_id).parties)
        assert confirmed == (trail[0] == "confirm")


class TestRules:
    def test_each_party_speaks_for_itself_and_for_an_absent_one(
        self, session: scoped_session[Session]
    ) -> None:
        own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        mou = queries.mou(draft_between(own, other).id)
        actor = speaker(own)

        assert rules.speaks_for(actor, mou, own.id, frozenset())
        assert not rules.speaks_for(actor, mou, other.id, frozenset())
        assert rules.speaks_for(actor, mou, other.id, queries.absent(mou))
        speaker(other)
        assert not rules.speaks_for(actor, mou, other.id, queries.absent(mou))

    def test_staff_write_but_do_not_confirm(self, session: scoped_session[Session]) -> None:
        own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        mou = queries.mou(draft_between(own, other).id)
        staff = speaker(own, InstitutionRole.STAFF)

        assert rules.may_edit(staff, mou)
        with pytest.raises(NotAllowed):
            services.confirm(staff, mou, own.id)

    def test_an_incomplete_draft_is_not_confirmed(self, session: scoped_session[Session]) -> None:
        own = InstitutionFactory(country="TR")
        actor = speaker(own)
        mou = services.start(
            actor, number="X-1", parties=[own.id], areas=[], title_en="X", title_tr="", title_ru=""
        )

        assert rules.lacks(mou) == ("parties", "areas", "titles")
        with pytest.raises(DomainError):
            services.confirm(actor, mou, own.id)

    def test_a_number_stands_once(self, session: scoped_session[Session]) -> None:
        own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
        taken = mou_between(own, other)

        with pytest.raises(DomainError) as refused:
            services.start(speaker(own), number=f" {taken.number} ", parties=[own.id], areas=[])
        assert refused.value.field == "number"


def test_clone_takes_over_what_was_chosen_and_never_dates(session: scoped_session[Session]) -> None:
    own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
    old = queries.mou(mou_between(own, other).id)
    old.term_months, old.renewal, old.money_clause = 24, Renewal.BY_LETTERS, "Each pays its own."
    old.parties[1].obligations = "Finds partners."
    session.flush()

    whole = services.clone(speaker(own), old, number="C-1", carried=list(Carried))
    bare = services.clone(speaker(own), old, number="C-2", carried=[Carried.TERM])

    assert rules.is_draft(whole)
    assert (whole.term_months, whole.money_clause) == (24, "Each pays its own.")
    assert [party.obligations for party in whole.parties] == ["", "Finds partners."]
    assert len(whole.areas) == len(ScopeArea)
    assert (bare.term_months, bare.money_clause, bare.areas) == (24, "", [])
    assert [party.institution_id for party in bare.parties] == [own.id]


def test_a_signed_text_is_not_edited_any_more(session: scoped_session[Session]) -> None:
    own, other = InstitutionFactory(country="TR"), InstitutionFactory(country="RU")
    mou = queries.mou(mou_between(own, other).id)

    with pytest.raises(Conflict):
        services.edit(speaker(own), mou, number="N", parties=[own.id, other.id], areas=[])
