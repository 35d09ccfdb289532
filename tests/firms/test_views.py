"""The pages of a registration and of one's own firm, as a browser without script uses them."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matchmaker.core.actor import FirmRole
from matchmaker.core.db import db
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm, FirmIdentifier, JoinRequest
from matchmaker.firms.rules import DEFAULT_VISIBILITY
from matchmaker.firms.signals import introduction_asked
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.firms.numbers import turkish
from tests.firms.shown import errors, stored

VKN = turkish(123456789)


@pytest.fixture
def entrepreneur(app: Flask, given) -> Client:
    """Somebody with an account and no firm yet."""
    with given():
        person = PersonFactory()
    return app.test_client().sign_in(person)


def begin(client: Client, country: str = "TR") -> int:
    """Begin a registration; answers the firm's number."""
    answer = client.submit("/firms/new", {"country": country})
    assert answer.status_code == 303, answer.text
    return int(answer.location.split("/")[2])


def fill(client: Client, firm_id: int, step: str, **typed: object) -> str:
    """Answer one question; answers where it goes on."""
    answer = client.submit(f"/firms/{firm_id}/registration/{step}", typed, form=f"/registration/{step}")
    assert answer.status_code == 303, errors(answer.text)
    return str(answer.location)


def test_a_registration_goes_from_question_to_question_and_is_sent(app: Flask, entrepreneur: Client) -> None:
    firm_id = begin(entrepreneur)

    assert fill(entrepreneur, firm_id, "identifiers", number=VKN).endswith("/registration/names")
    fill(entrepreneur, firm_id, "names", legal_name="Örnek Vana Ltd. Şti.", legal_form="TR-LTD")
    fill(entrepreneur, firm_id, "place", region_code="TR-42", town="Konya")
    fill(entrepreneur, firm_id, "size", headcount="42", turnover="90 000 000", turnover_year="2025")
    fill(entrepreneur, firm_id, "sectors", **{"lines-0-code": "28.14"})
    fill(entrepreneur, firm_id, "offered", **{"lines-0-hs_code": "8481.80"})
    fill(entrepreneur, firm_id, "sought")
    fill(entrepreneur, firm_id, "certificates")
    fill(entrepreneur, firm_id, "languages", languages="tr")
    fill(entrepreneur, firm_id, "partnerships", ends="DISTRIBUTION:seeks")
    fill(entrepreneur, firm_id, "markets")
    fill(entrepreneur, firm_id, "texts", **{"tr-summary": "Pirinç vana üretiriz."})
    fill(entrepreneur, firm_id, "logo")
    fill(entrepreneur, firm_id, "contacts")
    assert fill(entrepreneur, firm_id, "visibility").endswith("/registration/check")
    answer = entrepreneur.submit(f"/firms/{firm_id}/registration/check", form="/submit")

    firm = stored(app, firm_id)
    assert (answer.status_code, firm.state) == (303, FirmState.SUBMITTED)
    assert (firm.name_romanised, firm.size_class, firm.products[0].hs_code) == (
        "Ornek Vana Ltd. Sti.",
        "small",
        "848180",
    )


class TestBeginning:
    def test_the_first_page_asks_for_the_country(self, entrepreneur: Client) -> None:
        answer = entrepreneur.submit("/firms/new", {}, form="/firms/new")

        assert answer.status_code == 422
        assert errors(answer.text) == ["Choose the country your firm is registered in."]

    def test_a_visitor_signs_in_first(self, client: Client) -> None:
        assert client.get("/firms/new").status_code == 303

    def test_whoever_has_begun_is_led_back(self, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)
        assert f'href="/firms/{firm_id}/edit">Continue it' in entrepreneur.get("/firms/new").text

    def test_my_firm_leads_to_the_registration_of_somebody_without_one(self, entrepreneur: Client) -> None:
        assert entrepreneur.get("/firms/mine").location == "/firms/new"

    def test_an_unknown_step_is_not_found(self, entrepreneur: Client) -> None:
        assert entrepreneur.get(f"/firms/{begin(entrepreneur)}/registration/colour").status_code == 404


