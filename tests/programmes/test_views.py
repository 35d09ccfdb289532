"""Pages of programmes: the list and its filters, signing up by form, the table of the staff."""

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.core.actor import FirmRole, InstitutionRole
from matchmaker.core.db import db
from matchmaker.firms.models import Firm
from matchmaker.programmes import queries
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeState,
    QuestionKind,
    QuotaDimension,
    SignUpState,
)
from matchmaker.programmes.models import Delegate, Programme, ProgrammeQuestion, SignUp
from tests.clients import Client
from tests.factories.accounts import PersonFactory
from tests.factories.firms import FirmFactory, member_of
from tests.factories.institutions import official
from tests.factories.programmes import ProgrammeFactory, SignUpFactory, quota_of

Given = Callable[[], AbstractContextManager[Any]]


def staff_and_programme(**settings: Any) -> tuple[Any, Programme]:
    programme = queries.programme(ProgrammeFactory(**settings).id)
    return official(programme.institution, InstitutionRole.STAFF), programme


def test_the_list_is_filtered_by_its_address_and_hides_drafts(client: Client, given: Given) -> None:
    with given():
        ProgrammeFactory(title_en="Konya training", city="", country="TR", languages=["tr"], sectors=["28"])
        ProgrammeFactory(title_en="Kazan training", city="Казань", country="RU", languages=["ru"], sectors=[])
        ProgrammeFactory(title_en="Hidden draft", state=ProgrammeState.DRAFT)

    def shown(query: str) -> set[str]:
        page = client.get(f"/programmes?lang=en&{query}").get_data(as_text=True)
        return {name for name in ("Konya", "Kazan", "Hidden") if f"{name} " in page}

    assert shown("") == {"Konya", "Kazan"}
    assert shown("country=RU") == {"Kazan"}
    assert shown("language=tr") == {"Konya"}
    assert shown("sector=10") == {"Kazan"}
    assert shown("sector=28") == {"Konya", "Kazan"}
    assert shown("kind=trip") == shown("past=1") == set()
    for language, city in (("en", "Kazan"), ("tr", "Kazan"), ("ru", "Казань")):
        assert f"· {city} ·" in client.get(f"/programmes?lang={language}").get_data(as_text=True)


def test_a_full_programme_is_left_out_of_those_with_open_places(client: Client, given: Given) -> None:
    with given():
        full = ProgrammeFactory(title_en="Full house", places=1)
        SignUpFactory(programme_id=full.id)

    assert "Full house" in client.get("/programmes?lang=en").get_data(as_text=True)
    assert "Full house" not in client.get("/programmes?lang=en&open=1").get_data(as_text=True)


def test_times_stand_in_the_zone_of_the_venue_with_the_readers_beside_where_they_differ(
    client: Client, given: Given
) -> None:
    with given():
        far = ProgrammeFactory(zone="Asia/Yekaterinburg")
        near = ProgrammeFactory(zone="Europe/Istanbul")
        reader = PersonFactory(country="TR")
        firm = FirmFactory(country="TR")
        person = member_of(firm, FirmRole.EDITOR)
    client.sign_in(person)
    del reader

    far_page = client.get(f"/programmes/{far.id}?lang=en").get_data(as_text=True)
    near_page = client.get(f"/programmes/{near.id}").get_data(as_text=True)

    assert "Yekaterinburg, UTC+5; your time" in far_page
    assert "UTC+3)" in near_page
    assert "your time" not in near_page


def test_a_firm_signs_up_by_form_and_sees_its_place(client: Client, given: Given) -> None:
    with given():
        programme_id = ProgrammeFactory().id
        person = member_of(FirmFactory(), FirmRole.EDITOR)
    client.sign_in(person)

    client.submit(f"/programmes/{programme_id}/sign-up", {"people": [f"p{person.id}"]})

    page = client.get(f"/programmes/{programme_id}?lang=en").get_data(as_text=True)
    assert "Your place is confirmed." in page


