"""What counts as contact data inside a text, and what must not."""

import time

import pytest

from matchmaker.core.countries import all_countries
from matchmaker.engines.text.contacts import Contact, ContactKind, contact_in

COUNTRIES = tuple(all_countries())


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Yazın: satis@ornek-firma.com.tr.", ContactKind.EMAIL, "satis@ornek-firma.com.tr"),
        ("Пишите на почта@фирма.рф", ContactKind.EMAIL, "почта@фирма.рф"),
        ("write to info @ firm . com please", ContactKind.EMAIL, "info @ firm . com"),
        ("write to ali at firm dot com", ContactKind.EMAIL, "ali at firm dot com"),
        ("ivan [at] firma.ru", ContactKind.EMAIL, "ivan [at] firma.ru"),
        ("ivan собака firma точка ru", ContactKind.EMAIL, "ivan собака firma точка ru"),
        ("i n f o @ f i r m . c o m", ContactKind.EMAIL, "info@firm.com"),
        ("in\u200bfo\uff20firm.com", ContactKind.EMAIL, "info@firm.com"),
        ("+90 532 123 45 67", ContactKind.PHONE, "+90 532 123 45 67"),
        ("call 0090 532 1234567", ContactKind.PHONE, "0090 532 1234567"),
        ("0532 123 45 67 numarası", ContactKind.PHONE, "0532 123 45 67"),
        ("звоните 8 (495) 123-45-67", ContactKind.PHONE, "8 (495) 123-45-67"),
        ("89161234567", ContactKind.PHONE, "89161234567"),
        ("(0332) 123 45 67", ContactKind.PHONE, "(0332) 123 45 67"),
        ("(8412) 12-34-56", ContactKind.PHONE, "(8412) 12-34-56"),
        ("тел. 123-45-67", ContactKind.PHONE, "123-45-67"),
        ("WhatsApp: 532 123 45 67", ContactKind.PHONE, "532 123 45 67"),
        ("0 5 3 2 1 2 3 4 5 6 7", ContactKind.PHONE, "05321234567"),
        ("see https://firm.example/about, there", ContactKind.WEB, "https://firm.example/about"),
        ("www.firma.de", ContactKind.WEB, "www.firma.de"),
        ("Sitemiz ornekmakina.com.tr adresinde", ContactKind.WEB, "ornekmakina.com.tr"),
        ("tr.ornekmakina.com", ContactKind.WEB, "tr.ornekmakina.com"),
        ("ищите на завод.рф", ContactKind.WEB, "завод.рф"),
        ("t.me/ornek", ContactKind.WEB, "t.me/ornek"),
        ("ornekmakina nokta com", ContactKind.WEB, "ornekmakina nokta com"),
        ("find us as @ornekmakina", ContactKind.MESSENGER, "@ornekmakina"),
        ("Telegram: ornekmakina", ContactKind.MESSENGER, "Telegram: ornekmakina"),
        ("скайп: ivan.petrov", ContactKind.MESSENGER, "скайп: ivan.petrov"),
    ],
)
def test_contact_in_when_somebody_can_be_reached_then_kind_and_place(text, kind, shown):
    assert contact_in(text, COUNTRIES) == Contact(kind, shown)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HS 8413.50, 8413 50 200 0, 841350200000, GTIP 0804.20.90.00.10, ТН ВЭД 8413502000",
        "GTİP 0802 22 00 00 19; 8517 13 00 00 00",
        "ISO 9001:2015, EN 10204:2004, DIN EN ISO 3834-2, ГОСТ 12.2.003-91, ТР ТС 010/2011, TS EN 1090-1",
        "VKN 1234567890, ИНН 7707083893, ОГРН 1027700132195, GTIN 4006381333931",
        "01.02.2026 - 05.06.2026 10:30, 2026-11-27, 8.12.2026 14.30",
        "500 000 adet, 1.250.000,00 TL, 80 000 000 000 руб., 12,500 USD, +5 000 000 EUR, 8 800 000 000",
        "10 pcs @ 3.50 USD, 20 t @USD 300, 5 t @ 1200 EUR. Delivery in May",
        "-20 ... +85 °C, 4-20 mA, 0.5-2.5 mm, 1200 x 800 x 144 mm, 0,18 kW - 315 kW",
        "boyutlar 1 2 3 4 5 6 7 8 9 10 ve 12",
        "размеры 100 200 300 400 50 60; 100-200-30-40",
        "Örnek Makina San. ve Tic. Ltd. Şti., ООО «Пример», A.Ş.",
        "We program in ASP.NET and Node.js; drawings in STEP. Info on request.",
        "We are at the fair in Konya; look at our goods, sold at good prices. Com olarak",
        "We sell phones 8517130000 and Telefon 8517 13 00 00 00, tel örgü 2.5 mm",
        "Viber tools, telegram style; WhatsApp yok. Signal: 4-20 mA",
        "No. 8/12, 34-567; lot 00123456789; 2/3 shifts 24/7; 8-10 weeks",
        "Brüt 5 kg. Net 4 kg. Ürünler: pompa.Su pompası; насос.Ru",
    ],
)
def test_contact_in_when_codes_amounts_dates_or_standards_then_nothing(text):
    assert contact_in(text, COUNTRIES) is None


@pytest.mark.parametrize(
    "piece", ["12-", "a.a", "w", "-", "a.b-", "1 ", "a ", "8 (8", "+1 ", "a at ", "[ ", "@ a"]
)
def test_contact_in_when_text_is_long_and_odd_then_its_time_grows_with_its_length(piece):
    began = time.process_time()
    contact_in(piece * (20_000 // len(piece)), COUNTRIES)
    assert time.process_time() - began < 2
