"""Words of opportunities, and the news they send."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.notifications.enums import NoticeCategory
from matchmaker.notifications.kinds import add_kind
from matchmaker.opportunities.enums import (
    OpportunityKind,
    OpportunityState,
    OpportunityVerb,
    PartnerKind,
    PropertyState,
    Stage,
    Standing,
    Supply,
)

KINDS: Final = {
    OpportunityKind.BUSINESS_OFFER: _l("Business offer"),
    OpportunityKind.BUSINESS_REQUEST: _l("Business request"),
    OpportunityKind.TECHNOLOGY_OFFER: _l("Technology offer"),
    OpportunityKind.TECHNOLOGY_REQUEST: _l("Technology request"),
    OpportunityKind.RESEARCH_REQUEST: _l("Research request"),
}
KIND_NOTES: Final = {
    OpportunityKind.BUSINESS_OFFER: _l(
        "You sell goods or services and look for buyers, agents or distributors."
    ),
    OpportunityKind.BUSINESS_REQUEST: _l("You need goods, services or a contract maker."),
    OpportunityKind.TECHNOLOGY_OFFER: _l("You have a technology that others could use or develop with you."),
    OpportunityKind.TECHNOLOGY_REQUEST: _l(
        "You have a technical problem and look for somebody who has solved it."
    ),
    OpportunityKind.RESEARCH_REQUEST: _l("You look for partners for a research project with a fixed day."),
}
STATES: Final = {
    OpportunityState.DRAFT: (lazy_pgettext("opportunity", "Draft"), ""),
    OpportunityState.SUBMITTED: (lazy_pgettext("opportunity", "In review"), "info"),
    OpportunityState.ANNOUNCED: (_l("Shown to the other institution"), "info"),
    OpportunityState.PUBLISHED: (lazy_pgettext("opportunity", "Published"), "ok"),
    OpportunityState.REFUSED: (lazy_pgettext("opportunity", "Refused"), "danger"),
    OpportunityState.WITHDRAWN: (lazy_pgettext("opportunity", "Withdrawn"), ""),
}
EXPIRED: Final = (lazy_pgettext("opportunity", "Time is over"), "warn")
EVENTS: Final = {
    OpportunityVerb.SUBMIT: _l("Sent for review"),
    OpportunityVerb.TAKE_BACK: _l("Taken back by the firm"),
    OpportunityVerb.RETURN: _l("Returned to the firm"),
    OpportunityVerb.REFUSE: lazy_pgettext("opportunity", "Refused"),
    OpportunityVerb.ANNOUNCE: _l("Approved and shown to the other institution"),
    OpportunityVerb.CLEAR: _l("No objection"),
    OpportunityVerb.OBJECT: _l("Objection"),
    OpportunityVerb.PUBLISH: lazy_pgettext("opportunity", "Published"),
    OpportunityVerb.RENEW: _l("Renewed"),
    OpportunityVerb.REVISE: _l("Changed by the firm"),
    OpportunityVerb.WITHDRAW: lazy_pgettext("opportunity", "Withdrawn"),
}
VERBS: Final = {
    OpportunityVerb.SUBMIT: _l("Send for review"),
    OpportunityVerb.TAKE_BACK: _l("Take back"),
    OpportunityVerb.RENEW: _l("Renew for twelve months"),
    OpportunityVerb.REVISE: _l("Take off the list and change"),
    OpportunityVerb.WITHDRAW: _l("Withdraw"),
}
DONE: Final = {
    OpportunityVerb.SUBMIT: _l("The opportunity is sent. Your institution reviews it."),
    OpportunityVerb.TAKE_BACK: _l("The opportunity is a draft again."),
    OpportunityVerb.RENEW: _l("The opportunity is renewed."),
    OpportunityVerb.REVISE: _l("You can change the opportunity now. Send it again when it is ready."),
    OpportunityVerb.WITHDRAW: _l("The opportunity is withdrawn."),
    OpportunityVerb.ANNOUNCE: _l(
        "Approved. The other institution sees it now; firms follow after five days at the latest."
    ),
    OpportunityVerb.RETURN: _l("Returned to the firm with your comment."),
    OpportunityVerb.REFUSE: _l("The opportunity is refused."),
    OpportunityVerb.CLEAR: _l("Your answer is kept."),
    OpportunityVerb.OBJECT: _l("Your objection is kept. The other institution reads it."),
}
STAGES: Final = {
    Stage.IDEA: _l("Idea"),
    Stage.PROTOTYPE: _l("Prototype"),
    Stage.FIELD_TESTED: _l("Tested in the field"),
    Stage.ON_MARKET: _l("On the market"),
}
PROPERTY: Final = {
    PropertyState.NONE: _l("Not protected"),
    PropertyState.KNOW_HOW: _l("Know-how kept secret"),
    PropertyState.APPLIED: _l("Patent applied for"),
    PropertyState.GRANTED: _l("Patent granted"),
    PropertyState.COPYRIGHT: _l("Copyright"),
}
PARTNERS: Final = {
    PartnerKind.COMPANY: _l("A firm"),
    PartnerKind.RESEARCH: _l("A university or research institute"),
    PartnerKind.PUBLIC: _l("A public body"),
    PartnerKind.ANY: _l("Any of these"),
}
SUPPLIES: Final = {
    Supply.SAMPLE: _l("A sample first"),
    Supply.REGULAR: _l("Regular deliveries"),
    Supply.PROJECT: _l("Once, for a project"),
}
STANDINGS: Final = {
    Standing.OPEN: (_l("Not answered yet"), "info"),
    Standing.CLEAR: (_l("No objection"), "ok"),
    Standing.OBJECTED: (_l("Objection"), "danger"),
}
MISSING: Final = {
    "title": _l("Title"),
    "summary": lazy_pgettext("opportunity", "Summary"),
    "description": _l("Description"),
    "advantages": _l("Advantages and innovation"),
    "partner_role": _l("Role of the partner"),
    "hs_codes": _l("Goods (HS codes)"),
    "sectors": _l("Sectors"),
    "partnerships": _l("Kinds of partnership"),
    "quantity": _l("Quantity"),
    "supply": _l("How often"),
    "stage": _l("Stage of development"),
    "property_state": _l("Protection of the technology"),
    "partner_kind": _l("Kind of partner"),
    "deadline": _l("Answers wanted until"),
}
"""The names of what an opportunity says."""

SIZE: Final = _l("Size of the partner")
CERTIFICATES: Final = _l("Certificates")
LANGUAGES: Final = _l("Languages")

for _name, _category, _sentence, _news in (
    ("opportunity_to_review", NoticeCategory.WORK, _l("The opportunity “%(subject)s” waits for your review."), _l("An opportunity waits for your review.")),
    ("opportunity_to_answer", NoticeCategory.WORK, _l("The other institution wants to publish the opportunity “%(subject)s”. You can object for five days."), _l("An opportunity of the other side waits for your answer.")),
    ("opportunity_objected", NoticeCategory.WORK, _l("The other institution objects to the opportunity “%(subject)s”."), _l("The other institution objects to an opportunity.")),
    ("opportunity_draft", NoticeCategory.FIRM, _l("Your opportunity “%(subject)s” was returned with a comment."), _l("There is a decision on your opportunity.")),
    ("opportunity_refused", NoticeCategory.FIRM, _l("Your opportunity “%(subject)s” was refused. Read the reason."), _l("There is a decision on your opportunity.")),
    ("opportunity_announced", NoticeCategory.FIRM, _l("Your institution approved the opportunity “%(subject)s”. The other institution sees it first."), _l("There is a decision on your opportunity.")),
    ("opportunity_published", NoticeCategory.FIRM, _l("Your opportunity “%(subject)s” is published."), _l("Your opportunity is published.")),
    ("opportunity_ends_30", NoticeCategory.FIRM, _l("Your opportunity “%(subject)s” leaves the list in less than 30 days. You can renew it in one click."), _l("An opportunity of your firm ends soon.")),
    ("opportunity_ends_7", NoticeCategory.FIRM, _l("Your opportunity “%(subject)s” leaves the list in less than 7 days. You can renew it in one click."), _l("An opportunity of your firm ends soon.")),
):  # fmt: skip
    add_kind(_name, _category, _sentence, _news)
