"""What the pages show about the declaration of a firm and about the rules by which declarations end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import language, show_date, show_day, show_money, show_number
from matchmaker.firms.declarations import queries, rules, words
from matchmaker.firms.declarations.models import DeclarationRequest, SizeDeclaration
from matchmaker.firms.models import Firm
from matchmaker.firms.words import class_sentence
from matchmaker.reference import countries
from matchmaker.reference.declaration_terms import ANYWHERE, DeclarationTerm, packaged_terms
from matchmaker.reference.wording import size_class_label


@dataclass(frozen=True, slots=True)
class ShownDeclaration:
    """One declaration in words."""

    declared_on: str
    by: str
    people: str
    turnover: str
    balance: str
    size: str
    sentence: str
    until: str

    @property
    def told(self) -> str:
        """What a firm reads right after it declared."""
        return str(_("Declared: %(size)s. It counts until %(date)s.", size=self.size, date=self.until))


@dataclass(frozen=True, slots=True)
class DeclarationCard:
    """How the declaration of a firm stands; the newest of what it declared first."""

    firm: Firm
    badge: tuple[str, str]
    until: date | None
    ran_out: bool
    soon: bool
    request: DeclarationRequest | None
    requests: Sequence[DeclarationRequest]
    declared: list[ShownDeclaration]
    rule: str


def declaration_card(firm: Firm) -> DeclarationCard:
    """What a firm declared and until when it counts, for its people and the staff of its country."""
    today = clock.today()
    asked = queries.requests_of(firm.id)
    return DeclarationCard(
        firm=firm,
        badge=words.badge_of(firm.declared_until, today),
        until=firm.declared_until,
        ran_out=rules.has_run_out(firm.declared_until, today),
        soon=rules.ends_soon(firm.declared_until, today),
        request=next((one for one in asked if one.answered_at is None), None),
        requests=asked,
        declared=[_shown(firm, row) for row in queries.declarations_of(firm.id)],
        rule=_rule(queries.term_of(firm, today), today),
    )


def _shown(firm: Firm, row: SizeDeclaration) -> ShownDeclaration:
    currency = row.turnover_currency or "EUR"
    reason = words.REASONS.get(row.size_reason)
    sentence = class_sentence(firm.country, row.size_class, row.size_rule) if row.size_class else ""
    return ShownDeclaration(
        declared_on=show_date(row.declared_on),
        by=row.declared_by.name if row.declared_by else "",
        people=show_number(row.headcount),
        turnover=f"{show_money(row.turnover, currency)} ({row.turnover_year})",
        balance=show_money(row.balance, currency) if row.balance is not None else "",
        size=size_class_label(row.size_class),
        sentence=" ".join(part for part in (sentence, str(reason) if reason else "") if part),
        until=show_date(row.valid_until),
    )


def _rule(term: DeclarationTerm, today: date) -> str:
    year = today.year - 1
    until = show_date(rules.last_day(term, year, today))
    return str(_("Declared today, figures of %(year)s count until %(date)s.", year=year, date=until))


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """One rule in words."""

    country: str
    holder: str
    day: str
    valid_from: date
    source: str
    state: str
    recorded: bool


def terms() -> list[ShownTerm]:
    """All rules by country, the newest first, those that staff recorded among those the product brings."""
    known = [*map(queries.as_term, queries.recorded_terms()), *packaged_terms()]
    known.sort(key=_order)
    seen: set[tuple[str, str]] = set()
    return [_shown_term(one, seen) for one in known]


def _order(term: DeclarationTerm) -> tuple[bool, str, str, int, bool]:
    return (
        term.area == ANYWHERE, term.area, term.holder, -term.valid_from.toordinal(), not term.recorded
    )  # fmt: skip


def _shown_term(term: DeclarationTerm, seen: set[tuple[str, str]]) -> ShownTerm:
    key, begun = (term.area, term.holder), term.valid_from <= clock.today()
    state = "replaced" if key in seen else "in_force" if begun else "to_come"
    if begun:
        seen.add(key)
    anywhere = str(_("All other countries"))
    return ShownTerm(
        country=anywhere if term.area == ANYWHERE else countries.label(term.area, language()),
        holder=str(words.HOLDERS[term.holder]),
        day=show_day(date(2024, term.month, term.day)),
        valid_from=term.valid_from,
        source=term.source.best(language()),
        state=str(words.TERM_STATES[state]),
        recorded=term.recorded,
    )
