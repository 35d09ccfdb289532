"""The memorandum of KOSGEB and RSMB: what was made public on 4 October 2021, and nothing beside it.

Its term was not published, so none is stored and it counts as in force. The grounds for passing on contact data are
invented for the demo and say so.
"""

from datetime import date, datetime
from typing import Any, Final

from matchmaker.demo.accounts import ACCOUNTS
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.mous.enums import MouKind, Renewal, ScopeArea, TransferBasisKind
from matchmaker.mous.models import Mou, MouArea, MouContactPoint, MouParty, MouTransferBasis

ANNOUNCED: Final = date(2021, 10, 4)
MEMORANDUM: Final[dict[str, Any]] = {
    "number": "KOSGEB-92",
    "kind": MouKind.MEMORANDUM,
    "title_tr": "KOSGEB ile Rusya Küçük ve Orta Ölçekli İşletmeler Kurumu (RSMB) arasında mutabakat zaptı",
    "title_ru": "Меморандум о взаимопонимании между KOSGEB и АО «Корпорация «МСП»",
    "title_en": "Memorandum of Understanding between KOSGEB and RSMB",
    "summary_tr": (
        "4 Ekim 2021'de duyuruldu. KOSGEB'in 92. mutabakat zaptıdır; daha önce 68 ülkeden 86 kuruluş ve "
        "5 uluslararası kuruluş ile 91 mutabakat zaptı imzalanmıştı. Süresi yayımlanmadı."
    ),
    "summary_ru": (
        "Объявлен 4 октября 2021 года. Это 92-й меморандум KOSGEB: до него подписан 91 меморандум "
        "с 86 организациями из 68 стран и 5 международными организациями. Срок действия не опубликован."
    ),
    "summary_en": (
        "Announced on 4 October 2021. It is the 92nd memorandum of KOSGEB; the 91 before it were signed with "
        "86 organisations of 68 countries and 5 international organisations. Its term was not published."
    ),
    "announced_on": ANNOUNCED,
    "renewal": Renewal.UNKNOWN,
    "source_note": "KOSGEB, 04.10.2021",
}
DEMO_BASES: Final = {
    "TR": (TransferBasisKind.STANDARD_CONTRACT, "DEMO-TR-01"),
    "RU": (TransferBasisKind.REGULATOR_NOTICE, "DEMO-RU-01"),
}
PARTIES: Final = (("TR", "KOSGEB"), ("RU", "RSMB"))


def add_memorandum(people: dict[str, int], institutions: dict[str, int], moment: datetime) -> int:
    """Write the memorandum with parties, areas, contact points and demo grounds; answers its number."""
    (number,) = add_numbered(Mou, [{**MEMORANDUM, "created_at": moment}])
    common = {"mou_id": number, "created_at": moment}
    add_all(
        MouParty,
        [
            {**common, "institution_id": institutions[code], "position": place}
            for place, (_country, code) in enumerate(PARTIES)
        ],
    )
    add_all(MouArea, [{**common, "area": area} for area in ScopeArea])
    add_all(
        MouContactPoint,
        [
            {**common, "institution_id": institutions[one.institution], "person_id": people[one.local]}
            for one in ACCOUNTS
            if one.contact_point
        ],
    )
    add_all(MouTransferBasis, [_basis(country, people) | common for country, _code in PARTIES])
    return number


def _basis(country: str, people: dict[str, int]) -> dict[str, Any]:
    kind, reference = DEMO_BASES[country]
    return {
        "from_country": country,
        "kind": kind,
        "reference": reference,
        "valid_from": ANNOUNCED,
        "notified_on": ANNOUNCED,
        "recorded_by_id": people[f"compliance.{country.lower()}"],
    }
