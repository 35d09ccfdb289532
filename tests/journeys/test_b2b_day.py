"""A whole B2B day: planned by hand and by the engine, published, disturbed, run to its outcomes, by both sides, on phones."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from matchmaker.meetings.enums import MeetingState
from tests.browsers import Visitor
from tests.journeys.b2b_hall import TABLES, Cast, Hall, hall_of
from tests.journeys.people import AuthenticatorApp, form, in_english, press, sign_in, with_scripts

MOVABLE = "[data-timetable] button[draggable=true]:not([data-place^='0-'])"
"""Meetings of the grid but those of the first time, which the morning needs as they are."""
IN_THE_OPEN = """one => {
    const box = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""
"""Whether nothing lies over an element."""
NewPerson = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
MOST_ACTIONS = 4
"""Presses and fields from the page of the next meeting to an outcome with a next step: what fits into a minute."""


@pytest.fixture
def hall(site: str, tmp_path: Path) -> Iterator[Hall]:
    """The world of the day in the database of the site."""
    with hall_of(tmp_path) as made:
        yield made


def test_a_day_is_planned_published_disturbed_and_run_to_its_outcomes(person: NewPerson, hall: Hall) -> None:
    app = AuthenticatorApp()
    staff = in_english(sign_in(person(), "staff.tr", app))
    host = in_english(sign_in(person(**PHONE), "staff.ru", app))
    turkish, russian = person(**PHONE), person(**PHONE)
    for phone, account in ((turkish, "firm.tr"), (russian, "firm.ru")):
        in_english(sign_in(phone, account))

    close_the_wishes(staff, hall)
    place_by_keyboard_and_lock(staff, hall)
    place_from_the_list_and_lock(staff, hall)
    plan(staff)
    move_by_mouse(staff, hall)
    move_by_touch(host, hall)
    publish(host, hall)
    read_the_agenda(turkish.page, hall)

    cast = hall.morning()
    begin(staff, hall)
    watch_the_board(staff, hall)
    check_in_with_a_gap(host, hall, cast)
    mend_a_late_arrival(staff, hall, cast)
    offer_the_next_to_who_waits(staff, hall, cast)
    book_a_walk_in(host, hall, cast)
    mend_a_cancellation(host, hall, cast)
    say_what_came_of_it(turkish.page, hall, hall.pair[0], "Next step agreed", next_step="samples by March")
    say_it_without_connection_first(russian, hall, "No interest")
    assert hall.outcomes() == sorted(zip(hall.pair, ("next_step_agreed", "no_interest"), strict=True))
    end_the_day(staff, host, hall)


def go(page: Page, path: str) -> None:
    page.goto(urljoin(page.url, path))


def close_the_wishes(staff: Page, hall: Hall) -> None:
    go(staff, hall.path)
    staff.get_by_role("button", name="Close the wishes").click()
    expect(staff.get_by_role("button", name="Open the wishes again")).to_be_visible()


def place_by_keyboard_and_lock(page: Page, hall: Hall) -> None:
    """Without a mouse: take the first wish in hand, place it, move it, take that back, lock it."""
    go(page, f"{hall.path}/timetable")
    in_list = page.locator("#side button.meet")
    in_list.first.focus()
    page.keyboard.press("ArrowDown")
    expect(in_list.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(page.locator(".table-wrap")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(f"#side button[data-meeting='{hall.meeting}']")).to_be_focused()
    first = put(page, hall.meeting, at=0)
    put(page, hall.meeting, at=-1)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(f"#c-{first} button")).to_have_attribute("data-meeting", str(hall.meeting))
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.locator(f"#c-{first} button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lock", exact=True).press("Enter")
    expect(page.locator(f"#c-{first} button")).to_contain_text("locked")


def place_from_the_list_and_lock(page: Page, hall: Hall) -> None:
    """Another meeting at the same time, from the list of places beside the grid."""
    page.locator(f"#side button[data-meeting='{hall.second}']").click()
    page.get_by_text("Places for this meeting").click()
    page.get_by_role("button", name="09:30, table 2", exact=True).click()
    placed = page.locator(f"[data-timetable] button[data-meeting='{hall.second}']")
    placed.click()
    page.get_by_role("button", name="Lock", exact=True).click()
    expect(placed).to_contain_text("locked")


def put(page: Page, meeting: int, at: int) -> str:
    """From the focused meeting: Enter, arrow keys to one of its dashed places, Enter; answers the place."""
    page.keyboard.press("Enter")
    expect(page.locator(f"#chosen[data-meeting='{meeting}']")).to_be_visible()
    expect(page.locator("#said")).to_contain_text(re.compile(r"\d+ free places?"))
    target = page.locator("[data-timetable] .meet--fit").nth(at)
    key = str(target.get_attribute("data-place"))
    if page.evaluate("!document.activeElement.closest('[data-timetable]')"):
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-timetable] .meet--fit").first).to_be_focused()
    walk_to(page, key)
    page.keyboard.press("Enter")
    expect(page.locator(f"#c-{key} button")).to_have_attribute("data-meeting", str(meeting))
    expect(page.locator(f"#c-{key} button")).to_be_focused()
    return key


