"""Codes by which the Russian agency of the demo invites businesses of its register: one open, one used, one expired."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.accounts.secret_keys import lock
from matchmaker.demo.firms import Stored, identifiers
from matchmaker.demo.register import FREE, free_numbers
from matchmaker.demo.writing import add_all
from matchmaker.firms.code_services import PURPOSE, VALID, digest_of
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import RegistrationCode

OPEN_CODE: Final = "TNDM-DEMQ-2026"
"""For the first free number of the register; documented, because it works in the demo only."""


def add_codes(
    stored: Sequence[Stored], people: dict[str, int], institutions: dict[str, int], morning: datetime
) -> None:
    """Write the three codes."""
    numbers = free_numbers()
    user = next(
        one for one in stored if one.profile.state is FirmState.VERIFIED and not one.profile.name.sole
    )
    common = {"country": "RU", "institution_id": institutions["RSMB"], "issued_by_id": people["staff.ru"]}
    company, workshop = str(FREE[0]["short_name"]), str(FREE[2]["short_name"])
    rows = [
        _row(numbers[0], company, OPEN_CODE, morning - timedelta(days=6), open_key=f"RU:{numbers[0]}"),
        _row(
            identifiers(user.profile)["INN10"],
            user.profile.name.legal[:200],
            "TNDM-DEMQ-2027",
            morning - timedelta(days=70),
            firm_id=user.id,
            used_at=morning - timedelta(days=61),
        ),
        _row(
            numbers[2], workshop, "TNDM-DEMQ-2028", morning - timedelta(days=110), open_key=f"RU:{numbers[2]}"
        ),
    ]
    add_all(RegistrationCode, [row | common for row in rows])


def _row(number: str, addressee: str, text: str, issued: datetime, **more: Any) -> dict[str, Any]:
    return {
        "identifier": number,
        "addressee": addressee,
        "digest": digest_of(text),
        "locked": lock(text, PURPOSE),
        "open_key": None,
        "expires_at": issued + VALID,
        "firm_id": None,
        "used_at": None,
        "created_at": issued,
        "updated_at": issued,
    } | more
