"""Tells the other firm about a deal: only the kind of news and the name of the firm, no amount."""

from flask_babel import lazy_gettext as _l

from matchmaker.firms.names import shown_name
from matchmaker.firms.queries import members_to_tell
from matchmaker.matching.deals.models import Deal
from matchmaker.matching.models import Match
from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.notifications.services import notify

NEWS = _l("There is news of a deal.")
add_kind(
    "deal_reported",
    NoticeCategory.MATCHES,
    _l("%(subject)s reported a deal with you. Confirm it, or say why not."),
    _l("A deal waits for your confirmation."),
)
add_kind("deal_confirmed", NoticeCategory.MATCHES, _l("%(subject)s confirmed the deal you reported."), NEWS)
add_kind(
    "deal_refused", NoticeCategory.MATCHES, _l("%(subject)s did not confirm the deal you reported."), NEWS
)
add_kind("deal_withdrawn", NoticeCategory.MATCHES, _l("%(subject)s withdrew a deal it had reported."), NEWS)


def tell(deal: Deal, match: Match, firm_id: int) -> None:
    """Tell the members of one firm of the match in which state the deal is now."""
    other = match.answerer if firm_id == match.asker_id else match.asker
    kind = f"deal_{deal.state.value}"
    for person in members_to_tell(firm_id):
        about = shown_name(other, person.language).text
        notify(person.id, kind, about, f"/deals/{deal.id}", f"deal:{deal.id}:{kind}", mail=True)
