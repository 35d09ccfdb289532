"""The facts of those who sign up, read from firms and accounts."""

from dataclasses import dataclass

from sqlalchemy import select

from matchmaker.accounts.models import Person
from matchmaker.core.actor import Actor
from matchmaker.core.db import db
from matchmaker.firms import queries as firms
from matchmaker.firms.enums import FirmState, MarketStatus
from matchmaker.firms.models import Firm
from matchmaker.programmes import rules
from matchmaker.programmes.eligibility import Applicant
from matchmaker.programmes.models import SignUp
from matchmaker.programmes.places import Facts


def firm_of(actor: Actor) -> Firm | None:
    """The firm that the actor signs up: the first one the actor speaks for."""
    number = next((item.firm_id for item in actor.memberships if rules.acts_for(actor, item.firm_id)), None)
    return firms.firm(number) if number is not None else None


def of_firm(firm: Firm) -> Applicant:
    """A firm as conditions see it."""
    return Applicant(
        country=firm.country,
        has_firm=True,
        region=firm.region_code,
        size=firm.size_class,
        sectors=frozenset(sector.nace_class[:2] for sector in firm.sectors if sector.nace_class),
        verified=firm.state is FirmState.VERIFIED,
        exports=any(market.status is MarketStatus.EXPORTING for market in firm.markets),
        declared_on=firm.declared_on,
        declared_until=firm.declared_until,
    )


def of_person(actor: Actor) -> Applicant:
    """Somebody without a firm as conditions see them."""
    country = db.session.scalar(select(Person.country).where(Person.id == actor.person_id))
    return Applicant(country=country or "")


def facts(sign_up: SignUp) -> Facts:
    """What quotas go by, as it was when the sign-up arrived."""
    return Facts(
        sign_up.country,
        sign_up.region_code,
        sign_up.size_class,
        frozenset(sign_up.sectors),
        sign_up.women_led,
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the firm's people who can be sent; key is p<account> or c<contact person>."""

    key: str
    name: str
    romanised: str
    position: str
    email: str
    phone: str
    language: str
    person_id: int | None
    contact_id: int | None


def candidates(firm: Firm) -> list[Candidate]:
    """Members with accounts, then contact persons who are not among them."""
    members = [
        Candidate(
            f"p{one.person_id}",
            one.person.name,
            one.person.name_romanised,
            "",
            one.person.email,
            "",
            one.person.language,
            one.person_id,
            None,
        )
        for one in firm.members
        if one.person.disabled_at is None
    ]
    known = {one.person_id for one in members}
    contacts = [
        Candidate(
            f"c{one.id}",
            one.name,
            one.name_romanised,
            one.position,
            one.email,
            one.phone,
            next(iter(one.languages), ""),
            one.person_id,
            one.id,
        )
        for one in firm.contacts
        if one.person_id is None or one.person_id not in known
    ]
    return [*members, *contacts]


def candidates_of(firm_id: int | None) -> list[Candidate]:
    """The people whom a firm can send; nobody where there is no firm."""
    return candidates(firms.firm(firm_id)) if firm_id is not None else []
