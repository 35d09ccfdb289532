"""The two agencies of the first memorandum, by their public names, and the operator of the installation."""

from datetime import datetime
from typing import Any, Final

from matchmaker.demo.accounts import ACCOUNTS
from matchmaker.demo.writing import add_all, add_numbered
from matchmaker.institutions.enums import InstitutionKind
from matchmaker.institutions.models import Institution, InstitutionMember

INSTITUTIONS: Final[tuple[dict[str, Any], ...]] = (
    {
        "code": "KOSGEB",
        "kind": InstitutionKind.SME_AGENCY,
        "country": "TR",
        "name_original": "Küçük ve Orta Ölçekli İşletmeleri Geliştirme ve Destekleme İdaresi Başkanlığı",
        "name_tr": "Küçük ve Orta Ölçekli İşletmeleri Geliştirme ve Destekleme İdaresi Başkanlığı",
        "name_ru": "Организация развития и поддержки малого и среднего предпринимательства Турции",
        "name_en": "Small and Medium Enterprises Development Organization of Türkiye",
        "short_name": "KOSGEB",
        "city": "Ankara",
        "language": "tr",
        "languages": "en",
        "letter_lines": "Örnek Sokak 1 (tanıtım)\n06000 Ankara, Türkiye",
    },
    {
        "code": "RSMB",
        "kind": InstitutionKind.SME_AGENCY,
        "country": "RU",
        "name_original": "АО «Корпорация «МСП»",
        "name_tr": "Rusya Küçük ve Orta Ölçekli İşletmeler Kurumu A.Ş.",
        "name_ru": "АО «Корпорация «МСП»",
        "name_en": "JSC “Russian Small and Medium Business Corporation”",
        "short_name": "RSMB",
        "city": "Москва",
        "language": "ru",
        "languages": "en",
        "letter_lines": "ул. Примерная, 1 (демо)\n109000 Москва, Россия",
    },
    {
        "code": "TANDEM",
        "kind": InstitutionKind.OPERATOR,
        "country": None,
        "name_original": "Platform operator (demo)",
        "name_tr": "Platform işletmecisi (tanıtım)",
        "name_ru": "Оператор платформы (демо)",
        "name_en": "Platform operator (demo)",
        "short_name": "Operator",
        "city": "",
        "language": "en",
        "languages": "",
        "letter_lines": "",
    },
)


def add_institutions(people: dict[str, int], moment: datetime) -> dict[str, int]:
    """Write the institutions and the roles of their people; answers the institution's number by its code."""
    ids = add_numbered(Institution, [{**row, "created_at": moment} for row in INSTITUTIONS])
    numbers = {row["code"]: number for row, number in zip(INSTITUTIONS, ids, strict=True)}
    add_all(
        InstitutionMember,
        [
            {
                "institution_id": numbers[account.institution],
                "person_id": people[account.local],
                "role": account.role,
                "created_at": moment,
            }
            for account in ACCOUNTS
            if account.role
        ],
    )
    return numbers