def walk_to(page: Page, key: str) -> None:
    """From the focused cell to another one by arrow keys alone: first along the row, then along the column."""
    cell = page.locator(f"#c-{key}")
    at = "e => { const td = e.closest('td'); return [td.parentElement.rowIndex, [...td.parentElement.querySelectorAll('.tt-cell')].indexOf(e.closest('.tt-cell'))]; }"
    row, column = cell.evaluate(at)
    for axis, (forth, back) in ((1, ("ArrowRight", "ArrowLeft")), (0, ("ArrowDown", "ArrowUp"))):
        for _step in range(10):
            now = page.evaluate(f"({at})(document.activeElement)")
            goal = (row, column)[axis]
            if now[axis] == goal:
                break
            page.keyboard.press(forth if now[axis] < goal else back)


def plan(page: Page) -> None:
    """Ask for a plan and wait until its progress has led back to the timetable; what is locked keeps its place."""
    page.get_by_text("Plan the day").click()
    page.locator("select[name=effort]").select_option("quick")
    page.get_by_role("button", name="Plan", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Plan").click()
    expect(page.get_by_text("How good the plan is")).to_be_visible(timeout=180_000)
    expect(page.locator("#counters b").first).to_have_text("9")


def move_by_mouse(page: Page, hall: Hall) -> None:
    """Drag a meeting to a place that it may not have, which says why, then to a dashed one."""
    meeting = page.locator(f"[data-timetable] button[data-meeting='{hall.third}']")
    number, before = str(hall.third), meeting.get_attribute("data-place")
    lift(page, meeting)
    page.locator("[data-timetable] .meet--free:not(.meet--fit)").first.hover()
    page.mouse.up()
    expect(page.locator("#chosen").get_by_role("alert")).not_to_be_empty()
    expect(page.locator(f"#c-{before} button")).to_have_attribute("data-meeting", number)
    page.get_by_role("link", name="Put back").click()
    expect(page.locator("#chosen")).to_be_hidden()

    lift(page, meeting)
    target = page.locator("[data-timetable] .meet--fit").first
    key = target.get_attribute("data-place")
    target.hover()
    page.mouse.up()
    expect(page.locator(f"#c-{key} button")).to_have_attribute("data-meeting", number)


def lift(page: Page, meeting: Locator) -> None:
    """Begin to drag; the server shows meanwhile where the meeting may go."""
    number = meeting.get_attribute("data-meeting")
    meeting.hover()
    page.mouse.down()
    page.locator("[data-timetable] caption ~ thead th").nth(1).hover()
    expect(page.locator(f"#chosen[data-meeting='{number}']")).to_be_visible()
    expect(page.locator("[data-timetable] .meet--fit").first).to_be_visible()


def move_by_touch(page: Page, hall: Hall) -> None:
    """On the other side's phone: tap a meeting, tap a dashed place."""
    go(page, f"{hall.path}/timetable")
    meeting = page.locator(MOVABLE).first
    number = meeting.get_attribute("data-meeting")
    meeting.tap()
    expect(page.locator(f"#chosen[data-meeting='{number}']")).to_be_visible()
    # What it is and what may be done with it stays in sight below the grid, and the grid above it.
    expect(page.get_by_role("button", name="Take out")).to_be_in_viewport()
    assert meeting.evaluate(IN_THE_OPEN)
    target = page.locator("[data-timetable] .meet--fit").last
    key = target.get_attribute("data-place")
    target.tap()
    expect(page.locator(f"#c-{key} button")).to_have_attribute("data-meeting", str(number))


def publish(page: Page, hall: Hall) -> None:
    """Release the first version."""
    go(page, f"{hall.path}/versions")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("rowheader", name="Version 1")).to_be_visible()


