"""Pages of single sections: certificates, country, size, place, sectors, and what the register says."""

from typing import Any

import pytest
from flask import Flask

from matchmaker.core.db import db
from matchmaker.firms import queries
from matchmaker.firms.enums import FirmState, RegisterKind
from matchmaker.firms.models import FirmIdentifier, RegisterEntry
from tests.clients import Client
from tests.factories.firm_profiles import FirmCertificateFactory
from tests.factories.firms import FirmFactory, member_of
from tests.firms.numbers import russian_company, russian_registration, turkish
from tests.firms.shown import errors, stored

INN = russian_company(770123456)


def owner_of(app: Flask, given: Any, **values: Any) -> tuple[Client, int]:
    """The administrator of a new firm, and the firm's number."""
    with given():
        firm = FirmFactory(**values)
        person = member_of(firm)
    return app.test_client().sign_in(person), firm.id


def draft(app: Flask, given: Any, country: str) -> tuple[Client, int]:
    return owner_of(
        app,
        given,
        country=country,
        state=FirmState.DRAFT,
        legal_name="",
        name_romanised="",
        region_code="",
        size_class="",
        headcount=None,
        turnover=None,
    )


class TestCertificates:
    def test_a_certificate_is_changed_and_removed(self, app: Flask, given: Any) -> None:
        owner, firm_id = owner_of(app, given)
        with given():
            certificate = FirmCertificateFactory(firm_id=firm_id)
        url = f"/firms/{firm_id}/certificates/{certificate.id}"

        changed = owner.submit(url, {"number": "Q-77"}, form=url)
        assert changed.location == f"/firms/{firm_id}/registration/certificates"
        assert "Q-77" in owner.get(changed.location).text
        owner.submit(url, form="/remove")

        assert stored(app, firm_id).certificates == []
        assert owner.get(url).status_code == 404

    def test_a_page_that_is_out_of_date_says_so(self, app: Flask, given: Any) -> None:
        owner, firm_id = owner_of(app, given)

        answer = owner.send(f"/firms/{firm_id}/certificates/new", {"version": "0", "scheme": "ISO9001"})

        assert answer.status_code == 422
        assert "Somebody else has changed this firm" in errors(answer.text)[0]

    def test_it_is_not_issued_in_the_future(self, app: Flask, given: Any) -> None:
        owner, firm_id = owner_of(app, given)
        answer = owner.send(
            f"/firms/{firm_id}/certificates/new", {"scheme": "ISO9001", "issued_on": "1.1.2199"}
        )
        assert errors(answer.text) == ["Enter a day that is not in the future."]


