"""Decisions about firms: who may see and change what, which state follows which, what a profile still lacks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from matchmaker.core.actor import Actor, FirmRole, InstitutionRole
from matchmaker.firms.enums import FieldGroup, FirmState, Side, StateVerb, Visibility, Who

if TYPE_CHECKING:
    from matchmaker.firms.models import ContactPerson, Firm, FirmMember, JoinRequest

DEFAULT_VISIBILITY: dict[FieldGroup, Visibility] = {
    FieldGroup.NAME: Visibility.PUBLIC,
    FieldGroup.REGION: Visibility.PUBLIC,
    FieldGroup.SECTOR: Visibility.PUBLIC,
    FieldGroup.PRODUCTS: Visibility.PUBLIC,
    FieldGroup.TEXTS: Visibility.REGISTERED,
    FieldGroup.SIZE: Visibility.REGISTERED,
    FieldGroup.CERTIFICATES: Visibility.REGISTERED,
    FieldGroup.MARKETS: Visibility.REGISTERED,
    FieldGroup.PARTNERSHIPS: Visibility.REGISTERED,
    FieldGroup.WEBSITE: Visibility.REGISTERED,
    FieldGroup.ADDRESS: Visibility.PARTNER,
    FieldGroup.IDENTIFIERS: Visibility.STAFF,
}
FIXED_GROUPS = frozenset({FieldGroup.IDENTIFIERS})
LEVELS = (Visibility.PUBLIC, Visibility.REGISTERED, Visibility.PARTNER, Visibility.STAFF)
CHECKING_ROLES = (
    InstitutionRole.STAFF,
    InstitutionRole.COORDINATOR,
    InstitutionRole.COMPLIANCE,
    InstitutionRole.ADMINISTRATOR,
)
VERIFYING_ROLES = (InstitutionRole.STAFF, InstitutionRole.COORDINATOR)
REVIEWING_ROLES = (*VERIFYING_ROLES, InstitutionRole.COMPLIANCE)
EDITING_ROLES = frozenset({FirmRole.ADMINISTRATOR, FirmRole.EDITOR})
SETTLED_STATES = frozenset({FirmState.SUSPENDED, FirmState.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step: from a state by a verb to another, by whom, and whether a reason has to be given."""

    before: FirmState
    verb: StateVerb
    after: FirmState
    who: frozenset[Who]
    reason: bool = False


def _steps() -> tuple[Transition, ...]:
    state, verb, who = FirmState, StateVerb, Who
    owner, editor, staff = frozenset({who.ADMINISTRATOR}), frozenset({who.EDITOR}), frozenset({who.STAFF})
    return (
        Transition(state.DRAFT, verb.SUBMIT, state.SUBMITTED, editor),
        Transition(state.DRAFT, verb.ARCHIVE, state.ARCHIVED, owner),
        Transition(state.SUBMITTED, verb.VERIFY, state.VERIFIED, staff),
        Transition(state.SUBMITTED, verb.HOLD, state.ON_HOLD, staff, reason=True),
        Transition(state.SUBMITTED, verb.SUSPEND, state.SUSPENDED, staff, reason=True),
        Transition(state.SUBMITTED, verb.ARCHIVE, state.ARCHIVED, owner | staff, reason=True),
        Transition(state.VERIFIED, verb.REOPEN, state.SUBMITTED, editor),
        Transition(state.VERIFIED, verb.HOLD, state.ON_HOLD, staff, reason=True),
        Transition(state.VERIFIED, verb.SUSPEND, state.SUSPENDED, staff, reason=True),
        Transition(state.VERIFIED, verb.ARCHIVE, state.ARCHIVED, owner | staff, reason=True),
        Transition(state.ON_HOLD, verb.SUBMIT, state.SUBMITTED, editor),
        Transition(state.ON_HOLD, verb.VERIFY, state.VERIFIED, staff),
        Transition(state.ON_HOLD, verb.SUSPEND, state.SUSPENDED, staff, reason=True),
        Transition(state.ON_HOLD, verb.ARCHIVE, state.ARCHIVED, owner | staff, reason=True),
        Transition(state.SUSPENDED, verb.REINSTATE, state.SUBMITTED, staff, reason=True),
        Transition(state.SUSPENDED, verb.ARCHIVE, state.ARCHIVED, staff, reason=True),
        Transition(state.ARCHIVED, verb.RESTORE, state.SUBMITTED, staff, reason=True),
    )


TRANSITIONS: dict[tuple[FirmState, StateVerb], Transition] = {
    (step.before, step.verb): step for step in _steps()
}


def standing(actor: Actor, firm: "Firm") -> frozenset[Who]:
    """In which capacities the actor stands before the firm."""
    found: set[Who] = set()
    membership = actor.membership(firm.id)
    if membership and membership.role in EDITING_ROLES:
        found.add(Who.EDITOR)
    if membership and membership.role is FirmRole.ADMINISTRATOR:
        found.add(Who.ADMINISTRATOR)
    if may_verify(actor, firm):
        found.add(Who.STAFF)
    return frozenset(found)


