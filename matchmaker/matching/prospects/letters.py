"""The letter that brings a code to a business: printed or mailed by the institution, in the language of its country."""

from typing import Any, Final

from flask import current_app
from flask_babel import gettext as _

from matchmaker.core import clock
from matchmaker.core.i18n import in_language, show_date
from matchmaker.core.pdf import qr_svg, render_pdf
from matchmaker.firms.code_services import text_of
from matchmaker.firms.models import RegistrationCode
from matchmaker.institutions import queries as institutions

LANGUAGES: Final = ("tr", "ru", "en")


def letter_language(code: RegistrationCode, wanted: str) -> str:
    """The language asked for, else that of the country, else English."""
    own = code.country.lower()
    return wanted if wanted in LANGUAGES else own if own in LANGUAGES else "en"


def letter(code: RegistrationCode, language: str) -> bytes:
    """The letter as PDF; raises Conflict for a code that cannot be used any more."""
    text = text_of(code)
    with in_language(language):
        data, title = _data(code, text, language), _("Invitation to %(name)s", name=_product())
    return render_pdf("letter", data, language, title=title, made_at=clock.now())


def _product() -> str:
    return str(current_app.config["PRODUCT_NAME"])


def _data(code: RegistrationCode, text: str, language: str) -> dict[str, Any]:
    institution = institutions.institution(code.institution_id)
    address = f"{current_app.config['BASE_URL']}/firms/new"
    return {
        "from": [institution.name(language)],
        "number_line": _("No. %(number)s", number=code.id),
        "date_line": show_date(code.created_at),
        "to": [code.addressee],
        "subject": _("Invitation to %(name)s", name=_product()),
        "body": "\n".join(_paragraphs(institution.name(language))),
        "facts": [
            {"term": _("Your tax number"), "value": code.identifier},
            {"term": _("Invitation code"), "value": text},
            {"term": _("Valid until"), "value": show_date(code.expires_at)},
            {"term": _("Where to register"), "value": address},
        ],
        "signed": [{"name": institution.name(language), "role": ""}],
        "foot": _("The code works for this tax number only and only once."),
        "qr": qr_svg(address),
        "qr_meaning": _("Address of the registration"),
    }


def _paragraphs(institution: str) -> list[str]:
    return [
        _("Dear Sir or Madam,"),
        _(
            "%(institution)s invites your firm to %(name)s, where small and medium-sized firms of countries with a memorandum find partners. It costs nothing.",
            institution=institution,
            name=_product(),
        ),
        _(
            "We have taken your tax number from the national register. When you register with it and with the code below, your firm is verified at once and nobody asks you for documents."
        ),
        _("Whether you register is your decision. Your firm is not listed anywhere until you do."),
    ]
