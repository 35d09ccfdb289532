"""What the pages of expert exchanges show to one reader."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import LANGUAGE_NAMES, language, show_date
from matchmaker.firms.names import place_name
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes.exchanges import queries, rules, words
from matchmaker.programmes.exchanges.enums import AgreementParty, ExchangeStage, LanguageLevel, PaperKind
from matchmaker.programmes.exchanges.models import (
    ExchangeAgendaItem,
    ExchangeApplication,
    ExchangeCall,
    ExchangePaper,
    Expert,
)
from matchmaker.programmes.models import Programme
from matchmaker.reference import practice_areas

Facts = list[dict[str, str]]


def window_words(window: rules.Window) -> str:
    """A window of days in words."""
    if window.first == window.last:
        return show_date(window.first)
    return str(_("%(first)s to %(last)s", first=show_date(window.first), last=show_date(window.last)))


def window_lines(stored: list[Any]) -> list[str]:
    """Stored windows in words, in order of time."""
    return [window_words(window) for window in rules.windows(stored)]


def call_facts(call: ExchangeCall) -> Facts:
    """What a call asks for, in short."""
    spoken = language()
    return _facts(
        (
            _("Direction"),
            _("%(one)s to %(other)s", one=call.sending.short_name, other=call.host.short_name),
        ),
        (_("Format"), str(words.FORMATS[call.format])),
        (_("Practice area"), practice_areas.label(call.practice_area, spoken)),
        (_("Length"), _("%(days)s days", days=call.days)),
        (_("Windows"), "; ".join(window_lines(call.windows))),
        (
            _("Costs"),
            ": ".join(part for part in (str(words.COST_MODELS[call.cost_model]), call.cost_note) if part),
        ),
    )


def contact_facts(call: ExchangeCall) -> Facts:
    """Whom to ask at the host; for signed-in people of institutions only."""
    return _facts((_("Contact at the host"), f"{call.contact_name}, {call.contact_address}"))


def expert_facts(expert: Expert) -> Facts:
    """What an expert offers."""
    spoken = language()
    areas = ", ".join(practice_areas.label(code, spoken) for code in expert.practice_areas)
    levels = (
        f"{LANGUAGE_NAMES.get(code, code)}: {words.LEVELS[LanguageLevel(level)]}"
        for code, level in expert.languages.items()
    )
    return _facts(
        (_("Institution"), expert.institution.name(spoken)),
        (_("Position"), expert.position),
        (_("Practice areas"), areas),
        (_("Years of work in these areas"), str(expert.years)),
        (_("Languages"), "; ".join(levels)),
        (_("Can travel"), "; ".join(window_lines(expert.windows))),
        (_("What you can share"), expert.summary),
        (_("Earlier exchanges elsewhere"), expert.earlier_exchanges),
    )


def _facts(*items: tuple[str, str]) -> Facts:
    return [{"term": term, "value": value} for term, value in items if value]


@dataclass(frozen=True, slots=True)
class CallPanel:
    """The part of a programme's page that says what the call asks for."""

    call: ExchangeCall | None
    facts: Facts
    contact: Facts
    edit_url: str
    apply_url: str
    own: ExchangeApplication | None
    rows: list["Row"]


def call_panel(actor: Actor, programme: Programme) -> dict[str, Any]:
    """What the panel needs, for one reader."""
    call = queries.call_of(programme.id)
    own = queries.own_application(actor, programme.id) if rules.is_expert(actor) else None
    living = own is not None and own.sign_up.state in programme_rules.LIVING
    number = programme.id
    changeable = rules.may_edit_call(actor, programme) and programme.published_at is None
    panel = CallPanel(
        call=call,
        facts=call_facts(call) if call else [],
        contact=contact_facts(call) if call and actor.is_staff else [],
        edit_url=url_for("exchanges.call", programme_id=number) if changeable else "",
        apply_url=url_for("exchanges.apply", programme_id=number)
        if call and not living and rules.may_apply(actor, programme)
        else "",
        own=own,
        rows=[row(item) for item in queries.applications_of(actor, number)]
        if actor.has(*rules.SEEING)
        else [],
    )
    return {"shown": panel}