def may_step(actor: Actor, firm: "Firm", verb: StateVerb) -> bool:
    """Whether the actor may take this step of the firm's state now."""
    step = TRANSITIONS.get((firm.state, verb))
    return step is not None and bool(step.who & standing(actor, firm))


def may_register(actor: Actor) -> bool:
    """Anybody with an account may register a firm, but not the people of institutions."""
    return actor.is_authenticated and not actor.is_staff


def may_see(actor: Actor, firm: "Firm") -> bool:
    """A verified firm is seen by everybody, each field by its visibility; any other by its people and institutions."""
    return firm.state is FirmState.VERIFIED or is_member(actor, firm) or is_checking(actor)


def may_edit(actor: Actor, firm: "Firm") -> bool:
    """Administrators and editors change the profile, unless the firm is suspended or archived."""
    membership = actor.membership(firm.id)
    return membership is not None and membership.role in EDITING_ROLES and firm.state not in SETTLED_STATES


def may_open(actor: Actor, firm: "Firm") -> bool:
    """Every member reads the firm's own page."""
    return is_member(actor, firm)


def may_administer(actor: Actor, firm: "Firm") -> bool:
    """Administrators decide about the people of the firm, unless it is archived."""
    membership = actor.membership(firm.id)
    administers = membership is not None and membership.role is FirmRole.ADMINISTRATOR
    return administers and firm.state is not FirmState.ARCHIVED


def may_verify(actor: Actor, firm: "Firm") -> bool:
    """Staff and coordinators of an institution of the firm's country check it, but never a firm of their own."""
    return actor.has(*VERIFYING_ROLES, country=firm.country) and not is_member(actor, firm)


def may_see_people(actor: Actor, firm: "Firm") -> bool:
    """Every member sees who belongs to the firm; so do staff of its country, who also decide requests to join."""
    return is_member(actor, firm) or may_verify(actor, firm)


def may_see_checks(actor: Actor) -> bool:
    """Whether the actor has a list of firms to check: staff, coordinators and compliance officers of a country."""
    return bool(checked_countries(actor))


def checked_countries(actor: Actor) -> frozenset[str]:
    """The countries whose firms the actor checks."""
    return frozenset(
        grant.country for grant in actor.grants if grant.role in REVIEWING_ROLES and grant.country
    )


def may_review(actor: Actor, firm: "Firm") -> bool:
    """Whoever checks firms of the country reads the record of one that was sent once, but never of a firm of their own."""
    sent = firm.state is not FirmState.DRAFT
    return sent and firm.country in checked_countries(actor) and not is_member(actor, firm)


def may_decide_region(actor: Actor, firm: "Firm") -> bool:
    """A compliance officer of the country decides about a region outside ISO 3166-2, but never for a firm of their own."""
    return actor.has(InstitutionRole.COMPLIANCE, country=firm.country) and not is_member(actor, firm)


def may_decide_join(actor: Actor, request: "JoinRequest") -> bool:
    """Administrators of the firm, or staff of its country, take people in."""
    own = request.person_id == actor.person_id
    return not own and (may_administer(actor, request.firm) or may_verify(actor, request.firm))


def may_change_role(actor: Actor, member: "FirmMember") -> bool:
    """Administrators give roles in their firm, also to themselves."""
    return may_administer(actor, member.firm)


def may_remove(actor: Actor, member: "FirmMember") -> bool:
    """Administrators remove people of their firm, and everybody may leave."""
    return may_administer(actor, member.firm) or member.person_id == actor.person_id


def may_edit_contact(actor: Actor, contact: "ContactPerson") -> bool:
    """Whoever edits the firm edits its contact persons, but never their consents."""
    return may_edit(actor, contact.firm)


def is_own_contact(actor: Actor, contact: "ContactPerson") -> bool:
    """Only the person gives and withdraws a consent."""
    return actor.is_authenticated and contact.person_id == actor.person_id


class Showing(Protocol):
    """What decides who sees what of a firm: a loaded firm has it, and so have plain columns."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def visibility(self) -> Mapping[str, str]:
        """The level that it chose for each group of fields, where it chose one."""


def is_member(actor: Actor, firm: Showing) -> bool:
    """Whether the actor belongs to the firm."""
    return actor.membership(firm.id) is not None


def is_checking(actor: Actor) -> bool:
    """Whether the actor checks firms for an institution of either side; experts do not."""
    return actor.has(*CHECKING_ROLES)


def visibility_of(firm: "Firm", group: FieldGroup) -> Visibility:
    """The level a field group is shown at: the firm's choice, else the default; identifiers are never opened."""
    return visibility_chosen(firm.visibility, group)


def visibility_chosen(choices: Mapping[str, str], group: FieldGroup) -> Visibility:
    """The same where only the firm's choices are at hand."""
    chosen = None if group in FIXED_GROUPS else choices.get(group.value)
    return Visibility(chosen) if chosen in set(Visibility) else DEFAULT_VISIBILITY[group]


