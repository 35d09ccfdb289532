"""Declarations of size of the demo: all that were sent have one; one is asked for anew and ends soon, one has run out."""

from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.demo.firms import ASKED, ASKED_AGO, Stored, declared
from matchmaker.demo.profiles import CURRENCY
from matchmaker.demo.writing import add_all
from matchmaker.firms.declarations.models import DeclarationRequest, SizeDeclaration
from matchmaker.firms.declarations.rules import last_day
from matchmaker.firms.enums import FirmState
from matchmaker.reference import size_rules
from matchmaker.reference.declaration_terms import holder_of, term_on

REASON: Final = (
    "Beyan ettiğiniz net satış hasılatı, kapasite raporunuzla örtüşmüyor. Güncel rakamlarla yenileyin lütfen."
)
"""What staff of Türkiye wrote to the firm that they asked anew."""


def add_declarations(stored: dict[str, list[Stored]], people: dict[str, int], morning: datetime) -> None:
    """Write what each firm declared, for the documented ones also the year before, and the request of staff."""
    rows: list[dict[str, Any]] = []
    for one in (firm for firms in stored.values() for firm in firms):
        if one.profile.state is FirmState.DRAFT:
            continue
        if one.profile.accounts:
            rows.append(_row(one, morning, years_ago=1))
        rows.append(_row(one, morning))
        if ASKED in one.profile.accounts:
            _ask(one, people, morning)
    add_all(SizeDeclaration, rows)


def _row(one: Stored, morning: datetime, years_ago: int = 0) -> dict[str, Any]:
    """What a firm declared, and some years before with a tenth less for each."""
    profile = one.profile
    on = declared(profile, morning)["declared_on"]
    on = on.replace(year=on.year - years_ago)
    less = 1 - years_ago / 10
    headcount, turnover = round(profile.headcount * less), round(int(profile.turnover) * less)
    rule = size_rules.size_class(
        profile.country, on, headcount, profile.turnover, divisions=(profile.sector.nace[:2],)
    )
    term = term_on((), profile.country, holder_of(profile.name.form), on)
    moment = datetime.combine(on, morning.timetz())
    return {
        "firm_id": one.id,
        "declared_on": on,
        "declared_by_id": one.person_id,
        "headcount": headcount,
        "turnover": turnover,
        "turnover_currency": CURRENCY[profile.country],
        "turnover_year": on.year - 1,
        "ownership": {},
        "size_class": rule.size_class.value,
        "size_rule": rule.rule,
        "size_reason": rule.reason.value,
        "valid_until": last_day(term, on.year - 1, on),
        "term": term.version,
        "created_at": moment,
        "updated_at": moment,
    }


def _ask(one: Stored, people: dict[str, int], morning: datetime) -> None:
    moment = morning - timedelta(days=ASKED_AGO)
    row = {
        "firm_id": one.id,
        "asked_by_id": people["staff.tr"],
        "reason": REASON,
        "due_on": declared(one.profile, morning)["declared_until"],
        "created_at": moment,
        "updated_at": moment,
    }
    add_all(DeclarationRequest, [row])
