"""The list of programmes: those that come or those that are over, by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language, show_date
from matchmaker.firms.names import place_name
from matchmaker.programmes import filters, rules
from matchmaker.programmes.enums import ProgrammeMode, ProgrammeState
from matchmaker.programmes.filters import PAST, Head, Known
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.sign_up_page import sign_up_words
from matchmaker.programmes.words import ICONS, KINDS, MODES, SIGN_UP_STATES, STATES
from matchmaker.reference import languages


@dataclass(frozen=True, slots=True)
class Entry:
    """One programme of the list as its template needs it."""

    id: int
    url: str
    title: str
    top: str
    number: str
    meta: str
    icon: str
    taken: str
    done: int
    end: str
    badge: tuple[str, str]
    action: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The page: what stands over it, and the programmes by month."""

    head: Head
    months: list[tuple[str, list[Entry]]]
    total: int


def listing(actor: Actor, args: Mapping[str, str]) -> Listing:
    """The programmes of an address for this reader."""
    asked, known, now = filters.read_filters(args), filters.known_to(actor), clock.now()
    any_kind = filters.of_any_kind(asked)
    fitting = [
        one
        for one in known.programmes
        if filters.is_over(one, now) == asked.past and filters.matches(one, any_kind, known.left_of(one))
    ]
    shown = [one for one in fitting if asked.kind in (None, one.kind)]
    if asked.past:
        shown.reverse()
    entries = [(one, _entry(actor, one, known)) for one in shown]
    kept = {PAST: "1" if asked.past else ""}
    return Listing(
        head=filters.head(asked, known, fitting, "programmes.index", kept),
        months=[
            (month_name(first), [entry for _one, entry in group])
            for first, group in groupby(entries, key=lambda pair: pair[0].first_day.replace(day=1))
        ],
        total=len(shown),
    )


def month_name(first: date) -> str:
    """A month with its year, standing alone."""
    name = format_skeleton("yMMMM", first, locale=language())
    return name[:1].upper() + name[1:]


def _entry(actor: Actor, programme: Programme, known: Known) -> Entry:
    spoken, day, own = language(), programme.first_day, known.own.get(programme.id)
    taken, left = known.taken_of(programme), known.left_of(programme)
    url = url_for("programmes.show", programme_id=programme.id)
    return Entry(
        id=programme.id,
        url=url,
        title=f"{KINDS[programme.kind]}: {programme.title(spoken)}",
        top=format_date(day, "ccc", locale=spoken),
        number=f"{day.day:02}",
        meta=" · ".join(meta(programme)),
        icon=ICONS[programme.kind],
        taken=places_taken(taken, programme.places),
        done=100 * taken // programme.places,
        end=_end(programme, known.waiting.get(programme.id, 0)),
        badge=badge(programme, left, own),
        action=_action(actor, programme, url, left, own),
    )


def meta(programme: Programme) -> list[str]:
    """When and where, in short."""
    days = (programme.last_day - programme.first_day).days + 1
    if days == 1:
        start, end = (
            zones.clock_at(moment, programme.zone) for moment in (programme.starts_at, programme.ends_at)
        )
        when = zones.with_zone(
            _("%(start)s to %(end)s", start=start, end=end), programme.starts_at, programme.zone
        )
    else:
        when = ngettext("%(num)s day", "%(num)s days", days)
    where = (
        str(MODES[programme.mode]) if programme.mode is ProgrammeMode.ONLINE else place_name(programme.city)
    )
    spoken = languages.listed(programme.languages, language())
    return [part for part in (when, where, spoken) if part]


def places_taken(taken: int, places: int) -> str:
    """How full a programme is."""
    return str(_("%(taken)s of %(places)s places taken", taken=taken, places=places))


def _end(programme: Programme, waiting: int) -> str:
    if waiting:
        return str(ngettext("%(num)s waiting", "%(num)s waiting", waiting))
    if programme.state is ProgrammeState.OPEN and programme.closes_at is not None:
        last = programme.closes_at.astimezone(ZoneInfo(programme.zone)).date()
        return str(_("closes %(day)s", day=show_date(last, "medium")))
    return ""


def badge(programme: Programme, left: int, own: SignUp | None) -> tuple[str, str]:
    """The one badge of an entry: the reader's own sign-up, else full, else the state."""
    if own is not None and own.state in rules.LIVING:
        word, kind = SIGN_UP_STATES[own.state]
        return str(word), kind
    if programme.state is ProgrammeState.OPEN and left <= 0:
        return _("Full"), ""
    word, kind = STATES[programme.state]
    return str(word), kind


def _action(
    actor: Actor, programme: Programme, url: str, left: int, own: SignUp | None
) -> tuple[str, str] | None:
    if own is not None and own.state in rules.LIVING:
        return _("See your sign-up"), url
    words = sign_up_words(actor, programme, own, left)
    return (words, url) if words else None
