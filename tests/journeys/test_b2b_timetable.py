"""A B2B day is planned and changed by staff of both sides, by keyboard, mouse and touch, and published; a firm reads it."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, in_english, sign_in

NewPerson = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_a_day_is_planned_changed_by_hand_published_and_read(person: NewPerson) -> None:
    app = AuthenticatorApp()
    staff = in_english(sign_in(person(), "coordinator.tr", app))
    host = in_english(sign_in(person(**PHONE), "coordinator.ru", app))
    firm = in_english(sign_in(person(**PHONE), "firm.tr"))

    day = open_the_day(staff)
    plan(staff, day)
    move_by_keyboard(staff)
    move_by_mouse(staff)
    move_by_touch(host, day)
    publish(host, day)
    read_the_agenda(firm, day)


def open_the_day(page: Page) -> str:
    """The demo's day with its wishes closed; answers its path."""
    go(page, "/b2b-days")
    trip = page.get_by_role("listitem").filter(has_text="Machinery makers to Kazan")
    trip.get_by_role("link").click()
    close = page.get_by_role("button", name="Close the wishes")
    if close.count():
        close.click()
    return re.sub(r"^https?://[^/]+", "", page.url).split("?")[0]


def go(page: Page, path: str) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + path)  # type: ignore[index]


def plan(page: Page, day: str) -> None:
    """Ask for a plan and wait until its progress has led back to the timetable."""
    go(page, f"{day}/timetable")
    page.get_by_text("Plan the day").click()
    page.locator("select[name=effort]").select_option("quick")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.get_by_text("How good the plan is")).to_be_visible(timeout=180_000)
    expect(page.locator("#counters b").first).not_to_have_text("0")


def move_by_keyboard(page: Page) -> None:
    """Take the first meeting in hand, go to a dashed place by arrow keys, place it, and take the step back."""
    first = page.locator("[data-timetable] button[data-meeting]").first
    number, place = first.get_attribute("data-meeting"), first.get_attribute("data-place")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#chosen[data-meeting='{number}']")).to_be_visible()
    target = page.locator("[data-timetable] .meet--fit").first
    key = str(target.get_attribute("data-place"))
    walk_to(page, key)
    page.keyboard.press("Enter")
    expect(page.locator(f"#c-{key} button")).to_have_attribute("data-meeting", str(number))
    expect(page.locator(f"#c-{key} button")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"#c-{place} button")).to_have_attribute("data-meeting", str(number))


def move_by_mouse(page: Page) -> None:
    """Drag a meeting to a place that it may not have, which says why, then to a dashed one."""
    meeting = page.locator("[data-timetable] button[draggable=true]").nth(1)
    number, before = meeting.get_attribute("data-meeting"), meeting.get_attribute("data-place")
    lift(page, meeting)
    page.locator("[data-timetable] .meet--free:not(.meet--fit)").first.hover()
    page.mouse.up()
    expect(page.locator("#chosen").get_by_role("alert")).not_to_be_empty()
    expect(page.locator(f"#c-{before} button")).to_have_attribute("data-meeting", str(number))
    page.get_by_role("link", name="Put back").click()
    expect(page.locator("#chosen")).to_be_hidden()

    lift(page, meeting)
    target = page.locator("[data-timetable] .meet--fit").first
    key = target.get_attribute("data-place")
    target.hover()
    page.mouse.up()
    expect(page.locator(f"#c-{key} button")).to_have_attribute("data-meeting", str(number))


def lift(page: Page, meeting: Locator) -> None:
    """Begin to drag; the server shows meanwhile where the meeting may go."""
    number = meeting.get_attribute("data-meeting")
    meeting.hover()
    page.mouse.down()
    page.locator("[data-timetable] caption ~ thead th").nth(1).hover()
    expect(page.locator(f"#chosen[data-meeting='{number}']")).to_be_visible()
    expect(page.locator("[data-timetable] .meet--fit").first).to_be_visible()


def move_by_touch(page: Page, day: str) -> None:
    """On the other side's phone: tap a meeting, tap a dashed place."""
    go(page, f"{day}/timetable")
    meeting = page.locator("[data-timetable] button[draggable=true]").first
    number = meeting.get_attribute("data-meeting")
    meeting.tap()
    expect(page.locator(f"#chosen[data-meeting='{number}']")).to_be_visible()
    target = page.locator("[data-timetable] .meet--fit").last
    key = target.get_attribute("data-place")
    target.tap()
    expect(page.locator(f"#c-{key} button")).to_have_attribute("data-meeting", str(number))


def walk_to(page: Page, key: str) -> None:
    """From the focused cell to another one by arrow keys alone: first along the row, then along the column."""
    cell = page.locator(f"#c-{key}")
    at = "e => { const td = e.closest('td'); return [td.parentElement.rowIndex, [...td.parentElement.querySelectorAll('.tt-cell')].indexOf(e.closest('.tt-cell'))]; }"
    row, column = cell.evaluate(at)
    for axis, (forth, back) in ((1, ("ArrowRight", "ArrowLeft")), (0, ("ArrowDown", "ArrowUp"))):
        for _step in range(60):
            now = page.evaluate(f"({at})(document.activeElement)")
            goal = (row, column)[axis]
            if now[axis] == goal:
                break
            page.keyboard.press(forth if now[axis] < goal else back)


def publish(page: Page, day: str) -> None:
    """Release the first version."""
    go(page, f"{day}/versions")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Version 1")).to_be_visible()


def read_the_agenda(page: Page, day: str) -> None:
    """The firm finds its meetings, nothing sticks out of the phone, and the calendar file is there."""
    go(page, day)
    page.get_by_role("link", name="Agenda").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My meetings")
    expect(page.locator(".agenda-card").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    expect(page.get_by_role("link", name="Into the calendar")).to_be_visible()
