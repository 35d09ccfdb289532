"""An expert exchange from the call to the closing: planned, applied for, decided twice, agreed by four, run, reported."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, form, opened, press, sign_in

NewPerson = Callable[..., Visitor]
TITLE = "Reading the register together"
ACCOUNTS = ("coordinator.tr", "staff.tr", "coordinator.ru", "expert.ru")
PHONE = {"width": 390, "height": 844}


def moment(days: int, hour: int = 9) -> str:
    today = datetime.now(UTC).astimezone(ZoneInfo("Europe/Istanbul"))
    return f"{(today + timedelta(days=days)).date().isoformat()}T{hour:02}:00"


def day(days: int) -> str:
    return moment(days)[:10]


def test_an_exchange_from_call_to_closing(person: NewPerson) -> None:
    app = AuthenticatorApp()
    people = {account: in_english(sign_in(browser_of(person, account), account, app)) for account in ACCOUNTS}
    host, host_person, sender, expert = (people[account] for account in ACCOUNTS)

    programme = plan(host)
    exchange = apply(expert, programme)
    waits_for_the_sender(host, exchange)
    decide(sender, exchange, "sending", "endorse")
    decide(host, exchange, "hosting", "accept")
    write_agreement(host_person, exchange)
    for page in (expert, host_person, sender):
        confirm(page, exchange)
        expect(host_person.locator("body")).not_to_contain_text("Start the exchange")
    confirm(host, exchange)
    run(host_person, exchange)
    hand_in(expert, exchange, "report")
    hand_in(expert, exchange, "expert_evaluation")
    hand_in(host_person, exchange, "host_evaluation")
    closed(expert, exchange)


def browser_of(person: NewPerson, account: str) -> Visitor:
    """A desktop for staff and coordinators, a telephone for the expert."""
    return person(viewport=PHONE) if account == "expert.ru" else person()


def in_english(page: Page) -> Page:
    page.locator(".lang a[hreflang=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    return page


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def path(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3].split("?")[0]


def go(page: Page, to: str) -> None:
    page.goto("/".join(page.url.split("/", 3)[:3]) + to)


def plan(page: Page) -> str:
    """Plan a programme, say what the call asks for, publish it; answers its address."""
    go(page, "/programmes/new")
    # The first memorandum of the demo is the one between the two institutions of this journey.
    page.locator("a[href$='/new/1/exchange']").click()
    fill(page, {f"title_{code}": TITLE for code in ("tr", "ru", "en")})
    fill(page, {"starts_at": moment(0, 0), "ends_at": moment(20, 17)})
    fill(page, {"opens_at": moment(-1), "closes_at": moment(10), "places": "1"})
    page.locator("[name=zone]").select_option("Europe/Istanbul")
    # Whichever day the test runs on: a warning of a rest day is not what this journey is about.
    page.locator("[name=rest_days_known]").check()
    press(page, "/exchange")
    programme = path(page)

    press(page, "/publish")
    expect(page.locator(".error-summary")).to_contain_text("what the call asks for")
    go(page, programme + "/call")
    page.locator("[name=direction]").select_option(index=1)
    page.locator("[name=practice_area]").select_option("registers")
    page.locator("[name=format][value=mission]").check()
    page.locator("[name=cost_model][value=shared]").check()
    fill(page, {"need": "Compute size classes", "deliverables": "A method", "days": "1"})
    fill(page, {"first_1": day(0), "last_1": day(20)})
    fill(page, {"contact_name": "Deniz", "contact_address": "deniz@demo.example"})
    press(page, "/call")
    press(page, "/publish")
    expect(page.locator("#programme")).to_contain_text("Open")
    return programme


def apply(page: Page, programme: str) -> str:
    """Apply on a phone; answers the address of the exchange."""
    go(page, programme)
    page.get_by_role("link", name="Apply as an expert").click()
    fill(page, {"motivation": "I built this register"})
    fill(page, {"first_1": day(0), "last_1": day(2), "first_2": day(6), "last_2": day(8)})
    press(page, "/application")
    expect(page.locator("#exchange")).to_contain_text("With the sending institution")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return path(page)


def waits_for_the_sender(page: Page, exchange: str) -> None:
    """The host sees the application, and nothing to decide yet."""
    go(page, exchange)
    expect(page.locator("#exchange")).to_contain_text("Waits for the decision of the sending institution.")
    expect(form(page, "/hosting")).to_have_count(0)


def decide(page: Page, exchange: str, step: str, decision: str) -> None:
    """One side decides; the host also names the days and who looks after the expert."""
    go(page, exchange)
    page.locator(f"[name=decision][value={decision}]").check()
    if step == "hosting":
        fill(page, {"agreed_from": day(0), "agreed_to": day(0)})
        page.locator("[name=host_person]").select_option(label="Deniz Akçaova")
    press(page, f"/{step}")


def write_agreement(page: Page, exchange: str) -> None:
    """The person at the host writes what is agreed, and an item of the agenda."""
    go(page, exchange + "/agreement")
    for box in page.locator("textarea").all():
        box.fill("Agreed on 1 January, ₺ and ₽")
    press(page, "/agreement")
    opened(page.locator("details", has=form(page, "/agenda")))
    fill(page, {"starts": "09:30", "ends": "12:00", "title": "First meeting"})
    press(page, "/agenda")
    expect(page.locator("#exchange")).to_contain_text("First meeting")


def confirm(page: Page, exchange: str) -> None:
    """One of the four confirms."""
    go(page, exchange)
    press(page, "/confirm")
    expect(page.locator("body")).to_contain_text("You have confirmed the agreement.")


def run(page: Page, exchange: str) -> None:
    """The exchange begins and ends on its one day."""
    go(page, exchange)
    press(page, "/start")
    press(page, "/finish")
    expect(page.locator("#exchange")).to_contain_text("Papers due")


def hand_in(page: Page, exchange: str, kind: str) -> None:
    """A report or an evaluation."""
    go(page, f"{exchange}/papers/{kind}")
    fill(page, {"text": "What was done and found"})
    if kind != "report":
        page.locator("[name=rating][value='5']").check()
    press(page, f"/papers/{kind}")
    expect(page.locator("#exchange")).to_contain_text("What was done and found")


def closed(page: Page, exchange: str) -> None:
    """All papers are here."""
    go(page, exchange)
    expect(page.locator("#exchange")).to_contain_text("the exchange is closed")
