"""Two registrations: a Turkish firm by hand and by keyboard, a Russian one filled in from the register without script."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browsers import Visitor, type_at_once
from tests.firms.numbers import turkish
from tests.journeys.people import AuthenticatorApp, form, press, sign_in

EMAIL, PASSWORD = "defne.sarnic@firm.example", "incir-zeytin-2041"
NAME, TRADE_NAME = "Sarnıçlı Vana Sanayi Ltd. Şti.", "Sarnıçlı Vana"
VKN = turkish(730412985)
WRONG_VKN = VKN[:-1] + str((int(VKN[-1]) + 1) % 10)
FREE_INN, REGISTERED_NAME = "9998900011", "Общество с ограниченной ответственностью «Кедровый ручей»"
PATIENCE = 60
"""Seconds until the worker has put a verified firm into the directory."""
NewPerson = Callable[..., Visitor]


def test_a_turkish_firm_signs_up_registers_is_verified_and_listed(person: NewPerson) -> None:
    entrepreneur, officer = person(locale="tr-TR"), person(locale="tr-TR")
    page = sign_up(entrepreneur)
    firm = begin(page, "TR")
    refuse_a_wrong_check_digit(page, firm)
    fill(page, firm, "identifiers", number=VKN)
    fill(page, firm, "names", legal_name=NAME, trade_name=TRADE_NAME, legal_form="TR-LTD")
    fill(page, firm, "place", region_code="TR-42", town="Selçuklu")
    fill(page, firm, "size", headcount="42", turnover="90 000 000")
    pick(page, "#lines-0-code", "28.14", "28.14")
    save(page, firm, "sectors")
    pick(page, "#lines-0-hs_code", "vana", "8481")
    save(page, firm, "offered")
    fill(page, firm, "sought")
    finish(page, firm)

    verify(sign_in(officer, "staff.tr", AuthenticatorApp()), firm)
    appears(person(), firm, TRADE_NAME)


def test_a_russian_firm_is_filled_in_from_the_register_without_script(person: NewPerson) -> None:
    page = sign_in(person(locale="ru-RU", java_script_enabled=False), "person.tr")
    firm = begin(page, "RU")
    fill(page, firm, "identifiers", number=FREE_INN)

    expect(page.locator(".lookup[role=status]")).to_be_visible()
    expect(page.locator("[name=legal_name]")).to_have_value(REGISTERED_NAME)
    save(page, firm, "names")
    expect(page.locator("[name=region_code]")).to_have_value("RU-TOM")
    fill(page, firm, "place", town="Томск")
    fill(page, firm, "size", headcount="40", turnover="90000000")
    expect(page.locator(".lookup[role=status]")).to_be_visible()
    expect(page.locator("[name=lines-0-code]")).to_have_value("16.10")
    save(page, firm, "sectors")
    fill(page, firm, "offered", **{"lines-0-hs_code": "4407.11"})
    fill(page, firm, "sought")
    finish(page, firm)


def sign_up(visitor: Visitor) -> Page:
    """Make an account and confirm the address by the link in the mail."""
    page = visitor.go("/sign-up")
    page.locator("[name=name]").fill("Defne Sarnıç")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=country]").select_option("TR")
    page.locator("[name=password]").press("Enter")
    page.locator("main a[href='/demo-mail']").click()
    page.locator("main a[href*='/confirm/']").click()
    press(page, re.sub(r"^https?://[^/]+", "", page.url))
    page.wait_for_url("**/home")
    return page


def begin(page: Page, country: str) -> str:
    """Begin a registration from the home page; answers the address of the firm."""
    page.locator("main a[href='/firms/new']").first.click()
    page.locator(f"[name=country][value={country}]").check()
    page.locator("[name=country]:checked").press("Enter")
    page.wait_for_url("**/registration/identifiers")
    return re.sub(r"^https?://[^/]+|/registration/.*$", "", page.url)


def refuse_a_wrong_check_digit(page: Page, firm: str) -> None:
    """A number with a wrong check digit is refused beside its field, keeps what was typed, and takes the focus."""
    number = page.locator("[name=number]")
    number.fill(WRONG_VKN)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        number.press("Enter")
    assert answered.value.status == 422
    expect(page.locator(".error-summary")).to_be_focused()
    expect(number).to_have_value(WRONG_VKN)
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#number-error")).not_to_be_empty()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(number).to_be_focused()
    assert page.url.split("#")[0].endswith(f"{firm}/registration/identifiers")


def fill(page: Page, firm: str, step: str, **typed: str) -> None:
    """Answer one question and go on to the next."""
    expect(form(page, f"{firm}/registration/{step}")).to_be_visible()
    for name, value in typed.items():
        control = page.locator(f"[name='{name}']")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    save(page, firm, step)


def save(page: Page, firm: str, step: str) -> None:
    """Save the question that is open; the next one follows."""
    press(page, f"{firm}/registration/{step}")
    page.wait_for_url(lambda url: not url.endswith(f"/registration/{step}"))


def pick(page: Page, field: str, word: str, digits: str) -> None:
    """Choose a code from the list under a field, by keyboard alone."""
    control = page.locator(field)
    type_at_once(control, word)
    choices = page.locator(".lookup-list [role=option]")
    expect(choices.filter(has_text=digits).first).to_be_visible()
    control.press("ArrowDown")
    control.press("Enter")
    expect(choices.first).to_be_hidden()
    assert re.sub(r"\D", "", control.input_value()).startswith(re.sub(r"\D", "", digits))


def finish(page: Page, firm: str) -> None:
    """Answer the rest, check the answers, send the firm."""
    fill(page, firm, "certificates")
    page.locator("[name=languages]").first.check()
    save(page, firm, "languages")
    page.locator("[name=ends][value='EXPORT:seeks']").check()
    save(page, firm, "partnerships")
    fill(page, firm, "markets")
    page.locator("textarea[name$=-summary], input[name$=-summary]").first.fill("Pirinç vana, кедровая доска.")
    save(page, firm, "texts")
    for step in ("logo", "contacts", "visibility"):
        save(page, firm, step)
    page.wait_for_url("**/registration/check")
    press(page, f"{firm}/submit")
    page.wait_for_url(f"**{firm}/edit")
    expect(page.locator(".flashes")).to_be_visible()
    expect(form(page, f"{firm}/submit")).to_have_count(0)


def verify(page: Page, firm: str) -> None:
    """Find the firm in the list of staff and verify it."""
    page.goto(re.sub(r"/home.*", "/firms/to-verify", page.url))
    page.locator(f"main a[href='{firm}/review']").first.click()
    expect(page.locator("h1")).to_contain_text(TRADE_NAME)
    page.locator("#decision [name=verb][value=verify]").check()
    page.locator("#decision [name=method]").select_option(index=1)
    press(page, f"{firm}/review")
    expect(page.locator(".flashes")).to_be_visible()


def appears(visitor: Visitor, firm: str, name: str) -> None:
    """The firm is found in the directory by its name soon after it was verified."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page = visitor.go(f"/firms?q={name}")
        if page.locator(f"#results a[href='{firm}']").count():
            return
        time.sleep(0.5)
    raise AssertionError(f"{name} did not appear in the directory")
