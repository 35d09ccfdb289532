"""Decisions about who may see and do what with business trips and their tables."""

from typing import TYPE_CHECKING

from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.enums import SignUpState

if TYPE_CHECKING:
    from matchmaker.programmes.models import Delegate, Programme, SignUp
    from matchmaker.programmes.trips.models import EntryRule, SupportScheme, TripItem, TripLetter
    from matchmaker.programmes.trips.paper_queries import Sealed

OFFICERS = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
LONGEST_TEXT = 4_000
LONGEST_REASON = 1_000


def officer_countries(actor: Actor) -> frozenset[str]:
    """The countries for whose institutions the actor is staff or coordinator."""
    return frozenset(grant.country for grant in actor.grants if grant.role in OFFICERS and grant.country)


def officer_institutions(actor: Actor) -> tuple[int, ...]:
    """The institutions whose staff or coordinator the actor is, each once."""
    return tuple(dict.fromkeys(grant.institution_id for grant in actor.grants if grant.role in OFFICERS))


def may_read_entry_rules(actor: Actor) -> bool:
    """The people of institutions read the rules of entry; firms see what follows from them on the page of a trip."""
    return actor.is_staff


def may_add_entry_rule(actor: Actor) -> bool:
    """Staff and coordinators record rules of entry that concern their country."""
    return bool(officer_countries(actor))


def may_change_entry_rule(actor: Actor, rule: "EntryRule") -> bool:
    """Staff of either of the two countries of a rule."""
    return bool(officer_countries(actor) & {rule.nationality, rule.destination})


def may_read_schemes(actor: Actor) -> bool:
    """Schemes are public information; anybody with an account reads them."""
    return actor.is_authenticated


def may_add_scheme(actor: Actor) -> bool:
    """Staff and coordinators record the schemes of their own institution."""
    return bool(officer_institutions(actor))


def may_change_scheme(actor: Actor, scheme: "SupportScheme") -> bool:
    """Staff of the institution whose money it is."""
    return actor.has(*OFFICERS, institution_id=scheme.institution_id)


def may_read_scheme(actor: Actor, scheme: "SupportScheme") -> bool:
    """Like the list of schemes."""
    return may_read_schemes(actor)


# ---------------------------------------------------------------- one trip


def may_run(actor: Actor, programme: "Programme") -> bool:
    """Staff and coordinators of the organiser and of the host run a trip on the spot."""
    offices = (programme.institution_id, programme.host_institution_id)
    return any(actor.has(*OFFICERS, institution_id=number) for number in offices if number is not None)


def is_traveller(actor: Actor, delegate: "Delegate") -> bool:
    """Whether the actor is this delegate."""
    return actor.is_authenticated and delegate.person_id == actor.person_id


def may_choose_items(actor: Actor, delegate: "Delegate") -> bool:
    """The delegate, those who speak for the firm, and the organiser choose items."""
    sign_up = delegate.sign_up
    return (
        is_traveller(actor, delegate)
        or programme_rules.is_own(actor, sign_up)
        or programme_rules.may_edit(actor, sign_up.programme)
    )


def may_see_delegate(actor: Actor, delegate: "Delegate") -> bool:
    """The delegate, the people of the firm, and who may see the people of the trip."""
    return is_traveller(actor, delegate) or programme_rules.may_see_sign_up(actor, delegate.sign_up)


def may_change_item(actor: Actor, item: "TripItem") -> bool:
    """The organiser plans the itinerary."""
    return programme_rules.may_edit(actor, item.programme)


def may_run_item(actor: Actor, item: "TripItem") -> bool:
    """Like the whole trip."""
    return may_run(actor, item.programme)


USUAL_PURGE_DAYS = 90
"""Days after the last day of a trip until papers are destroyed, where the trip says nothing else."""


def may_type_papers(actor: Actor, delegate: "Delegate") -> bool:
    """The delegate and those who speak for the firm type papers in; nobody of them reads a passport back."""
    return is_traveller(actor, delegate) or programme_rules.is_own(actor, delegate.sign_up)


def may_read_scores(actor: Actor, programme: "Programme") -> bool:
    """Staff and coordinators of the organiser and the host read the ranking."""
    return may_run(actor, programme)


def may_assess(actor: Actor, sign_up: "SignUp") -> bool:
    """Staff and coordinators of the organiser and the host, but nobody of the firm itself."""
    of_firm = sign_up.firm_id is not None and actor.membership(sign_up.firm_id) is not None
    return may_run(actor, sign_up.programme) and not of_firm and not programme_rules.is_own(actor, sign_up)


def may_change_letter(actor: Actor, letter: "TripLetter") -> bool:
    """Staff of the institution that issued it."""
    return actor.has(*OFFICERS, institution_id=letter.institution_id)


def may_still_change(state: SignUpState, assessed: bool) -> bool:
    """An application is changed until somebody assessed it or decided on it."""
    return state in (SignUpState.APPLIED, SignUpState.WAITING) and not assessed


def may_apply(actor: Actor, programme: "Programme") -> bool:
    """A firm applies for what it can see; only those who speak for a firm do."""
    speaks = any(programme_rules.acts_for(actor, one.firm_id) for one in actor.memberships)
    return speaks and programme.published_at is not None


def may_run_delegate(actor: Actor, delegate: "Delegate") -> bool:
    """Like the whole trip."""
    return may_run(actor, delegate.sign_up.programme)


def may_open(actor: Actor, sealed: "Sealed") -> bool:
    """Passport data are read by named officers only, as long as they work for the organiser or the host."""
    return actor.person_id in sealed.named and may_run(actor, sealed.programme)


def may_see_claim(actor: Actor, sign_up: "SignUp") -> bool:
    """The firm, and staff of the organiser and the host."""
    return programme_rules.is_own(actor, sign_up) or may_run(actor, sign_up.programme)
