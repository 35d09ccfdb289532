"""The texts of the consents of travellers, in three languages with a version; drafts for the operator's lawyers.

Content as asked for by Law 6698 (explicit, informed, specific consent) and Law 152-FZ, article 9 (a document of its own).
A changed text needs a new VERSION.
"""

from dataclasses import dataclass, replace

from matchmaker.core.i18n import DEFAULT_LANGUAGE

VERSION = "2026-1"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text as the traveller reads it and as it is kept."""

    language: str
    title: str
    draft: str
    paragraphs: tuple[str, ...]

    @property
    def full(self) -> str:
        """The whole text as it is kept beside the consent."""
        return "\n\n".join((self.title, self.draft, *self.paragraphs))


DRAFTS = {
    "en": "Draft. The operator's lawyers check this text before it is used with real people.",
    "tr": "Taslak. Bu metin, gerçek kişilerle kullanılmadan önce işletmecinin hukukçularınca incelenir.",
    "ru": "Проект. До работы с реальными людьми этот текст проверяют юристы оператора.",
}
PASSPORT = {
    "en": ConsentText(
        "en",
        "Consent to passing on passport data",
        DRAFTS["en"],
        (
            "Who: {person}. Trip: {trip}.",
            "Which data: surname and given names as in the passport, nationality, number and validity of the passport, date of birth.",
            "For what: invitation and visa-support letters, the list of the delegation, entry and stay during this trip, and nothing else.",
            "Who gets them: the named officers of {organiser} and {host}, and the consulate that decides on the visa, also in another country whose law may protect data less than yours.",
            "For how long: until {days} days after the last day of the trip; then the data are destroyed and a record of it is kept.",
            "The consent is voluntary. You can withdraw it here at any time with one button; the data are then destroyed at once, and without them the trip is not possible.",
        ),
    ),
    "tr": ConsentText(
        "tr",
        "Pasaport verilerinin aktarılmasına ilişkin açık rıza",
        DRAFTS["tr"],
        (
            "Rızayı veren: {person}. Gezi: {trip}.",
            "Hangi veriler: pasaporttaki ad ve soyad, uyruk, pasaport numarası ve geçerlilik süresi, doğum tarihi.",
            "Amaç: davet ve vize destek mektupları, heyet listesi, bu gezi süresince ülkeye giriş ve kalış; başka hiçbir amaç yoktur.",
            "Alıcılar: {organiser} ve {host} kurumlarının adıyla belirlenmiş görevlileri ve vizeye karar veren konsolosluk; bunlar verileri sizin ülkenizden daha az koruyan başka bir ülkede de olabilir.",
            "Süre: gezinin son gününden {days} gün sonrasına kadar; sonra veriler imha edilir ve bunun tutanağı saklanır.",
            "Rıza isteğe bağlıdır. İstediğiniz zaman buradaki tek düğmeyle geri alabilirsiniz; veriler hemen imha edilir ve bu veriler olmadan geziye katılmak mümkün olmaz.",
        ),
    ),
    "ru": ConsentText(
        "ru",
        "Согласие на передачу паспортных данных",
        DRAFTS["ru"],
        (
            "Кто даёт согласие: {person}. Поездка: {trip}.",
            "Какие данные: фамилия и имя, как в паспорте, гражданство, номер и срок действия паспорта, дата рождения.",
            "Для чего: письма-приглашения и письма визовой поддержки, список делегации, въезд и пребывание во время этой поездки, и ни для чего иного.",
            "Кто их получит: назначенные сотрудники учреждений {organiser} и {host}, а также консульство, которое решает о визе, в том числе в другой стране, где закон может защищать данные слабее, чем в вашей.",
            "Срок: до истечения {days} дней после последнего дня поездки; затем данные уничтожаются и об этом сохраняется запись.",
            "Согласие даётся свободно. Его можно отозвать здесь в любой момент одной кнопкой; данные сразу уничтожаются, а без них поездка невозможна.",
        ),
    ),
}


NEEDS = {
    "en": ConsentText(
        "en",
        "Consent to keeping health data",
        DRAFTS["en"],
        (
            "I consent that what I write here about diet and about help on the way is kept for this trip.",
            "The consent is free and apart from every other. I withdraw it by emptying both fields; the data are then destroyed.",
        ),
    ),
    "tr": ConsentText(
        "tr",
        "Sağlık verilerinin saklanmasına ilişkin açık rıza",
        DRAFTS["tr"],
        (
            "Beslenmem ve yolda ihtiyaç duyduğum yardım hakkında buraya yazdıklarımın bu gezi için saklanmasına rıza gösteriyorum.",
            "Rızam isteğe bağlıdır ve diğer rızalardan ayrıdır. İki alanı da boşaltarak geri alırım; o zaman veriler imha edilir.",
        ),
    ),
    "ru": ConsentText(
        "ru",
        "Согласие на хранение сведений о здоровье",
        DRAFTS["ru"],
        (
            "Я согласен (согласна) с тем, что сведения о моём питании и о нужной мне в пути помощи хранятся для этой поездки.",
            "Согласие даётся свободно и отдельно от любого другого. Я отзываю его, очистив оба поля; тогда данные уничтожаются.",
        ),
    ),
}


def passport_text(
    language: str, *, person: str, trip: str, organiser: str, host: str, days: int
) -> ConsentText:
    """The text of passing the passport on, for one traveller in a language."""
    told = PASSPORT.get(language, PASSPORT[DEFAULT_LANGUAGE])
    facts = {"person": person, "trip": trip, "organiser": organiser, "host": host, "days": days}
    return replace(told, paragraphs=tuple(one.format(**facts) for one in told.paragraphs))


def needs_text(language: str) -> ConsentText:
    """The text of keeping diet and access needs, in a language."""
    return NEEDS.get(language, NEEDS[DEFAULT_LANGUAGE])
