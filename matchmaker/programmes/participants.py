"""The participants table of the staff: capacity by quota, filters, lists to take away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, order_countries
from matchmaker.core.paging import Paging
from matchmaker.core.sheets_out import Cell
from matchmaker.firms.names import reader_name, shown_name
from matchmaker.programmes import pages, participant_queries, rules, screening
from matchmaker.programmes.capacity import Meter, fit_words, meters, quota_name
from matchmaker.programmes.enums import SignUpState, SignUpVerb
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.offers import pool_of
from matchmaker.programmes.participant_queries import Sought
from matchmaker.programmes.words import SIGN_UP_STATES
from matchmaker.reference import countries

PAGE = 50
TO_DECIDE = "to_decide"


@dataclass(frozen=True, slots=True)
class Row:
    """One sign-up of the table."""

    id: int
    url: str
    name: Any
    who: str
    quota: str
    people: int
    arrival: int
    country: str
    badge: tuple[str, str]
    until: str
    can_decide: bool
    on_hold: bool


@dataclass(frozen=True, slots=True)
class ParticipantsPage:
    """The table for one reader."""

    programme: Programme
    title: str
    tabs: list[dict[str, Any]]
    meters: list[Meter]
    rows: list[Row]
    state: str
    quota: str
    country: str
    text: str
    states: list[tuple[str, str]]
    quotas: list[tuple[str, str]]
    countries: list[tuple[str, str]]
    total: str
    paging: Paging
    may_decide: bool
    query: dict[str, str]
    selected: frozenset[int]
    fit: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of an address."""

    state: str = ""
    quota: str = ""
    country: str = ""
    text: str = ""
    page: int = 1

    def args(self, **other: Any) -> dict[str, Any]:
        """The values for an address, empty ones left out."""
        mine = {"state": self.state, "quota": self.quota, "country": self.country, "q": self.text, **other}
        return {name: str(value) for name, value in mine.items() if value}

    @property
    def states(self) -> tuple[SignUpState, ...]:
        """The states that are asked for; all but drafts where none is."""
        if self.state == TO_DECIDE:
            return rules.TO_BE_DECIDED
        if self.state in tuple(SignUpState):
            return (SignUpState(self.state),)
        return tuple(state for state in SignUpState if state is not SignUpState.DRAFT)

    @property
    def quota_id(self) -> int | None:
        """The quota that is asked for."""
        return int(self.quota) if self.quota.isdecimal() and len(self.quota) < 10 else None

    @property
    def sought(self) -> Sought:
        """What the table reads."""
        return Sought(self.states, self.quota_id, self.country, self.text)


def wanted(args: Mapping[str, str], page: int = 1) -> Wanted:
    """The filters of an address."""
    state, quota, country = (args.get(name, "") for name in ("state", "quota", "country"))
    return Wanted(state, quota, country[:2], args.get("q", "")[:80], page)


def participants_page(
    actor: Actor, programme: Programme, asked: Wanted, selected: Collection[int] = ()
) -> ParticipantsPage:
    """Put the table together: the same number of statements for ten sign-ups and for five hundred."""
    found = participant_queries.participants(programme.id, asked.sought, PAGE, (asked.page - 1) * PAGE)
    numbers = participant_queries.counts_by_state(programme.id)
    names = {quota.id: quota_name(quota) for quota in programme.quotas}
    may_decide = rules.may_edit(actor, programme)
    on_hold = screening.on_hold(actor, programme, found.rows)
    return ParticipantsPage(
        programme=programme,
        title=programme.title(language()),
        tabs=pages.tabs(actor, programme),
        meters=meters(programme, pool_of(programme), participant_queries.held_by_quota(programme.id)),
        rows=[_row(one, names, may_decide, one.id in on_hold) for one in found.rows],
        state=asked.state,
        quota=asked.quota,
        country=asked.country,
        text=asked.text,
        states=_states(numbers),
        quotas=[(str(number), name) for number, name in names.items()],
        countries=named_countries(programme),
        total=_("%(sign_ups)s sign-ups, %(people)s people", sign_ups=found.total, people=found.people),
        paging=Paging(asked.page, PAGE, found.total),
        may_decide=may_decide,
        query=asked.args(),
        selected=frozenset(selected),
        fit=fit_words(actor, programme, selected) if may_decide and selected else "",
    )


def named_countries(programme: Programme) -> list[tuple[str, str]]:
    """The countries from which somebody signed up, with their names."""
    found = order_countries(sorted(participant_queries.countries_of(programme.id)))
    return [(code, countries.label(code, language())) for code in found]


def _states(numbers: Mapping[SignUpState, int]) -> list[tuple[str, str]]:
    deciding = sum(numbers.get(state, 0) for state in rules.TO_BE_DECIDED)
    found = [("", _("Every state")), (TO_DECIDE, _("To decide (%(count)s)", count=deciding))]
    for state, (word, _kind) in SIGN_UP_STATES.items():
        if numbers.get(state) and state is not SignUpState.DRAFT:
            found.append((state.value, f"{word} ({numbers[state]})"))
    return found


def _row(one: SignUp, quotas: Mapping[int, str], may_decide: bool, on_hold: bool) -> Row:
    word, kind = SIGN_UP_STATES[one.state]
    people = [delegate.name for delegate in one.delegates if delegate.left_at is None]
    return Row(
        id=one.id,
        url=url_for("programmes.show_sign_up", sign_up_id=one.id),
        name=shown_name(one.firm, language()) if one.firm else None,
        who=", ".join(people),
        quota=quotas.get(one.quota_id or 0, ""),
        people=one.people,
        arrival=one.arrival or 0,
        country=countries.label(one.country, language()) if one.country else "",
        badge=(str(word), kind),
        until=zones.show_at(one.offer_expires_at, one.programme.zone) if one.offer_expires_at else "",
        can_decide=may_decide and one.state in rules.TO_BE_DECIDED,
        on_hold=on_hold,
    )


def sheet(programme: Programme, asked: Wanted) -> tuple[list[str], list[list[Cell]]]:
    """The filtered list as columns and rows, one row for each person."""
    columns = [
        _("Number"), _("Firm"), pgettext("person", "Name"), _("Name in Latin letters"), _("Position"), _("E-mail"), _("Phone"),
        _("Country"), _("Quota"), _("State"), _("Arrived"),
    ]  # fmt: skip
    names = {quota.id: quota_name(quota) for quota in programme.quotas}
    found = participant_queries.participants(programme.id, asked.sought)
    return columns, [line for one in found.rows for line in _lines(one, names)]


def _lines(one: SignUp, quotas: Mapping[int, str]) -> Sequence[list[Cell]]:
    firm = reader_name(one.firm) if one.firm else ""
    return [
        [
            one.arrival,
            firm,
            delegate.name,
            delegate.name_romanised,
            delegate.position,
            delegate.email,
            delegate.phone,
            one.country,
            quotas.get(one.quota_id or 0, ""),
            str(SIGN_UP_STATES[one.state][0]),
            one.arrived_at,
        ]
        for delegate in one.delegates
        if delegate.left_at is None
    ]


BULK = {"accept": SignUpVerb.ACCEPT, "list": SignUpVerb.LIST, "refuse": SignUpVerb.REFUSE}
"""The decisions that can be taken on several sign-ups at once."""
