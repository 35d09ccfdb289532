"""Pages of the firms of a day and their people, for staff and for the firms themselves."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from matchmaker.core import clock
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.forms import BaseForm
from matchmaker.core.htmx import done, render
from matchmaker.core.requests import key_of_record
from matchmaker.firms import queries as firms
from matchmaker.firms.names import in_reader_letters, reader_name
from matchmaker.meetings import queries, rules
from matchmaker.meetings.blueprint import bp
from matchmaker.meetings.models import B2bDay, DayParticipant
from matchmaker.meetings.pages import DayTab, OwnTab, add_own_tab, add_tab
from matchmaker.meetings.setup import firm_page, firm_queries, firm_services, people_services
from matchmaker.meetings.setup.firm_forms import FreeForm, NameForm, PresenceForm
from matchmaker.meetings.setup.rules import (
    PersonOf,
    may_change_firm,
    may_change_person,
    may_say_when_free,
    may_say_who_comes,
    takes_wishes,
)
from matchmaker.meetings.show_page import head
from matchmaker.programmes.forms import unless_conflict

PEOPLE = tuple(f"meetings.{name}" for name in ("add_person", "change_person", "take_over", "remove_person"))
add_tab(
    DayTab(
        "meetings.firms_of_day",
        _l("Firms"),
        rules.may_see_as_staff,
        30,
        also=("meetings.add_firm", "meetings.participant", *PEOPLE),
    )
)
add_own_tab(OwnTab("meetings.own_firm", _l("Your firm"), may_say_when_free, 90, also=PEOPLE))


@bp.get("/b2b-days/<int:day_id>/firms")
@access(rules.may_see_as_staff, load=queries.day)
def firms_of_day(day: B2bDay) -> Response:
    """The firms of a day, and a search for firms to add."""
    return _firms_page(day, request.args.get("q", ""))


def _firms_page(day: B2bDay, asked: str, error: str = "") -> Response:
    return render(
        "meetings/setup/firms.html",
        status=422 if error else 200,
        failed=bool(error),
        head=head(current_actor(), day),
        day=day,
        sides=firm_page.sides(day),
        asked=asked,
        error=error,
        found=firm_queries.firms_to_add(day, asked) if rules.may_run(current_actor(), day) else [],
        runs=rules.may_run(current_actor(), day),
    )


@bp.post("/b2b-days/<int:day_id>/firms/from-the-trip")
@access(rules.may_run, load=queries.day)
def take_firms(day: B2bDay) -> Response:
    """Bring the firms in step with the trip."""
    new = firm_services.take_from_trip(current_actor(), day)
    told = ngettext(
        "%(num)s firm added; its people are those of the trip.",
        "%(num)s firms added; their people are those of the trip.",
        new,
    )
    return done(told, to=url_for("meetings.firms_of_day", day_id=day.id))


@bp.post("/b2b-days/<int:day_id>/firms")
@access(rules.may_run, load=queries.day)
def add_firm(day: B2bDay) -> Response:
    """Let one firm more take part."""
    try:
        firm_id = request.form.get("firm_id", 0, type=key_of_record)
        made = firm_services.add_firm(current_actor(), day, firm_id)
    except DomainError as error:
        return _firms_page(day, request.form.get("firm_id", ""), unless_conflict(error).message)
    told = _("%(firm)s takes part.", firm=reader_name(firms.firm(firm_id)))
    return done(told, to=url_for("meetings.participant", participant_id=made.id))


def _firm_page(one: DayParticipant, status: int, error: str = "", **forms: BaseForm) -> Response:
    return render(
        "meetings/setup/participant.html",
        status=status,
        failed=status >= 400,
        head=head(current_actor(), one.day),
        one=one,
        presence=forms.get("presence") or PresenceForm.of(one),
        naming=forms.get("naming") or NameForm(formdata=None, participant=one),
        journeys=firm_queries.journeys(one),
        error=error,
    )


@bp.route("/b2b-days/participants/<int:participant_id>", methods=["GET", "POST"])
@access(may_change_firm, load=queries.participant)
def participant(one: DayParticipant) -> Response:
    """When a firm is there, what it speaks, who comes."""
    form = PresenceForm.of(one)
    if form.validate_on_submit():
        try:
            firm_services.set_presence(current_actor(), one, form.presence())
            return done(_("Saved."), to=url_for("meetings.firms_of_day", day_id=one.day_id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _firm_page(one, 422 if form.is_submitted() else 200, presence=form)


@bp.post("/b2b-days/participants/<int:participant_id>/withdraw")
@access(may_change_firm, load=queries.participant)
def withdraw_firm(one: DayParticipant) -> Response:
    """Take a firm out."""
    try:
        firm_services.withdraw(current_actor(), one)
    except DomainError as error:
        return _firm_page(queries.participant(one.id), 422, error=unless_conflict(error).message)
    return done(
        _("The firm does not take part any more."), to=url_for("meetings.firms_of_day", day_id=one.day_id)
    )


@bp.post("/b2b-days/participants/<int:participant_id>/bring-back")
@access(may_change_firm, load=queries.participant)
def bring_back_firm(one: DayParticipant) -> Response:
    """Let a firm take part again."""
    firm_services.bring_back(current_actor(), one)
    return done(_("The firm takes part again."), to=url_for("meetings.firms_of_day", day_id=one.day_id))


@bp.route("/b2b-days/participants/<int:participant_id>/own", methods=["GET", "POST"])
@access(may_say_when_free, load=queries.participant)
def own_firm(one: DayParticipant) -> Response:
    """When the reader's firm is free, and who comes."""
    form = FreeForm.of(one)
    if form.validate_on_submit():
        try:
            free = [int(position) for position in form.free.data or ()]
            firm_services.say_when_free(current_actor(), one, form.languages.data or (), free, form.most.data)
            return done(_("Saved."), to=url_for("meetings.own_firm", participant_id=one.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return render(
        "meetings/setup/own.html",
        status=422 if form.is_submitted() else 200,
        head=head(current_actor(), one.day),
        one=one,
        form=form,
        open=takes_wishes(one.day, clock.now()),
    )


def _back_to(one: DayParticipant) -> str:
    """Staff go back to the firm's page, its people to their own."""
    staff = may_change_firm(current_actor(), one)
    return url_for("meetings.participant" if staff else "meetings.own_firm", participant_id=one.id)


@bp.route("/b2b-days/participants/<int:participant_id>/people/new", methods=["GET", "POST"])
@access(may_say_who_comes, load=queries.participant)
def add_person(one: DayParticipant) -> Response:
    """Let somebody more come."""
    form = NameForm(participant=one)
    if form.validate_on_submit():
        try:
            people_services.add_person(current_actor(), one, form.who())
            return done(_("Saved."), to=_back_to(one))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _person_page(one, form, _("Somebody more comes"))


def _person_page(
    one: DayParticipant, form: NameForm, heading: str, note: str = "", action: str = ""
) -> Response:
    return render(
        "meetings/setup/person.html",
        status=422 if form.is_submitted() else 200,
        head=head(current_actor(), one.day),
        one=one,
        form=form,
        heading=heading,
        note=note,
        action=action or request.path,
        back=_back_to(one),
    )


def _name(person: PersonOf) -> str:
    return in_reader_letters(person.row.name, person.row.name_romanised)


@bp.route("/b2b-days/people/<int:day_person_id>", methods=["GET", "POST"])
@access(may_change_person, load=firm_queries.person)
def change_person(person: PersonOf) -> Response:
    """Put right what is written of somebody."""
    form = NameForm.of(person.participant, person.row)
    if form.validate_on_submit():
        people_services.change_person(current_actor(), person, form.who())
        return done(_("Saved."), to=_back_to(person.participant))
    return _person_page(person.participant, form, _name(person))


@bp.route("/b2b-days/people/<int:day_person_id>/take-over", methods=["GET", "POST"])
@access(may_change_person, load=firm_queries.person)
def take_over(person: PersonOf) -> Response:
    """Somebody else comes instead."""
    if person.row.left_at is not None:
        raise NotFound
    form = NameForm(participant=person.participant)
    if form.validate_on_submit():
        people_services.take_over(current_actor(), person, form.who())
        told = _("All meetings have gone over. The old badge does not count any more.")
        return done(told, to=_back_to(person.participant))
    note = _("All meetings of %(name)s go over to this person.", name=_name(person))
    return _person_page(person.participant, form, _("Somebody else comes"), note)


@bp.post("/b2b-days/people/<int:day_person_id>/remove")
@access(may_change_person, load=firm_queries.person)
def remove_person(person: PersonOf) -> Response:
    """Somebody does not come."""
    try:
        people_services.remove_person(current_actor(), person)
    except DomainError as error:
        form = NameForm.of(person.participant, person.row)
        form.form_errors.append(unless_conflict(error).message)
        change = url_for("meetings.change_person", day_person_id=person.row.id)
        return _person_page(person.participant, form, _name(person), action=change)
    return done(_("Saved."), to=_back_to(person.participant))
