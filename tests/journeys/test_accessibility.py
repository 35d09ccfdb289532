"""Every type of page in a real browser: accessible in both themes and widths, narrow enough, quiet, light, and alone.

A role signs in once and walks through its pages; each page is loaded once and looked at wide in one theme and narrow in
the other, the next page the other way round, so that what all pages share is seen in all four forms. All rules are asked in
one of the two forms of a page, and in the other those that hang on sizes; the gallery shows all components in all forms.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Page, Response, expect

from matchmaker.demo.accounts import DOMAIN, PASSWORD
from tests.browsers import Visitor, visitor
from tests.databases import Database
from tests.journeys.people import AuthenticatorApp, sign_in
from tests.sites import forked_site, started_site

RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OF_SIZES: Final = ("target-size", "scrollable-region-focusable")
"""The rules whose answer a width may change. Colours cost half of the time, and are those of the components."""
WIDTHS, THEMES, NARROWEST = (1280, 390), ("light", "dark"), 320
MOST_BYTES = 150_000
OFFICIALS: Final = ("staff", "coordinator", "compliance", "expert", "admin")
NUMBERS: Final = {
    "own": "SELECT firm_id FROM firm_member JOIN person ON person.id = person_id WHERE email = 'firm.tr@demo.example'",
    "other": "SELECT firm_id FROM firm_member JOIN person ON person.id = person_id WHERE email = 'firm.ru@demo.example'",
    "contact": "SELECT min(id) FROM contact_person WHERE firm_id = {own}",
    "certificate": "SELECT min(id) FROM firm_certificate WHERE firm_id = {own}",
    "asked": "SELECT min(id) FROM match WHERE state = 'asked' AND answerer_id = {own}",
    "waiting": "SELECT min(id) FROM match WHERE state = 'asked' AND asker_id = {own}",
    "agreed": "SELECT min(id) FROM match WHERE state = 'agreed' AND {own} IN (asker_id, answerer_id)",
    "talks": "SELECT min(id) FROM match WHERE state = 'in_talks' AND {own} IN (asker_id, answerer_id)",
    "refused": "SELECT min(id) FROM match WHERE state = 'refused'",
    "held": "SELECT min(match.id) FROM match JOIN firm_product ON firm_id IN (asker_id, answerer_id)"
    " WHERE state = 'agreed' AND hs_code = '848210'",
    "submitted": "SELECT min(id) FROM firm WHERE state = 'submitted' AND country = 'TR'",
    "pair": "SELECT min(id) FROM suspected_pair WHERE country = 'TR'",
    "change": "SELECT min(firm_id) FROM profile_change",
    "hit": "SELECT min(id) FROM screening_hit",
    "screening_list": "SELECT max(id) FROM sanctions_list",
    "mou": "SELECT min(id) FROM mou",
    "institution": "SELECT min(id) FROM institution WHERE short_name = 'KOSGEB'",
    "officer": "SELECT id FROM person WHERE email = 'staff.tr@demo.example'",
    "asked_erasure": "SELECT min(id) FROM erasure_request WHERE state = 'asked' AND country = 'TR'",
    "incident_clock": "SELECT min(id) FROM incident_clock WHERE incident_id = 1",
    "incident_entry": "SELECT max(id) FROM incident_entry WHERE incident_id = 1",
    "refused_erasure": "SELECT min(id) FROM erasure_request WHERE state = 'refused'",
    "open_day": "SELECT max(id) FROM b2b_day WHERE state = 'wishes'",
    "wishing": "SELECT id FROM day_participant WHERE day_id = {open_day} AND firm_id = {own}",
    "planned": "SELECT min(id) FROM b2b_day WHERE state = 'planning'",
    "wish": "SELECT min(id) FROM meeting WHERE day_id = {planned} AND state = 'wished'",
    "running": "SELECT min(id) FROM b2b_day WHERE state = 'running'",
    "going": "SELECT id FROM day_participant WHERE day_id = {running} AND firm_id = {own}",
    "door": "SELECT min(id) FROM check_point WHERE day_id = {running}",
    "over": "SELECT min(id) FROM b2b_day WHERE state = 'done'",
    "opportunity": "SELECT min(id) FROM opportunity WHERE state = 'published'",
    "interest": "SELECT min(id) FROM opportunity_interest",
    "foreign": "SELECT min(opportunity.id) FROM opportunity JOIN firm ON firm.id = firm_id"
    " WHERE opportunity.state = 'published' AND country = 'RU'",
    "waiting_question": "SELECT min(opportunity_question.id) FROM opportunity_question JOIN opportunity ON"
    " opportunity.id = opportunity_id WHERE opportunity_question.state = 'open' AND opportunity.firm_id = {own}",
    "own_question": "SELECT min(id) FROM opportunity_question WHERE state = 'open' AND firm_id = {own}",
    "answered_question": "SELECT min(id) FROM opportunity_question WHERE state = 'answered'",
    "marked": "SELECT min(opportunity.id) FROM opportunity JOIN firm ON firm.id = firm_id WHERE opportunity.state = 'submitted'"
    " AND points > 0 AND country = 'TR'",
    "given_back": "SELECT min(id) FROM opportunity WHERE state = 'draft' AND points > 0 AND firm_id = {own}",
    "abroad": "SELECT max(id) FROM opportunity WHERE state = 'announced'",
}
"""Each may name those before it."""
PAGES: Final = {
    "": """/ /sign-in /sign-up /sign-up/sent /forgot-password /forgot-password/sent /firms
        /firms?q=xqzjk /firms/{other} /mous /mous/{mou} /fit /privacy /consent-texts /accessibility /contact
        /demo-mail /hs-codes?q=vana /firms/sector-codes?q=metal /no-such-page""",
    "person.tr": "/home /firms/new /firms/{other} /my-consents",
    "firm.tr": """/home /firms?q=8481 /firms/{other} /firms/{own} /firms/{other}/ask /matches /matches?tab=others
        /matches/{asked} /matches/{waiting} /matches/{agreed} /matches/{talks} /matches/{talks}/messages /messages
        /firms/{own}/edit /firms/{own}/declaration /firms/{own}/registration/identifiers /firms/{own}/registration/size
        /firms/{own}/registration/offered /firms/{own}/registration/sought /firms/{own}/registration/partnerships
        /firms/{own}/registration/texts /firms/{own}/registration/visibility /firms/{own}/certificates/new
        /firms/{own}/people /firms/{own}/people/invite /firms/{own}/contacts /firms/{own}/contacts/new
        /contacts/{contact}/edit /contacts/{contact}/consents/disclosure /my-consents /notices
        /settings /settings/security /settings/sessions /settings/password /settings/second-factor
        /settings/notices /saved-searches /saved-searches/new?q=8481 /saved-searches/1
        /settings/own-data /settings/erasure /incident-reports/new
        /b2b-days/participants/{wishing}/wishes /b2b-days/participants/{wishing}/own
        /b2b-days/participants/{going}/requests /b2b-days/agendas/{going} /day-participants/{going}/next
        /day-participants/{going}/outcomes /opportunities /opportunities/{opportunity} /opportunities/{given_back} /opportunities/mine
        /opportunities/new /opportunities/new/business_request /opportunities/{foreign}/interest
        /opportunity-interests/{interest} /opportunities/{foreign}/questions/new
        /opportunity-questions/{waiting_question} /opportunity-questions/{own_question}
        /opportunity-questions/{own_question}/change""",
    "staff.tr": """/home /inbox /inbox?holder=mine /firms/to-verify /firms/{submitted}/review /firms/{change}/review /duplicates
        /duplicates/{pair} /duplicates/{pair}/merge /duplicates/search /matches/new
        /matches/new?own={own} /matches/new?own={own}&other={other} /firm-lists /matches/{refused} /why-not
        /why-not?one={own}&other={other} /firms/{own}/people /firms/{own}/declaration-request /declaration-terms /b2b-days/{open_day}/set-up
        /b2b-days/{open_day}/firms /erasure-requests
        /erasure-requests/{asked_erasure} /erasure-requests/{refused_erasure}
        /b2b-days/{planned}/timetable?chosen={wish} /check-points/{door} /b2b-days/{running}/live
        /b2b-days/{running}/board /b2b-days/{over}/results /opportunities/queue /opportunities/{marked}
        /opportunities/{abroad} /opportunity-questions/{answered_question} /reports/funnel?by=region /reports/funnel/verified /mail/templates
        /mail/templates/{institution}/programme_message/tr""",
    "staff.ru": "/register-imports /firms/to-verify",
    "coordinator.tr": """/home /inbox /inbox/load /inbox/ageing /approvals /approvals?tab=flagged /approvals?tab=done /approvals/{agreed}
        /approvals/{held} /matches/{talks} /transfers /follow-ups?state=answered""",
    "compliance.tr": """/home /inbox /screening /approvals /approvals/{held} /transfers /mous/{mou}/transfer-basis
        /sensitive-words /incidents /incidents/new /incidents/1 /incidents/1/clocks/{incident_clock} /incidents/1/closing
        /incidents/1/entries/{incident_entry}/correction /incident-reports /incident-clocks""",
    "compliance.ru": "/screening /screening/{hit} /screening/lists /screening/lists/{screening_list}",
    "expert.ru": "/home /firms/{own} /reports/funnel",
    "admin": """/home /sensitive-words/change /incident-clocks/ru_inquiry /incidents/2 /retention /retention/mails
        /destruction-records /audit-log /institutions /institutions/{institution}/people
        /institutions/{institution}/people/{officer} /institutions/{institution}/people/{officer}/tasks
        /institutions/{institution}/invitations/new /mail /register-imports /mous/{mou}""",
}
Open = Callable[..., Visitor]


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site that all tests of this module share, because they only read."""
    return tmp_path_factory.mktemp("accessible")


