"""Pages of single certificates, and the files of a firm, served to those who may see them."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from matchmaker.core.access import access, current_actor
from matchmaker.core.actor import Actor
from matchmaker.core.errors import Conflict, DomainError, NotFound
from matchmaker.core.files import StoredFile, send_stored
from matchmaker.core.htmx import done, render
from matchmaker.firms import goods_services, queries, rules
from matchmaker.firms.blueprint import bp
from matchmaker.firms.enums import FieldGroup
from matchmaker.firms.list_forms import CertificateForm
from matchmaker.firms.models import Firm, FirmCertificate
from matchmaker.firms.signals import are_introduced


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """A certificate of a firm, or a new one."""

    firm: Firm
    certificate: FirmCertificate | None


@dataclass(frozen=True, slots=True)
class FirmFile:
    """A file of a firm, the field group it belongs to, and whether the reader's firm was introduced to this one."""

    firm: Firm
    file: StoredFile
    group: FieldGroup
    introduced: bool


def new_page(firm_id: int) -> CertificatePage:
    """The page of a new certificate."""
    return CertificatePage(queries.firm(firm_id), None)


def new_to_save(firm_id: int) -> CertificatePage:
    """The same with the firm locked until the answer is sent."""
    return CertificatePage(queries.firm_for_change(firm_id), None)


def one_page(firm_id: int, certificate_id: int) -> CertificatePage:
    """The page of a certificate; raises NotFound."""
    firm = queries.firm(firm_id)
    return CertificatePage(firm, goods_services.certificate_of(firm, certificate_id))


def one_to_save(firm_id: int, certificate_id: int) -> CertificatePage:
    """The same with the firm locked until the answer is sent; raises NotFound."""
    firm = queries.firm_for_change(firm_id)
    return CertificatePage(firm, goods_services.certificate_of(firm, certificate_id))


def may_edit_certificate(actor: Actor, page: CertificatePage) -> bool:
    """Whoever may edit the firm."""
    return rules.may_edit(actor, page.firm)


def firm_file(firm: Firm, file: StoredFile | None, group: FieldGroup) -> FirmFile:
    """The file with what decides who sees it; raises NotFound without one."""
    if file is None:
        raise NotFound
    return FirmFile(firm, file, group, are_introduced(firm.id, current_actor().firm_id))


def logo_file(firm_id: int) -> FirmFile:
    """The logo, which belongs to the name; raises NotFound."""
    firm = queries.firm(firm_id)
    return firm_file(firm, firm.logo, FieldGroup.NAME)


def certificate_paper(firm_id: int, certificate_id: int) -> FirmFile:
    """The file of a certificate; raises NotFound."""
    firm = queries.firm(firm_id)
    return firm_file(firm, goods_services.certificate_of(firm, certificate_id).file, FieldGroup.CERTIFICATES)


def may_see_file(actor: Actor, shown: FirmFile) -> bool:
    """A file is seen by those who see the firm and the field group it belongs to."""
    groups = rules.visible_groups(actor, shown.firm, shown.introduced)
    return (shown.introduced or rules.may_see(actor, shown.firm)) and shown.group in groups


@bp.get("/firms/<int:firm_id>/certificates/new")
@access(may_edit_certificate, load=new_page)
def new_certificate(page: CertificatePage) -> Response:
    """The form of a new certificate."""
    return show(page, CertificateForm(page.firm), 200)


@bp.post("/firms/<int:firm_id>/certificates/new")
@access(may_edit_certificate, load=new_to_save)
def add_certificate(page: CertificatePage) -> Response:
    """Add a certificate."""
    return save(page, _("The certificate is added."))


@bp.get("/firms/<int:firm_id>/certificates/<int:certificate_id>")
@access(may_edit_certificate, load=one_page)
def certificate(page: CertificatePage) -> Response:
    """The form of a certificate."""
    return show(page, CertificateForm(page.firm, page.certificate), 200)


@bp.post("/firms/<int:firm_id>/certificates/<int:certificate_id>")
@access(may_edit_certificate, load=one_to_save)
def change_certificate(page: CertificatePage) -> Response:
    """Change a certificate."""
    return save(page, _("The certificate is changed."))


@bp.post("/firms/<int:firm_id>/certificates/<int:certificate_id>/remove")
@access(may_edit_certificate, load=one_to_save)
def remove_certificate(page: CertificatePage) -> Response:
    """Take a certificate away."""
    if page.certificate is not None:
        goods_services.remove_certificate(current_actor(), page.firm, page.certificate.id)
    return done(_("The certificate is removed."), to=step_url(page.firm))


def save(page: CertificatePage, text: str) -> Response:
    """Keep what was typed."""
    form = CertificateForm(page.firm, page.certificate)
    if form.validate_on_submit():
        try:
            form.apply(current_actor())
            return done(text, to=step_url(page.firm))
        except DomainError as error:
            form.refuse(error)
            if isinstance(error, Conflict):
                form.renew_version()
    return show(page, form, 422)


def show(page: CertificatePage, form: CertificateForm, status: int) -> Response:
    """The page of the form."""
    return render(
        "firms/certificate.html",
        fragment="certificate",
        status=status,
        form=form,
        firm=page.firm,
        certificate=page.certificate,
    )


def step_url(firm: Firm) -> str:
    """The list of certificates."""
    return url_for("firms.step", firm_id=firm.id, step="certificates")


@bp.get("/firms/<int:firm_id>/logo")
@access(may_see_file, load=logo_file)
def logo(shown: FirmFile) -> Response:
    """The logo as a picture."""
    return send_stored(shown.file, download=False)


@bp.get("/firms/<int:firm_id>/certificates/<int:certificate_id>/file")
@access(may_see_file, load=certificate_paper)
def certificate_file(shown: FirmFile) -> Response:
    """The file of a certificate, to be saved."""
    return send_stored(shown.file)
