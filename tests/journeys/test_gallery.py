"""Every shared component in a real browser: accessible in both themes and at both widths, and its scripts do their task."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response, make_response, render_template_string, request
from playwright.sync_api import Browser, Page, Route, expect
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from matchmaker.core.actor import Actor, FirmRole, Membership
from tests.browsers import Visitor, visitor

GALLERY = (Path(__file__).resolve().parents[1] / "frontend" / "gallery.html").read_text()
MEMBER = Actor(
    person_id=1,
    name="Zeynep Kaya",
    email="zeynep@firm.example",
    memberships=(Membership(firm_id=1, role=FirmRole.EDITOR, country="TR", firm_name="Anadolu Vana"),),
)
SITE = "http://127.0.0.1"
Open = Callable[..., Page]


class Sample(Form):
    """A form with the common kinds of field."""

    country = RadioField(
        "Country", [InputRequired("Choose a country")], choices=[("TR", "Türkiye"), ("RU", "Russia")]
    )
    name = StringField("Name", [InputRequired("Enter the name")], description="As in the register")
    password = PasswordField("Password", [Optional()])
    about = TextAreaField("About", [Optional(), Length(max=20)])
    region = SelectField("Region", choices=[("42", "Konya")], default="42")
    agreed = BooleanField("Show my contact")
    logo = FileField("Logo", [Optional()])
    until = DateField("Valid until", [Optional()])


def gallery() -> Response:
    """The page of all components, as after a failed post when asked for."""
    form = Sample(region="42")
    failed = "failed" in request.args and not form.validate()
    answer = make_response(render_template_string(GALLERY, form=form), 422 if failed else 200)
    if "toast" in request.args:
        answer.headers["HX-Trigger"] = '{"toast": {"text": "Introduction sent"}}'
    return answer


@pytest.fixture
def open_gallery(make_app: Callable[..., Flask], browser: Browser) -> Iterator[Open]:
    """Opens the gallery in a browser of its own; the application answers in this process, with its headers."""
    app = make_app(DEMO=True)
    app.add_url_rule("/gallery", view_func=gallery)
    app.context_processor(lambda: {"current_user": MEMBER} if "member" in request.args else {})
    people: list[Visitor] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if route.request.method == "POST":
            route.fulfill(
                status=200, content_type="text/html", body="<!doctype html><title>Done</title><p>Done"
            )
            return
        reply = app.test_client().get(path, headers=route.request.headers)
        route.fulfill(status=reply.status_code, headers=dict(reply.headers.items()), body=reply.get_data())

    def open_page(query: str = "", **options: object) -> Page:
        person = visitor(browser, SITE, **options)
        person.context.route("**/*", answer)
        people.append(person)
        return person.go(f"/gallery{query}")

    yield open_page
    for person in people:
        person.context.close()
    assert [error for person in people for error in person.errors] == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_components_pass_axe(open_gallery: Open, width: int, theme: str) -> None:
    page = open_gallery("?failed=1&member=1", viewport={"width": width, "height": 900}, color_scheme=theme)
    page.locator("summary.who").click()
    results = Axe().run(page)
    assert len(results.response["passes"]) > 20
    assert results.violations_count == 0, results.generate_report()


def test_nothing_scrolls_sideways_on_a_narrow_phone(open_gallery: Open) -> None:
    page = open_gallery(viewport={"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_theme_is_kept_in_a_cookie_that_the_server_reads(open_gallery: Open) -> None:
    page = open_gallery(viewport={"width": 390, "height": 800})
    page.locator(".menu-btn > summary").click()
    page.locator("[data-theme-choice=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert {cookie.get("name"): cookie.get("value") for cookie in page.context.cookies()}["theme"] == "dark"


def test_a_failed_form_has_the_focus_on_its_summary_and_each_line_leads_to_its_field(
    open_gallery: Open,
) -> None:
    page = open_gallery("?failed=1")
    expect(page).to_have_title("Error: Gallery · Tandem")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter the name").click()
    expect(page.locator("#name")).to_be_focused()


def test_a_question_is_asked_before_a_withdrawal(open_gallery: Open) -> None:
    page = open_gallery()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    dialog = page.get_by_role("dialog", name="Withdraw your request?")
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page).to_have_title("Gallery · Tandem")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    dialog.get_by_role("button", name="Withdraw").click()
    expect(page).to_have_title("Done")


def test_letters_are_counted_and_too_many_are_named(open_gallery: Open) -> None:
    page = open_gallery()
    page.locator("#about").fill("x" * 23)
    expect(page.locator("#about-count")).to_have_text("3 characters too many")


def test_a_password_can_be_shown(open_gallery: Open) -> None:
    page = open_gallery()
    page.get_by_role("button", name="Show Password").click()
    expect(page.locator("#password")).to_have_attribute("type", "text")


def test_rows_are_moved_through_and_selected_by_keys_but_not_while_typing(open_gallery: Open) -> None:
    page = open_gallery()
    expect(page.locator("[data-bulk]")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("[data-row]").nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk]")).to_contain_text("1 selected")
    page.locator("#about").fill("")
    page.locator("#about").press("k")
    expect(page.locator("[data-row]").nth(1)).to_have_attribute("aria-current", "true")


def test_keys_can_be_switched_off(open_gallery: Open) -> None:
    page = open_gallery()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys on this page")
    dialog.get_by_label("Use these keys").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_have_attribute("aria-current", "true")


def test_a_toast_of_an_htmx_answer_is_shown_and_can_be_closed(open_gallery: Open) -> None:
    page = open_gallery()
    page.evaluate("htmx.ajax('GET', '/gallery?toast=1', {target: '#toasts', swap: 'none'})")
    toast = page.get_by_role("status").get_by_text("Introduction sent")
    expect(toast).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)


def test_only_the_last_toast_is_shown(open_gallery: Open) -> None:
    page = open_gallery()
    for _time in range(2):
        page.evaluate("htmx.ajax('GET', '/gallery?toast=1', {target: '#toasts', swap: 'none'})")
    expect(page.locator("#toasts .toast")).to_have_count(1)


def test_a_part_that_renews_itself_leaves_the_focus_on_its_button(open_gallery: Open) -> None:
    page = open_gallery()
    page.get_by_role("button", name="Withdraw").focus()
    page.evaluate("document.querySelector('main').dataset.old = '1'")
    page.evaluate("htmx.ajax('GET', '/gallery', {target: 'main', select: 'main', swap: 'outerHTML'})")
    expect(page.locator("main[data-old]")).to_have_count(0)
    expect(page.get_by_role("button", name="Withdraw")).to_be_focused()


def test_a_refused_htmx_request_says_the_sentence_of_the_error_page(open_gallery: Open) -> None:
    page = open_gallery()
    page.evaluate("htmx.ajax('GET', '/no-such-page', {target: '#toasts', swap: 'none'})")
    expect(page.locator("#request-errors")).to_contain_text("There is no such page")


def test_the_menu_opens_without_script(open_gallery: Open) -> None:
    page = open_gallery(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.locator(".menu-btn > summary").click()
    expect(page.locator(".menu-btn .menu-panel")).to_be_visible()
