"""The whole bridge: two firms find each other, both sides approve, contacts open to both at once, they write."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, form, opened, press, sign_in, with_scripts

pytestmark = pytest.mark.data
TURKISH, RUSSIAN = "Selvikent Vana", "Ясенецкий литейный завод"
REQUEST = "Bize yılda 420 ton pik döküm gerekiyor; size vana verebiliriz."
FIRST_MESSAGE, ANSWER = "Merhaba, pazartesi konuşabilir miyiz?", "Здравствуйте, в понедельник в десять."
NOTE = "Dosya tamam."
HIDDEN = re.compile(r"mailto:|tel:")
NewPerson = Callable[..., Visitor]


@dataclass
class Bridge:
    """The four people, each at their own browser."""

    asker: Page
    answerer: Page
    turkish_officer: Page
    russian_officer: Page


@pytest.fixture
def bridge(backend: str, person: NewPerson) -> Bridge:
    """All four, signed in: in their own languages with script, or, on the embedded database, in English without."""
    own = backend == "postgresql"
    app, pages = AuthenticatorApp(), []
    languages = ("tr", "ru", "tr", "ru") if own else ("en",) * 4
    accounts = ("firm.tr", "firm.ru", "coordinator.tr", "coordinator.ru")
    for account, language in zip(accounts, languages, strict=True):
        visitor = person(
            java_script_enabled=own, locale={"tr": "tr-TR", "ru": "ru-RU"}.get(language, "en-GB")
        )
        page = sign_in(visitor, account, app if account.startswith("coordinator") else None)
        page.locator(f".lang a[hreflang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        pages.append(page)
    return Bridge(*pages)


def test_two_firms_are_introduced_and_write_to_each_other(bridge: Bridge) -> None:
    profile = find_the_foundry(bridge.asker)
    shown = read_the_fit(bridge.asker)
    match = ask(bridge.asker, profile)

    agree(bridge.answerer, match, shown)
    contacts_are_closed(bridge.asker, bridge.answerer, match=match)

    approve(bridge.turkish_officer, match)
    contacts_are_closed(bridge.asker, bridge.answerer, match=match)
    approve(bridge.russian_officer, match)

    contacts_are_open(bridge.asker, match, "Марина Вересова", "marina.veresova@yasenetsk-foundry.example")
    contacts_are_open(bridge.answerer, match, "Elif Karadağlı", "elif.karadagli@selvikent-vana.example")
    write(bridge.asker, match, FIRST_MESSAGE)
    read_and_answer(bridge.answerer, match)
    reads(bridge.asker, match, ANSWER)
    shows_all_steps(bridge.asker, bridge.answerer, match=match, profile=profile)


def find_the_foundry(page: Page) -> str:
    """Search the directory for what the other firm offers, and open its profile."""
    page.locator("header a[href='/firms']").first.click()
    page.locator("#q").fill("732510")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/firms?*q=732510*")
    row = page.locator("#results article", has_text=RUSSIAN)
    row.locator("h3 a").click()
    expect(page.locator(".profile-top")).to_contain_text(RUSSIAN)
    return re.sub(r"^https?://[^/]+|\?.*$", "", page.url)


def read_the_fit(page: Page) -> str:
    """Read the whole explanation; its points add up to the total, which is answered."""
    card = page.locator("section[aria-labelledby=fit]")
    total = card.locator(".keystone b").inner_text()
    opened(card.locator("details"))
    rows = card.locator("table.fit tbody tr")
    assert rows.count() >= 5
    expect(rows.locator("td p").first).not_to_be_empty()
    sums = [int(text) for text in card.locator("table.fit tfoot b").all_inner_texts()]
    assert (points(card), sum(sums)) == (int(total), int(total))
    return total


def points(holder: Locator) -> int:
    """The sum of the points of all rows and both sides of a table of fit."""
    return sum(int(text) for text in holder.locator("table.fit tbody .fit-cell b").all_inner_texts())


def ask(page: Page, profile: str) -> str:
    """Ask for an introduction; answers the address of the match."""
    page.locator(f"a[href='{profile}/ask']").click()
    text = page.locator("textarea[name=text]")
    press(page, f"{profile}/ask")
    expect(page.locator(".error-summary")).to_be_visible()
    text.fill(REQUEST)
    press(page, f"{profile}/ask")
    page.wait_for_url("**/matches/*")
    expect(page.locator("#match")).to_contain_text(REQUEST)
    return re.sub(r"^https?://[^/]+", "", page.url)


def agree(page: Page, match: str, shown: str) -> None:
    """See the request on the home page, read why the two fit, say yes."""
    page.locator("header a[href='/home']").first.click()
    page.locator(f"main a[href='{match}']").click()
    expect(page.locator("#match")).to_contain_text(REQUEST)
    expect(page.locator("#match .keystone b")).to_have_text(shown)
    assert points(page.locator("#match")) == int(shown)
    press(page, f"{match}/agree")
    expect(page.locator(".flashes")).to_be_visible()
    expect(form(page, f"{match}/agree")).to_have_count(0)


def contacts_are_closed(*firms: Page, match: str) -> None:
    """Neither firm sees how to reach the other, and there is no conversation yet."""
    for page in firms:
        open_match(page, match)
        expect(page.locator("#contacts")).to_be_visible()
        assert not HIDDEN.search(page.content())
        expect(page.locator(f"a[href='{match}/messages']")).to_have_count(0)
        refused = page.request.get(page.url + "/messages")
        assert refused.status in (403, 404)


def open_match(page: Page, match: str) -> None:
    """Open the page of the match."""
    page.goto(re.sub(r"(?<=\d)/.*$", "", page.url) + match)
    expect(page.locator("#match")).to_be_visible()


def approve(page: Page, match: str) -> None:
    """Open the record from the inbox and approve with a note for the file."""
    page.locator("main a[href='/inbox']").click()
    record = match.replace("/matches/", "/approvals/")
    page.locator(f"main a[href^='{record}']").first.click()
    expect(page.locator("#record")).to_contain_text(TURKISH)
    if with_scripts(page).evaluate("typeof htmx") != "undefined":
        # The key of a decision that needs a reason leads to the reason, and sends nothing.
        page.keyboard.press("d")
        expect(page.locator("#decision [name=reason]")).to_be_focused()
    page.locator("#decision [name=note]").fill(NOTE)
    page.locator("#decision button[value=approve]").click()
    expect(page.locator(".flashes")).to_be_visible()
    expect(page.locator(f"#record form[action*='{record}']")).to_have_count(0)


def contacts_are_open(page: Page, match: str, name: str, email: str) -> None:
    """The contact persons of the other firm who consented are shown with name and address."""
    open_match(page, match)
    contacts = page.locator("#contacts")
    expect(contacts).to_contain_text(name)
    expect(contacts.locator(f"a[href='mailto:{email}']")).to_be_visible()
    expect(contacts.locator("a[href^='tel:']").first).to_be_visible()


def open_conversation(page: Page, match: str) -> None:
    """The match page shows the conversation; without script it links to it."""
    open_match(page, match)
    link = page.locator(f"#match a[href='{match}/messages']")
    written = form(page, f"{match}/messages")
    expect(link.or_(written).first).to_be_visible()
    if with_scripts(page).evaluate("typeof htmx") == "undefined":
        link.click()
    expect(written).to_be_visible()


def write(page: Page, match: str, text: str) -> None:
    """Write a message."""
    open_conversation(page, match)
    page.locator("#conversation textarea[name=text]").fill(text)
    press(page, f"{match}/messages")
    page.wait_for_url(f"**{match}/messages#end")
    expect(page.locator("#conversation")).to_contain_text(text)
    expect(page.locator("#conversation textarea[name=text]")).to_have_value("")


def read_and_answer(page: Page, match: str) -> None:
    """Find the message from the home page, read it, mark it as read, answer."""
    page.locator("header a[href='/home']").first.click()
    page.locator(f"main a[href='{match}/messages']").click()
    expect(page.locator("#conversation")).to_contain_text(FIRST_MESSAGE)
    press(page, f"{match}/messages/read")
    expect(form(page, f"{match}/messages/read")).to_have_count(0)
    write(page, match, ANSWER)


def reads(page: Page, match: str, text: str) -> None:
    """The other firm's message is there."""
    open_conversation(page, match)
    expect(page.locator("#conversation")).to_contain_text(text)


def shows_all_steps(*firms: Page, match: str, profile: str) -> None:
    """Asked, agreed, approved twice, introduced: each firm sees five steps with their day, and no note for the file."""
    for page in firms:
        open_match(page, match)
        steps = page.locator("#match .timeline > li")
        expect(steps).to_have_count(5)
        expect(steps.locator("time[datetime]")).to_have_count(5)
        expect(steps.nth(0)).to_contain_text(TURKISH)
        foundry = page.locator(f"#match .span-name a[href='{profile}']").inner_text()
        expect(steps.nth(1)).to_contain_text(foundry)
        expect(page.locator("#match .progress .tick--done")).to_have_count(3)
        assert NOTE not in page.content()
