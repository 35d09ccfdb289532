"""Papers: every letter arrives, no text is read as markup, whatever the typesetter warns of is an error."""

import io
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l
from PIL import Image
from pypdf import PdfReader

from matchmaker.core import pdf
from matchmaker.core.pdf_letters import letters, printable

AT = datetime(2027, 1, 19, 9, tzinfo=UTC)
TURKISH = "abcçdefgğhıijklmnoöprsştuüvyzâîû" + "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZÂÎÛ"
RUSSIAN = "".join(map(chr, range(ord("А"), ord("я") + 1))) + "Ёё"
SIGNS = "₺₽№€«»„“”’–—…§%°"
ALL_LETTERS = string.ascii_letters + string.digits + TURKISH + RUSSIAN + SIGNS


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


def letter(**changed: Any) -> dict[str, Any]:
    return {
        "from": ["Anadolu Ajansı"],
        "number_line": "№ 15",
        "date_line": "19 Ocak 2027",
        "to": ["Генеральное консульство"],
        "subject": "О визовой поддержке",
        "body": "Просим оказать содействие.",
        "facts": [{"term": "Паспорт", "value": "U 123"}],
        "signed": [{"name": "И. И. Иванов", "role": "Директор"}],
        "foot": "",
        "qr": "",
        "qr_meaning": "",
    } | changed


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def made(language: str = "tr", **changed: Any) -> bytes:
    return pdf.render_pdf("letter", letter(**changed), language, title="Letter", made_at=AT)


def test_every_letter_of_the_three_languages_is_printed_from_our_own_face(context: Flask) -> None:
    content = made(body="\n".join(ALL_LETTERS[n : n + 40] for n in range(0, len(ALL_LETTERS), 40)))

    found = text_of(content)
    assert [sign for sign in ALL_LETTERS if sign not in found] == []
    page: Any = PdfReader(io.BytesIO(content)).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts}
    assert names == {"SourceSans3-Regular", "SourceSans3-SemiBold"}


def logo_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (120, 60), (10, 90, 94, 128)).save(out, "PNG")
    return out.getvalue()


def test_the_head_names_who_sends_the_paper_with_address_and_logo(context: Flask) -> None:
    heads = [
        pdf.LetterHead("AGENCY", ("1 Sample Street", "Ankara"), logo_png()),
        pdf.LetterHead("Корпорация", ("ул. Примерная, 1",)),
    ]

    with_head = pdf.render_pdf("letter", letter(), "ru", title="Letter", made_at=AT, heads=heads)

    found = text_of(with_head)
    words = ("AGENCY", "1 Sample Street", "Ankara", "Корпорация", "ул. Примерная, 1")
    assert [word for word in words if word not in found] == []
    assert len(PdfReader(io.BytesIO(with_head)).pages[0].images) == 1
    plain = made("ru")
    assert "AGENCY" not in text_of(plain)
    assert len(PdfReader(io.BytesIO(plain)).pages[0].images) == 0


def test_the_file_says_that_it_is_pdf_a_and_accessible_and_when_it_was_made(context: Flask) -> None:
    reader = PdfReader(io.BytesIO(made("ru")))

    root: Any = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.metadata is not None
    assert reader.metadata.creation_date == AT
    assert root["/Lang"] == "ru"


def test_a_text_of_a_user_is_never_markup(context: Flask) -> None:
    nasty = '#panic("x") *fett* $x^2$ = Titel [a] \\ // "] #read("/etc/passwd") <b>'

    assert nasty in text_of(made(body=nasty)).replace("\n", " ")


def test_the_same_data_and_moment_give_the_same_bytes(context: Flask) -> None:
    assert made() == made()
    later = AT.replace(microsecond=7)
    assert made() == pdf.render_pdf("letter", letter(), "tr", title="Letter", made_at=later)
    assert made() != made(body="Другое")


def test_words_are_written_in_the_language_of_the_paper(context: Flask) -> None:
    content = made("ru", subject=_l("Memorandums"))

    assert "Меморандумы" in text_of(content)
    assert "Стр. 1 из 1" in text_of(content)


def test_a_letter_no_face_has_is_spelled_instead_of_refused(context: Flask) -> None:
    assert printable("e\u0301 Ж 山田 \u200d") == "é Ж ShanTian "
    assert "山" not in letters()
    assert "ShanTian" in text_of(made(body="山田"))


@pytest.mark.parametrize(
    "source",
    ['#set text(font: "No Such Face")\nText', "#data.nothing", '#image("nothing.svg")'],
    ids=["warning", "unknown datum", "missing file"],
)
def test_a_template_that_does_not_hold_makes_no_paper(
    context: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str
) -> None:
    (tmp_path / "base.typ").write_text((pdf.TEMPLATES / "base.typ").read_text())
    (tmp_path / "bad.typ").write_text(f'#import "base.typ": *\n{source}\n')
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)

    with pytest.raises(pdf.PaperError, match=r"^bad: "):
        pdf.render_pdf("bad", {}, "en", title="Bad", made_at=AT)


def test_what_a_template_cannot_get_is_refused(context: Flask) -> None:
    with pytest.raises(TypeError, match="datetime"):
        made(body=AT)


def test_a_qr_code_says_what_it_was_made_of(context: Flask) -> None:
    content = made(qr=pdf.qr_svg("https://tandem.example/c/1"), qr_meaning="Check")

    assert made() != content
    assert "<svg" in pdf.qr_svg("x")