@dataclass(frozen=True, slots=True)
class Row:
    """An exchange in a list."""

    url: str
    expert: str
    title: str
    sides: str
    days: str
    badge: tuple[str, str]


def row(application: ExchangeApplication) -> Row:
    """One line of a list."""
    spoken, call = language(), application.call
    agreed = application.agreed_from and application.agreed_to
    word, kind = words.STAGES[rules.stage(application)]
    return Row(
        url=url_for("exchanges.show", application_id=application.sign_up_id),
        expert=application.expert.person.name,
        title=application.sign_up.programme.title(spoken),
        sides=_("%(one)s to %(other)s", one=call.sending.short_name, other=call.host.short_name),
        days=window_words(rules.Window(application.agreed_from, application.agreed_to))
        if agreed and application.agreed_from and application.agreed_to
        else "; ".join(window_lines(application.windows)),
        badge=(str(word), kind),
    )


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """One exchange for one reader."""

    application: ExchangeApplication
    title: str
    stage: ExchangeStage
    badge: tuple[str, str]
    milestones: list[dict[str, Any]]
    call_facts: Facts
    facts: Facts
    terms: Facts
    confirmations: list[dict[str, Any]]
    version: int
    may_change: bool
    may_confirm: bool
    agenda: list[tuple[str, list[dict[str, Any]]]]
    papers: list[dict[str, Any]]
    due: str
    may: frozenset[str]


def exchange_page(actor: Actor, application: ExchangeApplication) -> ExchangePage:
    """Put the page of an exchange together."""
    stage = rules.stage(application)
    word, kind = words.STAGES[stage]
    agreement = application.agreement
    open_terms = stage in (ExchangeStage.AGREEMENT, ExchangeStage.READY)
    due = rules.due_on(application)
    return ExchangePage(
        application=application,
        title=application.sign_up.programme.title(language()),
        stage=stage,
        badge=(str(word), kind),
        milestones=milestones(stage),
        call_facts=call_facts(application.call),
        facts=application_facts(application),
        terms=terms(application),
        confirmations=confirmations(application),
        version=agreement.version if agreement else 0,
        may_change=open_terms and rules.may_agree(actor, application),
        may_confirm=open_terms and _can_confirm(actor, application),
        agenda=agenda_by_day(application),
        papers=papers(actor, application),
        due=show_date(due) if due else "",
        may=_may(actor, application, stage),
    )


def terms(application: ExchangeApplication) -> Facts:
    """What is agreed on, part by part."""
    agreement = application.agreement
    if agreement is None:
        return []
    return [{"term": str(word), "value": getattr(agreement, name)} for name, word in words.TERMS.items()]


def _can_confirm(actor: Actor, application: ExchangeApplication) -> bool:
    agreement = application.agreement
    if agreement is None or not all(getattr(agreement, name).strip() for name in words.TERMS):
        return False
    return bool(set(rules.parties_of(actor, application)) & set(rules.missing_confirmations(agreement)))


def _may(actor: Actor, application: ExchangeApplication, stage: ExchangeStage) -> frozenset[str]:
    """What the reader can do next, by the names of the endpoints."""
    s = ExchangeStage
    before_start = stage in (s.WITH_SENDER, s.WITH_HOST, s.AGREEMENT, s.READY)
    today = clock.today(application.sign_up.programme.zone)
    first, last = application.agreed_from, application.agreed_to
    runs = rules.may_run(actor, application)
    sends = rules.may_decide_sending(actor, application)
    found = {
        "sending": stage is s.WITH_SENDER and sends,
        "hosting": stage is s.WITH_HOST and rules.may_decide_hosting(actor, application),
        "withdraw": before_start and rules.is_the_expert(actor, application),
        "replace": stage in (s.AGREEMENT, s.READY) and sends and application.replacement is not None,
        "agenda": stage in (s.AGREEMENT, s.READY, s.RUNNING) and runs,
        "start": stage is s.READY and runs and first is not None and first <= today,
        "finish": stage is s.RUNNING and runs and last is not None and last <= today,
        "note": rules.may_offer_note(actor, application)
        and PaperKind.REPORT not in rules.missing_papers(application)
        and application.note_offered_at is None,
        "certificate": stage is s.CLOSED,
        "agreement_paper": application.agreement is not None and rules.may_see(actor, application),
    }
    return frozenset(name for name, holds in found.items() if holds)


