"""A memorandum comes alive: drafted, signed by both sides, planned, a training held under it, counted, reported."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, form, in_english, press, sign_in

NewPerson = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
ZONE = "Europe/Istanbul"
TRAINING = "Selling in the other country"
INDICATOR = "Trainings for exporters"
TASK = "Write the programme of the training"
TASK_RU = "Составить программу обучения"


def test_a_memorandum_from_draft_to_the_annual_report(person: NewPerson) -> None:
    app = AuthenticatorApp()
    author = in_english(sign_in(person(), "coordinator.tr", app))
    partner = sign_in(person(locale="ru-RU", **PHONE), "coordinator.ru", app)

    mou = write(author)
    for page in (author, partner):
        confirm(page, mou)
    sign(author, mou, "A. Signatory", "Draft")
    sign(partner, mou, "Б. Подписант", "Действует")
    plan = plan_together(author, mou)
    propose(author, plan)
    agree(partner, plan)
    indicator = follow(author, mou)
    hold_training(author, mou)
    see_it_counted(author, indicator)
    check_report(author, mou)


def today() -> date:
    return datetime.now(UTC).date()


def at(page: Page, path: str) -> Page:
    page.goto(urljoin(page.url, path))
    return page


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url).split("?")[0]


def titles(page: Page, words: str, ru: str = "") -> None:
    for code in ("tr", "ru", "en"):
        page.locator(f"[name=title_{code}]").fill(ru if ru and code == "ru" else words)


def write(page: Page) -> str:
    """Write a draft between the two agencies for one area; answers its address."""
    at(page, "/mous/new").locator("[name=number]").fill("J-2026/1")
    titles(page, "Memorandum on trainings")
    for name, agency in (("first", "KOSGEB"), ("second", "RSMB")):
        label = page.locator(f"[name={name}] option", has_text=re.compile(f"^{agency}, ")).inner_text()
        page.locator(f"[name={name}]").select_option(label=label)
    page.locator("[name=areas][value=trainings]").check()
    press(page, "/mous/new")
    expect(page.locator(".page-head .badge").first).to_have_text("Draft")
    return path_of(page)


def confirm(page: Page, mou: str) -> None:
    """Confirm the text for one's own side."""
    button = at(page, mou).locator(f"form[action*='{mou}/parties/'] button[type=submit]")
    button.click()
    expect(button).to_have_count(0)


def sign(page: Page, mou: str, name: str, status: str) -> None:
    """Record the signature of one's own side; the memorandum then has the status."""
    at(page, f"{mou}/sign").locator("[name=signatory]").fill(name)
    page.locator("[name=signed_on]").fill(today().isoformat())
    press(page, f"{mou}/sign")
    expect(page.locator(".page-head .badge").first).to_have_text(status)
    expect(page.locator("main")).to_contain_text(name)


def plan_together(page: Page, mou: str) -> str:
    """Begin the plan of the year with an objective and a task of both sides under it; answers its address."""
    this = today().year
    at(page, f"{mou}/plans/new").locator("[name=title]").fill(f"Plan {this}")
    page.locator("[name=starts_on]").fill(f"{this}-01-01")
    page.locator("[name=ends_on]").fill(f"{this}-12-31")
    press(page, f"{mou}/plans/new")
    plan = path_of(page)
    add_item(page, plan, "objective", "Exporters know the other market")
    at(page, f"{plan}/items/new")
    page.locator("[name=objective_id]").select_option(label="Exporters know the other market")
    add_item(page, plan, "task", TASK, TASK_RU)
    return plan


def add_item(page: Page, plan: str, kind: str, title: str, ru: str = "") -> None:
    if path_of(page) != f"{plan}/items/new":
        at(page, f"{plan}/items/new")
    page.locator("[name=kind]").select_option(kind)
    titles(page, title, ru)
    page.locator("[name=due_on]").fill(f"{today().year}-12-31")
    press(page, f"{plan}/items/new")
    expect(page.locator("main")).to_contain_text(title)


def propose(page: Page, plan: str) -> None:
    """Confirm the shared task for one's own side; the other one is still awaited."""
    task = at(page, plan).locator(".plan-board li", has_text=TASK)
    task.locator("form[action$='/confirm'] button").click()
    expect(task).to_contain_text("Not confirmed by both sides")


def agree(page: Page, plan: str) -> None:
    """Confirm the shared task for the other side, on a phone and in Russian."""
    task = at(page, plan).locator(".plan-board li", has_text=TASK_RU)
    expect(task).to_contain_text("Не подтверждено обеими сторонами")
    task.locator("form[action$='/confirm'] button").click()
    expect(task).to_contain_text("Подтверждено обеими сторонами")


def follow(page: Page, mou: str) -> str:
    """Follow the trainings held this year; answers the address of the indicator, which stands at zero."""
    this = today().year
    at(page, f"{mou}/indicators/new").locator("[name=name_en]").fill(INDICATOR)
    page.locator("[name=figures][value=trainings]").check()
    page.locator("[name=starts_on]").fill(f"{this}-01-01")
    page.locator("[name=ends_on]").fill(f"{this}-12-31")
    page.locator("[name=target]").fill("4")
    press(page, f"{mou}/indicators/new")
    expect(page.locator(".stat b").first).to_have_text("0")
    return path_of(page)


def hold_training(page: Page, mou: str) -> None:
    """Plan a training of a few minutes under the memorandum, publish and finish it."""
    ends = min(datetime.now(UTC) + timedelta(minutes=15), last_minute())
    moments = {
        "opens_at": ends - timedelta(hours=2),
        "closes_at": ends - timedelta(minutes=2),
        "starts_at": ends - timedelta(minutes=1),
        "ends_at": ends,
    }
    number = mou.rsplit("/", 1)[-1]
    titles(at(page, f"/programmes/new/{number}/training"), TRAINING)
    page.locator("[name=zone]").select_option(ZONE)
    for name, moment in moments.items():
        shown = moment.astimezone(ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M")
        page.locator(f"[name={name}]").fill(shown)
    page.locator("[name=places]").fill("10")
    # Whichever day the test runs on: a warning of a rest day is not what this journey is about.
    page.locator("[name=rest_days_known]").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TRAINING)
    training = path_of(page)
    press(page, f"{training}/publish")
    for verb in ("confirm", "start", "finish"):
        press(page, f"{training}/move/{verb}")
    expect(form(page, f"{training}/move/finish")).to_have_count(0)


def last_minute() -> datetime:
    """The end of the day by which figures are counted, so that the training is over on the day of the test."""
    return datetime.combine(today(), time(23, 59), UTC)


def see_it_counted(page: Page, indicator: str) -> None:
    """Nobody typed a number: the indicator stands at one, and the training is the record behind it."""
    expect(at(page, indicator).locator(".stat b").first).to_have_text("1")
    expect(page.locator("#behind + ul li")).to_have_count(1)
    page.locator("#behind + ul a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TRAINING)


def check_report(page: Page, mou: str) -> None:
    """The annual report as a paper names the plan and the indicator with target and count."""
    link = at(page, f"{mou}/indicators").locator(f"a[href='{mou}/reports/{today().year}/en']")
    with page.expect_download() as download:
        link.click()
    paper = Path(download.value.path())
    words = " ".join(" ".join(one.extract_text() for one in PdfReader(paper).pages).split())
    assert "J-2026/1" in words
    assert TASK in words
    assert re.search(rf"{INDICATOR} 4 [\d.]+ 1 ", words), words
