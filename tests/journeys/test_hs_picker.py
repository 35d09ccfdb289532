"""The HS picker in a real browser: by keyboard, by pointer, accessible, and as a page without script."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, render_template_string
from playwright.sync_api import Browser, Page, Route, expect
from wtforms import Form, StringField

from tests.browsers import Visitor, type_at_once, visitor

SITE = "http://127.0.0.1"
PICKER = """{% extends "layout.html" %}{% block title %}Picker{% endblock %}
{% block main %}<div class="wrap main"><h1>Picker</h1><form>
{% set url = url_for("reference.hs_codes", lang=language) %}
{{ ui.lookup(form.hs, url, search_url=url_for("reference.hs_codes")) }}
{{ ui.lookup(form.several, url, multiple=True) }}</form></div>{% endblock %}"""
Open = Callable[..., Page]


class Products(Form):
    """One field for a single code and one for several."""

    hs = StringField("Product")
    several = StringField("More products")


@pytest.fixture
def open_page(make_app: Callable[..., Flask], browser: Browser) -> Iterator[Open]:
    """Opens a path in a browser of its own; the application answers in this process."""
    app = make_app(DEMO=True)
    app.add_url_rule("/picker", "picker", lambda: render_template_string(PICKER, form=Products()))
    people: list[Visitor] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        reply = app.test_client().get(path, headers=route.request.headers)
        route.fulfill(status=reply.status_code, headers=dict(reply.headers.items()), body=reply.get_data())

    def opened(path: str, **options: object) -> Page:
        person = visitor(browser, SITE, **options)
        person.context.route("**/*", answer)
        people.append(person)
        return person.go(path)

    yield opened
    for person in people:
        person.context.close()
    assert [error for person in people for error in person.errors] == []


def test_a_code_is_chosen_by_keyboard_from_a_word(open_page: Open) -> None:
    page = open_page("/picker?lang=ru")
    box = page.get_by_role("combobox", name="Product").first
    type_at_once(box, "шаровые краны")
    option = page.get_by_role("option", name="8481.80")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "hs-list-0")
    box.press("Enter")
    expect(box).to_have_value("848180")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#hs-chosen")).to_contain_text("8481.80 Прочие краны, вентили и клапаны")


def test_the_last_option_is_reached_upwards_and_escape_closes_the_list(open_page: Open) -> None:
    page = open_page("/picker?lang=tr")
    box = page.get_by_role("combobox", name="Product").first
    type_at_once(box, "rulman")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("8482.10")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.locator("#hs-list")).to_be_hidden()
    expect(box).to_have_value("rulman")


def test_a_code_is_chosen_by_pointer_and_added_to_several(open_page: Open) -> None:
    page = open_page("/picker?lang=en")
    box = page.get_by_role("combobox", name="More products")
    box.press_sequentially("080222, ball valve")
    page.get_by_role("option", name="8481.80").click()
    expect(box).to_have_value("080222, 848180")


def test_nothing_found_is_said(open_page: Open) -> None:
    page = open_page("/picker?lang=en")
    page.get_by_role("combobox", name="Product").first.press_sequentially("zzqqxx")
    expect(page.locator("[data-lookup-status]").first).to_contain_text("Nothing found")


@pytest.mark.parametrize("path", ["/picker?lang=tr", "/hs-codes?lang=tr&q=rulman"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_picker_passes_axe(open_page: Open, path: str, theme: str, width: int) -> None:
    page = open_page(path, viewport={"width": width, "height": 800}, color_scheme=theme)
    if path.startswith("/picker"):
        type_at_once(page.get_by_role("combobox").first, "rulman")
        expect(page.get_by_role("option").first).to_be_visible()
        page.get_by_role("combobox").first.press("ArrowDown")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_page_works_without_script(open_page: Open) -> None:
    page = open_page("/hs-codes?lang=en", java_script_enabled=False)
    page.locator("#q").fill("hazelnuts")
    page.locator("#q").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="0802.22")).to_be_visible()


def test_page_does_not_scroll_sideways_on_a_narrow_phone(open_page: Open) -> None:
    page = open_page("/hs-codes?lang=ru&q=8481", viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
