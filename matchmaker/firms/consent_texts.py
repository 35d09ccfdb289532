"""The texts of the consents of contact persons: one document for each purpose, in three languages, with a version.

They are drafts for the operator's lawyers and say so. Content as asked for by Law 152-FZ, article 9, as amended by Law
156-FZ (a document of its own, in force since 1 September 2025) and by Law 6698 (explicit consent, informed and specific):
subject, operator, data, purpose, actions, term, withdrawal, recipients. A changed text needs a new VERSION.
"""

from dataclasses import dataclass

from matchmaker.core.i18n import DEFAULT_LANGUAGE, LANGUAGES
from matchmaker.firms.enums import ConsentPurpose

VERSION = "2026-2"


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What a text names: the person, firm, position, the country's name in the text's language, and the operator."""

    person: str
    position: str
    firm: str
    country: str
    operator: str
    product: str


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One text as it is read and kept; sections are pairs of heading and paragraph."""

    purpose: ConsentPurpose
    version: str
    language: str
    title: str
    draft: str
    sections: tuple[tuple[str, str], ...]

    @property
    def full(self) -> str:
        """The whole text as it is kept beside the consent."""
        parts = [self.title, self.draft, *(f"{heading}\n{words}" for heading, words in self.sections)]
        return "\n\n".join(parts)