PAPERS: dict[str, dict[str, Any]] = {
    "agendas": {
        "title": "B2B günü",
        "line": "19 Ocak 2027",
        "agendas": [
            {
                "firm": "ООО «Ромашка»",
                "people": "Ayşe",
                "columns": ["Saat", *own, "Masa", "Firma", "Kişiler", "Tercüman"],
                "rows": [["09:30", *own, "Masa 1", "Örnek", "Иван", ""]],
            }
            for own in ([], ["Москва, UTC+3"])
        ],
    },
    "table_cards": {
        "title": "B2B günü",
        "line": "19 Ocak 2027",
        "word": "Стол",
        "columns": ["Saat", "Firmalar"],
        "cards": [{"number": 1, "note": "русский", "rows": [["09:30", "Örnek, ООО «Ромашка»"]]}],
    },
    "room_plan": {
        "heading": "B2B günü",
        "about": [{"term": "Gün", "value": "19 Ocak 2027"}],
        "parts": [{"columns": ["Стол", "09:30"], "rows": [["1", "Örnek, ООО «Ромашка»"]] * 14}] * 2,
    },
    "badges": {
        "programme": "Обмен",
        "days": "19 Ocak 2027",
        "qr_meaning": "Kod",
        "badges": [
            {
                "name": "Александр Константинопольский-Белозёрский",
                "other": "Aleksandr",
                "firm": "ООО «Ромашка»",
                "firm_other": "Romashka",
                "country": "Россия",
                "languages": "русский",
                "qr": pdf.qr_svg("token"),
            }
        ],
    },
    "booklet": {
        "title": "İhracat günleri",
        "days": "19 Ocak 2027",
        "summary": "Satır bir\nсатыр",
        "goals_heading": "Hedefler",
        "goals": "Hedef",
        "facts_heading": "Bilgiler",
        "facts": [{"term": "Yer", "value": "Konya"}],
        "course_heading": "Akış",
        "course": [{"day": "19 Ocak", "items": [{"time": "09:00–10:00", "title": "Açılış", "place": ""}]}],
        "people_heading": "Katılımcılar",
        "people_columns": ["Ad", "Firma", "Ülke"],
        "people": [["Ayşe", "ООО «Ромашка»", "Türkiye"]],
    },
    "agreement": {
        "heading": "Anlaşma",
        "programme": "Обмен",
        "facts": [{"term": "Tarih", "value": "19 Ocak 2027"}],
        "terms": [{"term": "Para", "value": "Satır bir\nstroka 2"}],
        "confirmed_heading": "Onaylar",
        "confirmed": [],
    },
    "letter": letter(),
    "list": {
        "heading": "Katılımcılar",
        "about": [{"term": "Program", "value": "İhracat"}],
        "columns": ["Ad", "Firma"],
        "widths": [1, 2],
        "rows": [["Ayşe", "ООО «Ромашка»"]],
    },
    "mou_report": {
        "heading": "Yıllık rapor",
        "subject": "Меморандум",
        "period": "2026",
        "about": [{"term": "Taraflar", "value": "Ajans"}],
        "sections": [
            {"title": "Göstergeler", "columns": ["Ad", "Değer"], "rows": [["Eğitim", "12"]]},
            {"title": "Görevler", "columns": ["Ad"], "rows": []},
        ],
        "none": "Yok",
    },
    "incident": {
        "heading": "Veri ihlali 1",
        "subject": "Liste yanlış firmaya gönderildi",
        "period": "1 Mart 2027 itibarıyla kayıtlar",
        "about": [{"term": "Öğrenilme anı", "value": "1 Mart 2027 09:00"}],
        "what_title": "Ne oldu",
        "what": "Ek karıştırıldı.\n\nСписок отправлен не той фирме.",
        "sections": [
            {
                "title": "Yasal süreler",
                "columns": ["Adım", "Son an"],
                "widths": [2, 1],
                "rows": [["Bildirim", "09:00"]],
            },
            {"title": "Adımlar", "columns": ["№"], "widths": [1], "rows": []},
        ],
        "none": "Yok",
    },
    "certificate": {
        "heading": "Katılım belgesi",
        "statement": "Katıldı.",
        "person": "Ayşe Işık",
        "person_alt": "",
        "programme": "Обмен",
        "lines": [{"term": "Tarih", "value": "19 Ocak 2027"}],
        "issuers": [{"name": "Ajans", "place": "Türkiye"}],
        "number_line": "№ 1",
        "check_line": "Doğrulama",
        "check_url": "https://tandem.example/c/1",
        "qr": pdf.qr_svg("https://tandem.example/c/1"),
    },
}


def test_the_card_of_a_table_is_one_page_in_letters_that_fit(context: Flask) -> None:
    rows = [["09:30", "İğdırlıoğulları Değirmen Makineleri – Ёлкинское производственное объединение"]] * 14
    card = PAPERS["table_cards"] | {"cards": [{"number": 250, "note": "", "rows": rows}]}

    paper = PdfReader(io.BytesIO(pdf.render_pdf("table_cards", card, "tr", title="Masa", made_at=AT)))

    assert len(paper.pages) == 1


def test_no_line_of_a_grid_is_torn_apart_by_the_end_of_a_page(context: Flask) -> None:
    long = " ".join(["first", *["Ёлкинское объединение"] * 40, "last"])
    plan = PAPERS["room_plan"] | {"parts": [{"columns": ["Стол", "09:30"], "rows": [["1", long * 2]] * 40}]}

    paper = PdfReader(io.BytesIO(pdf.render_pdf("room_plan", plan, "tr", title="Plan", made_at=AT)))

    assert len(paper.pages) > 1
    for page in paper.pages:
        assert page.extract_text().count("first") == page.extract_text().count("last")


def test_every_template_makes_a_paper(context: Flask) -> None:
    names = {path.stem for path in pdf.TEMPLATES.glob("*.typ")} - {"base"}
    assert names == set(PAPERS)

    for name, data in PAPERS.items():
        assert pdf.render_pdf(name, data, "tr", title=name, made_at=AT).startswith(b"%PDF")
