"""A business trip from the plan to its end: two firms on phones, two assessors, kept places, a waiting list, papers."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from matchmaker.programmes.trips.enums import Criterion
from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, form, opened, press, sign_in

NewPerson = Callable[..., Visitor]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TITLE, ZONE = "Vana imalatçıları Kazan'da", "Europe/Moscow"
TURKISH, RUSSIAN = "Selvikent Vana", "Yasenetskiy liteynyy zavod"
OFFICER, SECRET = "Олег Ланской", "Ürün aranıyor."
FAR = f"01.01.{datetime.now(UTC).year + 9}"
PASSPORT = {"surname": "KARADAGLI", "given_names": "ELIF", "number": "U1234567", "born_on": "07.03.1985"}


def test_a_trip_from_publishing_through_kept_places_to_departure(person: NewPerson) -> None:
    app = AuthenticatorApp()
    organiser = sign_in(person(locale="tr-TR"), "coordinator.tr", app)
    host = sign_in(person(locale="ru-RU"), "staff.ru", app)
    turkish = sign_in(person(**PHONE, locale="tr-TR"), "firm.tr")
    russian = sign_in(person(**PHONE, locale="ru-RU"), "firm.ru")

    trip = plan(organiser)
    keep_two_places(organiser, trip)
    publish(organiser, trip)
    first, second = apply(turkish, trip), apply(russian, trip, companion="Глеб Яров")
    for application, points in ((first, "4"), (second, "5")):
        assess(organiser, application, points, SECRET)
        expect_hidden(host, application)
        assess(host, application, points, "Продукт подходит.")
    accept_both(organiser, trip)
    wait_then_get_what_is_released(organiser, russian, trip, second)

    give_papers(turkish, first)
    name_officer(organiser, trip)
    letter(host, trip)
    ready(host, trip)
    depart(organiser, trip)
    open_path(turkish, trip)
    expect(turkish.locator("main")).to_contain_text("Tamamlandı")


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url).split("?")[0]


def open_path(page: Page, path: str) -> None:
    page.goto(urljoin(page.url, path))


def at_venue(days: int) -> str:
    moment = datetime.now(UTC).astimezone(ZoneInfo(ZONE)) + timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M")


def plan(page: Page) -> str:
    """Plan a trip of three places that needed three firms by yesterday; answers its path."""
    open_path(page, "/programmes/new")
    page.locator("main a[href$='/trip']").first.click()
    for code in ("tr", "ru", "en"):
        page.locator(f"[name=title_{code}]").fill(TITLE)
    for name, days in {"starts_at": 60, "ends_at": 63, "opens_at": -1, "closes_at": 20}.items():
        page.locator(f"[name={name}]").fill(at_venue(days))
    page.locator("[name=decision_on]").fill(at_venue(-1)[:10])
    for name, value in {"zone": ZONE, "country": "RU"}.items():
        page.locator(f"[name={name}]").select_option(value)
    host = page.locator("[name=host_institution_id] option", has_text="Rusya")
    page.locator("[name=host_institution_id]").select_option(host.get_attribute("value"))
    for name, value in {"places": "3", "minimum": "3", "most_people": "2"}.items():
        page.locator(f"[name={name}]").fill(value)
    # Whichever days the trip falls on: a warning of a rest day is not what this journey is about.
    for name in ("approval", "rest_days_known"):
        page.locator(f"[name={name}]").check()
    press(page, path_of(page))
    expect(page.locator("h1")).to_have_text(TITLE)
    return path_of(page)


def keep_two_places(page: Page, trip: str) -> None:
    """Two of the three places are for firms of Türkiye."""
    open_path(page, f"{trip}/kept-places")
    page.locator("[name='quotas-0-group']").select_option("country:TR")
    page.locator("[name='quotas-0-places']").fill("2")
    press(page, f"{trip}/kept-places")


def publish(page: Page, trip: str) -> None:
    """Without the frame it is refused and the reason is said; then it is open."""
    open_path(page, trip)
    press(page, f"{trip}/publish")
    expect(page.locator(".error-summary")).to_contain_text("çerçevesi")
    open_path(page, f"{trip}/trip")
    press(page, f"{trip}/trip")
    open_path(page, trip)
    press(page, f"{trip}/publish")
    expect(page.locator("main")).to_contain_text("Başvuruya açık")


def apply(page: Page, trip: str, companion: str = "") -> str:
    """Apply on the phone, with somebody else where named: refused first, then sent; answers the application's path."""
    open_path(page, trip)
    page.locator(f"main a[href='{trip}/apply']").first.click()
    page.locator("select[name^=as_p]").first.select_option("owner")
    if companion:
        opened(page.locator("details", has=page.locator("[name='added-0-name']")))
        page.locator("[name='added-0-name']").fill(companion)
    for name, words in {"objectives": "3 × OEM", "wanted": "OEM", "experience": "–"}.items():
        page.locator(f"[name={name}]").fill(words)
    press(page, f"{trip}/apply")
    expect(page.locator("#committed-error")).to_be_visible()
    expect(page.locator("[name=objectives]")).to_have_value("3 × OEM")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[name=committed]").check()
    press(page, f"{trip}/apply")
    page.wait_for_url("**/trip-applications/*")
    return path_of(page)


