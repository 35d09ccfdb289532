"""The people of an institution, for its administrators."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import InstitutionRole
from matchmaker.core.errors import DomainError
from matchmaker.core.htmx import done, go_to, render
from matchmaker.core.navigation import Place, add_place
from matchmaker.institutions import queries, rules, services
from matchmaker.institutions.blueprint import bp
from matchmaker.institutions.forms import InviteForm
from matchmaker.institutions.models import Institution, InstitutionInvitation, InstitutionMember
from matchmaker.institutions.open_work import open_work
from matchmaker.institutions.role_names import ROLE_NAMES, ROLE_NOTES


@bp.app_template_filter("role_name")
def role_name(role: InstitutionRole) -> str:
    """The word for a role in the reader's language."""
    return str(ROLE_NAMES[role])


def people_url(institution_id: int) -> str:
    """The page of an institution's people."""
    return url_for("institutions.people", institution_id=institution_id)


@bp.get("/institutions")
@access(rules.may_administer_any)
def index() -> AnyResponse:
    """The institutions whose people the reader looks after; with one only, its people at once."""
    found = queries.administered(current_actor())
    if len(found) == 1:
        return go_to(people_url(found[0].id))
    counts = queries.people_counts([item.id for item in found])
    return render("institutions/index.html", institutions=found, counts=counts)


@bp.get("/institutions/<int:institution_id>/people")
@access(rules.may_administer, load=queries.institution)
def people(institution: Institution) -> Response:
    """Who works here, with which roles, and who is invited."""
    return render(
        "institutions/people.html",
        institution=institution,
        members=queries.members(institution.id),
        invitations=queries.open_invitations(institution.id),
        roles=ROLE_NAMES,
    )


@bp.route("/institutions/<int:institution_id>/invitations/new", methods=["GET", "POST"])
@access(rules.may_administer, load=queries.institution)
def invite(institution: Institution) -> AnyResponse:
    """Invite somebody by mail."""
    form = InviteForm(role=request.args.get("role", type=InstitutionRole))
    if form.validate_on_submit():
        try:
            services.invite(
                current_actor(),
                institution,
                email=form.email.data or "",
                role=form.role.data,
                language=form.language.data,
            )
        except DomainError as error:
            form.refuse(error)
        else:
            return done(_("The invitation is on its way."), to=people_url(institution.id))
    return render(
        "institutions/invite.html",
        fragment="form",
        status=422 if form.is_submitted() else 200,
        form=form,
        institution=institution,
        notes={str(role): note for role, note in ROLE_NOTES.items()},
    )


@bp.post("/institution-invitations/<int:invitation_id>/revoke")
@access(rules.may_revoke, load=queries.invitation)
def revoke(invitation: InstitutionInvitation) -> AnyResponse:
    """Take an invitation back."""
    services.revoke(current_actor(), invitation)
    return done(_("The invitation is revoked."), to=people_url(invitation.institution_id))


@bp.post("/institution-members/<int:member_id>/end")
@access(rules.may_end_role, load=queries.member)
def end_role(member: InstitutionMember) -> AnyResponse:
    """End a role."""
    services.end_role(current_actor(), member)
    return done(_("The role is ended."), to=people_url(member.institution_id))


@bp.get("/institutions/<int:institution_id>/people/<int:person_id>")
@access(rules.may_end_role, load=queries.member_of)
def person(member: InstitutionMember) -> Response:
    """One person: roles, what waits for them, and closing the account."""
    held = [item for item in queries.members(member.institution_id) if item.person_id == member.person_id]
    work = open_work(member.person_id)
    return render("institutions/person.html", member=member, held=held, work=work, roles=ROLE_NAMES)


@bp.post("/institutions/<int:institution_id>/people/<int:person_id>/disable")
@access(rules.may_end_role, load=queries.member_of)
def disable(member: InstitutionMember) -> AnyResponse:
    """Close an account."""
    services.disable(current_actor(), member)
    to = url_for("institutions.person", institution_id=member.institution_id, person_id=member.person_id)
    return done(_("The account is disabled and signed out everywhere."), to=to)


@bp.post("/institutions/<int:institution_id>/people/<int:person_id>/enable")
@access(rules.may_end_role, load=queries.member_of)
def enable(member: InstitutionMember) -> AnyResponse:
    """Open an account again."""
    services.enable(current_actor(), member)
    to = url_for("institutions.person", institution_id=member.institution_id, person_id=member.person_id)
    return done(_("The account is open again."), to=to)


add_place(Place("institutions.index", _l("People and roles"), "users", rules.may_administer_any, order=90))