def is_shown_at(choices: Mapping[str, str], group: FieldGroup, level: Visibility) -> bool:
    """Whether everybody of a level sees a field group of a firm with these choices."""
    return LEVELS.index(visibility_chosen(choices, group)) <= LEVELS.index(level)


def visible_groups(actor: Actor, firm: Showing, introduced: bool = False) -> frozenset[FieldGroup]:
    """The field groups that the actor sees; `introduced` says that a match has opened the two firms to each other."""
    if is_member(actor, firm) or is_checking(actor):
        return frozenset(FieldGroup)
    level = LEVELS[2 if introduced else 1 if actor.is_authenticated else 0]
    return groups_at(firm, level)


def groups_at(firm: Showing, level: Visibility) -> frozenset[FieldGroup]:
    """The field groups that everybody of a level sees, for indexes and exports."""
    return groups_chosen(frozenset(firm.visibility.items()), level)


@lru_cache(maxsize=4_096)
def groups_chosen(choices: frozenset[tuple[str, str]], level: Visibility) -> frozenset[FieldGroup]:
    """The same for all firms with these choices: most choose nothing, and lists ask this for each firm."""
    return frozenset(group for group in FieldGroup if is_shown_at(dict(choices), group, level))


class Suggested(Protocol):
    """What decides whether a firm is suggested to others: a loaded firm has it, and so have plain columns."""

    @property
    def state(self) -> FirmState:
        """The state of its approval."""

    @property
    def region_code(self) -> str:
        """Its region in ISO 3166-2."""

    @property
    def region_note(self) -> str:
        """What is known of a region that is not in ISO 3166-2."""

    @property
    def products(self) -> Sequence[Any]:
        """A row for each good."""

    @property
    def partnerships(self) -> Sequence[Any]:
        """A row for each type of partnership."""


def is_region_mapped(firm: Suggested) -> bool:
    """Whether the firm's region is one of ISO 3166-2; others need a decision of compliance before anything else."""
    return bool(firm.region_code) or not firm.region_note


def is_matchable(firm: Suggested) -> bool:
    """Only a verified firm with a product line, a partnership type and a mapped region is suggested to others."""
    return (
        firm.state is FirmState.VERIFIED
        and bool(firm.products)
        and bool(firm.partnerships)
        and is_region_mapped(firm)
    )


KEY_FIELDS = ("legal_name", "identifiers", "ownership", "products_offered", "products_sought")


def key_values(firm: "Firm") -> dict[str, str | list[str]]:
    """The values whose change re-opens the approval of a firm, as text, in a fixed order."""

    def codes(side: Side) -> list[str]:
        return sorted(item.hs_code for item in firm.products if item.side is side)

    return {
        "legal_name": firm.legal_name,
        "identifiers": sorted(f"{item.scheme} {item.value}" for item in firm.identifiers),
        "ownership": [f"{name} {share}" for name, share in sorted(firm.ownership.items())],
        "products_offered": codes(Side.OFFERED),
        "products_sought": codes(Side.SOUGHT),
    }


def key_changes(
    before: dict[str, str | list[str]], after: dict[str, str | list[str]]
) -> dict[str, list[str | list[str]]]:
    """Key fields that differ, each with its value before and after."""
    return {name: [before[name], after[name]] for name in KEY_FIELDS if before[name] != after[name]}


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the profile that is still empty: the step that fills it and whether submitting needs it."""

    step: str
    required: bool


def missing(firm: "Firm") -> tuple[Missing, ...]:
    """What the profile lacks, in the order of the steps."""
    return tuple(Missing(step, required) for step, required, filled in _parts(firm) if not filled)


def lacks(firm: "Firm") -> tuple[str, ...]:
    """The steps that have to be filled before the firm can be submitted."""
    return tuple(item.step for item in missing(firm) if item.required)


def completeness(firm: "Firm") -> int:
    """How much of the profile is filled, in whole per cent of its parts."""
    parts = _parts(firm)
    return round(100 * sum(filled for _step, _required, filled in parts) / len(parts))


def _parts(firm: "Firm") -> tuple[tuple[str, bool, bool], ...]:
    sides = {item.side for item in firm.products}
    summarised = any(item.summary for item in firm.texts)
    return (
        ("identifiers", True, bool(firm.identifiers)),
        ("names", True, bool(firm.legal_name and firm.name_romanised and firm.legal_form)),
        ("place", True, bool((firm.region_code or firm.region_note) and firm.town)),
        ("size", True, firm.headcount is not None and firm.turnover is not None),
        ("sectors", True, bool(firm.sectors)),
        ("offered", Side.SOUGHT not in sides, Side.OFFERED in sides),
        ("sought", False, Side.SOUGHT in sides),
        ("certificates", False, bool(firm.certificates)),
        ("languages", False, bool(firm.languages)),
        ("partnerships", True, bool(firm.partnerships)),
        ("markets", False, bool(firm.markets)),
        ("texts", True, summarised),
        ("logo", False, firm.logo_id is not None),
        ("contacts", False, bool(firm.contacts)),
    )