@pytest.fixture(scope="module")
def site(browser: Browser, databases: Callable[..., Database], site_folder: Path) -> Iterator[str]:
    """The address of that site."""
    with forked_site(databases("sqlite", "demo").fresh(site_folder), site_folder) as address:
        yield address


@pytest.fixture(scope="module")
def numbers(site: str, site_folder: Path) -> dict[str, int]:
    """The records of the demo data that the addresses name."""
    found: dict[str, int] = {}
    with closing(sqlite3.connect(site_folder / "tandem.sqlite3")) as connection:
        for name, question in NUMBERS.items():
            (found[name],) = connection.execute(question.format(**found)).fetchone()
    assert None not in found.values(), found
    return found


@pytest.fixture(scope="module")
def axe() -> Axe:
    """The checker."""
    return Axe()


@pytest.mark.parametrize("account", PAGES)
def test_pages_are_accessible_narrow_and_quiet(
    person: Open, numbers: dict[str, int], axe: Axe, account: str
) -> None:
    reader = person()
    if account:
        sign_in(reader, account, AuthenticatorApp() if account.startswith(OFFICIALS) else None)
    faults = [
        fault
        for turn, path in enumerate(PAGES[account].format(**numbers).split())
        for fault in faults_of(open_page(reader, path), path, axe, turn)
    ]
    assert not faults, "\n".join(faults)


