"""What the page of a sign-up shows, and the words of the conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from matchmaker.core import clock, zones
from matchmaker.core.actor import Actor
from matchmaker.core.i18n import language
from matchmaker.programmes import answers, applicants, declared, queries, rules, screening
from matchmaker.programmes.eligibility import Applicant, Condition, Eligibility, checked
from matchmaker.programmes.enums import (
    ProgrammeKind,
    ProgrammeState,
    QuestionKind,
    SignUpPart,
    SignUpState,
    SignUpVerb,
)
from matchmaker.programmes.models import Delegate, Programme, SignUp
from matchmaker.programmes.words import SIGN_UP_STATES
from matchmaker.reference import countries, nace
from matchmaker.reference.wording import size_class_label


@dataclass(frozen=True, slots=True)
class SignUpPage:
    """One sign-up for one reader."""

    sign_up: SignUp
    title: str
    badge: tuple[str, str]
    what: str
    delegates: list[Delegate]
    answers: list[dict[str, str]]
    files: list[tuple[str, str]]
    verbs: frozenset[SignUpVerb]
    own: bool
    on_hold: bool
    may_swap: bool
    link: str
    renew: str


def sign_up_page(actor: Actor, found: SignUp) -> SignUpPage:
    """Put the page of a sign-up together."""
    word, kind = SIGN_UP_STATES[found.state]
    parts = rules.sign_up_parts(actor, found)
    own = SignUpPart.APPLICANT in parts
    began = found.programme.starts_at <= clock.now()
    return SignUpPage(
        sign_up=found,
        title=found.programme.title(language()),
        badge=(str(word), kind),
        what=what_now(found),
        delegates=[one for one in found.delegates if one.left_at is None],
        answers=[
            {"term": question.text(language()), "value": answers.shown(question, found.answers)}
            for question in found.programme.questions
            if question.kind is not QuestionKind.FILE
        ],
        files=_files(found),
        verbs=rules.sign_up_verbs(found.state, parts),
        own=own,
        on_hold=is_held(actor, found),
        may_swap=bool(parts) and found.state in rules.BEFORE_EVENT and not began,
        link=found.programme.link if found.state in rules.SETTLED else "",
        renew=_renew(found) if own else "",
    )


def _renew(found: SignUp) -> str:
    """The page on which a firm that waits renews its declaration of size; empty where none ran out."""
    waits = found.state is SignUpState.WAITING and declared.has_run_out(found.programme, found.firm_id)
    return url_for("firms.declaration", firm_id=found.firm_id) if waits else ""


def is_held(actor: Actor, found: SignUp) -> bool:
    """Whether a sign-up waits for compliance, for those who select and run the programme; the firm never reads it."""
    sees = rules.may_see_people(actor, found.programme)
    return sees and bool(screening.on_hold(actor, found.programme, [found]))


def _files(found: SignUp) -> list[tuple[str, str]]:
    return [
        (url_for("programmes.answer_file", sign_up_id=found.id, file_id=value["file"]), str(value["name"]))
        for value in found.answers.values()
        if isinstance(value, Mapping) and "file" in value
    ]


def sign_up_words(actor: Actor, programme: Programme, own: SignUp | None, left: int) -> str:
    """The words on the button to sign up; empty where there is nothing to press."""
    if programme.kind is ProgrammeKind.EXCHANGE or programme.state is not ProgrammeState.OPEN:
        return ""
    if own is not None and own.state in rules.LIVING:
        return ""
    if actor.is_authenticated and not rules.may_sign_up(actor, programme):
        return ""
    if left <= 0 and not programme.approval:
        return str(_("Join waiting list"))
    return str(
        _("Apply for the trip") if programme.kind is ProgrammeKind.TRIP else pgettext("programme", "Sign up")
    )


def what_now(found: SignUp) -> str:
    """What the state means for the applicant, in one sentence."""
    until = zones.show_at(found.offer_expires_at, found.programme.zone)
    sentences: dict[SignUpState, str] = {
        SignUpState.APPLIED: _("The organiser decides on your sign-up."),
        SignUpState.OFFERED: _(
            "A place is held for you until %(until)s. Take it, or give it to the next.", until=until
        ),
        SignUpState.ACCEPTED: _(
            "You are accepted. Answer the last questions until %(until)s to keep the place.", until=until
        ),
        SignUpState.CONFIRMED: _("Your place is confirmed."),
        SignUpState.REFUSED: found.reason,
        SignUpState.CANCELLED: found.reason,
        SignUpState.EXPIRED: _("The offer lapsed; the place went to the next on the list."),
    }
    if found.state is SignUpState.WAITING:
        place = str(_("You are number %(number)s on the waiting list.", number=queries.place_in_line(found)))
        if declared.has_run_out(found.programme, found.firm_id):
            why = _("Your declaration of size has run out; no place is offered to you until you renew it.")
            return f"{place} {why}"
        if not screening.goes_abroad(found.programme, found.country):
            return place
        order = _("Places are offered in this order, to each as soon as all checks have ended.")
        return f"{place} {order}"
    return sentences.get(found.state, "")


def conditions(actor: Actor, programme: Programme) -> list[dict[str, Any]]:
    """The conditions of a programme as lines for ui.reasons, with whether this reader meets them."""
    asked = Eligibility.read(programme.eligibility)
    applicant = applicant_of(actor) if rules.may_sign_up(actor, programme) else None
    return [
        {"text": condition_words(condition, asked), "met": met is not False, "unmet": met is False}
        for condition, met in checked(asked, applicant, clock.today())
    ]


def applicant_of(actor: Actor) -> Applicant:
    """The facts of the firm that the actor speaks for, or of the actor."""
    firm = applicants.firm_of(actor)
    return applicants.of_firm(firm) if firm is not None else applicants.of_person(actor)


def condition_words(condition: Condition, asked: Eligibility) -> str:
    """A condition in words."""
    spoken = language()
    sentences: dict[Condition, str] = {
        Condition.FIRM: _("Firms only"),
        Condition.COUNTRY: _(
            "From: %(countries)s",
            countries=", ".join(countries.label(code, spoken) for code in asked.countries),
        ),
        Condition.SIZE: _("Size: %(sizes)s", sizes=", ".join(size_class_label(one) for one in asked.sizes)),
        Condition.SECTOR: _(
            "Sector: %(sectors)s", sectors=", ".join(nace.label(code, spoken) for code in asked.sectors)
        ),
        Condition.VERIFIED: _("Verified by its institution"),
        Condition.EXPORTS: _("Has exported already"),
        Condition.DECLARED: _("Declaration of size that counts"),
    }
    return sentences[condition]
