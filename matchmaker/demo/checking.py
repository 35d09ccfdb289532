"""What staff did and still have to do about the demo firms: reviews, a changed profile, a request to join."""

from datetime import datetime, timedelta
from typing import Any, Final

from matchmaker.core.audit import AuditEntry
from matchmaker.demo.firms import REASONS, Stored, joined
from matchmaker.demo.special import FIRST_STATE, STATE_STEP, own_firm
from matchmaker.demo.tables import dice
from matchmaker.demo.writing import add_all
from matchmaker.firms.enums import FirmState, JoinState, VerificationDecision, VerificationMethod
from matchmaker.firms.models import FirmReview, JoinRequest, ProfileChange

DECISIONS: Final = {
    FirmState.VERIFIED: VerificationDecision.VERIFIED,
    FirmState.ON_HOLD: VerificationDecision.ON_HOLD,
    FirmState.SUSPENDED: VerificationDecision.SUSPENDED,
    FirmState.ARCHIVED: VerificationDecision.ARCHIVED,
}
CHANGED: Final = FIRST_STATE + STATE_STEP * 4
"""The place of a submitted Turkish firm that had been verified and changed its name."""


def add_checking(stored: dict[str, list[Stored]], people: dict[str, int], morning: datetime) -> None:
    """Write reviews with their audit lines, one changed profile and one request to join."""
    everybody = [one for made in stored.values() for one in made]
    add_all(FirmReview, [row for one in everybody for row in _reviews(one, people, morning)])
    add_all(AuditEntry, [row for one in everybody for row in _audit(one, people, morning)])
    changed = stored["TR"][CHANGED]
    before = changed.profile.name.legal.replace("Sanayi ve Ticaret", "Ticaret")
    yesterday = morning - timedelta(days=1)
    add_all(
        ProfileChange,
        [
            {
                "firm_id": changed.id,
                "changed_by_id": changed.person_id,
                "fields": {"legal_name": [before, changed.profile.name.legal]},
                "created_at": yesterday,
            }
        ],
    )
    own = own_firm([one.profile for one in stored["TR"]])
    firm = next(one for one in stored["TR"] if one.profile is own)
    add_all(
        JoinRequest,
        [
            {
                "firm_id": firm.id,
                "person_id": people["person.tr"],
                "note": "Satış ekibine yeni katıldım, firmanın profilini düzenlemeye yardım etmek istiyorum.",
                "state": JoinState.OPEN,
                "created_at": yesterday,
            }
        ],
    )


def _reviews(one: Stored, people: dict[str, int], morning: datetime) -> list[dict[str, Any]]:
    profile = one.profile
    if profile.state not in DECISIONS:
        return []
    method = dice("review", profile.country, profile.place).choice(list(VerificationMethod))
    moment = joined(profile, morning) + timedelta(days=3)
    return [
        {
            "firm_id": one.id,
            "officer_id": people[f"staff.{profile.language}"],
            "decision": DECISIONS[profile.state],
            "method": method,
            "reason": REASONS.get((profile.country, profile.state), ""),
            "created_at": moment,
            "updated_at": moment,
        }
    ]


def _audit(one: Stored, people: dict[str, int], morning: datetime) -> list[dict[str, Any]]:
    profile, moment = one.profile, joined(one.profile, morning)
    common = {"entity": "firm", "entity_id": one.id}
    steps: list[tuple[str, int, timedelta, FirmState | None, FirmState]] = [
        ("register", one.person_id, timedelta(0), None, FirmState.DRAFT)
    ]
    if profile.state is not FirmState.DRAFT:
        steps.append(("submit", one.person_id, timedelta(hours=3), FirmState.DRAFT, FirmState.SUBMITTED))
    if profile.state in DECISIONS:
        officer = people[f"staff.{profile.language}"]
        verb = {FirmState.VERIFIED: "verify", FirmState.ON_HOLD: "hold", FirmState.SUSPENDED: "suspend"}
        steps.append(
            (
                verb.get(profile.state, "archive"),
                officer,
                timedelta(days=3),
                FirmState.SUBMITTED,
                profile.state,
            )
        )
    return [
        {
            **common,
            "at": moment + after,
            "actor_id": who,
            "action": action,
            "before": {"state": before.value} if before else {},
            "after": {"state": state.value},
        }
        for action, who, after, before, state in steps
    ]