DRAFTS = {
    "en": "Draft. The operator's lawyers check this text before it is used with real people.",
    "tr": "Taslak. Bu metin, gerçek kişilerle kullanılmadan önce işletmecinin hukukçularınca incelenir.",
    "ru": "Проект. До работы с реальными людьми этот текст проверяют юристы оператора.",
}
BLANKS = {
    "en": ConsentFacts(
        "[name]", "[position]", "[firm]", "[country of the firm]", "[name and address of the operator]", ""
    ),
    "tr": ConsentFacts(
        "[ad soyad]", "[görev]", "[firma]", "[firmanın ülkesi]", "[işletmecinin adı ve adresi]", ""
    ),
    "ru": ConsentFacts(
        "[имя]", "[должность]", "[фирма]", "[страна фирмы]", "[наименование и адрес оператора]", ""
    ),
}
TITLES = {
    ("en", ConsentPurpose.PUBLICATION): "Consent to publication of contact data in the directory",
    ("en", ConsentPurpose.DISCLOSURE): "Consent to disclosure of contact data to a firm of another country",
    (
        "tr",
        ConsentPurpose.PUBLICATION,
    ): "İrtibat bilgilerinin firma rehberinde yayımlanmasına ilişkin açık rıza",
    (
        "tr",
        ConsentPurpose.DISCLOSURE,
    ): "İrtibat bilgilerinin başka bir ülkedeki firmaya aktarılmasına ilişkin açık rıza",
    ("ru", ConsentPurpose.PUBLICATION): "Согласие на распространение контактных данных в каталоге",
    ("ru", ConsentPurpose.DISCLOSURE): "Согласие на передачу контактных данных фирме другой страны",
}
COMMON: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "subject": ("Who consents", "{person}, {position} of {firm}, {country}."),
        "operator": ("Who processes the data", "{operator}, operator of {product}."),
        "data": (
            "Which data",
            "First name and surname, in the original script and in Latin letters; position; work e-mail address; work telephone number; languages spoken. No other data.",
        ),
        "free": (
            "Freely given",
            "The consent is voluntary. Without it {firm} stays in {product} and loses no function other than the one named here.",
        ),
    },
    "tr": {
        "subject": ("Rızayı veren", "{person}, {firm} ({country}), görevi: {position}."),
        "operator": ("Veri sorumlusu", "{product} işletmecisi {operator}."),
        "data": (
            "Hangi veriler",
            "Özgün yazımıyla ve Latin harfleriyle ad ve soyad; görev; iş e-posta adresi; iş telefonu; konuşulan diller. Başka veri işlenmez.",
        ),
        "free": (
            "Özgür irade",
            "Rıza isteğe bağlıdır. Rıza verilmezse {firm} {product} içinde kalır ve burada belirtilen dışında hiçbir olanağı yitirmez.",
        ),
    },
    "ru": {
        "subject": ("Кто даёт согласие", "{person}, должность: {position}, {firm}, {country}."),
        "operator": ("Кто обрабатывает данные", "{operator}, оператор сервиса {product}."),
        "data": (
            "Какие данные",
            "Имя и фамилия в исходном написании и латиницей; должность; рабочий адрес электронной почты; рабочий телефон; языки общения. Другие данные не обрабатываются.",
        ),
        "free": (
            "Добровольность",
            "Согласие даётся свободно. Без него {firm} остаётся в {product} и не теряет никаких возможностей, кроме названной здесь.",
        ),
    },
}
OWN: dict[tuple[str, ConsentPurpose], dict[str, tuple[str, str]]] = {
    ("en", ConsentPurpose.PUBLICATION): {
        "purpose": (
            "For what",
            "So that firms that may become partners of {firm} can find whom to write to in the directory.",
        ),
        "actions": (
            "What is done with them",
            "Collecting, storing, correcting, showing on the firm's page in the directory, deleting. With computers only; no decisions are made by computers alone.",
        ),
        "recipients": (
            "Who gets them",
            "An unlimited circle: everybody who opens the page of {firm}, also from other countries. The operator gives them to nobody else.",
        ),
        "term": (
            "For how long",
            "Until you withdraw the consent, or until you are no longer a contact person of {firm}. The proof that the consent was given is kept for three years after that.",
        ),
        "withdrawal": (
            "How to withdraw",
            "At any time, with one button on the page where you gave the consent, or in writing to the operator. The data disappear from the directory at once. What was lawful before remains lawful.",
        ),
    },
    ("en", ConsentPurpose.DISCLOSURE): {
        "purpose": (
            "For what",
            "So that {firm} and a firm of another country that were introduced to each other can talk about working together.",
        ),
        "actions": (
            "What is done with them",
            "Collecting, storing, correcting, passing on across the border and showing to the people of the introduced firm, deleting. Each disclosure is recorded with recipient, data, time and legal ground.",
        ),
        "recipients": (
            "Who gets them",
            "The members of a firm of another country, after both firms agreed to the introduction and one coordinator of each side approved it. Each recipient is named on the page of the match and in the transfer record. The country of a recipient may protect data less than yours.",
        ),
        "term": (
            "For how long",
            "Until you withdraw the consent, or until you are no longer a contact person of {firm}. The proof of the consent and the transfer records are kept for three years after that.",
        ),
        "withdrawal": (
            "How to withdraw",
            "At any time, with one button on the page where you gave the consent, or in writing to the operator. No firm sees the data in {product} any more from that moment. A firm that has read them already is asked to delete them.",
        ),
    },
    ("tr", ConsentPurpose.PUBLICATION): {
        "purpose": (
            "Amaç",
            "{firm} ile ortaklık kurabilecek firmaların kime yazacaklarını firma rehberinde bulabilmesi.",
        ),
        "actions": (
            "Yapılacak işlemler",
            "Toplama, saklama, düzeltme, firmanın rehberdeki sayfasında gösterme, silme. Veriler yalnızca otomatik yollarla işlenir; yalnızca otomatik sistemlerle verilen bir karar yoktur.",
        ),
        "recipients": (
            "Alıcılar",
            "Sınırsız çevre: başka ülkelerdekiler dâhil, sayfayı açan herkes. Firma: {firm}. İşletmeci bu verileri başka kimseye vermez.",
        ),
        "term": (
            "Süre",
            "Rıza geri alınana ya da {firm} için irtibat kişisi olmanız sona erene kadar. Rızanın verildiğine ilişkin kanıt bundan sonra üç yıl saklanır.",
        ),
        "withdrawal": (
            "Geri alma",
            "İstediğiniz zaman, rızayı verdiğiniz sayfadaki tek düğmeyle ya da işletmeciye yazarak. Veriler rehberden hemen kalkar. O zamana kadar yapılanlar hukuka uygun kalır.",
        ),
    },
    ("tr", ConsentPurpose.DISCLOSURE): {
        "purpose": (
            "Amaç",
            "Birbirine tanıştırılan {firm} ile başka bir ülkedeki firmanın iş birliğini görüşebilmesi.",
        ),
        "actions": (
            "Yapılacak işlemler",
            "Toplama, saklama, düzeltme, yurt dışına aktarma ve tanıştırılan firmanın üyelerine gösterme, silme. Her aktarma; alıcı, veri, zaman ve hukuki dayanakla kaydedilir.",
        ),
        "recipients": (
            "Alıcılar",
            "Her iki firma tanıştırmayı kabul ettikten ve her iki taraftan birer koordinatör onayladıktan sonra başka bir ülkedeki firmanın üyeleri. Her alıcı eşleşme sayfasında ve aktarma kaydında adıyla yer alır. Alıcının ülkesi verileri sizin ülkenizden daha az koruyabilir.",
        ),
        "term": (
            "Süre",
            "Rıza geri alınana ya da {firm} için irtibat kişisi olmanız sona erene kadar. Rızanın kanıtı ve aktarma kayıtları bundan sonra üç yıl saklanır.",
        ),
        "withdrawal": (
            "Geri alma",
            "İstediğiniz zaman, rızayı verdiğiniz sayfadaki tek düğmeyle ya da işletmeciye yazarak. O andan sonra hiçbir firma verileri {product} içinde görmez. Verileri daha önce okumuş firmadan silmesi istenir.",
        ),
    },
    ("ru", ConsentPurpose.PUBLICATION): {
        "purpose": (
            "Цель",
            "Чтобы фирмы, которые могут стать партнёрами {firm}, нашли в каталоге, кому написать.",
        ),
        "actions": (
            "Действия с данными",
            "Сбор, хранение, уточнение, показ на странице фирмы в каталоге (распространение), удаление. Только с помощью компьютеров; решений, принятых одним компьютером, нет.",
        ),
        "recipients": (
            "Кто получает",
            "Неограниченный круг лиц: все, кто откроет страницу {firm}, в том числе из других стран. Больше никому оператор данные не передаёт.",
        ),
        "term": (
            "Срок",
            "До отзыва согласия или до тех пор, пока вы не перестанете быть контактным лицом {firm}. Подтверждение согласия хранится ещё три года.",
        ),
        "withdrawal": (
            "Как отозвать",
            "В любое время одной кнопкой на странице, где вы дали согласие, или письмом оператору. Данные сразу исчезают из каталога. Сделанное до отзыва остаётся законным.",
        ),
    },
    ("ru", ConsentPurpose.DISCLOSURE): {
        "purpose": (
            "Цель",
            "Чтобы {firm} и фирма другой страны, которых познакомили, могли обсудить совместную работу.",
        ),
        "actions": (
            "Действия с данными",
            "Сбор, хранение, уточнение, трансграничная передача и показ людям фирмы, с которой вас познакомили, удаление. Каждая передача записывается: получатель, данные, время, правовое основание.",
        ),
        "recipients": (
            "Кто получает",
            "Сотрудники фирмы другой страны после того, как обе фирмы согласились на знакомство и его одобрил координатор каждой стороны. Каждый получатель назван на странице пары и в записи о передаче. Страна получателя может защищать данные слабее, чем ваша.",
        ),
        "term": (
            "Срок",
            "До отзыва согласия или до тех пор, пока вы не перестанете быть контактным лицом {firm}. Подтверждение согласия и записи о передаче хранятся ещё три года.",
        ),
        "withdrawal": (
            "Как отозвать",
            "В любое время одной кнопкой на странице, где вы дали согласие, или письмом оператору. С этого момента ни одна фирма не видит данные в {product}. Фирму, которая их уже прочитала, просят их удалить.",
        ),
    },
}
ORDER = ("subject", "operator", "data", "purpose", "actions", "recipients", "term", "withdrawal", "free")


def consent_text(purpose: ConsentPurpose, language: str, facts: ConsentFacts) -> ConsentText:
    """The text of a purpose in a language, filled with the facts; English where the language has none."""
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    parts = COMMON[code] | OWN[code, purpose]
    values = {name: getattr(facts, name) for name in ConsentFacts.__slots__}
    values["position"] = facts.position or "–"
    sections = tuple((parts[name][0], parts[name][1].format(**values)) for name in ORDER)
    return ConsentText(purpose, VERSION, code, TITLES[code, purpose], DRAFTS[code], sections)


def blank_text(purpose: ConsentPurpose, language: str, product: str) -> ConsentText:
    """The text with its blanks, for the page where everybody can read it."""
    code = language if language in LANGUAGES else DEFAULT_LANGUAGE
    blank = BLANKS[code]
    facts = ConsentFacts(blank.person, blank.position, blank.firm, blank.country, blank.operator, product)
    return consent_text(purpose, code, facts)
