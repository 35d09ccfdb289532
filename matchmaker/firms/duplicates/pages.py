"""What the pages of suspected pairs show, put together from stored rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext, ngettext

from matchmaker.core.i18n import show_date
from matchmaker.core.jobs import Job, JobState
from matchmaker.engines.text.likeness import SAME
from matchmaker.firms.duplicates.enums import PairState, Sign
from matchmaker.firms.duplicates.models import SuspectedPair
from matchmaker.firms.facts import facts
from matchmaker.firms.models import Firm
from matchmaker.firms.queries import firms
from matchmaker.firms.registers.pages import Running, running
from matchmaker.firms.words import STATE_BADGES

SHOWN_STEPS: Final = (
    "identifiers",
    "names",
    "place",
    "sectors",
    "offered",
    "sought",
    "certificates",
    "contacts",
)
TAB_NAMES: Final = {
    PairState.OPEN: _l("To look at"),
    PairState.PUT_ASIDE: _l("Not the same"),
    PairState.MERGED: lazy_pgettext("firms", "Merged"),
}
SIGN_NAMES: Final = {
    Sign.NUMBER: _l("Same number"),
    Sign.HOST: _l("Same domain"),
    Sign.NAME: _l("Like name"),
}


def signs(pair: SuspectedPair) -> list[str]:
    """What the two firms have in common, in words."""
    found = []
    if pair.number:
        found.append(_("Same number: %(number)s", number=pair.number))
    if pair.host:
        found.append(_("Same domain: %(host)s", host=pair.host))
    if pair.score >= SAME:
        found.append(_("Same name"))
    elif pair.score:
        found.append(_("Names alike: %(score)s of 100", score=pair.score))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison: what it is about, and what each of the two firms has, in short texts."""

    label: str
    values: Sequence[Sequence[str]]

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        one, other = self.values
        return bool(one) and sorted(one) == sorted(other)


def compared(pair: SuspectedPair) -> tuple[list[Firm], list[Line]]:
    """The two firms with all that belongs to them, and what they say side by side; empty lines are left out."""
    found = firms((pair.first_id, pair.second_id))
    both = [found[pair.first_id], found[pair.second_id]]
    told = [_told(firm) for firm in both]
    lines = [Line(label, [one.get(label, ()) for one in told]) for label in dict.fromkeys(chain(*told))]
    return both, [line for line in lines if any(line.values)]


def _told(firm: Firm) -> dict[str, Sequence[str]]:
    answers = [fact for step in SHOWN_STEPS for fact in facts(firm, step)]
    return {
        _("State"): [str(STATE_BADGES[firm.state].text)],
        _("Here since"): [show_date(firm.created_at)],
        **{fact.term: fact.values for fact in answers},
        _("People of the firm"): [member.person.name for member in firm.members],
    }


@dataclass(frozen=True, slots=True)
class Search:
    """The search through all firms that was begun last."""

    job: Job | None

    @property
    def running(self) -> Running | None:
        """The progress while it waits or runs."""
        return running(self.job)

    @property
    def told(self) -> str:
        """How the last one ended; empty where there was none."""
        if self.job is None or self.job.ended_at is None:
            return ""
        when = show_date(self.job.ended_at)
        if self.job.state is JobState.DONE:
            found = int(self.job.result.get("found", 0))
            return str(
                ngettext(
                    "All firms were compared on %(date)s: %(num)s new pair.",
                    "All firms were compared on %(date)s: %(num)s new pairs.",
                    found,
                    date=when,
                )
            )
        if self.job.state is JobState.CANCELLED:
            return str(_("The comparison was stopped on %(date)s. What was found stays.", date=when))
        return str(_("The comparison ended with an error on %(date)s. What was found stays.", date=when))

    @property
    def kind(self) -> str:
        """The colour of how it ended."""
        states = {JobState.DONE: "ok", JobState.CANCELLED: "warn", JobState.FAILED: "danger"}
        return states.get(self.job.state, "") if self.job else ""
