"""What the page of a programme shows to one reader."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from matchmaker.core import zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.firms.names import place_name
from matchmaker.mous.wording import AREA_LABELS
from matchmaker.programmes import pages, queries, rules
from matchmaker.programmes.declared import Renewal, renewal
from matchmaker.programmes.enums import ProgrammeState, ProgrammeVerb, SignUpState
from matchmaker.programmes.listing import places_taken
from matchmaker.programmes.models import Programme, SignUp
from matchmaker.programmes.sign_up_page import conditions, sign_up_words, what_now
from matchmaker.programmes.words import KINDS, MODES, SIGN_UP_STATES, STATES, VERBS
from matchmaker.reference import languages, nace

OWN_FORMS = frozenset({ProgrammeVerb.PUBLISH, ProgrammeVerb.CANCEL})


@dataclass(frozen=True, slots=True)
class ShowPage:
    """One programme for one reader."""

    programme: Programme
    title: str
    kind: str
    badge: tuple[str, str]
    tabs: list[dict[str, Any]]
    facts: list[dict[str, str]]
    taken: str
    done: int
    end: str
    own: SignUp | None
    own_badge: tuple[str, str]
    own_now: str
    conditions: list[dict[str, Any]]
    sign_up: str
    renewal: Renewal | None
    panels: list[tuple[str, dict[str, Any]]]
    moves: list[tuple[str, str]]
    may_edit: bool
    can_copy: bool
    may_publish: bool
    may_cancel: bool


def show_page(actor: Actor, programme: Programme) -> ShowPage:
    """Put the page of a programme together."""
    word, kind = STATES[programme.state]
    own = queries.own_sign_up(actor, programme.id)
    taken = queries.counts([programme.id], rules.HOLDING).get(programme.id, 0)
    waiting = queries.counts([programme.id], {SignUpState.WAITING}).get(programme.id, 0)
    words = sign_up_words(actor, programme, own, programme.places - taken)
    verbs = rules.programme_verbs(programme.state, rules.programme_parts(actor, programme))
    return ShowPage(
        programme=programme,
        title=programme.title(language()),
        kind=str(KINDS[programme.kind]),
        badge=(str(word), kind),
        tabs=pages.tabs(actor, programme),
        facts=facts(programme),
        taken=places_taken(taken, programme.places),
        done=100 * taken // programme.places,
        end=_("%(count)s waiting", count=waiting) if waiting else "",
        own=own,
        own_badge=(str(SIGN_UP_STATES[own.state][0]), SIGN_UP_STATES[own.state][1]) if own else ("", ""),
        own_now=what_now(own) if own else "",
        conditions=conditions(actor, programme),
        sign_up=words,
        renewal=renewal(actor, programme) if words else None,
        panels=pages.panels(actor, programme),
        moves=[(verb.value, str(VERBS[verb])) for verb in verbs if verb not in OWN_FORMS],
        may_edit=rules.may_edit(actor, programme) and programme.state not in rules.ENDED_PROGRAMMES,
        can_copy=rules.may_edit(actor, programme),
        may_publish=ProgrammeVerb.PUBLISH in verbs,
        may_cancel=ProgrammeVerb.CANCEL in verbs,
    )


def facts(programme: Programme) -> list[dict[str, str]]:
    """When, where, in which languages, until when and under which memorandum; what is not set is left out."""
    spoken, zone = language(), programme.zone
    where = [str(MODES[programme.mode]), place_name(programme.city), place_name(programme.place)]
    hosts = [programme.institution, programme.host_institution]
    found = [
        (_("When"), zones.show_span(programme.starts_at, programme.ends_at, zone)),
        (_("Where"), ", ".join(part for part in where if part)),
        (_("Organiser"), programme.institution.name(spoken)),
        (_("Host"), hosts[1].name(spoken) if hosts[1] else ""),
        (_("Languages"), _tongues(programme.languages)),
        (_("Interpretation into"), _tongues(programme.interpretation)),
        (_("Sectors"), ", ".join(nace.label(code, spoken) for code in programme.sectors)),
        (_("Sign-up from"), _deadline(programme, "opens_at")),
        (_("Sign-up until"), _deadline(programme, "closes_at")),
        (_("Fee"), programme.fee or _("free of charge")),
        (_("Memorandum"), f"{programme.mou.number}, {AREA_LABELS[programme.area]}"),
    ]
    return [{"term": term, "value": value} for term, value in found if value]


def _deadline(programme: Programme, name: str) -> str:
    moment = getattr(programme, name)
    if moment is None or programme.state in (ProgrammeState.RUNNING, *rules.ENDED_PROGRAMMES):
        return ""
    return zones.show_at(moment, programme.zone)


def _tongues(codes: list[str]) -> str:
    return languages.listed(codes, language())
