"""Sentences of invented firms, each grammatical in its language; a pool of them is made once and drawn from."""

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Final

from matchmaker.demo.generator.russian import Noun, adjective
from matchmaker.demo.generator.turkish import Word
from matchmaker.demo.generator.words import russian, turkish, words
from matchmaker.demo.tables import dice

POOL: Final = 12_000
"""Sentences in each language: enough that most pairs of firms share none."""


@cache
def pool(language: str) -> tuple[str, ...]:
    """The sentences of a language, the same on every machine."""
    chance = dice("sentences", language)
    shapes = SHAPES[language]
    return tuple(chance.choice(shapes)(chance) for _ in range(POOL))


def capital(text: str, language: str) -> str:
    """With a capital at the beginning; Turkish i keeps its dot."""
    first = "İ" if language == "tr" and text[0] == "i" else text[0].upper()
    return first + text[1:]


# ---------------------------------------------------------------- Turkish


def _tr_noun(chance: Random) -> Word:
    return chance.choice(turkish("nouns"))


def _tr_kind(chance: Random) -> str:
    return chance.choice(words("tr", "adjectives"))


def _tr_work(chance: Random) -> Word:
    return chance.choice(turkish("makers"))


def _tr_made(chance: Random) -> str:
    return capital(f"{_tr_kind(chance)} {_tr_noun(chance).lemma} üretiyoruz.", "tr")


def _tr_trade(chance: Random) -> str:
    one, other = _tr_noun(chance), _tr_noun(chance)
    return capital(f"{one.lemma} ve {other.lemma} {_tr_work(chance).possessed} yapıyoruz.", "tr")


def _tr_stock(chance: Random) -> str:
    return capital(f"{_tr_kind(chance)} {_tr_noun(chance).plural.accusative} stoktan gönderiyoruz.", "tr")


def _tr_care(chance: Random) -> str:
    return capital(f"{_tr_noun(chance).plural.genitive} {_tr_work(chance).possessed} bize ait.", "tr")


def _tr_suited(chance: Random) -> str:
    one, other = _tr_noun(chance), _tr_noun(chance)
    return capital(f"{one.plural.dative} uygun {_tr_kind(chance)} {other.plural.lemma} sunuyoruz.", "tr")


def _tr_used(chance: Random) -> str:
    one, other = _tr_noun(chance), _tr_noun(chance)
    return capital(f"{one.locative} kullanılan {other.plural.accusative} tedarik ediyoruz.", "tr")


def _tr_sought(chance: Random) -> str:
    one, other = _tr_noun(chance), _tr_noun(chance)
    return capital(f"{one.having} ve {other.lacking} {_tr_noun(chance).plural.lemma} arıyoruz.", "tr")


def _tr_craft(chance: Random) -> str:
    place = _tr_noun(chance).craft
    return capital(f"{place.locative} {_tr_kind(chance)} {_tr_noun(chance).instrumental} çalışıyoruz.", "tr")


def _tr_from(chance: Random) -> str:
    one, other = _tr_noun(chance), _tr_noun(chance)
    return capital(f"{one.plural.ablative} {other.plural.dative} kadar geniş bir ürün yelpazemiz var.", "tr")


# ---------------------------------------------------------------- Russian


def _ru_noun(chance: Random) -> Noun:
    return chance.choice(russian("nouns"))


def _ru_kind(chance: Random) -> str:
    return chance.choice(words("ru", "adjectives"))


def _ru_work(chance: Random) -> Noun:
    return chance.choice(russian("makers"))


def _ru_made(chance: Random) -> str:
    noun = _ru_noun(chance)
    return f"Производим {adjective(_ru_kind(chance), noun, 'acc', plural=True)} {noun.plural('acc')}."


def _ru_for(chance: Random) -> str:
    one, other = _ru_noun(chance), _ru_noun(chance)
    kind = adjective(_ru_kind(chance), other, "gen", plural=True)
    return f"Поставляем {one.plural('acc')} для {kind} {other.plural('gen')}."


def _ru_trade(chance: Random) -> str:
    noun, work = _ru_noun(chance), _ru_work(chance)
    return f"Наша специализация — {work.singular('nom')} {adjective(_ru_kind(chance), noun, 'gen', plural=True)} {noun.plural('gen')}."


def _ru_with(chance: Random) -> str:
    one, other = _ru_noun(chance), _ru_noun(chance)
    kind = adjective(_ru_kind(chance), one, "ins", plural=True)
    # с becomes со before с, з, ш, ж with another consonant: со стальными, but с сельскими.
    before = "со" if kind[0] in "сзшж" and kind[1] not in "аеёиоуыэюя" else "с"
    return f"Работаем {before} {kind} {one.plural('ins')} и {other.plural('ins')}."


def _ru_stock(chance: Random) -> str:
    one, other = _ru_noun(chance), _ru_noun(chance)
    return (
        f"На складе всегда {one.plural('nom')} и {adjective(_ru_kind(chance), other, 'nom', plural=True)} "
        f"{other.plural('nom')}."
    )


def _ru_sought(chance: Random) -> str:
    noun, work = _ru_noun(chance), _ru_work(chance)
    return f"Ищем партнёров: {work.singular('nom')} {noun.plural('gen')}."


def _ru_advice(chance: Random) -> str:
    noun, other = _ru_noun(chance), _ru_noun(chance)
    return f"Консультируем по {noun.plural('dat')} и подбираем {other.plural('acc')}."


def _ru_told(chance: Random) -> str:
    noun = _ru_noun(chance)
    kind = adjective(_ru_kind(chance), noun, "pre", plural=True)
    before = "об" if kind[0] in "аиоуэ" else "о"
    return f"В каталоге есть всё {before} {kind} {noun.plural('pre')}."


def _ru_single(chance: Random) -> str:
    noun = chance.choice([one for one in russian("nouns")[:80] if not one.plural_only])
    kind = adjective(_ru_kind(chance), noun, "acc")
    return f"Изготовим {kind} {noun.singular('acc')} по вашему чертежу."


# ---------------------------------------------------------------- English


def _en_plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")) or noun in ("tomato", "mango"):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"


def _en(chance: Random, kind: str) -> str:
    return chance.choice(words("en", kind))


def _en_made(chance: Random) -> str:
    return f"We make {_en(chance, 'adjectives')} {_en_plural(_en(chance, 'nouns'))}."


def _en_trade(chance: Random) -> str:
    one, other = _en(chance, "nouns"), _en(chance, "nouns")
    return capital(f"{_en(chance, 'makers')} of {_en_plural(one)} and {_en_plural(other)}.", "en")


def _en_for(chance: Random) -> str:
    one, other = _en(chance, "nouns"), _en(chance, "nouns")
    return f"We supply {_en(chance, 'adjectives')} {_en_plural(one)} for {_en_plural(other)}."


def _en_sought(chance: Random) -> str:
    return f"We look for {_en(chance, 'adjectives')} {_en_plural(_en(chance, 'nouns'))}."


Shape = Callable[[Random], str]
SHAPES: Final[dict[str, tuple[Shape, ...]]] = {
    "tr": (
        _tr_made,
        _tr_trade,
        _tr_stock,
        _tr_care,
        _tr_suited,
        _tr_used,
        _tr_sought,
        _tr_craft,
        _tr_from,
    ),
    "ru": (
        _ru_made,
        _ru_for,
        _ru_trade,
        _ru_with,
        _ru_stock,
        _ru_sought,
        _ru_advice,
        _ru_told,
        _ru_single,
    ),
    "en": (_en_made, _en_trade, _en_for, _en_sought),
}
