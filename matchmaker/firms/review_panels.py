"""What higher domains know about a firm and staff should see before they decide about it."""

from dataclasses import dataclass

from matchmaker.core.actor import Actor
from matchmaker.firms.models import Firm
from matchmaker.firms.signals import review_panels_asked


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One finding with the words and kind of its badge; url is empty where the reader may not open it."""

    text: str
    badge: tuple[str, str]
    url: str = ""


@dataclass(frozen=True, slots=True)
class ReviewPanel:
    """A card on the record of a firm: its title, the badge that says how it stands, and what was found."""

    title: str
    badge: tuple[str, str]
    lines: tuple[PanelLine, ...] = ()


def review_panels(actor: Actor, firm: Firm) -> list[ReviewPanel]:
    """What the domains tell this reader about a firm, in the order in which they tell it."""
    return [panel for _receiver, panel in review_panels_asked.send(None, firm=firm, actor=actor)]