def milestones(stage: ExchangeStage) -> list[dict[str, Any]]:
    """The course of an exchange."""
    order = [*ExchangeStage]
    at = -1 if stage is ExchangeStage.ENDED else order.index(stage)
    named = (
        (ExchangeStage.WITH_SENDER, _("Endorsed by the sending institution")),
        (ExchangeStage.WITH_HOST, _("Accepted by the host")),
        (ExchangeStage.AGREEMENT, _("Agreement confirmed by four")),
        (ExchangeStage.READY, _("Started")),
        (ExchangeStage.RUNNING, pgettext("exchange", "Ended")),
        (ExchangeStage.PAPERS, _("Report and evaluations here")),
    )
    return [{"label": label, "date": None, "done": at > order.index(step)} for step, label in named]


def application_facts(application: ExchangeApplication) -> Facts:
    """Who goes, when, who could go instead, and who looks after them."""
    agreed = ""
    if application.agreed_from and application.agreed_to:
        agreed = window_words(rules.Window(application.agreed_from, application.agreed_to))
    replacement, host = application.replacement, application.host_person
    return _facts(
        (_("Expert"), f"{application.expert.person.name}, {application.expert.position}"),
        (_("Agreed days"), agreed),
        (_("Windows offered"), "" if agreed else "; ".join(window_lines(application.windows))),
        (_("Replacement candidate"), replacement.person.name if replacement else ""),
        (_("Who looks after the expert"), host.name if host else ""),
        (_("Note of the sending institution"), application.sending_note),
        (_("Reason"), application.sign_up.reason),
    )


def confirmations(application: ExchangeApplication) -> list[dict[str, Any]]:
    """The four with who confirmed the present version, and when."""
    if application.agreement is None:
        return []
    missing = rules.missing_confirmations(application.agreement)
    given = {item.party: item for item in application.agreement.confirmations}
    return [
        {
            "label": str(words.PARTIES[party]),
            "done": party not in missing,
            "who": given[party].person.name if party not in missing else "",
            "at": given[party].created_at if party not in missing else None,
        }
        for party in AgreementParty
    ]


def agenda_by_day(application: ExchangeApplication) -> list[tuple[str, list[dict[str, Any]]]]:
    """The agenda, day by day, in the time of the venue."""
    zone = application.sign_up.programme.zone

    def day(item: ExchangeAgendaItem) -> Any:
        return item.starts_at.astimezone(ZoneInfo(zone)).date()

    return [
        (show_date(first, "full"), [_agenda_row(item, zone) for item in items])
        for first, items in groupby(application.agenda, key=day)
    ]


def _agenda_row(item: ExchangeAgendaItem, zone: str) -> dict[str, Any]:
    start, end = zones.clock_at(item.starts_at, zone), zones.clock_at(item.ends_at, zone)
    return {
        "id": item.id,
        "at": start,
        "datetime": item.starts_at,
        "title": item.title,
        "text": ", ".join(
            part for part in (_("until %(time)s", time=end), place_name(item.place), item.people) if part
        ),
    }


def papers(actor: Actor, application: ExchangeApplication) -> list[dict[str, Any]]:
    """The three papers: here or missing, and whether the reader hands them in."""
    arrived: dict[PaperKind, ExchangePaper] = {paper.kind: paper for paper in application.papers}
    mine = rules.papers_of(actor, application) if rules.stage(application) is ExchangeStage.PAPERS else []
    return [
        {
            "label": str(words.PAPERS[kind]),
            "paper": arrived.get(kind),
            "url": url_for("exchanges.paper", application_id=application.sign_up_id, kind=kind.value)
            if kind in mine and kind not in arrived
            else "",
            "file_url": url_for(
                "exchanges.paper_file", application_id=application.sign_up_id, kind=kind.value
            )
            if kind in arrived and arrived[kind].file
            else "",
        }
        for kind in PaperKind
    ]
