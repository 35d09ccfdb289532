"""The search box of the directory by keyboard: firms, goods and places in either script, and a search that finds nobody."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browsers import Visitor, type_at_once
from tests.journeys.people import sign_in

NewPerson = Callable[..., Visitor]
CHOICES = (
    ("деренк", "Derenkaya", "/firms/1"),
    ("derenk", "Derenkaya", "/firms/1"),
    ("шаров", "8481.80", "/firms?offered=848180"),
    ("küresel va", "8481.80", "/firms?offered=848180"),
    ("татарс", "Татарстан", "/firms?region=RU-TA"),
    ("tatars", "Татарстан", "/firms?region=RU-TA"),
)
"""What is typed, what the suggestion says in Russian, and where it leads."""
NOBODY = "küresel vana zzqxv"


def test_typing_suggests_firms_goods_and_places_and_nobody_leads_to_a_need(person: NewPerson) -> None:
    visitor = person(locale="ru-RU")
    for typed, said, address in CHOICES:
        choose_by_keyboard(visitor.go("/firms"), typed, said, visitor.site + address)

    page = sign_in(person(locale="tr-TR"), "firm.tr")
    page.goto(page.url.replace("/home", "/firms"))
    search_for_nobody(page)
    page.locator("#results a[href*='/registration/sought']").press("Enter")
    page.wait_for_url("**/registration/sought?**")
    expect(page.locator("#proposed")).to_be_focused()
    expect(page.locator(f"#proposed input[value='{NOBODY}']")).to_be_visible()
    expect(page.locator("main input[value='848180']").first).to_be_visible()


def search_box(page: Page) -> Locator:
    """The search box once its script runs."""
    return page.locator("#q[role=combobox]")


def choose_by_keyboard(page: Page, typed: str, said: str, address: str) -> None:
    """Type, go down to the suggestion that says so, press Enter, and arrive."""
    box = search_box(page)
    type_at_once(box, typed)
    wanted = page.locator("#q-list [role=option]", has_text=said).first
    expect(wanted).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    for _ in range(page.locator("#q-list [role=option]").count()):
        box.press("ArrowDown")
        if wanted.get_attribute("aria-selected") == "true":
            break
    expect(box).to_have_attribute("aria-activedescendant", wanted.get_attribute("id") or "")
    box.press("Enter")
    page.wait_for_url(address)
    expect(page.locator("h1")).to_be_visible()


def search_for_nobody(page: Page) -> None:
    """Nothing is suggested and nobody found; the reader is told both."""
    box = search_box(page)
    type_at_once(box, NOBODY)
    expect(page.locator("#q-list")).to_be_hidden()
    box.press("Enter")
    expect(page.locator("#results .empty-result")).to_be_visible()
    expect(page.locator("#results article")).to_have_count(0)
