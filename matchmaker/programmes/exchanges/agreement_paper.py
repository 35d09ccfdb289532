"""The agreement of an exchange as data for its paper."""

from typing import Any

from flask_babel import gettext as _

from matchmaker.core.errors import existing
from matchmaker.core.i18n import language, show_date
from matchmaker.programmes.exchanges import pages
from matchmaker.programmes.exchanges.models import ExchangeApplication


def data(application: ExchangeApplication) -> dict[str, Any]:
    """What templates/pdf/agreement.typ shows; raises NotFound before there is an agreement."""
    page_terms = existing(application.agreement)
    programme = application.sign_up.programme
    return {
        "heading": _("Agreement on an expert exchange"),
        "programme": programme.title(language()),
        "facts": [*pages.call_facts(application.call), *pages.application_facts(application)],
        "terms": pages.terms(application),
        "confirmed_heading": _("Confirmations of version %(version)s", version=page_terms.version),
        "confirmed": [
            {
                "term": item["label"],
                "value": _("%(name)s, %(day)s", name=item["who"], day=show_date(item["at"]))
                if item["done"]
                else _("not confirmed yet"),
            }
            for item in pages.confirmations(application)
        ],
    }