class TestNumbers:
    def test_a_wrong_check_digit_is_refused_at_the_field_and_kept(self, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)

        answer = entrepreneur.submit(
            f"/firms/{firm_id}/registration/identifiers", {"number": "123 456 78 91"}, form="/identifiers"
        )

        assert answer.status_code == 422
        assert errors(answer.text) == ["Check the Turkish tax number (VKN): a digit is wrong."]
        assert 'value="123 456 78 91"' in answer.text
        assert "<title>Error: Which firm is yours?" in answer.text

    def test_a_number_that_is_here_already_leads_to_a_request_to_join(
        self, app: Flask, given, entrepreneur: Client
    ) -> None:
        with given():
            firm = FirmFactory(legal_name="Örnek Vana Ltd. Şti.")
            db.session.add(FirmIdentifier(firm_id=firm.id, scheme="VKN", value=VKN))
        firm_id = begin(entrepreneur)

        location = fill(entrepreneur, firm_id, "identifiers", number=VKN)
        assert location.startswith("/firms/join/")
        page = entrepreneur.get(location)
        assert "Örnek Vana Ltd. Şti." in page.text
        sent = entrepreneur.submit(location, {"note": "I keep the books."}, form=location)

        assert sent.status_code == 303
        assert "You have asked to join." in entrepreneur.get(location).text
        with app.app_context():
            assert [row.firm_id for row in db.session.scalars(select(JoinRequest))] == [firm.id]

    def test_the_name_of_a_firm_that_is_not_listed_stays_hidden(self, given, entrepreneur: Client) -> None:
        with given():
            firm = FirmFactory(legal_name="Gizli Ltd. Şti.", state=FirmState.SUBMITTED)
            db.session.add(FirmIdentifier(firm_id=firm.id, scheme="VKN", value=VKN))

        location = fill(entrepreneur, begin(entrepreneur), "identifiers", number=VKN)

        page = entrepreneur.get(location)
        assert page.status_code == 200
        assert "Gizli" not in page.text

    def test_the_link_to_join_is_of_no_use_to_others(self, app: Flask, given, entrepreneur: Client) -> None:
        with given():
            firm = FirmFactory()
            db.session.add(FirmIdentifier(firm_id=firm.id, scheme="VKN", value=VKN))
            stranger = PersonFactory()
        location = fill(entrepreneur, begin(entrepreneur), "identifiers", number=VKN)

        assert app.test_client().sign_in(stranger).get(location).status_code == 404
        assert entrepreneur.get("/firms/join/abc").status_code == 404


class TestLists:
    def test_a_row_is_added_and_what_was_typed_stays(self, entrepreneur: Client) -> None:
        url = f"/firms/{begin(entrepreneur)}/registration/offered"

        answer = entrepreneur.submit(
            url, {"lines-0-hs_code": "vana", "lines-0-quantity": "many", "add_row": "1"}, form="/offered"
        )

        assert answer.status_code == 200
        assert 'name="lines-1-hs_code"' in answer.text
        assert ('value="vana"' in answer.text, 'value="many"' in answer.text) == (True, True)
        assert errors(answer.text) == []

    def test_a_row_is_removed(self, app: Flask, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)
        url = f"/firms/{firm_id}/registration/offered"
        two = {
            "csrf_token": entrepreneur.csrf_token(),
            "lines-0-hs_code": "848180",
            "lines-1-hs_code": "848130",
        }

        answer = entrepreneur.send(url, two | {"remove_row": "0"})

        assert 'value="848130"' in answer.text
        assert ('value="848180"' in answer.text, "lines-1-hs_code" in answer.text) == (False, False)
        assert stored(app, firm_id).products == []

    def test_the_block_is_answered_alone_to_htmx(self, entrepreneur: Client) -> None:
        url = f"/firms/{begin(entrepreneur)}/registration/offered"

        whole, part = entrepreneur.get(url), entrepreneur.get(url, headers={"HX-Request": "true"})

        assert part.text.lstrip().startswith('<div id="step"')
        assert without_tokens(part.text) in without_tokens(whole.text)

    def test_a_word_instead_of_a_code_is_answered_with_codes(self, entrepreneur: Client) -> None:
        url = f"/firms/{begin(entrepreneur)}/registration/sought"

        answer = entrepreneur.submit(url, {"lines-0-hs_code": "vana"}, form="/sought")

        assert answer.status_code == 422
        assert "8481" in errors(answer.text)[0]

    def test_an_amount_needs_its_unit_and_a_number(self, entrepreneur: Client) -> None:
        url = f"/firms/{begin(entrepreneur)}/registration/sought"

        answer = entrepreneur.submit(
            url, {"lines-0-hs_code": "7407", "lines-0-quantity": "5 000,5"}, form="/sought"
        )
        assert errors(answer.text) == ["Choose the unit of the amount."]
        answer = entrepreneur.submit(
            url, {"lines-0-hs_code": "7407", "lines-0-quantity": "lots"}, form="/sought"
        )
        assert errors(answer.text) == ["Enter a number, such as 1,284.5."]

    def test_a_row_with_an_amount_names_its_good(self, entrepreneur: Client) -> None:
        url = f"/firms/{begin(entrepreneur)}/registration/sought"
        answer = entrepreneur.submit(url, {"lines-0-name": "Brass rods"}, form="/sought")
        assert errors(answer.text) == ["Fill this in, or remove the row."]

    def test_a_country_stands_once_and_is_not_ones_own(self, entrepreneur: Client) -> None:
        url = f"/firms/{begin(entrepreneur)}/registration/markets"
        rows = {"lines-0-country": "TR", "lines-1-country": "KZ", "lines-2-country": "KZ"}
        rows |= {f"lines-{number}-status": "exporting" for number in range(3)}

        answer = entrepreneur.send(url, rows)

        assert errors(answer.text) == [
            "This is your own country. Choose another.",
            "This country stands here twice.",
        ]

    def test_goods_are_kept_with_what_a_supplier_must_have(self, app: Flask, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)
        typed = {"lines-0-hs_code": "7407.21", "lines-0-quantity": "1 250,5", "lines-0-unit": "t"}

        fill(
            entrepreneur, firm_id, "sought", **typed, **{"lines-0-required_certificates": ["ISO9001", "EAC"]}
        )

        row = stored(app, firm_id).products[0]
        assert (row.hs_code, str(row.quantity), row.unit) == ("740721", "1250.500", "t")
        assert row.required_certificates == "ISO9001 EAC"