def assess(page: Page, application: str, points: str, reason: str) -> None:
    """Give the same points and reason for every criterion and send them in."""
    open_path(page, f"{application}/assess")
    for criterion in Criterion:
        page.locator(f"[name=points_{criterion.value}]").select_option(points)
        page.locator(f"[name=reason_{criterion.value}]").fill(reason)
    form(page, "/assess").locator("[name=submit]").click()
    expect(page.locator("main .notice--ok").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(reason)


def expect_hidden(page: Page, application: str) -> None:
    """Before both are in nobody reads the other's reason."""
    open_path(page, f"{application}/assess")
    expect(form(page, "/assess")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(SECRET)


def accept_both(page: Page, trip: str) -> None:
    """The best two-person group does not fit beside the kept places: it is named; the second best gets its place."""
    open_path(page, f"{trip}/trip/scores")
    expect(page.locator("tbody tr").first).to_contain_text(RUSSIAN)
    for box in page.locator("[name=selected]").all():
        box.check()
    press(page, "/trip/accept")
    expect(page.locator("body")).to_contain_text(re.compile(f"Yer kalmadığı için.*{RUSSIAN}"))
    expect(page.locator("tbody tr", has_text=TURKISH)).to_contain_text("Kesinleşti")


def wait_then_get_what_is_released(page: Page, firm: Page, trip: str, application: str) -> None:
    """Those left out wait; when the kept places are released they are offered theirs at once and take it on the phone."""
    open_path(page, f"{trip}/participants")
    page.locator("tbody tr", has_text=RUSSIAN).locator("[name=selected]").check()
    page.locator("[name=decision][value=list]").click()
    expect(page.locator("tbody tr", has_text=RUSSIAN)).to_contain_text("Bekleme listesinde")
    open_path(page, f"{trip}/kept-places")
    page.locator("[name='quotas-0-group']").select_option("")
    press(page, f"{trip}/kept-places")
    expect(page.locator(".flashes")).to_be_visible()

    open_path(firm, application)
    firm.locator("main a[href*='/sign-ups/']").first.click()
    press(firm, "/take")
    expect(firm.locator("main .badge").first).to_have_text("Подтверждена")


def give_papers(page: Page, application: str) -> None:
    """Type the passport in, one that is over first; consent; insurance. Nothing of it is shown again."""
    open_path(page, application)
    page.locator("main a[href*='/papers']").first.click()
    for name, value in PASSPORT.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=nationality]").select_option("TR")
    page.locator("[name=expires_on]").fill("01.01.2020")
    press(page, "/passport")
    expect(page.locator("#expires_on-error")).to_be_visible()
    page.locator("[name=expires_on]").fill(FAR)
    press(page, "/passport")
    press(page, "/consent")
    page.locator("[name=insurer]").fill("Örnek Sigorta")
    page.locator("[name=insured_until]").fill(FAR)
    press(page, "/journey")
    expect(page.locator("main")).not_to_contain_text(PASSPORT["number"])


def name_officer(page: Page, trip: str) -> None:
    """Name somebody of the host who may read passports."""
    open_path(page, f"{trip}/trip/readiness")
    chosen = page.locator("[name=person_id] option", has_text=OFFICER)
    page.locator("[name=person_id]").select_option(chosen.get_attribute("value"))
    press(page, "/trip/officers")
    expect(page.locator("#officers ~ ul")).to_contain_text(OFFICER)


def letter(page: Page, trip: str) -> None:
    """Issue a visa-support letter in Russian and load it as the named officer."""
    open_path(page, f"{trip}/trip/letters")
    chosen = page.locator("[name=delegate_id] option", has_text="Elif Karadağlı")
    page.locator("[name=delegate_id]").select_option(chosen.get_attribute("value"))
    page.locator("[name=kind]").select_option("visa_support")
    page.locator("select[name=language]").select_option("ru")
    press(page, "/trip/letters")
    with page.expect_download() as download:
        page.locator("table a[href$='.pdf']").first.click()
    assert re.fullmatch(r"RSMB-\d{4}-\d{4}\.pdf", download.value.suggested_filename)
    assert download.value.path().read_bytes().startswith(b"%PDF")


def ready(page: Page, trip: str) -> None:
    """The visa is the last thing that is missing; the delegation has the name of the passport beside the original."""
    open_path(page, f"{trip}/trip/readiness")
    row = page.locator("tbody tr", has_text=TURKISH)
    row.locator("select[name=visa]").select_option("granted")
    row.locator("button[type=submit]").click()
    expect(page.locator("tbody tr", has_text=TURKISH)).to_contain_text("Готов")
    page.locator(f"main a[href='{trip}/trip/delegation']").click()
    expect(page.locator("tbody tr", has_text=TURKISH)).to_contain_text(
        re.compile("KARADAGLI ELIF.*Elif Karadağlı")
    )


def depart(page: Page, trip: str) -> None:
    """Too few firms at the deadline: refused, then decided with a reason; closed, confirmed, started, done."""
    open_path(page, trip)
    press(page, f"{trip}/move/close")
    press(page, f"{trip}/move/confirm")
    expect(page.locator("main .notice--danger")).to_contain_text("En az 3")
    open_path(page, f"{trip}/trip/firms")
    page.locator("[name=choice][value=go_ahead]").check()
    press(page, "/trip/firms")
    expect(page.locator("#reason-error")).to_be_visible()
    page.locator("[name=reason]").fill("Ev sahibi iki firmayla da bekliyor.")
    press(page, "/trip/firms")
    expect(page.locator("main")).to_contain_text("Ev sahibi iki firmayla da bekliyor.")
    open_path(page, trip)
    for verb in ("confirm", "start", "finish"):
        press(page, f"{trip}/move/{verb}")
        expect(page.locator(f"form[action*='/move/{verb}']")).to_have_count(0)