def test_the_page_of_the_second_step_and_failed_forms_are_accessible(person: Open, axe: Axe) -> None:
    page = person().go("/sign-in")
    page.locator("[name=email]").press("Enter")
    page.locator(".error-summary").wait_for()
    faults = faults_of(page, "/sign-in, refused", axe)
    page.locator("[name=email]").fill(f"staff.tr@{DOMAIN}")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator("[autocomplete=one-time-code]").wait_for()
    faults += faults_of(page, "/sign-in/code", axe)
    page.goto(re.sub(r"/sign-in.*", "/sign-up", page.url))
    page.locator("[name=name]").press("Enter")
    page.locator(".error-summary").wait_for()
    faults += faults_of(page, "/sign-up, refused", axe)
    assert not faults, "\n".join(faults)


def open_page(reader: Visitor, path: str) -> Page:
    """Open a page; it has to be there, unless it is the one that is not."""
    answer = reader.page.goto(reader.site + path)
    assert answer is not None
    assert answer.status == (404 if path == "/no-such-page" else 200), path
    # A condition as a string would be evaluated by the page itself, which its CSP forbids.
    expect(reader.page.locator(".htmx-request")).to_have_count(0)
    return reader.page


def faults_of(page: Page, path: str, axe: Axe, turn: int = 0) -> list[str]:
    """What axe finds at both widths, each in one theme, and whether the page scrolls sideways on the narrowest phone."""
    faults = []
    for form, (width, theme) in enumerate(zip(WIDTHS, THEMES[:: (-1) ** turn], strict=True)):
        page.set_viewport_size({"width": width, "height": 900})
        # As tall as the page, so that the bar fixed at its lower edge covers nothing that a reader would scroll free.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        # Every other page is read whole as a phone shows it, every other of those in the other theme.
        is_whole = form == turn // 2 % 2
        faults += found(page, axe, f"{path} {width} {theme}", is_whole)
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    reach = page.evaluate("document.documentElement.scrollWidth")
    return [*faults, f"{path} reaches to {reach} px"] if reach > NARROWEST else faults


def found(page: Page, axe: Axe, form: str, is_whole: bool) -> list[str]:
    """Axe's violations of all rules, or of those that hang on sizes, as one line per element."""
    # Half a megabyte of script: once for each page that was opened, not for each width and theme.
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.axe_script)
    asked = {"type": "tag", "values": RULES} if is_whole else {"type": "rule", "values": OF_SIZES}
    # Style sheets and films are not fetched once more: no page has films, and no rule that is asked reads style sheets.
    options = {"runOnly": asked, "resultTypes": ["violations"], "preload": False}
    results = page.evaluate("options => axe.run(options)", options)
    return [
        f"{form}: {violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def test_a_first_visit_transfers_little(
    browser: Browser, databases: Callable[..., Database], tmp_path: Path
) -> None:
    """Counts the bytes on the wire of a site begun as a user does; static files come compressed."""
    with started_site(databases("sqlite", "demo").fresh(tmp_path), tmp_path) as address:
        for path in ("/", "/firms", "/firms/1"):
            assert transferred(visitor(browser, address), path) < MOST_BYTES


def transferred(reader: Visitor, path: str) -> float:
    """The bytes of a first visit."""
    network: CDPSession = reader.context.new_cdp_session(reader.page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    encodings: dict[str, str | None] = {}

    def note(answer: Response) -> None:
        encodings[urlsplit(answer.url).path] = answer.headers.get("content-encoding")

    reader.page.on("response", note)
    expect(open_page(reader, path).locator("h1")).to_have_count(1)
    reader.context.close()
    assert reader.errors == []
    assert len(sizes) >= 10, "style, scripts and font are part of a first visit"
    assert encodings["/static/css/components.css"] == "gzip"
    return sum(sizes)
