"""Words of checks: for officers what was found, for the firm what it can do about it, for both where words stand."""

from typing import Final

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from matchmaker.opportunities.checks.enums import FindingKind, Outcome, WordKind

OUTCOMES: Final = {
    Outcome.CLEAN: (_l("Nothing found"), "ok"),
    Outcome.MARKED: (_l("Look closer"), "warn"),
    Outcome.REFUSED: (_l("Given back to the firm"), "danger"),
}
FINDINGS: Final = {
    FindingKind.SAME_OWN: _l("The same as another opportunity of the firm"),
    FindingKind.NEAR_OWN: _l("Nearly the same as another opportunity of the firm"),
    FindingKind.SAME_RELATED: _l("The same as an opportunity of a firm that belongs together with this one"),
    FindingKind.NEAR_RELATED: _l(
        "Nearly the same as an opportunity of a firm that belongs together with this one"
    ),
    FindingKind.REFUSED_BEFORE: _l("Like an opportunity of the firm that was refused"),
    FindingKind.LISTED_GOODS: _l("Goods on the common high priority list"),
    FindingKind.MILITARY_WORDS: _l("Words of military goods"),
    FindingKind.DUAL_USE_WORDS: _l("Words of goods with a civil and a military use"),
    FindingKind.RULE_WORDS: _l("Words of getting round sanctions, customs or controls"),
    FindingKind.CONTACT_WORDS: _l("Words that lead the reader out of the service"),
    FindingKind.REWORDED: _l("Sensitive words of an earlier version are gone: compare what changed"),
}
ADVICE: Final = {
    FindingKind.SAME_OWN: _l(
        "It says the same as another opportunity of yours. Change or renew that one; or write here what differs."
    ),
    FindingKind.NEAR_OWN: _l(
        "It says nearly the same as another opportunity of yours. Withdraw the one that is not needed, or write in title and summary what differs."
    ),
    FindingKind.REFUSED_BEFORE: _l(
        "Nearly the same was refused before. Read the reason there and write what has changed since."
    ),
    FindingKind.LISTED_GOODS: _l(
        "Goods are on the common high priority list. Write what they are used for; your institution may ask for papers."
    ),
    FindingKind.MILITARY_WORDS: _l(
        "It speaks of military goods. Your institution looks closer: write plainly what is offered or needed, and for what."
    ),
    FindingKind.DUAL_USE_WORDS: _l(
        "It speaks of goods that can have a military use. Write what they are used for, and by whom; your institution may ask for papers."
    ),
    FindingKind.RULE_WORDS: _l(
        "It speaks of getting round sanctions, customs or controls. Your institution looks closer and may ask you about it."
    ),
    FindingKind.CONTACT_WORDS: _l(
        "It leads the reader out of the service. Take that out: contacts open to both firms when they are introduced."
    ),
}
WORD_KINDS: Final = {
    WordKind.MILITARY: _l("Military goods"),
    WordKind.DUAL_USE: _l("Civil and military use"),
    WordKind.RULES: _l("Getting round rules"),
    WordKind.CONTACT: _l("Out of the service"),
}
KIND: Final = lazy_pgettext("opportunity", "Kind")