class TestCountry:
    def test_a_draft_moves_to_another_country(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")
        url = f"/firms/{firm_id}/registration/country"

        answer = owner.submit(url, {"country": "RU"}, form="/country")

        assert answer.location == f"/firms/{firm_id}/registration/identifiers"
        assert "INN of a company or INN of a sole trader" in owner.get(answer.location).text


class TestRegister:
    @pytest.fixture
    def registering(self, app: Flask, given: Any) -> tuple[Client, int]:
        return draft(app, given, "RU")

    def listed(self, given: Any, **values: Any) -> None:
        known: dict[str, Any] = {
            "country": "RU",
            "identifier": INN,
            "kind": RegisterKind.COMPANY,
            "name": "ООО «Пример Арматура»",
            "region_code": "RU-TA",
            "register_region": "16",
            "place": "г. Казань",
            "size_class": "small",
            "main_sector": "28.14",
            "sector_revision": "OKVED2",
        }
        with given():
            db.session.add(RegisterEntry(**(known | values)))

    def number(self, client: Client, firm_id: int, **more: str) -> Any:
        url = f"/firms/{firm_id}/registration/identifiers"
        return client.submit(url, {"number": INN} | more, form="/identifiers")

    def test_a_company_finds_its_name_filled_in_and_marked(
        self, given: Any, registering: tuple[Client, int]
    ) -> None:
        self.listed(given)
        client, firm_id = registering

        page = client.get(self.number(client, firm_id).location).text

        assert "Found in the register" in page
        assert 'value="ООО «Пример Арматура»"' in page
        answers = client.get(f"/firms/{firm_id}/edit").text
        assert answers.count("from the register</span>") == 5
        assert "Small enterprise, as the register says." in answers

    def test_a_contradiction_stands_beside_its_number(
        self, given: Any, registering: tuple[Client, int]
    ) -> None:
        self.listed(given, second_identifier=russian_registration(2770012345))
        client, firm_id = registering

        answer = self.number(client, firm_id, scheme_OGRN=russian_registration(2770054321))

        assert answer.status_code == 422
        assert errors(answer.text) == [
            "In the register this number belongs to another firm. Check both numbers."
        ]

    def test_a_region_that_is_not_mapped_stays_as_it_is(
        self, app: Flask, given: Any, registering: tuple[Client, int]
    ) -> None:
        self.listed(given, region_code="", register_region="94", place="")
        client, firm_id = registering
        self.number(client, firm_id)
        url = f"/firms/{firm_id}/registration/place"

        assert "Region not mapped." in client.get(url).text
        client.submit(url, {"town": "Town", "website": "example.com"}, form="/place")

        firm = stored(app, firm_id)
        assert (firm.region_code, firm.region_note, firm.website) == ("", "94", "https://example.com")
        assert "Not mapped: 94" in client.get(f"/firms/{firm_id}/edit").text


class TestSize:
    def test_owners_are_asked_where_the_rule_does(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "RU")
        url = f"/firms/{firm_id}/registration/size"
        figures = {"headcount": "12", "turnover": "50 000 000,5", "turnover_year": "2025"}

        wrong = owner.submit(url, figures | {"public": "140"}, form="/size")
        assert errors(wrong.text) == ["Enter a number between 0 and 100."]
        right = owner.submit(url, figures | {"public": "12,5", "foreign_or_large": "0"}, form="/size")

        assert right.status_code == 303
        assert stored(app, firm_id).ownership == {"public": "12.5", "foreign_or_large": "0"}
        answers = owner.get(f"/firms/{firm_id}/edit").text
        assert "Micro enterprise by the rule for Russia in force since" in answers
        assert "up to 15 people, income up to" in answers

    def test_they_are_not_where_it_does_not(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")
        assert 'name="public"' not in owner.get(f"/firms/{firm_id}/registration/size").text

    def test_what_cannot_be_read_is_kept_and_explained(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")

        answer = owner.submit(
            f"/firms/{firm_id}/registration/size",
            {"headcount": "a dozen", "turnover": "", "founded_year": "1492", "turnover_year": "2199"},
            form="/size",
        )

        said = errors(answer.text)
        assert "Enter a whole number, in digits." in said
        assert "Enter the turnover." in said
        assert sum(line.startswith("Enter a year between") for line in said) == 2
        assert 'value="a dozen"' in answer.text


class TestOtherAnswers:
    def test_a_region_is_chosen(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")
        answer = owner.submit(f"/firms/{firm_id}/registration/place", {"town": "Konya"}, form="/place")
        assert errors(answer.text) == ["Choose the region."]

    def test_the_main_activity_is_a_code(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")
        url = f"/firms/{firm_id}/registration/sectors"
        assert errors(owner.submit(url, {}, form="/sectors").text) == [
            "Enter the code of your main activity."
        ]
        for typed in ("valves", "00.99", "2"):
            answer = owner.submit(url, {"lines-0-code": typed}, form="/sectors")
            assert errors(answer.text) == ["Choose a code from the list, such as 28.14."]

    def test_a_kind_of_partnership_is_needed(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")
        answer = owner.submit(f"/firms/{firm_id}/registration/partnerships", {}, form="/partnerships")
        assert errors(answer.text) == ["Choose at least one kind of partnership."]

    def test_a_summary_is_needed_in_one_language(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "TR")
        answer = owner.submit(f"/firms/{firm_id}/registration/texts", {}, form="/texts")
        assert errors(answer.text) == ["Write a summary in at least one language."]

    def test_the_latin_name_is_latin(self, app: Flask, given: Any) -> None:
        owner, firm_id = draft(app, given, "RU")
        typed = {"legal_name": "ООО Пример", "name_romanised": "Пример", "legal_form": "RU-OOO"}
        answer = owner.submit(f"/firms/{firm_id}/registration/names", typed, form="/names")
        assert errors(answer.text) == ["Write this name in Latin letters."]


class TestReads:
    def test_firms_are_found_by_numbers_of_both_kinds(self, app: Flask, given: Any) -> None:
        value = turkish(123456789)
        with given():
            firm = FirmFactory()
            db.session.add(FirmIdentifier(firm_id=firm.id, scheme="VKN", value=value))
        with app.app_context():
            assert queries.identifier_owner("VKN", value) == firm.id
            assert queries.identifier_owner("INN10", value) is None
            assert (list(queries.firms([firm.id, 9999])), queries.firms([])) == ([firm.id], {})
