"""What is kept locked of a traveller: the passport, needs, whom to call. The database alone reveals none of it."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from matchmaker.accounts.secret_keys import lock, unlock

PASSPORT, NEEDS, EMERGENCY, FILES = (
    "trip passport",
    "trip needs",
    "trip emergency contact",
    "trip files",
)


@dataclass(frozen=True, slots=True)
class Passport:
    """The page of a passport with Latin letters as printed there; nationality is ISO 3166-1 alpha-2."""

    surname: str
    given_names: str
    nationality: str
    number: str
    expires_on: date
    born_on: date

    @property
    def name(self) -> str:
        """Surname first, as lists of consulates want it."""
        return f"{self.surname} {self.given_names}".strip()


@dataclass(frozen=True, slots=True)
class Needs:
    """Diet and access needs, a special category of personal data."""

    diet: str = ""
    access: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Whom to call."""

    name: str = ""
    phone: str = ""


def lock_passport(passport: Passport) -> str:
    """The passport as it is stored."""
    told = asdict(passport)
    told |= {"expires_on": passport.expires_on.isoformat(), "born_on": passport.born_on.isoformat()}
    return lock(json.dumps(told, ensure_ascii=False), PASSPORT)


def open_passport(locked: str) -> Passport | None:
    """The passport; None where there is none or it was destroyed."""
    told = _opened(locked, PASSPORT)
    if told is None:
        return None
    return Passport(
        surname=told["surname"],
        given_names=told["given_names"],
        nationality=told["nationality"],
        number=told["number"],
        expires_on=date.fromisoformat(told["expires_on"]),
        born_on=date.fromisoformat(told["born_on"]),
    )


def lock_needs(needs: Needs) -> str:
    """Needs as they are stored; an empty text for none."""
    return lock(json.dumps(asdict(needs), ensure_ascii=False), NEEDS) if needs.diet or needs.access else ""


def open_needs(locked: str) -> Needs:
    """The needs, empty ones where nothing is kept."""
    return Needs(**(_opened(locked, NEEDS) or {}))


def lock_emergency(contact: Emergency) -> str:
    """The contact as it is stored; an empty text for none."""
    given = contact.name or contact.phone
    return lock(json.dumps(asdict(contact), ensure_ascii=False), EMERGENCY) if given else ""


def open_emergency(locked: str) -> Emergency:
    """The contact, an empty one where nothing is kept."""
    return Emergency(**(_opened(locked, EMERGENCY) or {}))


def _opened(locked: str, purpose: str) -> dict[str, str] | None:
    text = unlock(locked, purpose) if locked else None
    return json.loads(text) if text else None