def without_tokens(html: str) -> str:
    """A page without what differs each time it is shown."""
    return re.sub(r'name="(csrf_token|once)" value="[^"]*"', "", html)


class TestAnswers:
    def test_missing_answers_are_named_and_stop_the_sending(self, app: Flask, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)

        answer = entrepreneur.submit(f"/firms/{firm_id}/registration/check", form="/submit")

        assert answer.status_code == 422
        assert errors(answer.text)[:3] == ["Numbers", "Names", "Place"]
        assert stored(app, firm_id).state is FirmState.DRAFT

    def test_a_changed_answer_leads_back_to_the_answers(self, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)
        url = f"/firms/{firm_id}/registration/languages?to=check"

        answer = entrepreneur.submit(url, {"languages": "tr"}, form="/languages")

        assert answer.location == f"/firms/{firm_id}/registration/check"

    def test_a_registration_goes_on_where_it_stopped(self, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)
        fill(entrepreneur, firm_id, "identifiers", number=VKN)

        page = entrepreneur.get(f"/firms/{firm_id}/edit")

        assert f'href="/firms/{firm_id}/registration/names">Continue the registration' in page.text

    def test_a_registration_can_be_discarded(self, app: Flask, entrepreneur: Client) -> None:
        firm_id = begin(entrepreneur)
        entrepreneur.submit(f"/firms/{firm_id}/edit", form="/discard")
        assert stored(app, firm_id).state is FirmState.ARCHIVED


@pytest.fixture
def firm(given) -> Firm:
    """A verified firm."""
    with given():
        return FirmFactory(legal_name="Örnek Vana Ltd. Şti.", town="Konya", legal_form="TR-LTD")


@pytest.fixture
def owner(app: Flask, given, firm: Firm) -> Client:
    """The administrator of the firm."""
    with given():
        person = member_of(firm)
    return app.test_client().sign_in(person)


class TestMyFirm:
    def test_it_shows_state_gaps_and_what_comes_next(self, owner: Client, firm: Firm) -> None:
        page = owner.get(f"/firms/{firm.id}/edit").text

        assert '<span class="badge badge--ok">Verified</span>' in page
        assert "The firm is in the directory" in page
        assert f'href="/firms/{firm.id}/registration/sectors">Sectors</a>' in page

    def test_a_member_reads_but_changes_nothing(self, app: Flask, given, firm: Firm) -> None:
        with given():
            person = member_of(firm, FirmRole.MEMBER)
        member = app.test_client().sign_in(person)

        page = member.get(f"/firms/{firm.id}/edit")

        assert page.status_code == 200
        assert "/registration/names" not in page.text.partition("<aside")[0]
        assert member.get(f"/firms/{firm.id}/registration/names").status_code == 404

    def test_key_fields_warn_before_and_go_back_to_be_checked(
        self, app: Flask, owner: Client, firm: Firm
    ) -> None:
        url = f"/firms/{firm.id}/registration/names"
        assert "This is checked again." in owner.get(url).text

        answer = owner.submit(url, {"legal_name": "Yeni Vana Ltd. Şti."}, form="/names")

        assert answer.location == f"/firms/{firm.id}/edit"
        page = owner.get(answer.location).text
        assert "Your institution checks this change" in page
        assert stored(app, firm.id).state is FirmState.SUBMITTED

    def test_a_page_that_is_out_of_date_says_so_and_the_next_attempt_counts(
        self, app: Flask, owner: Client, firm: Firm
    ) -> None:
        url = f"/firms/{firm.id}/registration/place"
        old = {"version": "0", "region_code": "TR-42", "town": "Karaman"}

        answer = owner.send(url, old)

        assert answer.status_code == 422
        assert "Somebody else has changed this firm" in errors(answer.text)[0]
        assert 'value="Karaman"' in answer.text
        version = re.search(r'name="version"[^>]* value="(\d+)"', answer.text)
        assert version is not None
        assert owner.send(url, old | {"version": version[1]}).status_code == 303
        assert stored(app, firm.id).town == "Karaman"

    def test_the_country_is_settled_once_the_firm_was_sent(self, owner: Client, firm: Firm) -> None:
        assert owner.get(f"/firms/{firm.id}/registration/country").status_code == 404


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


