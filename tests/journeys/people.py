"""What people do on every journey: sign in, press a button, open what a page holds back, write down what a page shows."""

import time
from dataclasses import dataclass, field

import pyotp
from playwright.sync_api import Locator, Page, expect

from matchmaker.accounts.second_factor import STEP_SECONDS
from matchmaker.demo.accounts import DOMAIN, PASSWORD, TOTP_SECRET
from tests.browsers import Visitor


@dataclass
class AuthenticatorApp:
    """The app on the telephone of each person; it gives a code once, as the site accepts it once."""

    given: dict[str, int] = field(default_factory=dict)

    def code(self, person: str) -> str:
        """The next unused code of a person; waits for the clock where the present one is used up."""
        step = max(int(time.time()) // STEP_SECONDS, self.given.get(person, 0) + 1)
        # The site accepts a code of the coming step, so nobody waits for longer than one step.
        while step > int(time.time()) // STEP_SECONDS + 1:
            time.sleep(0.2)
        self.given[person] = step
        return pyotp.TOTP(TOTP_SECRET).generate_otp(step)


def sign_in(visitor: Visitor, account: str, app: AuthenticatorApp | None = None) -> Page:
    """Sign in with a demo account, such as firm.tr, by password and, where asked, by code; ends on the home page."""
    return sign_in_as(visitor, f"{account}@{DOMAIN}", PASSWORD, app)


def sign_in_as(visitor: Visitor, email: str, password: str, app: AuthenticatorApp | None = None) -> Page:
    """Sign in with an address and a password; ends on the home page."""
    page = visitor.go("/sign-in")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    if app is not None:
        code = page.locator("[autocomplete=one-time-code]")
        code.fill(app.code(email))
        code.press("Enter")
    page.wait_for_url("**/home")
    return page


def in_english(page: Page) -> Page:
    """The same page in English, whatever language the person has chosen; so are all pages after it."""
    page.locator(".lang a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    return page


def form(page: Page, action: str) -> Locator:
    """The form that posts to an address; the address may go on with a query."""
    return page.locator(f"form[method=post][action$='{action}'], form[method=post][action*='{action}?']")


def press(page: Page, action: str) -> None:
    """Press the main button of the form that posts to an address, and wait for the answer."""
    form(page, action).locator("button[type=submit]").last.click()


def with_scripts(page: Page) -> Page:
    """The page that a click led to, once its scripts run: for what would do something else, or nothing, without them."""
    page.wait_for_load_state("domcontentloaded")
    return page


def opened(holder: Locator) -> Locator:
    """A disclosure, opened."""
    if holder.get_attribute("open") is None:
        holder.locator("summary").first.click()
    expect(holder).to_have_attribute("open", "")
    return holder
