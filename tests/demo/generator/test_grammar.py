"""Endings that the invented texts are made with, against forms that a grammar book gives."""

import pytest

from matchmaker.demo.generator.russian import Case, Noun, adjective
from matchmaker.demo.generator.sentences import capital, pool
from matchmaker.demo.generator.turkish import Word


@pytest.mark.parametrize(
    ("token", "forms"),
    [
        ("boru", "boruyu boruya borunun boruda borudan boruyla borusu borulu borusuz borular borucu"),
        ("çelik", "çeliği çeliğe çeliğin çelikte çelikten çelikle çeliği çelikli çeliksiz çelikler çelikçi"),
        ("kitap", "kitabı kitaba kitabın kitapta kitaptan kitapla kitabı kitaplı kitapsız kitaplar kitapçı"),
        ("saat^", "saati saate saatin saatte saatten saatle saati saatli saatsiz saatler saatçi"),
        ("kürk", "kürkü kürke kürkün kürkte kürkten kürkle kürkü kürklü kürksüz kürkler kürkçü"),
    ],
)
def test_word_when_inflected_then_harmony_buffer_and_softening_are_right(token: str, forms: str) -> None:
    word = Word.parse(token)
    found = [
        word.accusative,
        word.dative,
        word.genitive,
        word.locative,
        word.ablative,
        word.instrumental,
        word.possessed,
        word.having,
        word.lacking,
        word.plural.lemma,
        word.maker.lemma,
    ]
    assert " ".join(found) == forms


@pytest.mark.parametrize(
    ("token", "singular", "plural"),
    [
        ("станок/станк", "станок станка станку станок станком станке", "станки станков станкам"),
        ("деталь:f", "деталь детали детали деталь деталью детали", "детали деталей деталям"),
        (
            "лестница/лестниц",
            "лестница лестницы лестнице лестницу лестницей лестнице",
            "лестницы лестниц лестницам",
        ),
        ("изделие", "изделие изделия изделию изделие изделием изделии", "изделия изделий изделиям"),
        (
            "двигатель",
            "двигатель двигателя двигателю двигатель двигателем двигателе",
            "двигатели двигателей двигателям",
        ),
        ("фланец/фланц", "фланец фланца фланцу фланец фланцем фланце", "фланцы фланцев фланцам"),
        ("линия", "линия линии линии линию линией линии", "линии линий линиям"),
        ("мебель:f*", "мебель мебели мебели мебель мебелью мебели", "мебель мебели мебели"),
    ],
)
def test_noun_when_declined_then_forms_of_the_dictionary(token: str, singular: str, plural: str) -> None:
    noun = Noun.parse(token)
    cases: tuple[Case, ...] = ("nom", "gen", "dat", "acc", "ins", "pre")
    assert " ".join(map(noun.singular, cases)) == singular
    assert " ".join(map(noun.plural, cases[:3])) == plural


@pytest.mark.parametrize(
    ("lemma", "token", "case", "plural", "form"),
    [
        ("стальной", "труба", "acc", False, "стальную"),
        ("тонкий", "лист", "gen", True, "тонких"),
        ("внутренний", "кран", "dat", False, "внутреннему"),
        ("горячий", "масло/масел", "nom", False, "горячее"),
        ("свежий", "сыр", "acc", False, "свежий"),
        ("новый", "мебель:f*", "ins", True, "новой"),
    ],
)
def test_adjective_when_it_goes_with_a_noun_then_agrees(
    lemma: str, token: str, case: Case, plural: bool, form: str
) -> None:
    assert adjective(lemma, Noun.parse(token), case, plural=plural) == form


def test_pool_when_made_then_many_sentences_of_one_language_each_ending_in_a_full_stop() -> None:
    for language in ("tr", "ru", "en"):
        sentences = pool(language)
        assert len(set(sentences)) > 5000
        assert all(one.endswith(".") and one[0] == one[0].upper() for one in sentences)
    assert capital("inverter", "tr") == "İnverter"
