"""Writes of firms on both databases: rights, states, versions, audit, index, and two people at the same moment."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.actor import Actor, FirmRole, Grant, InstitutionRole, Membership
from matchmaker.core.audit import AuditEntry
from matchmaker.core.db import db
from matchmaker.core.errors import Conflict, DomainError, NotAllowed
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.firms import goods_services, identity_services, profile_services, queries, services
from matchmaker.firms.enums import (
    FieldGroup,
    FirmState,
    MarketStatus,
    PartnershipSide,
    RegisterKind,
    RegisterStatus,
    Side,
    StateVerb,
    TextSource,
    Visibility,
)
from matchmaker.firms.goods_services import Product, Sector
from matchmaker.firms.identity_services import AlreadyRegistered
from matchmaker.firms.models import (
    Firm,
    FirmIdentifier,
    FirmMarketChange,
    JoinRequest,
    ProfileChange,
    RegisterEntry,
    SearchOutbox,
)
from matchmaker.firms.profile_services import Figures, Names, Text
from matchmaker.firms.signals import firm_state_changed
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import InstitutionFactory, official
from tests.firms.numbers import russian_company, russian_person, russian_registration, turkish

VKN = turkish(123456789)
INN = russian_company(770123456)


def acting(person_id: int, firm: Firm | None = None, role: FirmRole = FirmRole.ADMINISTRATOR) -> Actor:
    """A person, where given with a role in a firm."""
    memberships = (Membership(firm.id, role, firm.country),) if firm else ()
    return Actor(person_id=person_id, memberships=memberships)


def staff(country: str = "TR") -> Actor:
    """Staff of an institution of a country."""
    institution = InstitutionFactory(country=country)
    person = official(institution, InstitutionRole.STAFF)
    return Actor(person_id=person.id, grants=(Grant(InstitutionRole.STAFF, institution.id, country),))


@pytest.fixture
def owned(session: Any) -> tuple[Actor, Firm]:
    """A verified firm and its administrator."""
    return own_firm()


def own_firm(**values: Any) -> tuple[Actor, Firm]:
    """A firm and its administrator."""
    firm = FirmFactory(**values)
    person = member_of(firm)
    return acting(person.id, firm), queries.firm(firm.id)


def draft(country: str = "TR") -> tuple[Actor, Firm]:
    """A registration that somebody began."""
    person = PersonFactory(country=country)
    firm = services.create_draft(acting(person.id), country)
    return acting(person.id, firm), firm


def audited(firm: Firm) -> list[str]:
    """The deeds on a firm in order."""
    found = select(AuditEntry.action).where(AuditEntry.entity == "firm", AuditEntry.entity_id == firm.id)
    return list(db.session.scalars(found.order_by(AuditEntry.id)))


def outbox(firm: Firm) -> int:
    """How often the firm waits for the index."""
    return len(db.session.scalars(select(SearchOutbox).where(SearchOutbox.firm_id == firm.id)).all())


class TestCreateDraft:
    def test_whoever_registers_is_the_administrator(self, session: Any) -> None:
        _actor, firm = draft()

        assert (firm.state, [item.role for item in firm.members]) == (
            FirmState.DRAFT,
            [FirmRole.ADMINISTRATOR],
        )
        assert audited(firm) == ["register"]

    def test_people_of_institutions_do_not_register(self, session: Any) -> None:
        with pytest.raises(NotAllowed):
            services.create_draft(staff(), "TR")


class TestSetState:
    def test_a_step_is_audited_indexed_and_told(self, owned: tuple[Actor, Firm]) -> None:
        _actor, firm = owned
        told: list[tuple[FirmState, FirmState]] = []

        def listen(sender: object, **news: Any) -> None:
            told.append((news["before"], news["after"]))

        with firm_state_changed.connected_to(listen):
            services.set_state(staff(), firm, StateVerb.SUSPEND, reason="Closed down")

        assert (firm.state, firm.hold_reason) == (FirmState.SUSPENDED, "Closed down")
        assert told == [(FirmState.VERIFIED, FirmState.SUSPENDED)]
        assert (audited(firm), outbox(firm)) == (["suspend"], 1)

    def test_another_step_is_refused_and_logged(self, owned: tuple[Actor, Firm]) -> None:
        _actor, firm = owned
        with pytest.raises(Conflict):
            services.set_state(staff(), firm, StateVerb.VERIFY)
        assert audited(firm) == ["refused:verify"]

    def test_a_firm_does_not_verify_itself(self, session: Any) -> None:
        actor, firm = own_firm(state=FirmState.SUBMITTED)
        with pytest.raises(NotAllowed):
            services.set_state(actor, firm, StateVerb.VERIFY)
        assert (firm.state, audited(firm)) == (FirmState.SUBMITTED, ["refused:verify"])

    def test_staff_of_the_other_country_do_not_verify_it(self, session: Any) -> None:
        _actor, firm = own_firm(state=FirmState.SUBMITTED)
        with pytest.raises(NotAllowed):
            services.set_state(staff("RU"), firm, StateVerb.VERIFY)

    def test_holding_needs_a_reason(self, owned: tuple[Actor, Firm]) -> None:
        with pytest.raises(DomainError) as refusal:
            services.set_state(staff(), owned[1], StateVerb.HOLD, reason="  ")
        assert refusal.value.field == "reason"

    def test_a_firm_that_lacks_something_is_not_sent(self, session: Any) -> None:
        actor, firm = draft()
        with pytest.raises(DomainError):
            services.submit(actor, firm)
        assert firm.state is FirmState.DRAFT


class TestChanging:
    def test_a_change_is_audited_with_both_values_and_indexed(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        version = firm.version

        profile_services.set_languages(actor, firm, version, ["tr", "ru", "tr"])

        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "change_languages")).one()
        assert (entry.before, entry.after) == ({"languages": []}, {"languages": ["tr", "ru"]})
        assert (outbox(firm), firm.version) == (1, version + 1)

    def test_the_same_values_again_are_no_change(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        profile_services.set_languages(actor, firm, firm.version, ["tr"])

        profile_services.set_languages(actor, firm, firm.version, ["tr"])

        assert (audited(firm), outbox(firm)) == (["change_languages"], 1)

    def test_a_page_that_is_out_of_date_changes_nothing(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        shown = firm.version
        profile_services.set_languages(actor, firm, shown, ["tr"])

        with pytest.raises(Conflict):
            profile_services.set_languages(actor, firm, shown, ["ru"])

        assert [item.language for item in firm.languages] == ["tr"]

    def test_a_member_without_the_role_changes_nothing(self, owned: tuple[Actor, Firm]) -> None:
        _actor, firm = owned
        with pytest.raises(NotAllowed):
            profile_services.set_languages(acting(5, firm, FirmRole.MEMBER), firm, None, ["tr"])

    def test_two_people_at_the_same_moment_leave_one_change(
        self, app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
    ) -> None:
        with given():
            actor, firm = own_firm()
        shown = firm.version

        def change(code: str) -> Callable[[], None]:
            def deed() -> None:
                with unit_of_work():
                    found = queries.firm_for_change(firm.id)
                    profile_services.set_languages(actor, found, shown, [code])

            return deed

        results = concurrently(change("tr"), change("ru"))

        assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]


class TestKeyFields:
    def test_a_new_name_re_opens_the_approval(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        before = firm.legal_name

        rename(actor, firm, "Yeni Vana A.Ş.")

        change = db.session.scalars(select(ProfileChange)).one()
        assert firm.state is FirmState.SUBMITTED
        assert change.fields == {"legal_name": [before, "Yeni Vana A.Ş."]}
        assert audited(firm) == ["change_names", "reopen"]

    def test_a_second_change_joins_the_first(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        before = firm.legal_name
        rename(actor, firm, "Yeni Vana A.Ş.")

        rename(actor, firm, "Daha Yeni Vana A.Ş.")
        goods_services.set_products(actor, firm, None, Side.OFFERED, [Product("848180")])

        change = db.session.scalars(select(ProfileChange)).one()
        assert change.fields == {
            "legal_name": [before, "Daha Yeni Vana A.Ş."],
            "products_offered": [[], ["848180"]],
        }

    def test_other_fields_do_not(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        profile_services.set_languages(actor, firm, None, ["ru"])
        assert firm.state is FirmState.VERIFIED

    def test_a_firm_that_was_never_approved_has_nothing_to_re_open(self, session: Any) -> None:
        actor, firm = own_firm(state=FirmState.SUBMITTED)
        rename(actor, firm, "Yeni Vana A.Ş.")
        assert db.session.scalars(select(ProfileChange)).all() == []

    def test_a_change_and_its_opposite_cancel_out(self) -> None:
        there = {"legal_name": ["A", "B"]}
        assert services.merged(there, {"legal_name": ["B", "A"]}) == {}


def rename(actor: Actor, firm: Firm, name: str) -> None:
    names = Names(legal_name=name, name_romanised="New", trade_name="", legal_form="TR-AS")
    profile_services.set_names(actor, firm, None, names)


class TestSections:
    def test_size_follows_from_the_rule_of_the_day(self, session: Any) -> None:
        actor, firm = draft()
        figures = Figures(2001, 60, Decimal(90_000_000), "TRY", 2025, None, {})

        profile_services.set_figures(actor, firm, None, figures)

        assert (firm.size_class, firm.size_rule) == ("medium", "TR 2025-08-07")

    def test_owners_count_where_the_rule_asks(self, session: Any) -> None:
        actor, firm = draft("RU")
        figures = Figures(
            2001, 10, Decimal(1_000_000), "RUB", 2025, None, {"public": "30", "foreign_or_large": "0"}
        )

        profile_services.set_figures(actor, firm, None, figures)

        assert firm.size_class == "not_sme"

    def test_both_revisions_lead_to_one_sector(self, session: Any) -> None:
        actor, firm = draft("RU")

        goods_services.set_sectors(
            actor, firm, None, [Sector("28.14.1", "OKVED2"), Sector("25.62", "OKVED2")]
        )

        assert [(row.code, row.nace_class, row.main) for row in firm.sectors] == [
            ("28.14.1", "28.14", True),
            ("25.62", "25.62", False),
        ]

    def test_goods_of_one_side_leave_those_of_the_other(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        goods_services.set_products(actor, firm, None, Side.OFFERED, [Product("848180"), Product("848130")])
        goods_services.set_products(
            actor, firm, None, Side.SOUGHT, [Product("7407", quantity=Decimal("2.5"), unit="t")]
        )

        goods_services.set_products(actor, firm, None, Side.OFFERED, [Product("848130")])

        rows = {(row.side.value, row.hs_code) for row in queries.firm(firm.id).products}
        assert rows == {("offered", "848130"), ("sought", "7407")}

    def test_a_good_that_is_no_code_is_refused(self, owned: tuple[Actor, Firm]) -> None:
        with pytest.raises(DomainError):
            goods_services.set_products(owned[0], owned[1], None, Side.OFFERED, [Product("999999")])

    def test_markets_keep_their_history(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        profile_services.set_markets(actor, firm, None, {"KZ": MarketStatus.INTERESTED})
        profile_services.set_markets(
            actor, firm, None, {"KZ": MarketStatus.EXPORTING, "DE": MarketStatus.INTERESTED}
        )
        profile_services.set_markets(actor, firm, None, {"DE": MarketStatus.INTERESTED})

        history = db.session.scalars(select(FirmMarketChange).order_by(FirmMarketChange.id))
        assert [(row.country, row.before, row.after) for row in history] == [
            ("KZ", None, MarketStatus.INTERESTED),
            ("DE", None, MarketStatus.INTERESTED),
            ("KZ", MarketStatus.INTERESTED, MarketStatus.EXPORTING),
            ("KZ", MarketStatus.EXPORTING, None),
        ]

    def test_an_empty_text_is_removed(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        text, nothing = Text("Vana", "", "", TextSource.AUTHOR), Text("", "", "", TextSource.AUTHOR)
        profile_services.set_texts(actor, firm, None, {"tr": text, "ru": text})

        profile_services.set_texts(actor, firm, None, {"tr": text, "ru": nothing})

        assert [row.language for row in queries.firm(firm.id).texts] == ["tr"]

    def test_the_end_of_a_partnership_is_kept(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        ends = [("DISTRIBUTION", PartnershipSide.SEEKS), ("DISTRIBUTION", PartnershipSide.OFFERS)]
        profile_services.set_partnerships(actor, firm, None, ends)
        assert [(row.type_code, row.side) for row in queries.firm(firm.id).partnerships] == ends

    def test_only_levels_other_than_the_default_are_stored(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        levels = {FieldGroup.NAME: Visibility.PUBLIC, FieldGroup.SIZE: Visibility.STAFF}
        profile_services.set_visibility(actor, firm, None, levels)
        assert firm.visibility == {"size": "staff"}

    def test_identifiers_are_not_the_firms_to_open(self, owned: tuple[Actor, Firm]) -> None:
        with pytest.raises(DomainError):
            profile_services.set_visibility(*owned, None, {FieldGroup.IDENTIFIERS: Visibility.PUBLIC})


def entry(**values: Any) -> RegisterEntry:
    """A company in the Russian register."""
    known: dict[str, Any] = {
        "country": "RU",
        "identifier": INN,
        "second_identifier": "",
        "kind": RegisterKind.COMPANY,
        "name": "ООО «Пример Арматура»",
        "short_name": "ООО «Пример»",
        "register_region": "16",
        "region_code": "RU-TA",
        "size_class": "small",
        "main_sector": "28.14",
        "sectors": ["46.69"],
        "sector_revision": "OKVED2",
        "state_on": date(2026, 10, 10),
    }
    row = RegisterEntry(**(known | values))
    db.session.add(row)
    db.session.flush()
    return row


class TestRegister:
    def test_a_company_is_filled_in_and_counts_as_found(self, session: Any) -> None:
        entry()
        actor, firm = draft("RU")

        identity_services.set_identifiers(actor, firm, None, {"INN10": INN})

        assert firm.register_status == RegisterStatus.FOUND
        assert (firm.legal_name, firm.region_code, firm.size_class) == (
            "ООО «Пример Арматура»",
            "RU-TA",
            "small",
        )
        assert [row.code for row in firm.sectors] == ["28.14", "46.69"]
        assert set(firm.prefilled) == {"legal_name", "region_code", "size_class", "sectors"}

    def test_what_was_typed_is_not_overwritten(self, session: Any) -> None:
        entry()
        actor, firm = draft("RU")
        rename(actor, firm, "ООО «Другое»")

        identity_services.set_identifiers(actor, firm, None, {"INN10": INN})

        assert (firm.legal_name, "legal_name" in firm.prefilled) == ("ООО «Другое»", False)

    def test_a_sole_trader_is_only_confirmed_or_refuted(self, session: Any) -> None:
        number = russian_person(7701234567)
        entry(identifier=number, kind=RegisterKind.SOLE_TRADER, name="Иванова Анна Петровна", short_name="")
        actor, firm = draft("RU")

        identity_services.set_identifiers(actor, firm, None, {"INN12": number})
        assert (firm.legal_name, firm.register_status) == ("", RegisterStatus.NAME_TO_CONFIRM)
        rename(actor, firm, "Петрова Мария")
        assert firm.register_status == RegisterStatus.NAME_DIFFERS
        rename(actor, firm, "Иванова Анна Петровна")
        assert firm.register_status == RegisterStatus.FOUND

    def test_a_region_outside_the_list_is_kept_as_not_mapped_and_nothing_suggested(
        self, session: Any
    ) -> None:
        entry(region_code="", register_region="94")
        actor, firm = draft("RU")

        identity_services.set_identifiers(actor, firm, None, {"INN10": INN})

        assert (firm.region_code, firm.region_note, firm.legal_name) == ("", "94", "")
        assert firm.register_status == RegisterStatus.FOUND

    def test_a_registration_number_of_another_firm_is_refused(self, session: Any) -> None:
        entry(second_identifier=russian_registration(2770012345))
        actor, firm = draft("RU")
        with pytest.raises(DomainError) as refusal:
            identity_services.set_identifiers(
                actor, firm, None, {"INN10": INN, "OGRN": russian_registration(2770054321)}
            )
        assert refusal.value.field == "scheme_OGRN"

    def test_a_number_the_register_does_not_have_is_said_so(self, session: Any) -> None:
        entry(identifier=russian_company(780123456))
        actor, firm = draft("RU")
        identity_services.set_identifiers(actor, firm, None, {"INN10": INN})
        assert firm.register_status == RegisterStatus.NOT_FOUND


class TestOneFirmOnly:
    def test_a_number_that_is_here_already_is_refused(self, session: Any) -> None:
        _first, firm = own_firm()
        db.session.add(FirmIdentifier(firm_id=firm.id, scheme="VKN", value=VKN))
        actor, second = draft()

        with pytest.raises(AlreadyRegistered) as refusal:
            identity_services.set_identifiers(actor, second, None, {"VKN": VKN})

        assert refusal.value.firm_id == firm.id

    def test_two_registrations_at_the_same_moment_make_one_firm(
        self, app: Flask, given: Callable[[], Any], concurrently: Callable[..., list[Any]]
    ) -> None:
        with given():
            pairs = [draft(), draft()]

        def register(actor: Actor, firm_id: int) -> Callable[[], None]:
            def deed() -> None:
                with unit_of_work():
                    identity_services.set_identifiers(
                        actor, queries.firm_for_change(firm_id), None, {"VKN": VKN}
                    )

            return deed

        results = concurrently(*(register(actor, firm.id) for actor, firm in pairs))

        assert sorted(type(result).__name__ for result in results) == ["AlreadyRegistered", "NoneType"]
        with app.app_context():
            assert (
                len(db.session.scalars(select(FirmIdentifier).where(FirmIdentifier.value == VKN)).all()) == 1
            )

    def test_numbers_can_be_corrected(self, session: Any) -> None:
        actor, firm = draft()
        identity_services.set_identifiers(actor, firm, None, {"VKN": VKN, "MERSIS": f"0{VKN}00015"})

        identity_services.set_identifiers(actor, firm, None, {"VKN": VKN})

        assert [(row.scheme, row.value) for row in queries.firm(firm.id).identifiers] == [("VKN", VKN)]

    def test_a_discarded_registration_frees_its_number(self, session: Any) -> None:
        actor, firm = draft()
        identity_services.set_identifiers(actor, firm, None, {"VKN": VKN})

        services.discard(actor, firm)

        assert (firm.state, queries.identifier_owner("VKN", VKN)) == (FirmState.ARCHIVED, None)

    def test_another_country_empties_what_hangs_on_it(self, session: Any) -> None:
        actor, firm = draft()
        identity_services.set_identifiers(actor, firm, None, {"VKN": VKN})

        profile_services.set_country(actor, firm, None, "RU")

        assert (firm.country, queries.firm(firm.id).identifiers) == ("RU", [])


class TestJoining:
    def test_asking_twice_leaves_one_request_and_puts_the_empty_draft_aside(self, session: Any) -> None:
        _owner, firm = own_firm()
        actor, begun = draft()

        first = identity_services.ask_to_join(actor, firm, "I keep the books.")
        second = identity_services.ask_to_join(actor, firm, "Please.")

        assert first.id == second.id
        assert [row.note for row in db.session.scalars(select(JoinRequest))] == ["I keep the books."]
        assert queries.firm(begun.id).state is FirmState.ARCHIVED
        assert audited(firm) == ["ask_to_join"]

    def test_a_member_does_not_ask(self, owned: tuple[Actor, Firm]) -> None:
        with pytest.raises(Conflict):
            identity_services.ask_to_join(*owned, "Me again.")


class TestCertificates:
    def test_a_certificate_is_added_changed_and_removed(self, owned: tuple[Actor, Firm]) -> None:
        actor, firm = owned
        stated = goods_services.Certificate("ISO9001", "1", "", None, date(2028, 1, 1))
        row = goods_services.add_certificate(actor, firm, None, stated, None)

        goods_services.change_certificate(
            actor, firm, None, row.id, goods_services.Certificate("ISO9001", "2", "", None, None), None
        )
        assert [item.number for item in queries.firm(firm.id).certificates] == ["2"]
        goods_services.remove_certificate(actor, firm, row.id)

        assert queries.firm(firm.id).certificates == []
        assert audited(firm) == ["change_certificates"] * 3
