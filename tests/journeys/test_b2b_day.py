"""A B2B day as it goes: a phone without connection at the door, a late firm, a missing one, a walk-in, outcomes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.app import create_app
from matchmaker.core import clock
from matchmaker.core.db import db
from matchmaker.core.unit_of_work import unit_of_work
from matchmaker.demo.accounts import DOMAIN
from matchmaker.firms.models import Firm, FirmMember
from matchmaker.meetings.live.queries import by_number
from matchmaker.meetings.models import CheckPoint, DayParticipant
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.models import Programme
from tests.browsers import Visitor
from tests.databases import close_engines
from tests.factories.running_days import RunningDay
from tests.journeys.people import AuthenticatorApp, form, in_english, press, sign_in
from tests.settings import config_for

NewPerson = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@dataclass(frozen=True)
class Hall:
    """What the journey needs to know of the day: paths, codes of badges, names and numbers of firms."""

    day: str
    door: str
    badges: list[str]
    late: tuple[int, str]
    missing: tuple[int, int]
    waiting: tuple[int, int]
    walk_in: tuple[int, int]
    pair: tuple[int, int, int]
    arrival: str


@pytest.fixture
def hall(site: str, tmp_path: Path) -> Hall:
    """A day of the demo's trip that began five minutes ago; the firms with accounts meet each other now."""
    app = create_app(config_for(f"sqlite:///{tmp_path / 'tandem.sqlite3'}", tmp_path))
    with app.app_context(), unit_of_work():
        made = made_day()
    close_engines(app)
    return made


def made_day() -> Hall:
    trip = db.session.scalars(
        select(Programme).where(Programme.kind == ProgrammeKind.TRIP).order_by(Programme.id).limit(1)
    ).one()
    known = [firm_of(f"firm.{country}@{DOMAIN}") for country in ("tr", "ru")]
    day = RunningDay(slots=6, trip=trip, known=known)
    waiting = day.waiting(day.own[1])
    day.day.zone = zone_far_from_midnight(clock.now())
    day.begin(clock.now() - timedelta(minutes=5))
    point = CheckPoint(day_id=day.day.id, name="Entrance")
    db.session.add(point)
    db.session.flush()
    parties = by_number([waiting.id])[waiting.id].parties
    guest = next(one.participant_id for one in parties if one.participant_id != day.own[1].id)
    arrival = day.slots[1].starts_at + timedelta(minutes=5)
    return Hall(
        day=f"/b2b-days/{day.day.id}",
        door=f"/check-points/{point.id}",
        badges=[day.person(one).badge_token for one in (*day.own, *day.foreign)],
        late=(day.own[2].id, name_of(day.own[2])),
        missing=(day.foreign[1].id, day.meetings[0, 1].id),
        waiting=(waiting.id, guest),
        walk_in=(day.own[0].id, guest),
        pair=(day.own[0].id, day.foreign[0].id, day.meetings[0, 0].id),
        arrival=f"{day.day.clock(arrival):%H:%M}",
    )


def zone_far_from_midnight(now: datetime) -> str:
    """A venue where a day that begins now ends on the same date."""
    here, there = "Europe/Istanbul", "Asia/Vladivostok"
    return here if 1 <= now.astimezone(ZoneInfo(here)).hour < 20 else there


def firm_of(email: str) -> Firm:
    found = (
        select(Firm)
        .join(FirmMember, FirmMember.firm_id == Firm.id)
        .join(Person, Person.id == FirmMember.person_id)
        .where(Person.email == email)
        .order_by(Firm.id)
        .limit(1)
    )
    return db.session.scalars(found).one()


def name_of(participant: DayParticipant) -> str:
    return db.session.get_one(Firm, participant.firm_id).name


def test_a_day_with_a_phone_offline_is_mended_and_judged(person: NewPerson, hall: Hall) -> None:
    app = AuthenticatorApp()
    host = in_english(sign_in(person(), "staff.ru", app))
    desk = in_english(sign_in(person(**PHONE), "staff.tr", app))
    turkish = in_english(sign_in(person(**PHONE), "firm.tr"))
    russian = in_english(sign_in(person(**PHONE), "firm.ru"))

    check_in_with_a_gap(desk, hall)
    mend_a_late_arrival(host, hall)
    offer_the_next_to_who_waits(host, hall)
    book_a_walk_in(host, hall)
    say_what_came_of_it(turkish, hall.pair[0], hall.pair[2], "Next step agreed")
    say_what_came_of_it(russian, hall.pair[1], hall.pair[2], "No interest")
    end_the_day(host, hall)


