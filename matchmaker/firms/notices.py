"""Tells people of firms and institutions about firms: what was decided, who asks to join, what waits to be checked."""

from typing import Any

from flask_babel import lazy_gettext as _l

from matchmaker.core.actor import Actor
from matchmaker.firms import people_queries, queries
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import ContactPerson, Firm, JoinRequest
from matchmaker.firms.names import shown_name
from matchmaker.firms.rules import VERIFYING_ROLES
from matchmaker.firms.signals import firm_state_changed, join_asked
from matchmaker.institutions.queries import officers
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

add_kind(
    "firm_archived",
    NoticeCategory.FIRM,
    _l("%(subject)s is archived."),
    _l("There is a decision on your firm."),
)
add_kind(
    "firm_reason",
    NoticeCategory.FIRM,
    _l("Your institution writes: %(subject)s"),
    _l("Your institution wrote about your firm."),
)
add_kind(
    "consent_withdrawn",
    NoticeCategory.FIRM,
    _l("%(subject)s withdrew a consent. The contact is hidden where it applied."),
    _l("A contact person of your firm withdrew a consent."),
)
DECIDED = {
    FirmState.VERIFIED: "firm_verified",
    FirmState.ON_HOLD: "firm_on_hold",
    FirmState.SUSPENDED: "firm_suspended",
    FirmState.ARCHIVED: "firm_archived",
    FirmState.SUBMITTED: "firm_reinstated",
}


def tell_owners(firm: Firm, review_id: int, reason: str) -> None:
    """Tell the people of a firm what was decided, with the reason."""
    for person in queries.members_to_tell(firm.id):
        kind, path, key = DECIDED[firm.state], f"/firms/{firm.id}/edit", f"firm review {review_id}"
        notify(person.id, kind, shown_name(firm, person.language).text, path, key)
        if reason:
            notify(person.id, "firm_reason", reason, path, f"{key} reason", mail=False)


@firm_state_changed.connect
def tell_staff(
    _sender: object, *, firm: Firm, before: FirmState, after: FirmState, actor: Actor, **_rest: Any
) -> None:
    """Tell staff of the firm's country that a firm waits to be checked, for the first time or again."""
    if after is not FirmState.SUBMITTED:
        return
    kind = "firm_changed" if before is FirmState.VERIFIED else "firm_submitted"
    for person in officers(firm.country, *VERIFYING_ROLES):
        if person.id != actor.person_id:
            key = f"{kind} {firm.id} {firm.version}"
            notify(person.id, kind, shown_name(firm, person.language).text, f"/firms/{firm.id}/review", key)


@join_asked.connect
def tell_join_asked(_sender: object, *, request: JoinRequest) -> None:
    """Tell who may decide: the administrators of the firm, or staff of its country where it has none."""
    firm = queries.firm(request.firm_id)
    people, path = people_queries.administrators(firm.id), f"/firms/{firm.id}/people"
    if not people:
        people, path = officers(firm.country, *VERIFYING_ROLES), "/firms/to-verify?tab=join-requests"
    for person in people:
        subject = shown_name(firm, person.language).text
        notify(person.id, "join_asked", subject, path, f"join request {request.id}")


def tell_join_decided(request: JoinRequest, *, accepted: bool) -> None:
    """Tell who asked."""
    kind = "join_accepted" if accepted else "join_refused"
    path = f"/firms/{request.firm_id}/edit" if accepted else "/firms/new"
    notify(request.person_id, kind, request.firm.name, path, f"join request {request.id} decided")


def tell_joined(firm: Firm, person_id: int, key: str) -> None:
    """Tell the other administrators that somebody is new."""
    for person in people_queries.administrators(firm.id):
        if person.id != person_id:
            subject = shown_name(firm, person.language).text
            notify(person.id, "member_joined", subject, f"/firms/{firm.id}/people", key)


def tell_removed(firm: Firm, person_id: int, member_id: int) -> None:
    """Tell somebody that the membership ended."""
    notify(person_id, "member_removed", firm.name, "/notices", f"member {member_id} removed")


def tell_withdrawn(contact: ContactPerson, consent_id: int) -> None:
    """Tell the administrators that a contact person withdrew a consent."""
    for person in people_queries.administrators(contact.firm_id):
        path = f"/firms/{contact.firm_id}/contacts"
        notify(person.id, "consent_withdrawn", contact.name, path, f"consent {consent_id} withdrawn")
