"""The documented accounts of the demo; all of them have one password, those of institutions one TOTP secret."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from matchmaker.accounts.models import Person
from matchmaker.accounts.passwords import hash_password
from matchmaker.accounts.second_factor import SECRET
from matchmaker.accounts.secret_keys import lock
from matchmaker.core.actor import InstitutionRole
from matchmaker.demo.writing import add_numbered

PASSWORD: Final = "tandem-demo-2026"
TOTP_SECRET: Final = "TANDEMDEMOSECRET2345TANDEM234567"
DOMAIN: Final = "demo.example"


@dataclass(frozen=True, slots=True)
class Account:
    """One documented account: the part of its address before the @, the person's name, and an institution's role."""

    local: str
    name: str
    romanised: str
    country: str | None
    language: str
    institution: str = ""
    role: InstitutionRole | None = None
    contact_point: bool = False

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.local}@{DOMAIN}"


_R = InstitutionRole
ACCOUNTS: Final = (
    Account("firm.tr", "Elif Karadağlı", "Elif Karadagli", "TR", "tr"),
    Account("firm.ru", "Марина Вересова", "Marina Veresova", "RU", "ru"),
    Account("editor.tr", "Onur Sarıçiçek", "Onur Saricicek", "TR", "tr"),
    Account("person.tr", "Zehra Pınarlı", "Zehra Pinarli", "TR", "tr"),
    Account("staff.tr", "Deniz Akçaova", "Deniz Akcaova", "TR", "tr", "KOSGEB", _R.STAFF),
    Account("staff.ru", "Олег Ланской", "Oleg Lanskoy", "RU", "ru", "RSMB", _R.STAFF),
    Account("coordinator.tr", "Selin Yurtoğlu", "Selin Yurtoglu", "TR", "tr", "KOSGEB", _R.COORDINATOR, True),
    Account("coordinator.ru", "Ирина Заречная", "Irina Zarechnaya", "RU", "ru", "RSMB", _R.COORDINATOR, True),
    Account("compliance.tr", "Murat Gökpınar", "Murat Gokpinar", "TR", "tr", "KOSGEB", _R.COMPLIANCE),
    Account("compliance.ru", "Андрей Полянин", "Andrey Polyanin", "RU", "ru", "RSMB", _R.COMPLIANCE),
    Account("expert.tr", "Kerem Alpdoğan", "Kerem Alpdogan", "TR", "tr", "KOSGEB", _R.EXPERT),
    Account("expert.ru", "Наталья Кедрова", "Natalya Kedrova", "RU", "ru", "RSMB", _R.EXPERT),
    Account("admin", "Robin Marlowe", "Robin Marlowe", None, "en", "TANDEM", _R.ADMINISTRATOR),
)


def add_accounts(moment: datetime) -> dict[str, int]:
    """Write the accounts, confirmed at a moment; answers the person's number by the part before the @."""
    kept = hash_password(PASSWORD)
    rows: list[dict[str, Any]] = [
        {
            "email": account.email,
            "email_key": account.email,
            "password_hash": kept,
            "name": account.name,
            "name_romanised": account.romanised,
            "language": account.language,
            "country": account.country,
            "email_confirmed_at": moment,
            "totp_secret": lock(TOTP_SECRET, SECRET) if account.role else "",
            "totp_confirmed_at": moment if account.role else None,
            "recovery_hashes": [],
            "password_changed_at": moment,
            "created_at": moment,
        }
        for account in ACCOUNTS
    ]
    numbers = add_numbered(Person, rows)
    return {account.local: number for account, number in zip(ACCOUNTS, numbers, strict=True)}
