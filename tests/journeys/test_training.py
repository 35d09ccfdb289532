"""A training from the draft to a certificate that anybody can check: staff, a firm and a person on their phones."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, in_english, press, sign_in, with_scripts

NewPerson = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TITLE = "Packing for export"
ZONE = "Europe/Istanbul"


def at_venue(minutes: int) -> str:
    moment = datetime.now(UTC).astimezone(ZoneInfo(ZONE)) + timedelta(minutes=minutes)
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_a_training_from_draft_to_a_certificate_that_verifies(person: NewPerson) -> None:
    staff = in_english(sign_in(person(), "staff.tr", AuthenticatorApp()))
    firm = in_english(sign_in(person(**PHONE), "firm.tr"))
    alone = in_english(sign_in(person(**PHONE), "person.tr"))

    training = plan(staff)
    session = plan_session(staff, training)
    press(staff, f"{training}/publish")
    sign_up(firm, training, "Your place is confirmed.")
    sign_up(alone, training, "You are number 1 on the waiting list.")
    take_the_place_that_became_free(firm, alone, training)
    for verb in ("close", "confirm", "start"):
        press(staff, f"{training}/move/{verb}")
    check_in(alone, session, code_of(staff, session))
    certificate = issue(staff, alone, training)
    check(person(), certificate)


def plan(staff: Page) -> str:
    """Plan a training of one place that begins in a quarter of an hour; answers its path."""
    staff.goto(re.sub(r"/home.*", "/programmes/new", staff.url))
    staff.get_by_role("link", name="Training", exact=True).first.click()
    for code in ("tr", "ru", "en"):
        staff.locator(f"[name=title_{code}]").fill(TITLE)
    values = {"starts_at": 15, "ends_at": 75, "opens_at": -60, "closes_at": 10}
    for name, minutes in values.items():
        staff.locator(f"[name={name}]").fill(at_venue(minutes))
    staff.locator("[name=zone]").select_option(ZONE)
    staff.locator("[name=places]").fill("1")
    # Whichever day the test runs on: a warning of a rest day is not what this journey is about.
    staff.locator("[name=rest_days_known]").check()
    staff.get_by_role("button", name="Save").click()
    expect(staff.get_by_role("heading", level=1)).to_have_text(TITLE)
    return path_of(staff)


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url).split("?")[0]


def plan_session(staff: Page, training: str) -> str:
    """Plan the one session of the training; answers the path of its pages."""
    open_path(staff, f"{training}/sessions/new")
    staff.locator("[name=title_en]").fill("Boxes and pallets")
    staff.get_by_role("button", name="Save").click()
    link = staff.get_by_role("link", name=re.compile("Attendance"))
    path = str(link.get_attribute("href")).removesuffix("/attendance")
    open_path(staff, training)
    return path


def open_path(page: Page, path: str) -> None:
    page.goto(urljoin(page.url, path))


def sign_up(page: Page, training: str, told: str) -> None:
    open_path(page, f"{training}/sign-up")
    people = page.locator("[name=people]")
    if people.count():
        people.first.check()
    press(page, f"{training}/sign-up")
    expect(page.locator("main")).to_contain_text(told)


def take_the_place_that_became_free(firm: Page, alone: Page, training: str) -> None:
    open_path(firm, training)
    firm.get_by_role("link", name="See your sign-up").click()
    with_scripts(firm).get_by_role("button", name="Withdraw").click()
    firm.locator("dialog[open]").get_by_role("button", name="Withdraw").click()
    expect(firm.locator("main")).to_contain_text("Withdrawn")

    open_path(alone, training)
    expect(alone.locator("main")).to_contain_text("A place is held for you until")
    alone.get_by_role("link", name="See your sign-up").click()
    alone.get_by_role("button", name="Take the place").click()
    expect(alone.locator("main")).to_contain_text("Your place is confirmed.")


def code_of(staff: Page, session: str) -> str:
    open_path(staff, f"{session}/attendance")
    shown = staff.locator(".check-in-letters").inner_text()
    return shown.split()[-1]


def check_in(alone: Page, session: str, code: str) -> None:
    open_path(alone, f"{session}/check-in")
    alone.locator("[name=code]").fill("WRONG1")
    alone.get_by_role("button", name="I am here").click()
    expect(alone.locator("#code-error")).to_be_visible()
    alone.locator("[name=code]").fill(code)
    alone.get_by_role("button", name="I am here").click()
    expect(alone.locator("main")).to_contain_text("You were there")


def issue(staff: Page, alone: Page, training: str) -> str:
    """Issue the certificate; answers its number, taken from the paper's file name."""
    open_path(staff, f"{training}/sessions")
    press(staff, f"{training}/certificates")
    expect(staff.locator("main, .flashes").first).to_be_visible()
    open_path(alone, f"{training}/sessions")
    with alone.expect_download() as download:
        alone.get_by_role("link", name="Download the certificate").click()
    return download.value.suggested_filename.removesuffix(".pdf")


def check(visitor: Visitor, number: str) -> None:
    page = visitor.go(f"/certificates?number={number}&lang=en")
    expect(page.locator("main")).to_contain_text("This certificate is genuine.")
    expect(page.locator("main")).to_contain_text("Z. P.")
    expect(page.locator("main")).not_to_contain_text("Zehra")