def open_path(page: Page, path: str) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + path)  # type: ignore[index]


def check_in_with_a_gap(desk: Page, hall: Hall) -> None:
    """One badge with a connection, two without on a page that was loaded anew meanwhile, sent once it is back."""
    open_path(desk, hall.door)
    expect(desk.locator("[data-kept-offline]")).to_be_attached()
    scan(desk, hall.badges[0])
    expect(desk.locator("[data-answer]")).to_contain_text("Checked in.")

    desk.context.set_offline(True)
    desk.reload()
    for badge in hall.badges[3:5]:
        scan(desk, badge)
        expect(desk.locator("[data-answer]")).to_contain_text("Kept on this device")
    scan(desk, hall.badges[3])
    expect(desk.locator("[data-answer]")).to_contain_text("This badge has passed already.")
    expect(desk.locator("[data-waiting-note]")).to_contain_text("2 scans wait")

    desk.context.set_offline(False)
    expect(desk.locator("[data-waiting-note]")).to_be_hidden()
    expect(desk.locator("#passages")).to_contain_text("3 of 7 people here")
    expect(desk.locator("#passages")).to_contain_text("scanned offline")


def scan(desk: Page, badge: str) -> None:
    desk.locator("[name=code]").fill(badge)
    desk.locator("[name=code]").press("Enter")


def mend_a_late_arrival(host: Page, hall: Hall) -> None:
    """The proposal moves one meeting and names the two firms that would be told."""
    open_path(host, f"{hall.day}/live")
    host.locator("[name=repair-participant]").select_option(str(hall.late[0]))
    host.locator("[name=repair-moment]").fill(hall.arrival)
    press(host, f"{hall.day}/repairs")
    expect(host.locator("main")).to_contain_text("1 meeting moves, 0 are not held.")
    expect(host.locator("main")).to_contain_text(hall.late[1])
    host.get_by_role("button", name="Apply and tell them").click()
    expect(host.locator(".flashes")).to_contain_text("Only the firms concerned are told.")


def offer_the_next_to_who_waits(host: Page, hall: Hall) -> None:
    """A firm has not come: the one that waits is offered its next wish, and both say yes at the desk."""
    firm, meeting = hall.missing
    absence = form(host, f"/day-participants/{firm}/absences/{meeting}")
    host.locator("details").filter(has=absence).locator("summary").click()
    absence.get_by_role("button").click()
    expect(host.locator(".flashes")).to_contain_text("The next possible meeting has been offered.")
    for _side in range(2):
        host.locator(f"form[action$='/offers/{hall.waiting[0]}/accept'] button").first.click()
    expect(host.locator(".flashes")).to_contain_text("The meeting has its place.")


def book_a_walk_in(host: Page, hall: Hall) -> None:
    for name, firm in zip(("one", "other"), hall.walk_in, strict=True):
        host.locator(f"[name=walk-in-{name}]").select_option(str(firm))
    press(host, f"{hall.day}/walk-ins")
    expect(host.locator(".flashes")).to_contain_text("They meet at")


def say_what_came_of_it(page: Page, firm: int, meeting: int, outcome: str) -> None:
    """From the page that says where the firm is now it is one step and one press."""
    open_path(page, f"/day-participants/{firm}/next")
    expect(page.locator("#next")).to_contain_text("minutes left")
    page.get_by_role("link", name="Say what came of it").first.click()
    card = page.locator(f"#meeting-{meeting}")
    card.get_by_role("button", name=outcome).click()
    expect(card.get_by_role("button", name=outcome)).to_have_attribute("aria-pressed", "true")


def end_the_day(host: Page, hall: Hall) -> None:
    """What was still to come is cancelled, and the results name the pair that contradicts each other."""
    open_path(host, f"{hall.day}/live")
    host.get_by_role("button", name="End the day").first.click()
    host.get_by_role("dialog").get_by_role("button", name="End the day").click()
    expect(host.locator(".badge", has_text="Done").first).to_be_visible()
    open_path(host, f"{hall.day}/results")
    expect(host.locator("main")).to_contain_text("The sides say different things")
