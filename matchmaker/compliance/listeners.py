"""What compliance does when something happens to a firm, and tells those who check it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from matchmaker.compliance.models import ScreeningHit
from matchmaker.compliance.queries import screening_state
from matchmaker.compliance.services import screen
from matchmaker.compliance.words import HITS, SCREENINGS
from matchmaker.core.actor import Actor, InstitutionRole
from matchmaker.core.i18n import show_percent
from matchmaker.firms.enums import FirmState
from matchmaker.firms.models import Firm
from matchmaker.firms.review_panels import PanelLine, ReviewPanel
from matchmaker.firms.signals import firm_state_changed, review_panels_asked


@firm_state_changed.connect
def screen_verified(
    _sender: object, *, firm: Firm, after: FirmState, actor: Actor | None = None, **_rest: Any
) -> None:
    """A firm is compared with the lists when it becomes verified."""
    if after is FirmState.VERIFIED:
        screen(firm, actor=actor)


@review_panels_asked.connect
def tell_screening(_sender: object, *, firm: Firm, actor: Actor) -> ReviewPanel:
    """Where the screening of a firm stands, with the hits of its last comparison; who decides them may open them."""
    state, hits = screening_state(firm.id)
    decides = actor.has(InstitutionRole.COMPLIANCE, country=firm.country) and not actor.membership(firm.id)
    return ReviewPanel(
        title=_("Sanctions lists"),
        badge=_words(SCREENINGS[state]),
        lines=tuple(_line(hit, decides) for hit in hits),
    )


def _line(hit: ScreeningHit, decides: bool) -> PanelLine:
    how = "=" if hit.by_identifier else show_percent(hit.score / 100)
    return PanelLine(
        text=f"{hit.listed_name} ({hit.list_name}, {how})",
        badge=_words(HITS[hit.state]),
        url=url_for("compliance.hit", hit_id=hit.id) if decides else "",
    )


def _words(badge: tuple[object, str]) -> tuple[str, str]:
    return str(badge[0]), badge[1]