def test_a_missing_answer_stands_beside_its_field_and_what_was_typed_stays(
    client: Client, given: Given
) -> None:
    with given() as session:
        programme_id = ProgrammeFactory().id
        question = ProgrammeQuestion(programme_id=programme_id, kind=QuestionKind.NUMBER, text_en="How many?")
        session.add(question)
        session.flush()
        number, person = question.id, PersonFactory()
    client.sign_in(person)

    answer = client.submit(
        f"/programmes/{programme_id}/sign-up?lang=en", {f"question_{number}": "many", "note": "Hello there"}
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="question_{number}-error"' in page
    assert "Hello there" in page


def test_the_end_before_the_start_is_named_at_its_field(client: Client, given: Given) -> None:
    with given():
        staff, programme = staff_and_programme()
    client.sign_in(staff)

    answer = client.submit(
        f"/programmes/{programme.id}/edit?lang=en", {"ends_at": "2020-01-01T10:00", "places": "-4"}
    )

    assert answer.status_code == 422
    assert 'id="places-error"' in answer.get_data(as_text=True)
    answer = client.submit(f"/programmes/{programme.id}/edit", {"ends_at": "2020-01-01T10:00"})
    assert 'id="ends_at-error"' in answer.get_data(as_text=True)


def three_applications() -> tuple[Any, Programme, list[int]]:
    """A programme of two places with applications of one, two and one person in this order."""
    staff, programme = staff_and_programme(places=2, approval=True)
    chosen = []
    for place, (name, people) in enumerate((("Anadolu", 1), ("Ege", 2), ("Bursa", 1))):
        firm = FirmFactory(trade_name=name)
        sign_up = SignUpFactory(
            programme_id=programme.id,
            firm_id=firm.id,
            people=people,
            arrival=place + 1,
            state=SignUpState.APPLIED,
        )
        chosen.append(sign_up.id)
    return staff, programme, chosen


def test_a_bulk_decision_says_by_name_what_was_left_out(client: Client, given: Given) -> None:
    with given():
        staff, programme, chosen = three_applications()
    client.sign_in(staff)

    answer = client.submit(
        f"/programmes/{programme.id}/participants?lang=en",
        {"selected": [str(one) for one in reversed(chosen)], "decision": "accept"},
    )
    page = client.get(answer.headers["Location"]).get_data(as_text=True)

    assert "2 sign-ups decided." in page
    assert "Left out: Ege." in page
    assert "Left out: Anadolu." not in page


def test_the_table_says_beforehand_whether_a_selection_fits(client: Client, given: Given) -> None:
    with given() as session:
        staff, programme, chosen = three_applications()
        quota_of(programme, QuotaDimension.WOMEN_LED, "", 1)
        session.get(SignUp, chosen[0]).women_led = True
    client.sign_in(staff)
    query = "&".join(f"selected={one}" for one in chosen)

    part = client.get(
        f"/programmes/{programme.id}/participants/fit?lang=en&{query}", headers={"HX-Request": "true"}
    )
    page = client.get(f"/programmes/{programme.id}/participants/fit?{query}").get_data(as_text=True)
    nothing = client.get(f"/programmes/{programme.id}/participants/fit?selected=x&selected=99999999999")

    told = (
        "4 people selected. Fits: 1 of 1 left (Firms led by women), 1 of 1 left (Places for everybody)."
        " Does not fit: Ege (2)."
    )
    assert told in part.get_data(as_text=True)
    assert "<html" not in part.get_data(as_text=True)
    assert part.get_data(as_text=True).strip() in page
    assert page.count(" checked data-select") == 3
    assert "people selected" not in nothing.get_data(as_text=True)
    asked = {"selected": [str(one) for one in chosen], "decision": "check"}
    answer = client.submit(f"/programmes/{programme.id}/participants?state=applied", asked)
    assert told in client.get(answer.headers["Location"]).get_data(as_text=True)


def test_a_refusal_without_reason_keeps_the_selection(client: Client, given: Given) -> None:
    with given():
        staff, programme, chosen = three_applications()
    client.sign_in(staff)

    answer = client.submit(
        f"/programmes/{programme.id}/participants?lang=en",
        {"selected": [str(one) for one in chosen[:2]], "decision": "refuse"},
    )

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'id="reason-error"' in page
    assert page.count(" checked data-select") == 2


def test_the_list_can_be_taken_away_and_names_no_formula(client: Client, given: Given) -> None:
    with given() as session:
        staff, programme = staff_and_programme()
        sign_up = SignUpFactory(programme_id=programme.id)
        session.add(Delegate(sign_up_id=sign_up.id, name="=HYPERLINK(1)", email="a@example.com"))
    client.sign_in(staff)

    csv = client.get(f"/programmes/{programme.id}/participants/csv?lang=en").get_data(as_text=True)
    book = client.get(f"/programmes/{programme.id}/participants/xlsx")

    assert "'=HYPERLINK(1)" in csv
    assert book.get_data().startswith(b"PK")


@pytest.mark.data
def test_five_hundred_sign_ups_need_as_many_statements_as_five(
    client: Client, given: Given, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with given() as session:
        staff, programme = staff_and_programme(places=600, approval=True)
        quota_of(programme, QuotaDimension.COUNTRY, "TR", 100)
        five = programme.id
        many = ProgrammeFactory(
            places=600, mou_id=programme.mou_id, institution_id=programme.institution_id, approval=True
        )
        quota_of(many, QuotaDimension.COUNTRY, "TR", 100)
        fill(session, five, 5)
        fill(session, many.id, 500)
    client.sign_in(staff)

    counted = []
    for programme_id in (five, many.id):
        client.get(f"/programmes/{programme_id}/participants")
        with count_statements() as sent:
            began = time.process_time()
            page = client.get(f"/programmes/{programme_id}/participants?q=Person").get_data(as_text=True)
            spent = time.process_time() - began
        counted.append(len(sent))
        assert "Person 1" in page

    assert counted[0] == counted[1]
    assert spent < 1


def fill(session: Any, programme_id: int, count: int) -> None:
    """So many applications, each of a firm with one person."""
    person = PersonFactory()
    firms = [Firm(country="TR", legal_name=f"F {at}", name_key=f"f {at}") for at in range(count)]
    session.add_all(firms)
    session.flush()
    rows = [
        SignUp(
            programme_id=programme_id,
            person_id=person.id,
            firm_id=firm.id,
            state=SignUpState.APPLIED,
            arrival=at + 1,
            living_key=f"{programme_id}:f{firm.id}",
            delegates=[Delegate(name=f"Person {at}", name_romanised=f"Person {at}")],
        )
        for at, firm in enumerate(firms)
    ]
    session.add_all(rows)
    db.session.flush()


def test_a_place_held_for_an_answer_waits_on_the_home_page(client: Client, given: Given) -> None:
    with given():
        programme = ProgrammeFactory(title_en="Customs papers")
        person = PersonFactory()
        SignUpFactory(programme_id=programme.id, person_id=person.id, state=SignUpState.OFFERED)
    client.sign_in(person)

    page = client.get("/home?lang=en").get_data(as_text=True)

    assert "Customs papers" in page
    assert "Give an answer" in page


@pytest.mark.parametrize(("kind", "least"), [("trip", ["10"]), ("training", []), ("exchange", [])])
def test_only_a_trip_asks_for_a_least_number_of_firms(
    client: Client, given: Given, kind: str, least: list[str]
) -> None:
    with given():
        staff, programme = staff_and_programme()

    page = client.sign_in(staff).get(f"/programmes/new/{programme.mou_id}/{kind}").text

    assert re.findall(r'<input[^>]*name="minimum"[^>]*value="(\d+)"', page) == least


def test_the_calendar_shows_a_month_with_the_holidays_of_both_countries(client: Client, given: Given) -> None:
    with given():
        ProgrammeFactory(
            title_en="Konya days",
            starts_at=datetime(2027, 6, 10, 8, tzinfo=UTC),
            ends_at=datetime(2027, 6, 14, 8, tzinfo=UTC),
        )
        ProgrammeFactory(
            title_en="Hidden draft",
            state=ProgrammeState.DRAFT,
            starts_at=datetime(2027, 6, 10, 8, tzinfo=UTC),
            ends_at=datetime(2027, 6, 10, 9, tzinfo=UTC),
        )

    june = client.get("/programmes/calendar?lang=en&month=2027-06").get_data(as_text=True)
    august = client.get("/programmes/calendar?lang=en&month=2027-08").get_data(as_text=True)
    trips = client.get("/programmes/calendar?lang=en&month=2027-06&kind=trip").get_data(as_text=True)

    assert "Konya days" in june
    assert "Hidden draft" not in june
    assert "Russia Day (Russia)" in june
    assert "Victory Day (Türkiye)" in august
    assert re.search(
        r"No programme falls into this month\. <a href=[^>]+month=2027-06[^>]*>June 2027<", august
    )
    assert "Konya days" not in trips


def test_a_trip_is_applied_for_and_a_training_signed_up_for(client: Client, given: Given) -> None:
    """One deed has one name, on the list as on the page; to sign up for a training is not to make an account."""
    with given():
        ProgrammeFactory()
        ProgrammeFactory(kind=ProgrammeKind.TRIP)

    def buttons(language: str) -> list[str]:
        page = client.get(f"/programmes?lang={language}").get_data(as_text=True)
        words = r"Sign up|Apply for the trip|Записаться|Подать заявку на поездку|Зарегистрироваться"
        return sorted(re.findall(rf">({words})<", page))

    assert buttons("en") == ["Apply for the trip", "Sign up"]
    assert buttons("ru") == ["Записаться", "Подать заявку на поездку"]


def test_staff_see_no_button_to_sign_themselves_up(client: Client, given: Given) -> None:
    with given():
        staff, _programme = staff_and_programme()
        person = PersonFactory()

    def button() -> bool:
        return bool(re.search(r">Sign up<", client.get("/programmes?lang=en").get_data(as_text=True)))

    client.sign_in(staff)
    assert not button()
    client.sign_in(person)
    assert button()
