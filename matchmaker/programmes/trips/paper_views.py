"""Pages of travellers' papers: typing them in, giving consent, the readiness of a trip, the list of the delegation."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from matchmaker.core import audit
from matchmaker.core.access import access, current_actor
from matchmaker.core.errors import DomainError, NotFound
from matchmaker.core.htmx import done, render
from matchmaker.core.i18n import language
from matchmaker.core.pdf import send_pdf
from matchmaker.core.sheets_out import send_sheet
from matchmaker.programmes import rules as programme_rules
from matchmaker.programmes import screening
from matchmaker.programmes.enums import ProgrammeKind
from matchmaker.programmes.forms import unless_conflict
from matchmaker.programmes.models import Delegate, Programme
from matchmaker.programmes.pages import ProgrammeTab, add_tab
from matchmaker.programmes.show_page import show_page
from matchmaker.programmes.trips import (
    delegation,
    frame_queries,
    paper_queries,
    paper_services,
    readiness,
    readiness_queries,
    rules,
    travel_consents,
    words,
)
from matchmaker.programmes.trips.blueprint import bp
from matchmaker.programmes.trips.enums import TravelPurpose
from matchmaker.programmes.trips.paper_forms import (
    JourneyForm,
    NeedsForm,
    OfficerForm,
    PassportForm,
    VisaForm,
)
from matchmaker.programmes.trips.paper_queries import Sealed

TRIP = (ProgrammeKind.TRIP,)
add_tab(ProgrammeTab("trips.readiness", _l("Readiness"), rules.may_run, 40, TRIP))
PASSPORT_FIELDS = ["passport name", "nationality", "passport number", "validity", "birth date"]


@bp.get("/trip-delegates/<int:delegate_id>/papers")
@access(rules.may_type_papers, load=frame_queries.delegate)
def papers(delegate: Delegate) -> Response:
    """The papers of a delegate, to type them in; a passport is never shown again here."""
    return _papers(delegate)


def _papers(delegate: Delegate, status: int = 200, **forms: Any) -> Response:
    programme, kept = delegate.sign_up.programme, paper_queries.papers(delegate)
    mine = rules.is_traveller(current_actor(), delegate)
    consents = paper_queries.standing_consents([delegate.id])[delegate.id]
    found = readiness_queries.of_trip(programme, [delegate])[0]
    given: dict[str, Any] = {
        "passporting": PassportForm(formdata=None),
        "travelling": JourneyForm.of(kept) if status == 200 or "travelling" not in forms else None,
        "needing": NeedsForm.of(kept, consented=TravelPurpose.NEEDS in consents)
        if mine and "needing" not in forms
        else None,
        **forms,
    }
    return render(
        "programmes/trips/papers.html",
        status=status,
        delegate=delegate,
        programme=programme,
        papers=kept,
        consent=consents.get(TravelPurpose.PASSPORT),
        mine=mine,
        checks=found.checks,
        light=found.light,
        text=_text(delegate) if mine else None,
        needs_text=travel_consents.needs_text(language()) if mine else None,
        words=words,
        failed=status == 422,
        **given,
    )


def _text(delegate: Delegate) -> travel_consents.ConsentText:
    programme, spoken = delegate.sign_up.programme, language()
    host = programme.host_institution or programme.institution
    return travel_consents.passport_text(
        spoken,
        person=delegate.name,
        trip=programme.title(spoken),
        organiser=programme.institution.name(spoken),
        host=host.name(spoken),
        days=frame_queries.frame(programme).purge_days,
    )


@bp.post("/trip-delegates/<int:delegate_id>/passport")
@access(rules.may_type_papers, load=frame_queries.delegate)
def save_passport(delegate: Delegate) -> Response:
    """Keep a passport."""
    form = PassportForm()
    if form.validate_on_submit():
        try:
            paper_services.save_passport(current_actor(), delegate, form.passport())
            return done(_("The passport is kept locked."), to=_papers_url(delegate))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _papers(delegate, 422, passporting=form)


@bp.post("/trip-delegates/<int:delegate_id>/journey")
@access(rules.may_type_papers, load=frame_queries.delegate)
def save_journey(delegate: Delegate) -> Response:
    """Keep insurance, journey and emergency contact."""
    form = JourneyForm()
    if form.validate_on_submit():
        try:
            paper_services.save_journey(current_actor(), delegate, **form.values())
            return done(_("Saved."), to=_papers_url(delegate))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _papers(delegate, 422, travelling=form)


@bp.post("/trip-delegates/<int:delegate_id>/needs")
@access(rules.is_traveller, load=frame_queries.delegate)
def save_needs(delegate: Delegate) -> Response:
    """Keep diet and access needs; only the delegate does."""
    form = NeedsForm()
    if form.validate_on_submit():
        try:
            text = travel_consents.needs_text(language()) if form.needs_consent.data else None
            paper_services.save_needs(current_actor(), delegate, form.needs(), text)
            return done(_("Saved."), to=_papers_url(delegate))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _papers(delegate, 422, needing=form)


@bp.post("/trip-delegates/<int:delegate_id>/consent")
@access(rules.is_traveller, load=frame_queries.delegate)
def give_consent(delegate: Delegate) -> Response:
    """Consent to passing the passport on; only the delegate does."""
    paper_services.give_consent(current_actor(), delegate, _text(delegate))
    return done(_("Your consent is kept."), to=_papers_url(delegate))


@bp.post("/trip-delegates/<int:delegate_id>/consent/withdraw")
@access(rules.is_traveller, load=frame_queries.delegate)
def withdraw_consent(delegate: Delegate) -> Response:
    """Take the consent back."""
    paper_services.withdraw_consent(current_actor(), delegate)
    return done(_("Your consent is withdrawn and your data are destroyed."), to=_papers_url(delegate))


@bp.get("/programmes/<int:programme_id>/trip/readiness", endpoint="readiness")
@access(rules.may_run, load=frame_queries.trip)
def readiness_page(programme: Programme) -> Response:
    """Who is ready to travel, and what is missing; who may read passports."""
    return _readiness(programme)


def _readiness(programme: Programme, form: OfficerForm | None = None, status: int = 200) -> Response:
    people = readiness_queries.of_trip(programme)
    office = paper_queries.office_people(programme)
    actor = current_actor()
    return render(
        "programmes/trips/readiness.html",
        status=status,
        page=show_page(actor, programme),
        people=people,
        on_hold=screening.on_hold(actor, programme, {one.delegate.sign_up for one in people}),
        share=readiness.share_ready([one.light for one in people]),
        officers=paper_queries.passport_officers(programme.id),
        reads=paper_queries.is_passport_officer(programme.id, actor.person_id),
        destroyed=paper_queries.destruction_records(programme.id),
        words=words,
        visas=words.VISA_STATES,
        form=form or OfficerForm(formdata=None, people=office),
    )


@bp.post("/trip-delegates/<int:delegate_id>/visa")
@access(rules.may_run_delegate, load=frame_queries.delegate)
def set_visa(delegate: Delegate) -> Response:
    """Record how far a visa is."""
    form = VisaForm()
    if not form.validate_on_submit():
        return _readiness(frame_queries.trip(delegate.sign_up.programme_id), status=422)
    paper_services.set_visa(current_actor(), delegate, form.state)
    return done(_("Saved."), to=url_for("trips.readiness", programme_id=delegate.sign_up.programme_id))


@bp.post("/programmes/<int:programme_id>/trip/officers")
@access(programme_rules.may_edit, load=frame_queries.trip)
def name_officer(programme: Programme) -> Response:
    """Name somebody who may read passports."""
    form = OfficerForm(people=paper_queries.office_people(programme))
    if form.validate_on_submit():
        try:
            paper_services.name_officer(current_actor(), programme, form.person_id.data)
            return done(_("Saved."), to=url_for("trips.readiness", programme_id=programme.id))
        except DomainError as error:
            form.refuse(unless_conflict(error))
    return _readiness(programme, form, 422)


@bp.post("/programmes/<int:programme_id>/trip/officers/remove")
@access(programme_rules.may_edit, load=frame_queries.trip)
def remove_officer(programme: Programme) -> Response:
    """Nobody reads passports any longer than needed."""
    number = request.form.get("person_id", 0, type=int)
    paper_services.remove_officer(current_actor(), programme, number)
    return done(_("Saved."), to=url_for("trips.readiness", programme_id=programme.id))


def sealed_trip(programme_id: int, kind: str = "") -> Sealed:
    """A trip for somebody who wants to read its passports; raises NotFound, also for a kind of file there is not."""
    if kind not in ("", "xlsx", "csv", "pdf"):
        raise NotFound
    return paper_queries.sealed(frame_queries.trip(programme_id), kind=kind)


@bp.get("/programmes/<int:programme_id>/trip/delegation", endpoint="delegation")
@access(rules.may_open, load=sealed_trip)
def delegation_page(asked: Sealed) -> Response:
    """The list of the delegation; each reading is logged."""
    audit.record_reading(current_actor(), "trip", asked.programme.id, PASSPORT_FIELDS)
    return render(
        "programmes/trips/delegation.html",
        page=show_page(current_actor(), asked.programme),
        members=delegation.members(asked.programme),
        columns=delegation.columns(),
    )


@bp.get("/programmes/<int:programme_id>/trip/delegation/<string:kind>")
@access(rules.may_open, load=sealed_trip)
def delegation_file(asked: Sealed) -> Response:
    """The list as XLSX, CSV or PDF; each reading is logged."""
    audit.record_reading(current_actor(), "trip", asked.programme.id, PASSPORT_FIELDS)
    name = f"delegation-{asked.programme.id}.{asked.kind}"
    members = delegation.members(asked.programme)
    audit.record_export(current_actor(), "delegation", asked.programme.id, {}, len(members))
    if asked.kind == "pdf":
        return send_pdf(delegation.as_pdf(asked.programme, members), name)
    return send_sheet(delegation.as_sheet(asked.programme, members, asked.kind), name)


def _papers_url(delegate: Delegate) -> str:
    return url_for("trips.papers", delegate_id=delegate.id)