def read_the_agenda(page: Page, hall: Hall) -> None:
    """The firm finds its meetings, nothing sticks out of the phone, and the calendar file is there."""
    go(page, hall.path)
    page.get_by_role("link", name="Agenda").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My meetings")
    expect(page.locator(".agenda-card")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    expect(page.get_by_role("link", name="Into the calendar")).to_be_visible()


def begin(staff: Page, hall: Hall) -> None:
    go(staff, f"{hall.path}/live")
    staff.get_by_role("button", name="Start the day").click()
    expect(staff.locator(".flashes")).to_contain_text("The day is running.")


def watch_the_board(page: Page, hall: Hall) -> None:
    """Three tables fill a large screen in large letters, and nothing lies below its edge."""
    before = page.viewport_size
    page.set_viewport_size({"width": 1920, "height": 1080})
    go(page, f"{hall.path}/board")
    expect(page.locator(".board-table tbody tr")).to_have_count(TABLES)
    assert page.evaluate("document.scrollingElement.scrollHeight") == 1080
    assert (
        page.locator("#board > :last-child").evaluate("one => one.getBoundingClientRect().bottom")
        > 0.9 * 1080
    )
    assert page.locator(".board-table").evaluate("one => parseFloat(getComputedStyle(one).fontSize)") > 40
    if before:
        page.set_viewport_size(before)


def check_in_with_a_gap(desk: Page, hall: Hall, cast: Cast) -> None:
    """One badge with a connection, two without on a page that was loaded anew meanwhile, sent once it is back.

    A third one is of another day: who was refused after the person had gone on is listed with the code.
    """
    go(desk, f"{hall.path}/check-in")
    desk.locator("[name=name]").fill("Entrance")
    press(desk, f"{hall.path}/check-in")
    expect(desk.locator("[data-kept-offline]")).to_be_attached()
    scan(desk, cast.badges[0])
    expect(desk.locator("[data-answer]")).to_contain_text("Checked in.")

    desk.context.set_offline(True)
    desk.reload()
    for count, badge in enumerate(cast.badges[3:5], 1):
        scan(desk, badge)
        # The answer alone would be that of the badge before.
        expect(desk.locator("[data-waiting-note]")).to_contain_text(re.compile(rf"\b{count} scan"))
        expect(desk.locator("[data-answer]")).to_contain_text("Kept on this device")
    scan(desk, cast.badges[3])
    expect(desk.locator("[data-answer]")).to_contain_text("This badge has passed already.")
    scan(desk, "of-another-day")
    expect(desk.locator("[data-waiting-note]")).to_contain_text("3 scans wait")

    desk.context.set_offline(False)
    expect(desk.locator("[data-waiting-note]")).to_be_hidden()
    expect(desk.locator("[data-refused-list] li")).to_have_count(1)
    expect(desk.locator("[data-refused-list]")).to_contain_text("of-another-day")
    desk.reload()
    expect(desk.locator("#passages")).to_contain_text("3 of 7 people here")
    expect(desk.locator("#passages li")).to_have_count(3)
    expect(desk.locator("#passages").get_by_text("scanned offline")).to_have_count(2)


def scan(desk: Page, badge: str) -> None:
    desk.locator("[name=code]").fill(badge)
    desk.locator("[name=code]").press("Enter")


def mend_a_late_arrival(staff: Page, hall: Hall, cast: Cast) -> None:
    """The proposal moves one meeting and names the two firms that would be told."""
    propose(staff, hall, cast.late[0], "late", cast.arrival)
    expect(staff.locator("main")).to_contain_text("1 meeting moves.")
    expect(staff.locator("main")).to_contain_text(cast.late[1])
    apply(staff)


def mend_a_cancellation(host: Page, hall: Hall, cast: Cast) -> None:
    """A firm of the other side leaves for good: its meetings are lost, nobody else moves."""
    propose(host, hall, cast.gone, "cancellation")
    expect(host.locator("main")).to_contain_text(re.compile(r"[1-3] meetings? (is|are) not held\."))
    apply(host)


def propose(page: Page, hall: Hall, firm: int, kind: str, moment: str = "") -> None:
    go(page, f"{hall.path}/live")
    page.locator("[name=repair-participant]").select_option(str(firm))
    page.locator("[name=repair-kind]").select_option(kind)
    page.locator("[name=repair-moment]").fill(moment)
    press(page, f"{hall.path}/repairs")


def apply(page: Page) -> None:
    page.get_by_role("button", name="Apply and tell them").click()
    expect(page.locator(".flashes")).to_contain_text("Only the firms concerned are told.")


def offer_the_next_to_who_waits(staff: Page, hall: Hall, cast: Cast) -> None:
    """A firm has not come: the one that waits is offered its next wish, and both say yes at the desk."""
    firm, meeting = cast.missing
    go(staff, f"{hall.path}/live")
    absence = form(staff, f"/day-participants/{firm}/absences/{meeting}")
    staff.locator("details").filter(has=absence).locator("summary").click()
    absence.get_by_role("button").click()
    expect(staff.locator(".flashes")).to_contain_text("The next possible meeting has been offered.")
    for _side in range(2):
        staff.locator(f"form[action$='/offers/{cast.waiting}/accept'] button").first.click()
    expect(staff.locator(".flashes")).to_contain_text("The meeting has its place.")


def book_a_walk_in(host: Page, hall: Hall, cast: Cast) -> None:
    go(host, f"{hall.path}/live")
    for name, firm in (("one", hall.pair[0]), ("other", cast.guest)):
        host.locator(f"[name=walk-in-{name}]").select_option(str(firm))
    press(host, f"{hall.path}/walk-ins")
    expect(host.locator(".flashes")).to_contain_text("They meet at")


@dataclass
class Hand:
    """Counts what a person does on a page: every press and every field."""

    done: int = 0

    def press(self, what: Locator) -> None:
        self.done += 1
        what.click()

    def fill(self, field: Locator, text: str) -> None:
        self.done += 1
        field.fill(text)


def say_what_came_of_it(page: Page, hall: Hall, firm: int, outcome: str, *, next_step: str) -> None:
    """From the page that says where the firm is now, with what was agreed on: few enough steps for a minute."""
    hand, card = Hand(), page.locator(f"#meeting-{hall.meeting}")
    go(page, f"/day-participants/{firm}/next")
    expect(page.locator("#next")).to_contain_text("minutes left")
    hand.press(page.get_by_role("link", name="Say what came of it").first)
    with_scripts(page)
    hand.fill(card.get_by_label("Next step"), next_step)
    hand.press(card.get_by_role("button", name=outcome))
    expect(card.get_by_role("button", name=outcome)).to_have_attribute("aria-pressed", "true")
    expect(card.get_by_label("Next step")).to_have_value(next_step)
    expect(page.locator("#toasts")).to_contain_text(f"Saved: {outcome}, ")
    assert hand.done <= MOST_ACTIONS


def say_it_without_connection_first(phone: Visitor, hall: Hall, outcome: str) -> None:
    """A press without connection says so and loses nothing; the same press later counts once."""
    page, hand = phone.page, Hand()
    go(page, f"/day-participants/{hall.pair[1]}/next")
    hand.press(page.get_by_role("link", name="Say what came of it").first)
    with_scripts(page)
    button = page.locator(f"#meeting-{hall.meeting}").get_by_role("button", name=outcome)
    page.context.set_offline(True)
    hand.press(button)
    expect(page.locator("#request-errors")).to_contain_text("Try again.")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.context.set_offline(False)
    hand.press(button)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert hand.done <= MOST_ACTIONS
    # What htmx writes to the console of a request that found no connection is meant here.
    phone.errors[:] = [one for one in phone.errors if "htmx:sendError" not in one]


def end_the_day(staff: Page, host: Page, hall: Hall) -> None:
    """What was still to come is cancelled, and the results name the pair that contradicts each other, on both sides."""
    go(staff, f"{hall.path}/live")
    staff.get_by_role("button", name="End the day").first.click()
    staff.get_by_role("dialog").get_by_role("button", name="End the day").click()
    expect(staff.locator(".badge", has_text="Done").first).to_be_visible()
    for page in (staff, host):
        go(page, f"{hall.path}/results")
        expect(page.locator("main")).to_contain_text("The sides say different things")
    ended = hall.ended()
    assert ended[MeetingState.NOT_HELD] >= 1
    assert MeetingState.PLACED not in ended
