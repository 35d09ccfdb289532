"""A practice travels: written in Türkiye, translated and checked in Russia, approved, found, adopted; and a late answer."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browsers import Visitor
from tests.journeys.people import AuthenticatorApp, form, press, sign_in

NewPerson = Callable[..., Visitor]
TITLE, TITLE_RU = "Köy atölyeleri için ortak satış sayfası", "Общая страница продаж для сельских мастерских"
WORDS = {
    "problem": "Atölyeler tek başına müşteri bulamıyor.",
    "approach": "Kurum ortak bir sayfa açar ve siparişleri bölüştürür.",
    "results": "Örnek: 30 atölyenin 21’i yeni müşteri buldu.",
    "conditions": "Bir koordinatör ve ortak bir depo.",
}
WORDS_RU = {
    "problem": "Мастерские не находят покупателей поодиночке.",
    "approach": "Учреждение открывает общую страницу и распределяет заказы.",
}


def test_a_practice_is_written_translated_approved_found_and_adopted(person: NewPerson) -> None:
    app = AuthenticatorApp()
    author = sign_in(person(locale="tr-TR"), "staff.tr", app)
    head = sign_in(person(locale="tr-TR"), "coordinator.tr", app)
    translator = sign_in(person(locale="ru-RU", viewport={"width": 390, "height": 844}), "expert.ru", app)
    partner = sign_in(person(locale="ru-RU"), "coordinator.ru", app)

    note = begin(author)
    press(author, f"{note}/moves/submit")
    approve(head, note)
    translate(translator, note)
    check(partner, note)
    find(partner, "мастерская", note)
    adopt(partner, note)

    author.goto(author.url)
    expect(author.locator("#adoptions + ul")).to_contain_text("Две области")


def test_an_overdue_question_is_answered_and_shown_as_late(person: NewPerson) -> None:
    app = AuthenticatorApp()
    asked = sign_in(person(locale="tr-TR"), "staff.tr", app)
    asking = sign_in(person(locale="ru-RU"), "coordinator.ru", app)

    asked.goto(asked.url.replace("/home", "/library/questions?status=overdue"))
    asked.locator("main tbody a").first.click()
    asked.locator("[name=answer]").fill("Faturalar ve fuar katılım belgesi birlikte kontrol edilir.")
    press(asked, "/answer")

    expect(asked.locator(".page-head .badge")).to_have_text("Geç yanıtlandı")
    asking.goto(asking.url.replace("/home", "/library/questions?status=answered_late"))
    expect(asking.locator("main tbody")).to_contain_text("10")
    asking.locator("main tbody a", has_text="Как вы проверяете").click()
    expect(asking.locator(".page-head .badge")).to_have_text("Ответ дан с опозданием")
    expect(asking.locator("main")).to_contain_text("Faturalar")


def begin(page: Page) -> str:
    """Write a note in Turkish; answers its address."""
    page.goto(page.url.replace("/home", "/library/notes/new"))
    page.locator("[name=title]").fill(TITLE)
    # The first memorandum of the demo is the one with the institution that takes the practice over.
    page.locator("[name=mou_id]").select_option("1")
    press(page, "/library/notes/new")
    for name, words in WORDS.items():
        page.locator(f"[name={name}]").fill(words)
    press(page, "/texts/tr")
    expect(page.locator("h1")).to_have_text(TITLE)
    return "/library" + page.url.split("?")[0].partition("/library")[2]


def approve(page: Page, note: str) -> None:
    """Approve the first version for the institution."""
    page.goto(page.url.replace("/home", note))
    press(page, f"{note}/moves/approve")
    expect(page.locator(".page-head .badge")).to_have_text("Onaylandı")


def translate(page: Page, note: str) -> None:
    """Put the note into Russian on a phone, beside the original."""
    page.goto(page.url.replace("/home", f"{note}/texts/ru"))
    expect(page.locator(".beside-source").first).to_contain_text(TITLE)
    page.locator("[name=title]").fill(TITLE_RU)
    for name, words in WORDS_RU.items():
        page.locator(f"[name={name}]").fill(words)
    press(page, "/texts/ru")
    expect(page.locator("h1")).to_have_text(TITLE_RU)
    expect(form(page, f"{note}/texts/ru/check")).to_have_count(0)


def check(page: Page, note: str) -> None:
    """Say that the translation is right."""
    page.goto(page.url.replace("/home", note))
    press(page, f"{note}/texts/ru/check")
    expect(page.locator("main")).not_to_contain_text("ещё никто не проверил")


def find(page: Page, word: str, note: str) -> None:
    """Find the note by an inflected Russian word."""
    page.goto(page.url.partition("/library")[0] + "/library")
    page.locator("[name=q]").fill(word)
    page.locator("[name=q]").press("Enter")
    expect(page.locator("#notes tbody tr")).to_have_count(1)
    page.locator(f"#notes a[href='{note}']").click()
    expect(page.locator("h1")).to_have_text(TITLE_RU)


def adopt(page: Page, note: str) -> None:
    """Record what one's institution took over."""
    page.locator(f"main a[href='{note}/adopt']").click()
    page.locator("[name=what]").fill("Две области открыли общую страницу.")
    page.locator("[name=adopted_on]").fill("01.02.2026")
    press(page, f"{note}/adopt")
    expect(page.locator("#adoptions + ul")).to_contain_text("Две области")