class TestFiles:
    def test_a_logo_is_shown_to_everybody_who_sees_the_name(
        self, app: Flask, client: Client, owner: Client, firm: Firm
    ) -> None:
        fill(owner, firm.id, "logo", logo=(io.BytesIO(PNG), "logo.png"))
        assert client.get(f"/firms/{firm.id}/logo").mimetype == "image/png"

        levels = {group.value: level.value for group, level in DEFAULT_VISIBILITY.items()} | {
            "name": "registered"
        }
        levels.pop("identifiers")
        fill(owner, firm.id, "visibility", **levels)

        assert client.get(f"/firms/{firm.id}/logo").status_code == 303
        assert owner.get(f"/firms/{firm.id}/logo").status_code == 200

    def test_a_file_that_is_no_picture_is_refused(self, owner: Client, firm: Firm) -> None:
        answer = owner.submit(
            f"/firms/{firm.id}/registration/logo", {"logo": (io.BytesIO(b"MZ"), "logo.png")}, form="/logo"
        )
        assert errors(answer.text) == ["Choose a PNG, JPEG or WebP image."]

    def test_the_paper_of_a_certificate_is_seen_by_those_who_see_certificates(
        self, app: Flask, given, client: Client, owner: Client, firm: Firm
    ) -> None:
        answer = owner.submit(
            f"/firms/{firm.id}/certificates/new",
            {"scheme": "ISO9001", "valid_until": "31.12.2028", "file": (io.BytesIO(b"%PDF-1.7"), "iso.pdf")},
            form="/new",
        )
        assert answer.status_code == 303, errors(answer.text)
        certificate = stored(app, firm.id).certificates[0]
        with given():
            stranger = PersonFactory()
        paper = f"/firms/{firm.id}/certificates/{certificate.id}/file"

        assert client.get(paper).status_code == 303
        assert app.test_client().sign_in(stranger).get(paper).data == b"%PDF-1.7"
        assert owner.get(f"/firms/{firm.id}/certificates/{certificate.id + 1}/file").status_code == 404

    def test_introduced_firms_see_what_is_open_to_partners(
        self, app: Flask, given, owner: Client, firm: Firm
    ) -> None:
        fill(owner, firm.id, "logo", logo=(io.BytesIO(PNG), "logo.png"))
        levels = {group.value: "partner" for group in DEFAULT_VISIBILITY if group.value != "identifiers"}
        fill(owner, firm.id, "visibility", **levels)
        with given():
            partner = FirmFactory(country="RU")
            person = member_of(partner)
        reader = app.test_client().sign_in(person)

        def introduced(sender: object, **pair: Any) -> frozenset[int]:
            return pair["firm_ids"] if pair["other_id"] == partner.id else frozenset()

        assert reader.get(f"/firms/{firm.id}/logo").status_code == 404
        with introduction_asked.connected_to(introduced):
            assert reader.get(f"/firms/{firm.id}/logo").status_code == 200

    def test_dates_of_a_certificate_are_in_order(self, owner: Client, firm: Firm) -> None:
        answer = owner.submit(
            f"/firms/{firm.id}/certificates/new",
            {"scheme": "ISO9001", "issued_on": "1 March 2025", "valid_until": "1 Feb 2025"},
            form="/new",
        )
        assert errors(answer.text) == ["Enter a day after the day of issue."]
        assert 'value="1 March 2025"' in answer.text


class TestSectorCodes:
    @pytest.mark.parametrize("query", ["28.14", "2814", "valves", "кранов", "vana"])
    def test_a_code_is_found_by_digits_and_words(self, owner: Client, query: str) -> None:
        page = owner.get("/firms/sector-codes", query_string={"q": query})
        assert 'data-value="28.14"' in page.text

    def test_the_list_is_answered_alone_to_the_picker(self, owner: Client) -> None:
        part = owner.get("/firms/sector-codes?q=28.14", headers={"HX-Request": "true"})
        assert part.text.lstrip().startswith('<div id="sector_codes"')
